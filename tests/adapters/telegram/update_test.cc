#include "adapters/telegram/update.h"

#include <gtest/gtest.h>

namespace kalends::telegram {
namespace {

using Json = nlohmann::json;

TEST(ParseUpdate, ReadsAMessage) {
  const auto update = ParseUpdate(Json::parse(
      R"({"update_id":9,"message":{"message_id":1,"chat":{"id":5,"type":"private"},"text":"Hi",
         "from":{"id":5,"first_name":"Jo","last_name":"Ng","language_code":"de-AT"}}})"));
  ASSERT_TRUE(update);
  EXPECT_EQ(update->id, 9);
  EXPECT_EQ(update->user, 5);
  EXPECT_EQ(update->name, "Jo Ng");
  EXPECT_EQ(update->language, "de-AT");
  EXPECT_EQ(std::get<Typed>(update->what).text, "Hi");
}

TEST(ParseUpdate, ReadsAPressEvenOfAMessageThatIsGone) {
  const auto update = ParseUpdate(
      Json::parse(R"({"update_id":9,"callback_query":{"id":"77","from":{"id":5},"data":"1:h"}})"));
  ASSERT_TRUE(update);
  const Press& press = std::get<Press>(update->what);
  EXPECT_EQ(press.callback_id, "77");
  EXPECT_EQ(press.data, "1:h");
  EXPECT_EQ(press.message, 0);
  EXPECT_EQ(update->name, "Telegram 5");
}

TEST(ParseUpdate, TellsBlockedFromLetInAgain) {
  const auto member = [](const char* status) {
    return ParseUpdate({{"update_id", 1},
                        {"my_chat_member",
                         {{"chat", {{"id", 5}, {"type", "private"}}},
                          {"from", {{"id", 5}, {"username", "jo"}}},
                          {"new_chat_member", {{"status", status}}}}}});
  };
  EXPECT_TRUE(std::get<Membership>(member("member")->what).reachable);
  EXPECT_FALSE(std::get<Membership>(member("kicked")->what).reachable);
  EXPECT_EQ(member("member")->name, "jo");
}

TEST(ParseUpdate, TellsWhetherAGroupLetsTheBotIn) {
  const struct {
    const char* status;
    bool reachable;
  } kCases[] = {{"member", true}, {"administrator", true}, {"kicked", false}, {"left", false}};
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.status);
    const auto update = ParseUpdate({{"update_id", 1},
                                     {"my_chat_member",
                                      {{"chat", {{"id", -100}, {"type", "supergroup"}}},
                                       {"from", {{"id", 5}}},
                                       {"new_chat_member", {{"status", c.status}}}}}});
    ASSERT_TRUE(update);
    EXPECT_EQ(std::get<Membership>(update->what).reachable, c.reachable);
    EXPECT_EQ(std::get<Membership>(update->what).group, -100);
  }
}

TEST(ParseUpdate, GroupsAndUnknownKindsAreNotForUs) {
  for (const char* json : {
           R"({"update_id":1,"message":{"chat":{"id":-5,"type":"group"},"from":{"id":5}}})",
           R"({"update_id":1,"poll":{}})",
           R"({"update_id":1})",
           R"({"message":{}})",
           R"([])",
           R"(null)",
           R"({"update_id":"1","message":5})",
           R"({"update_id":1,"message":{"chat":7,"from":[]}})",
           R"({"update_id":1,"message":{"chat":{"type":"private"},"from":{"id":"x"}}})",
       }) {
    SCOPED_TRACE(json);
    EXPECT_FALSE(ParseUpdate(Json::parse(json)));
  }
}

}  // namespace
}  // namespace kalends::telegram
