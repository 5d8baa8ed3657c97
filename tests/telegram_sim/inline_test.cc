#include <gtest/gtest.h>

#include "tests/telegram_sim/sim_testing.h"

namespace kalends::sim {
namespace {

using nlohmann::json;

json Article(const std::string& id, const std::string& html = "<b>Marie</b>") {
  return {{"type", "article"},
          {"id", id},
          {"title", "Marie"},
          {"input_message_content", {{"message_text", html}, {"parse_mode", "HTML"}}}};
}

class InlineTest : public testing::Test {
 protected:
  std::string Ask(const std::string& query) {
    return test_.Sim("/sim/inline", {{"user", anna_}, {"query", query}})["inline_query_id"];
  }
  std::string Answer(const std::string& id, const json& results) {
    return Outcome(
        test_.Call("answerInlineQuery", {{"inline_query_id", id}, {"results", results}}));
  }
  std::string Refused(json result) { return Answer(Ask(""), json::array({std::move(result)})); }
  json Choose(const std::string& id, const std::string& result, std::int64_t chat) {
    return test_.Sim(
        "/sim/choose",
        {{"user", anna_}, {"inline_query_id", id}, {"result_id", result}, {"chat", chat}});
  }

  TestWorld test_;
  std::int64_t anna_ = test_.AddPerson("Anna");
};

TEST_F(InlineTest, AQueryIsAnUpdateAndItsAnswerIsWaitedFor) {
  const std::string id = Ask("flyer");
  const json update = test_.Updates().at(0)["inline_query"];
  EXPECT_EQ(update["id"], id);
  EXPECT_EQ(update["query"], "flyer");
  EXPECT_EQ(update["from"]["first_name"], "Anna");
  EXPECT_TRUE(test_.Sim("/sim/inline_results", {{"id", id}}).is_null());
  EXPECT_EQ(Answer(id, json::array({Article("a"), Article("b")})), "200");
  const json results = test_.Sim("/sim/inline_results", {{"id", id}})["results"];
  ASSERT_EQ(results.size(), 2U);
  EXPECT_EQ(results[1]["id"], "b");
}

TEST_F(InlineTest, AnAnswerIsTakenOnceAndInTime) {
  const std::string id = Ask("");
  const std::string late =
      "400 Bad Request: query is too old and response timeout expired or query ID is invalid";
  EXPECT_EQ(Answer("0", json::array()), late);
  EXPECT_EQ(Answer(id, json::array()), "200");
  EXPECT_EQ(Answer(id, json::array()), late);
  const std::string other = Ask("");
  test_.clock_ms += kCallbackAnswerMaxMs + 1;
  EXPECT_EQ(Answer(other, json::array()), late);
}

TEST_F(InlineTest, ResultsAreChecked) {
  json no_title = Article("a");
  no_title["title"] = " ";
  json no_content = Article("a");
  no_content.erase("input_message_content");
  json unknown = Article("a");
  unknown["titel"] = "x";
  json photo = Article("a");
  photo["type"] = "photo";
  EXPECT_EQ(Refused(no_title), "400 Bad Request: ARTICLE_TITLE_EMPTY");
  EXPECT_EQ(Refused(no_content),
            "400 Bad Request: can't parse inline query result: Can't find field \"message_text\"");
  EXPECT_EQ(Refused(unknown), "400 Bad Request: unknown field \"titel\" in inline query result");
  EXPECT_EQ(Refused(photo), "400 Bad Request: RESULT_TYPE_INVALID");
  EXPECT_EQ(Refused(Article("")), "400 Bad Request: RESULT_ID_INVALID");
  EXPECT_EQ(Refused(Article(std::string(65, 'x'))), "400 Bad Request: RESULT_ID_INVALID");
  EXPECT_EQ(Refused(Article("a", "<b>x")).substr(0, 37), "400 Bad Request: can't parse entities");
  EXPECT_EQ(Answer(Ask(""), json::array({Article("a"), Article("a")})),
            "400 Bad Request: RESULT_ID_DUPLICATE");
  json many = json::array();
  for (int i = 0; i < 51; ++i) many.push_back(Article(std::to_string(i)));
  EXPECT_EQ(Answer(Ask(""), many), "400 Bad Request: RESULTS_TOO_MUCH");
}

TEST_F(InlineTest, AChosenResultIsSentAsThePersonAndTellsTheBot) {
  const std::int64_t group =
      test_.Sim("/sim/group", {{"title", "Friends"}, {"members", {anna_}}})["id"];
  const std::string id = Ask("x");
  json card = Article("a");
  card["reply_markup"] = Inline({{{"text", "Book"}, {"url", "https://t.me/kalends_demo_bot"}}});
  EXPECT_EQ(Answer(id, json::array({card})), "200");
  test_.Updates();
  EXPECT_EQ(Choose(id, "b", group)["ok"], false);
  EXPECT_EQ(Choose(id, "a", group)["ok"], true);
  const json message = test_.world.FindChat(group)->messages.back().api;
  EXPECT_EQ(message["text"], "Marie");
  EXPECT_EQ(message["from"]["first_name"], "Anna");
  EXPECT_EQ(message["via_bot"]["username"], "kalends_demo_bot");
  EXPECT_EQ(message["reply_markup"]["inline_keyboard"][0][0]["text"], "Book");
  const json chosen = test_.Updates().back()["chosen_inline_result"];
  EXPECT_EQ(chosen["result_id"], "a");
  EXPECT_EQ(chosen["query"], "x");
}

TEST_F(InlineTest, AButtonLetsAChatBeChosen) {
  const std::int64_t marie = test_.AddStarted("Marie");
  test_.Send(marie, "share", Inline({{{"text", "Share"}, {"switch_inline_query", "flyer"}}}));
  const json tapped = test_.Sim("/sim/tap", {{"user", marie}, {"label", "Share"}});
  EXPECT_EQ(tapped["kind"], "switch_inline");
  EXPECT_EQ(tapped["query"], "flyer");
}

}  // namespace
}  // namespace kalends::sim
