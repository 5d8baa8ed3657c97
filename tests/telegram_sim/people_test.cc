#include <gtest/gtest.h>

#include "tests/telegram_sim/sim_testing.h"
#include "tools/telegram_sim/qr.h"
#include "tools/telegram_sim/text.h"
#include "tools/telegram_sim/view.h"

namespace kalends::sim {
namespace {

using nlohmann::json;

TEST(People, StartWithAPayloadIsACommandForTheBot) {
  TestWorld test;
  const std::int64_t anna = test.AddPerson("Anna");
  const json sent = test.Sim("/sim/start", {{"user", anna}, {"payload", "inv_a-1"}});
  const json update = test.Updates().at(0);
  EXPECT_EQ(update["update_id"], sent["update_id"]);
  EXPECT_EQ(update["message"]["text"], "/start inv_a-1");
  EXPECT_EQ(update["message"]["entities"][0]["type"], "bot_command");
  EXPECT_EQ(update["message"]["from"]["language_code"], "de");
}

TEST(World, IdsOfMessagesRiseFromOneStartToTheNext) {
  constexpr std::int64_t kDay = 24 * 3600 * 1000;
  constexpr std::int64_t kStart = 1'800'000'000'000;  // In 2027.
  EXPECT_EQ(MessagesBefore(0), 0);  // A clock that is behind asks for no negative ids.
  EXPECT_EQ(MessagesBefore(kStart + kDay) - MessagesBefore(kStart), 24 * 3600);
  EXPECT_LT(MessagesBefore(kStart + 50 * 365 * kDay), std::int64_t{1} << 31);
  World world({"kalends_demo_bot", 1000000001, Limits::kOff, 1, MessagesBefore(kStart)},
              [] { return kStart; });
  const auto sim = [&](const std::string& path, const json& args) {
    return json::parse(FindSimRoute(path)->handle(world, args)->body);
  };
  const json anna = sim("/sim/user", {{"first_name", "Anna"}, {"language_code", "de"}});
  EXPECT_GT(sim("/sim/start", {{"user", anna["id"]}})["message_id"], MessagesBefore(kStart));
}

TEST(People, DeepLinkPayloadsAreChecked) {
  TestWorld test;
  const std::int64_t anna = test.AddPerson("Anna");
  EXPECT_EQ(test.Sim("/sim/start", {{"user", anna}, {"payload", std::string(64, 'x')}})["ok"],
            true);
  EXPECT_EQ(test.Sim("/sim/start", {{"user", anna}, {"payload", std::string(65, 'x')}})["ok"],
            false);
  EXPECT_EQ(test.Sim("/sim/start", {{"user", anna}, {"payload", "a b"}})["ok"], false);
}

TEST(People, BlockingTellsTheBotAndStartingUnblocks) {
  TestWorld test;
  const std::int64_t anna = test.AddStarted("Anna");
  test.Sim("/sim/block", {{"user", anna}});
  EXPECT_EQ(test.Updates().back()["my_chat_member"]["new_chat_member"]["status"], "kicked");
  EXPECT_EQ(test.Sim("/sim/message", {{"user", anna}, {"text", "hi"}})["ok"], false);
  test.Sim("/sim/start", {{"user", anna}});
  const auto updates = test.Updates();
  EXPECT_EQ(updates[updates.size() - 2]["my_chat_member"]["new_chat_member"]["status"], "member");
  EXPECT_EQ(updates.back()["message"]["text"], "/start");
}

TEST(People, AGroupMayPutTheBotOutAndLetItInAgain) {
  TestWorld test;
  const std::int64_t sam = test.AddPerson("Sam");
  const json group = test.Sim("/sim/group", {{"title", "Team"}, {"members", json::array({sam})}});
  const json where = {{"user", sam}, {"chat", group["id"]}};
  const json message = {{"chat_id", group["id"]}, {"text", "hi"}};
  EXPECT_EQ(test.Sim("/sim/kick", where)["ok"], true);
  EXPECT_EQ(test.Updates().back()["my_chat_member"]["new_chat_member"]["status"], "kicked");
  EXPECT_EQ(test.Call("sendMessage", message).code, 403);
  EXPECT_EQ(test.Sim("/sim/admit", where)["ok"], true);
  EXPECT_EQ(test.Updates().back()["my_chat_member"]["new_chat_member"]["status"], "member");
  EXPECT_EQ(test.Call("sendMessage", message).code, 200);
  EXPECT_EQ(test.Sim("/sim/kick", {{"user", sam}})["ok"], false);
}

TEST(People, UnknownUsersAreExplained) {
  TestWorld test;
  EXPECT_NE(
      test.Sim("/sim/message", {{"user", 5}, {"text", "hi"}})["error"].get<std::string>().find(
          "POST /sim/user"),
      std::string::npos);
}

TEST(Tap, PressesTheNewestSuchButton) {
  TestWorld test;
  const std::int64_t anna = test.AddStarted("Anna");
  test.Send(anna, "one", Inline(json::array({Button("A", "old")})));
  const std::int64_t newest =
      test.Send(anna, "two", Inline(json::array({Button("A", "new"), Button("B", "b")})));
  const json tapped = test.Sim("/sim/tap", {{"user", anna}, {"label", "A"}});
  EXPECT_EQ(tapped["kind"], "callback");
  const json query = test.Updates().back()["callback_query"];
  EXPECT_EQ(query["id"], tapped["callback_query_id"]);
  EXPECT_EQ(query["data"], "new");
  EXPECT_EQ(query["message"]["message_id"], newest);
  EXPECT_EQ(test.Sim("/sim/tap", {{"user", anna}, {"data", "old"}})["kind"], "callback");
  test.Sim("/sim/tap", {{"user", anna}, {"row", 0}, {"col", 1}});
  EXPECT_EQ(test.Updates().back()["callback_query"]["data"], "b");
}

TEST(Tap, OfAReplyKeyboardSendsItsText) {
  TestWorld test;
  const std::int64_t anna = test.AddStarted("Anna");
  test.Send(anna, "menu", json::parse(R"({"keyboard":[["Termine",{"text":"Support"}]]})"));
  EXPECT_EQ(test.Sim("/sim/tap", {{"user", anna}, {"label", "Support"}})["ok"], true);
  EXPECT_EQ(test.Updates().back()["message"]["text"], "Support");
  test.Send(anna, "bye", {{"remove_keyboard", true}});
  EXPECT_EQ(test.Sim("/sim/tap", {{"user", anna}, {"label", "Support"}})["ok"], false);
}

TEST(Tap, ListsTheButtonsWhenThereIsNone) {
  TestWorld test;
  const std::int64_t anna = test.AddStarted("Anna");
  test.Send(anna, "one", Inline(json::array({Button("A", "a")})));
  EXPECT_EQ(test.Sim("/sim/tap", {{"user", anna}, {"label", "B"}})["error"],
            "There is no button \"B\" in this chat. Buttons now: [102]: \"A\".");
}

TEST(Tap, OpensLinksAndCopiesWithoutTheBot) {
  TestWorld test;
  const std::int64_t anna = test.AddStarted("Anna");
  const std::string url = "https://t.me/kalends_demo_bot?start=inv_1";
  test.Send(anna, "x",
            Inline({{{"text", "L"}, {"url", url}},
                    {{"text", "C"}, {"copy_text", {{"text", "DE02"}}}},
                    {{"text", "D"}, {"disabled", json::object()}}}));
  const int before = test.world.updates.size();
  EXPECT_EQ(test.Sim("/sim/tap", {{"user", anna}, {"label", "L"}})["payload"], "inv_1");
  EXPECT_EQ(test.Sim("/sim/tap", {{"user", anna}, {"label", "C"}})["text"], "DE02");
  EXPECT_EQ(test.Sim("/sim/tap", {{"user", anna}, {"label", "D"}})["ok"], false);
  EXPECT_EQ(test.world.updates.size(), before);
}

TEST(Tap, ForgesAnythingOnAnything) {
  TestWorld test;
  const std::int64_t anna = test.AddStarted("Anna");
  const std::int64_t gone = test.Send(anna, "x");
  test.Call("deleteMessage", {{"chat_id", anna}, {"message_id", gone}});
  test.Sim("/sim/tap", {{"user", anna}, {"force", true}, {"data", "evil"}, {"message_id", gone}});
  const json query = test.Updates().back()["callback_query"];
  EXPECT_EQ(query["data"], "evil");
  EXPECT_EQ(query["message"]["date"], 0);
}

TEST(Documents, ReachTheBotWithTheirBytes) {
  TestWorld test;
  const std::int64_t anna = test.AddStarted("Anna");
  test.Sim("/sim/document", {{"user", anna},
                             {"file_name", "a.pdf"},
                             {"mime_type", "application/pdf"},
                             {"content_base64", EncodeBase64("%PDF")},
                             {"caption", "mine"}});
  const json message = test.Updates().back()["message"];
  EXPECT_EQ(message["caption"], "mine");
  EXPECT_EQ(test.world.FindFile(message["document"]["file_id"].get<std::string>())->bytes, "%PDF");
}

TEST(Replies, BringTheMessageRepliedToWithItsButtons) {
  TestWorld test;
  const std::int64_t anna = test.AddStarted("Anna");
  const std::int64_t question = test.Send(anna, "Well?", Inline(json::array({Button("A", "a")})));
  for (const auto& [path, content] :
       {std::pair("/sim/message", json{{"text", "yes"}}),
        std::pair("/sim/document", json{{"file_name", "a.txt"}, {"content_base64", "YQ=="}})}) {
    SCOPED_TRACE(path);
    json args = content;
    args["user"] = anna;
    args["reply_to"] = question;
    test.Sim(path, args);
    const json replied = test.Updates().back()["message"]["reply_to_message"];
    EXPECT_EQ(replied["message_id"], question);
    EXPECT_EQ(replied["reply_markup"]["inline_keyboard"][0][0]["callback_data"], "a");
    args["reply_to"] = question + 100;
    EXPECT_EQ(test.Sim(path, args)["ok"], false);
  }
}

TEST(Edits, TellTheBotTheNewText) {
  TestWorld test;
  const std::int64_t anna = test.AddStarted("Anna");
  const std::int64_t sent =
      test.Sim("/sim/message", {{"user", anna}, {"text", "/one"}})["message_id"];
  const json edited =
      test.Sim("/sim/edit", {{"user", anna}, {"message_id", sent}, {"text", "two"}});
  const json update = test.Updates().back();
  EXPECT_EQ(update["update_id"], edited["update_id"]);
  EXPECT_EQ(update["edited_message"]["message_id"], sent);
  EXPECT_EQ(update["edited_message"]["text"], "two");
  EXPECT_FALSE(update["edited_message"].contains("entities"));
  EXPECT_TRUE(update["edited_message"]["edit_date"].is_number_integer());
}

TEST(Edits, AreOfOnesOwnTextsOnly) {
  TestWorld test;
  const std::int64_t anna = test.AddStarted("Anna");
  const std::int64_t bots = test.Send(anna, "Hello");
  for (const std::int64_t message : {bots, bots + 100}) {
    const json args = {{"user", anna}, {"message_id", message}, {"text", "x"}};
    EXPECT_EQ(test.Sim("/sim/edit", args)["ok"], false);
  }
}

TEST(Groups, TheBotHearsCommandsAnswersAndMentionsOnly) {
  TestWorld test;
  const std::int64_t anna = test.AddStarted("Anna");
  const std::int64_t group =
      test.Sim("/sim/group", {{"title", "Support"}, {"members", {anna}}})["id"];
  const std::int64_t question = test.Send(group, "Help?");
  const int before = test.world.updates.size();
  const auto say = [&](const std::string& text, std::int64_t reply_to) {
    return test.Sim("/sim/message",
                    {{"user", anna}, {"chat", group}, {"text", text}, {"reply_to", reply_to}});
  };
  EXPECT_EQ(say("hello", 0)["update_id"], 0);
  EXPECT_NE(say("/help", 0)["update_id"], 0);
  EXPECT_NE(say("@kalends_demo_bot hi", 0)["update_id"], 0);
  EXPECT_NE(say("an answer", question)["update_id"], 0);
  EXPECT_EQ(test.world.updates.size(), before + 3);
  EXPECT_EQ(test.Updates().back()["message"]["chat"]["type"], "supergroup");
}

TEST(Wait, SeesTextsAndLabelsNewerThanSince) {
  TestWorld test;
  const std::int64_t anna = test.AddStarted("Anna");
  const auto wait = [&](const std::string& text, std::int64_t since) {
    return test.Sim("/sim/wait", {{"user", anna}, {"contains", text}, {"since", since}});
  };
  EXPECT_TRUE(wait("hello", 0).is_null());
  const std::int64_t id = test.Send(anna, "hello", Inline(json::array({Button("Weiter", "a")})));
  const std::int64_t seq = wait("hello", 0)["seq"];
  EXPECT_EQ(wait("Weiter", 0)["message"]["message_id"], id);
  EXPECT_TRUE(wait("hello", seq).is_null());
  test.Call("editMessageText", {{"chat_id", anna}, {"message_id", id}, {"text", "hello again"}});
  EXPECT_GT(wait("hello", seq)["seq"], seq);
  EXPECT_TRUE(wait("Weiter", 0).is_null());
}

TEST(Wait, GivesTheAnswerToATap) {
  TestWorld test;
  const std::int64_t anna = test.AddStarted("Anna");
  test.Send(anna, "x", Inline(json::array({Button("A", "a")})));
  const std::string id =
      test.Sim("/sim/tap", {{"user", anna}, {"label", "A"}})["callback_query_id"];
  EXPECT_TRUE(test.Sim("/sim/wait", {{"user", anna}, {"callback", id}}).is_null());
  test.Call("answerCallbackQuery", {{"callback_query_id", id}, {"text", "done"}});
  EXPECT_EQ(test.Sim("/sim/wait", {{"user", anna}, {"callback", id}})["answer"]["text"], "done");
}

TEST(Settled, NeedsUpdatesConfirmedAndTapsAnswered) {
  TestWorld test;
  const std::int64_t anna = test.AddStarted("Anna");
  EXPECT_TRUE(test.Sim("/sim/settled", {}).is_null());
  test.Send(anna, "x", Inline(json::array({Button("A", "a")})));
  const json tapped = test.Sim("/sim/tap", {{"user", anna}, {"label", "A"}});
  test.world.updates.Confirm(tapped["update_id"].get<std::int64_t>() + 1, 0);
  EXPECT_TRUE(test.Sim("/sim/settled", {}).is_null());
  test.Call("answerCallbackQuery", {{"callback_query_id", tapped["callback_query_id"]}});
  EXPECT_EQ(test.Sim("/sim/settled", {})["ok"], true);
}

TEST(Transcript, ShowsTextsButtonsEditsAndKeyboard) {
  TestWorld test;
  const std::int64_t anna = test.AddStarted("Anna");
  test.Send(anna, "menu", json::parse(R"({"keyboard":[["K","L"]]})"));
  const std::int64_t id = test.Send(anna, "one", Inline(json::array({Button("A", "a")})));
  test.Call("editMessageText", {{"chat_id", anna},
                                {"message_id", id},
                                {"text", "two\nlines"},
                                {"reply_markup", Inline(json::array({Button("B", "b")}))}});
  EXPECT_EQ(Transcript(test.world, *test.world.FindChat(anna)),
            "# Anna (5000100000 de)\n[101] 01:30:00 Anna: /start\n[102] 01:30:00 Bot: menu\n"
            "[103] 01:30:00 Bot (edited): two\n      lines\n      [B]\nkeyboard:\n  [K] [L]\n");
}

TEST(DeepLinkPayload, IsOfThisBotOnly) {
  TestWorld test;
  EXPECT_EQ(DeepLinkPayload(test.world, "https://t.me/Kalends_Demo_bot?start=a-b_1"), "a-b_1");
  EXPECT_EQ(DeepLinkPayload(test.world, "https://t.me/other_bot?start=a"), "");
  EXPECT_EQ(DeepLinkPayload(test.world, "https://t.me/kalends_demo_bot?start="), "");
}

TEST(Reset, ForgetsPeopleButIdsGrow) {
  TestWorld test;
  const std::int64_t anna = test.AddStarted("Anna");
  const std::int64_t update = test.Updates().back()["update_id"];
  test.Sim("/sim/reset", json::object());
  EXPECT_TRUE(test.world.people.empty());
  EXPECT_GT(test.AddStarted("Oleh"), anna);
  EXPECT_GT(test.Updates().back()["update_id"], update);
}

TEST(QrSvg, DrawsTextAndRefusesNone) {
  EXPECT_TRUE(QrSvg("https://t.me/x?start=y")->starts_with("<svg"));
  EXPECT_EQ(QrSvg(""), std::nullopt);
  EXPECT_EQ(QrSvg(std::string(1001, 'x')), std::nullopt);
}

TEST(Base64, GoesThereAndBack) {
  for (const std::string bytes : {"", "a", "ab", "abc", "\xff\x00x"})
    EXPECT_EQ(DecodeBase64(EncodeBase64(bytes)), bytes);
  EXPECT_EQ(DecodeBase64("a$"), std::nullopt);
}

}  // namespace
}  // namespace kalends::sim
