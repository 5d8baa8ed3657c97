#include "adapters/telegram/update.h"

#include <gtest/gtest.h>

#include <limits>

namespace kalends::telegram {
namespace {

using Json = nlohmann::json;

constexpr std::int64_t kOurBot = 1000000001;

TEST(ParseUpdate, ReadsAMessage) {
  const auto update = ParseUpdate(
      Json::parse(
          R"({"update_id":9,"message":{"message_id":1,"chat":{"id":5,"type":"private"},"text":"Hi",
         "from":{"id":5,"first_name":"Jo","last_name":"Ng","language_code":"de-AT"}}})"),
      kOurBot);
  ASSERT_TRUE(update);
  EXPECT_EQ(update->key.id, 9);
  EXPECT_EQ(update->key.bot, kOurBot);
  EXPECT_EQ(update->user, 5);
  EXPECT_EQ(update->name, "Jo Ng");
  EXPECT_EQ(update->language, "de-AT");
  EXPECT_EQ(std::get<Typed>(update->what).text, "Hi");
}

TEST(ParseUpdate, NamesWhoHasANameThatNobodySeesByAnother) {
  const struct {
    const char* name;
    const char* from;
    const char* called;
  } kCases[] = {
      {"a name", R"({"id":5,"first_name":"Jo","username":"jo5"})", "Jo"},
      {"a filler", R"({"id":5,"first_name":"\u3164","username":"jo5"})", "jo5"},
      {"blanks and joiners", R"({"id":5,"first_name":" \u200d","last_name":"\u2800"})",
       "Telegram 5"},
  };
  for (const auto& c : kCases) {
    Json json =
        Json::parse(R"({"update_id":9,"message":{"chat":{"id":5,"type":"private"},"text":"Hi"}})");
    json["message"]["from"] = Json::parse(c.from);
    EXPECT_EQ(ParseUpdate(json, kOurBot)->name, c.called) << c.name;
  }
}

TEST(UpdateIdOf, TakesNoNumberThatCannotBeGoneOnFrom) {
  EXPECT_EQ(UpdateIdOf({{"update_id", 0}}), 0);
  EXPECT_EQ(UpdateIdOf({{"update_id", 2147483648}}), 2147483648);
  for (const Json& id :
       {Json(-1), Json(std::numeric_limits<std::int64_t>::max()),
        Json(std::numeric_limits<std::uint64_t>::max()), Json(1.5), Json("7"), Json(nullptr)}) {
    EXPECT_EQ(UpdateIdOf({{"update_id", id}}), std::nullopt) << id;
  }
}

TEST(ParseUpdate, ReadsTheButtonsOfTheMessageRepliedTo) {
  const struct {
    const char* name;
    const char* replied;
    std::vector<std::string> buttons;
  } kCases[] = {
      {"no reply", "null", {}},
      {"no buttons", R"({"message_id":3})", {}},
      {"one",
       R"({"reply_markup":{"inline_keyboard":[[{"text":"A","callback_data":"1:su"}]]}})",
       {"1:su"}},
      {"a link counts too",
       R"({"reply_markup":{"inline_keyboard":[[{"url":"https://a.b"}],[{"callback_data":"x"}]]}})",
       {"", "x"}},
      {"misshapen", R"({"reply_markup":{"inline_keyboard":[7,[8]]}})", {""}},
      {"no keyboard", R"({"reply_markup":{"inline_keyboard":{"0":[]}}})", {}},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.name);
    Json json = Json::parse(
        R"({"update_id":9,"message":{"chat":{"id":5,"type":"private"},"text":"Hi","from":{"id":5}}})");
    json["message"]["reply_to_message"] = Json::parse(c.replied);
    EXPECT_EQ(std::get<Typed>(ParseUpdate(json, kOurBot)->what).replied, c.buttons);
  }
}

TEST(ParseUpdate, ReadsWhereWordsAndButtonsLead) {
  const Json json = Json::parse(R"({"update_id":9,"message":{"chat":{"id":5,"type":"private"},
      "from":{"id":5},"text":"Hi","entities":[{"type":"bold"},{"type":"text_link","url":"t.me/a"}],
      "reply_markup":{"inline_keyboard":[[{"text":"A","url":"t.me/b"},{"callback_data":"x"}]]}}})");
  EXPECT_EQ(std::get<Typed>(ParseUpdate(json, kOurBot)->what).links,
            (std::vector<std::string>{"t.me/b", "t.me/a"}));
  const Json caption = Json::parse(R"({"update_id":9,"message":{"chat":{"id":5,"type":"private"},
      "from":{"id":5},"caption":"Hi","caption_entities":[{"url":"t.me/c"},7],"entities":7}})");
  EXPECT_EQ(std::get<Typed>(ParseUpdate(caption, kOurBot)->what).links,
            std::vector<std::string>{"t.me/c"});
}

Json AlbumPart(std::int64_t id, const char* album, const char* caption) {
  return {{"update_id", id},
          {"message",
           {{"message_id", 100 + id},
            {"chat", {{"id", 5}, {"type", "private"}}},
            {"from", {{"id", 5}}},
            {"media_group_id", album},
            {"caption", caption},
            {"photo", {{{"file_id", "p" + std::to_string(id)}}}}}}};
}

TEST(Albums, PartsOfOneAreJoinedInTheirOrder) {
  Update whole = *ParseUpdate(AlbumPart(1, "a", ""), kOurBot);
  const Update second = *ParseUpdate(AlbumPart(2, "a", "Befund"), kOurBot);
  const Update third = *ParseUpdate(AlbumPart(3, "a", ""), kOurBot);
  ASSERT_TRUE(BelongTogether(whole, second));
  Join(whole, second);
  Join(whole, third);
  const Typed& typed = std::get<Typed>(whole.what);
  EXPECT_EQ(typed.text, "Befund");
  ASSERT_EQ(typed.files.size(), 3U);
  EXPECT_EQ(typed.files[1].file_id, "p2");
  EXPECT_EQ(typed.files[1].caption, "Befund");
  // That is where the one caption can be changed.
  EXPECT_EQ(typed.editable, 102);
  Join(whole, *ParseUpdate(AlbumPart(4, "a", "Rechnung"), kOurBot));
  EXPECT_EQ(typed.text, "Befund\nRechnung");
  EXPECT_EQ(typed.editable, 0);
  EXPECT_EQ(typed.message, 101);
}

TEST(Albums, OthersAreNotJoined) {
  const Update whole = *ParseUpdate(AlbumPart(1, "a", ""), kOurBot);
  EXPECT_FALSE(BelongTogether(whole, *ParseUpdate(AlbumPart(2, "b", ""), kOurBot)));
  Json other = AlbumPart(2, "a", "");
  other["message"]["from"]["id"] = 6;
  EXPECT_FALSE(BelongTogether(whole, *ParseUpdate(other, kOurBot)));
  const Update alone = *ParseUpdate(AlbumPart(1, "", ""), kOurBot);
  EXPECT_FALSE(BelongTogether(alone, alone));
  Update full = whole;
  for (int i = 2; i <= 10; ++i) Join(full, *ParseUpdate(AlbumPart(i, "a", ""), kOurBot));
  EXPECT_FALSE(BelongTogether(full, *ParseUpdate(AlbumPart(11, "a", ""), kOurBot)));
}

TEST(ParseUpdate, ReadsAnEditedReplyInAGroup) {
  const auto edited = [](const char* message) {
    return ParseUpdate({{"update_id", 1}, {"edited_message", Json::parse(message)}}, kOurBot);
  };
  const auto update = edited(
      R"({"message_id":9,"chat":{"id":-5,"type":"supergroup"},"from":{"id":5},"text":"new",
          "reply_to_message":{"message_id":7}})");
  ASSERT_TRUE(update);
  const auto& reply = std::get<GroupReply>(update->what);
  EXPECT_TRUE(reply.edited);
  EXPECT_EQ(reply.group, -5);
  EXPECT_EQ(reply.message, 7);
  EXPECT_EQ(reply.typed.message, 9);
  EXPECT_EQ(reply.typed.text, "new");
  EXPECT_EQ(TypedIn(*update), nullptr);
}

TEST(ParseUpdate, TellsMembersFromWhoIsNone) {
  const struct {
    const char* name;
    const char* sender;
    bool heard;
    bool anonymous;
  } kCases[] = {
      {"a member", R"({"from":{"id":5,"is_bot":false}})", true, false},
      {"an anonymous administrator",
       R"({"from":{"id":1087968824,"is_bot":true},"sender_chat":{"id":-5,"type":"supergroup"}})",
       true, true},
      {"the same, as older servers tell it", R"({"from":{"id":1087968824,"is_bot":true}})", true,
       true},
      {"a linked channel's post",
       R"({"from":{"id":777000},"sender_chat":{"id":-9,"type":"channel"},
           "is_automatic_forward":true})",
       false, false},
      {"Telegram", R"({"from":{"id":777000,"is_bot":false}})", false, false},
      {"an automatic forward", R"({"from":{"id":5},"is_automatic_forward":true})", false, false},
      {"who speaks as a channel",
       R"({"from":{"id":136817688,"is_bot":true},"sender_chat":{"id":-9,"type":"channel"}})", false,
       false},
      {"another bot", R"({"from":{"id":6,"is_bot":true}})", false, false},
  };
  for (const auto& c : kCases) {
    for (const char* kind : {"message", "edited_message"}) {
      SCOPED_TRACE(std::string(c.name) + ", " + kind);
      Json message = Json::parse(c.sender);
      message["message_id"] = 9;
      message["chat"] = {{"id", -5}, {"type", "supergroup"}};
      message["text"] = "answer";
      message["reply_to_message"] = {{"message_id", 7}};
      const auto update = ParseUpdate({{"update_id", 1}, {kind, message}}, kOurBot);
      ASSERT_EQ(update.has_value(), c.heard);
      if (!update) continue;
      EXPECT_EQ(std::get<GroupReply>(update->what).anonymous, c.anonymous);
      EXPECT_EQ(std::get<GroupReply>(update->what).typed.text, "answer");
    }
  }
}

TEST(ParseUpdate, NoticesEditedWordsInPrivateChats) {
  const struct {
    const char* name;
    const char* message;
    bool noticed;
  } kCases[] = {
      {"a text", R"({"chat":{"id":5,"type":"private"},"from":{"id":5},"text":"new"})", true},
      {"a caption", R"({"chat":{"id":5,"type":"private"},"from":{"id":5},"caption":"new"})", true},
      {"a location that moves", R"({"chat":{"id":5,"type":"private"},"from":{"id":5}})", false},
      {"a group", R"({"chat":{"id":-5,"type":"supergroup"},"from":{"id":5},"text":"new"})", false},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.name);
    const auto update =
        ParseUpdate({{"update_id", 1}, {"edited_message", Json::parse(c.message)}}, kOurBot);
    ASSERT_EQ(update.has_value(), c.noticed);
    if (update) {
      EXPECT_EQ(std::get<Edited>(update->what).typed.text, "new");
    }
  }
}

TEST(ParseUpdate, ReadsAPressEvenOfAMessageThatIsGone) {
  const auto update = ParseUpdate(
      Json::parse(R"({"update_id":9,"callback_query":{"id":"77","from":{"id":5},"data":"1:h"}})"),
      kOurBot);
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
                          {"new_chat_member", {{"status", status}}}}}},
                       kOurBot);
  };
  EXPECT_TRUE(std::get<Membership>(member("member")->what).reachable);
  EXPECT_FALSE(std::get<Membership>(member("kicked")->what).reachable);
  EXPECT_EQ(member("member")->name, "jo");
}

TEST(ParseUpdate, ReadsWhatIsTypedBehindTheBotsName) {
  const auto update = ParseUpdate(
      {{"update_id", 1},
       {"inline_query",
        {{"id", "88"}, {"from", {{"id", 5}, {"first_name", "Jo"}}}, {"query", "flyer"}}}},
      kOurBot);
  ASSERT_TRUE(update);
  EXPECT_EQ(std::get<InlineQuery>(update->what).id, "88");
  EXPECT_EQ(std::get<InlineQuery>(update->what).text, "flyer");
  EXPECT_EQ(update->user, 5);
  EXPECT_FALSE(ParseUpdate({{"update_id", 1}, {"inline_query", {{"id", "88"}}}}, kOurBot));
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
                                       {"new_chat_member", {{"status", c.status}}}}}},
                                    kOurBot);
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
    EXPECT_FALSE(ParseUpdate(Json::parse(json), kOurBot));
  }
}

}  // namespace
}  // namespace kalends::telegram
