#include "adapters/telegram/api_result.h"

#include <gtest/gtest.h>

namespace kalends::telegram {
namespace {

std::string Refusal(int code, const std::string& description) {
  return nlohmann::json({{"ok", false}, {"error_code", code}, {"description", description}}).dump();
}

TEST(ReadAnswer, SortsRefusalsByWhatTheyMeanForUs) {
  const struct {
    int code;
    const char* description;
    Outcome outcome;
  } kCases[] = {
      {400,
       "Bad Request: message is not modified: specified new message content and reply markup are "
       "exactly the same as a current content and reply markup of the message",
       Outcome::kBenign},
      {400, "Bad Request: query is too old and response timeout expired or query ID is invalid",
       Outcome::kBenign},
      {400, "Bad Request: message to delete not found", Outcome::kBenign},
      {400, "Bad Request: message can't be deleted for everyone", Outcome::kBenign},
      {400, "Bad Request: message to edit not found", Outcome::kCannotEdit},
      {400, "Bad Request: message can't be edited", Outcome::kCannotEdit},
      {400, "Bad Request: there is no text in the message to edit", Outcome::kCannotEdit},
      {400, "Bad Request: MESSAGE_ID_INVALID", Outcome::kCannotEdit},
      {400, "Bad Request: chat not found", Outcome::kGone},
      {403, "Forbidden: bot was blocked by the user", Outcome::kGone},
      {403, "Forbidden: user is deactivated", Outcome::kGone},
      {403, "Forbidden: bot can't initiate conversation with a user", Outcome::kGone},
      {409,
       "Conflict: terminated by other getUpdates request; make sure that only one bot instance is "
       "running",
       Outcome::kConflict},
      {409, "Conflict: can't use getUpdates method while webhook is active", Outcome::kConflict},
      {429, "Too Many Requests: retry after 7", Outcome::kRetry},
      {500, "Internal Server Error", Outcome::kRetry},
      {502, "Bad Gateway", Outcome::kRetry},
      {400, "Bad Request: can't parse entities: Unsupported start tag \"x\" at byte offset 3",
       Outcome::kBug},
      {400, "Bad Request: BUTTON_DATA_INVALID", Outcome::kBug},
      {400, "Bad Request: message text is empty", Outcome::kBug},
      {400, "Bad Request: message is too long", Outcome::kBug},
      {400, "Bad Request: not enough rights to send text messages to the chat", Outcome::kGone},
      {413, "Request Entity Too Large", Outcome::kBug},
      // Nothing that another text would mend.
      {401, "Unauthorized: invalid token specified", Outcome::kNotServed},
      {404, "Not Found", Outcome::kNotServed},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.description);
    EXPECT_EQ(ReadAnswer(c.code, Refusal(c.code, c.description)).outcome, c.outcome);
  }
}

TEST(ReadAnswer, FloodControlSaysHowLong) {
  const ApiResult answer = ReadAnswer(
      429, R"({"ok":false,"error_code":429,"description":"Too Many Requests: retry after 7",
              "parameters":{"retry_after":7}})");
  EXPECT_EQ(answer.outcome, Outcome::kRetry);
  EXPECT_EQ(answer.retry_after_s, 7);
}

TEST(ReadAnswer, AGroupThatMovedSaysWhereTo) {
  const ApiResult answer = ReadAnswer(400, R"({"ok":false,"error_code":400,
              "description":"Bad Request: group chat was upgraded to a supergroup chat",
              "parameters":{"migrate_to_chat_id":-1001234567890}})");
  EXPECT_EQ(answer.outcome, Outcome::kMigrated);
  EXPECT_EQ(answer.migrate_to, -1001234567890);
}

TEST(ReadAnswer, SuccessCarriesTheResultEvenWhenItIsNull) {
  EXPECT_EQ(ReadAnswer(200, R"({"ok":true,"result":{"message_id":5}})").result["message_id"], 5);
  EXPECT_EQ(ReadAnswer(200, R"({"ok":true})").outcome, Outcome::kOk);
  EXPECT_EQ(ReadAnswer(200, R"({"ok":true,"result":null})").outcome, Outcome::kOk);
}

TEST(ReadAnswer, WhatIsNotTheBotApiIsTriedAgain) {
  EXPECT_EQ(ReadAnswer(502, "<html>Bad Gateway</html>").outcome, Outcome::kRetry);
  EXPECT_EQ(ReadAnswer(200, "").outcome, Outcome::kRetry);
  EXPECT_EQ(ReadAnswer(200, "[1]").outcome, Outcome::kRetry);
  EXPECT_EQ(ReadAnswer(404, "no such page").outcome, Outcome::kNotServed);
}

TEST(ReadAnswer, OneStrangeNameDoesNotHideTheOtherUpdates) {
  const ApiResult answer = ReadAnswer(200, R"({"ok":true,"result":[
      {"update_id":1,"message":{"from":{"first_name":"A\ud800"}}},{"update_id":2}]})");
  EXPECT_EQ(answer.outcome, Outcome::kOk);
  EXPECT_EQ(answer.result[0]["message"]["from"]["first_name"], "A\xEF\xBF\xBD");
  EXPECT_EQ(answer.result[1]["update_id"], 2);
}

TEST(ReadAnswer, HandsOnWhatCameAsASuccessAndCannotBeRead) {
  const std::string cut = R"({"ok":true,"result":[{"update_id":12,)";
  EXPECT_EQ(ReadAnswer(200, cut).outcome, Outcome::kRetry);
  EXPECT_EQ(ReadAnswer(200, cut).unreadable, cut);
  EXPECT_EQ(ReadAnswer(502, cut).unreadable, "");
  EXPECT_EQ(ReadAnswer(200, R"({"ok":true,"result":[]})").unreadable, "");
}

TEST(ReadAnswer, BelievesNoFieldToBeOfItsType) {
  const ApiResult answer = ReadAnswer(400, R"({"ok":false,"error_code":"x","description":[1],
      "parameters":{"retry_after":-99999999999,"migrate_to_chat_id":{}}})");
  EXPECT_EQ(answer.retry_after_s, 0);
  EXPECT_EQ(answer.migrate_to, 0);
  EXPECT_EQ(
      ReadAnswer(429, R"({"ok":false,"parameters":{"retry_after":99999999999}})").retry_after_s,
      kRetryAfterMax.count());
  EXPECT_EQ(ReadAnswer(400, R"({"ok":false,"parameters":7})").outcome, Outcome::kBug);
}

}  // namespace
}  // namespace kalends::telegram
