#include "tools/telegram_sim/methods.h"

#include <gtest/gtest.h>

#include "tests/telegram_sim/sim_testing.h"

namespace kalends::sim {
namespace {

using nlohmann::json;

// The signature and header of a PNG; nobody reads on.
std::string Png(int width, int height) {
  std::string bytes = "\x89PNG\r\n\x1a\n" + std::string("\0\0\0\rIHDR", 8);
  for (const int side : {width, height}) {
    for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(side >> shift);
  }
  return bytes + std::string(5, '\0');
}

Reply SendFile(TestWorld& test, const std::string& method, const std::string& field,
               std::int64_t chat, Upload upload) {
  Params params;
  params.values = {{"chat_id", chat}};
  params.uploads[field] = std::move(upload);
  return CallMethod(test.world, method, std::move(params));
}

TEST(SetMessageReaction, PutsOneOfTelegramsOwnOnAMessage) {
  TestWorld test;
  const std::int64_t anna = test.AddStarted("Anna");
  Chat& chat = *test.world.FindChat(anna);
  const std::int64_t message = chat.messages.back().id;
  const auto react = [&](std::int64_t id, json reaction) {
    return test.Call("setMessageReaction",
                     {{"chat_id", anna}, {"message_id", id}, {"reaction", std::move(reaction)}});
  };
  const json ok = json::array({{{"type", "emoji"}, {"emoji", "👌"}}});
  EXPECT_EQ(react(message, ok).body["result"], true);
  EXPECT_EQ(chat.messages.back().reactions, ok);
  EXPECT_EQ(react(message, json::array()).code, 200);
  EXPECT_TRUE(chat.messages.back().reactions.empty());
  const struct {
    const char* name;
    std::int64_t message;
    json reaction;
    const char* description;
  } kCases[] = {
      {"no such message", message + 1, ok, "Bad Request: message to react not found"},
      {"no reaction of Telegram's",
       message,
       {{{"type", "emoji"}, {"emoji", "✅"}}},
       "Bad Request: REACTION_INVALID"},
      {"two", message, {ok[0], ok[0]}, "Bad Request: REACTIONS_TOO_MANY"},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(react(c.message, c.reaction).body["description"], c.description);
  }
}

TEST(SendMediaGroup, SendsFilesThatBelongTogether) {
  TestWorld test;
  const std::int64_t anna = test.AddStarted("Anna");
  Upload upload{.file_name = "a.png", .mime_type = "image/png", .bytes = Png(10, 10)};
  const Reply photo = SendFile(test, "sendPhoto", "photo", anna, upload);
  const std::string id = photo.body["result"]["photo"][0]["file_id"];
  const json item = {{"type", "photo"}, {"media", id}};
  const auto send = [&](json media) {
    return test.Call("sendMediaGroup", {{"chat_id", anna}, {"media", std::move(media)}});
  };
  const Reply sent = send({item, item, item});
  ASSERT_EQ(sent.body["result"].size(), 3U);
  EXPECT_EQ(sent.body["result"][0]["media_group_id"], sent.body["result"][2]["media_group_id"]);
  EXPECT_EQ(send(json::array({item})).code, 400);
  EXPECT_EQ(send({item, {{"type", "document"}, {"media", id}}}).code, 400);
  EXPECT_EQ(send({item, {{"type", "photo"}, {"media", "nothing"}}}).code, 400);
}

TEST(GetUserProfilePhotos, KnowsTheBotAndPeopleInEitherFormOfTheirIds) {
  TestWorld test;
  const std::int64_t anna = test.AddStarted("Anna");
  for (const json& id : {json(anna), json(1000000001), json("1000000001")}) {
    const Reply reply = test.Call("getUserProfilePhotos", {{"user_id", id}});
    EXPECT_EQ(reply.code, 200) << id;
    EXPECT_EQ(reply.body["result"]["total_count"], 0) << id;
  }
  EXPECT_EQ(test.Call("getUserProfilePhotos", {{"user_id", 7}}).code, 400);
}

TEST(SetMyProfilePhoto, TakesAJpegThatComesInAForm) {
  TestWorld test;
  const auto set = [&](const std::string& bytes, const std::string& photo) {
    Params params;
    params.values = {{"photo", photo}};
    params.uploads["p"] = {"a.jpg", "image/jpeg", bytes};
    return CallMethod(test.world, "setMyProfilePhoto", std::move(params)).code;
  };
  const std::string jpeg =
      "\xff\xd8\xff\xc0" + std::string("\0\x0b\x08\0\x0a\0\x0a\x01\x01\x11\0", 11);
  const std::string attached = R"({"type":"static","photo":"attach://p"})";
  EXPECT_EQ(set(Png(10, 10), attached), 400);
  EXPECT_EQ(set(jpeg, R"({"type":"static","photo":"attach://q"})"), 400);
  EXPECT_EQ(set(jpeg, R"({"type":"animated","photo":"attach://p"})"), 400);
  EXPECT_EQ(set(jpeg, "attach://p"), 400);
  EXPECT_EQ(set(jpeg, attached), 200);
  const Reply photos = test.Call("getUserProfilePhotos", {{"user_id", 1000000001}});
  EXPECT_EQ(photos.body["result"]["total_count"], 1);
}

TEST(SendMessage, ReturnsTheMessageAsTelegramWould) {
  TestWorld test;
  const std::int64_t anna = test.AddStarted("Anna");
  const Reply reply =
      test.Call("sendMessage", {{"chat_id", anna},
                                {"text", " <b>hi</b> /help "},
                                {"parse_mode", "HTML"},
                                {"protect_content", true},
                                {"reply_markup", Inline(json::array({Button("A", "a")}))}});
  EXPECT_EQ(reply.body["result"],
            json({{"message_id", 102},
                  {"date", test.clock_ms / 1000},
                  {"chat", {{"id", anna}, {"type", "private"}, {"first_name", "Anna"}}},
                  {"from",
                   {{"id", 1000000001},
                    {"is_bot", true},
                    {"first_name", "kalends_demo_bot"},
                    {"username", "kalends_demo_bot"}}},
                  {"text", "hi /help"},
                  {"entities",
                   {{{"type", "bold"}, {"offset", 0}, {"length", 2}},
                    {{"type", "bot_command"}, {"offset", 3}, {"length", 5}}}},
                  {"has_protected_content", true},
                  {"reply_markup", Inline(json::array({Button("A", "a")}))}}));
}

TEST(SendMessage, ReplyKeyboardStaysUntilReplacedRemovedOrDeleted) {
  TestWorld test;
  const std::int64_t anna = test.AddStarted("Anna");
  const Chat& chat = *test.world.FindChat(anna);
  const std::int64_t first = test.Send(anna, "a", {{"keyboard", {{"K"}}}});
  test.Send(anna, "b");
  EXPECT_EQ(chat.keyboard_message, first);
  const std::int64_t second = test.Send(anna, "c", {{"keyboard", {{"L"}}}});
  EXPECT_EQ(chat.keyboard_message, second);
  test.Send(anna, "d", {{"remove_keyboard", true}});
  EXPECT_EQ(chat.keyboard_message, 0);
  const std::int64_t third = test.Send(anna, "e", {{"keyboard", {{"M"}}}});
  test.Call("deleteMessage", {{"chat_id", anna}, {"message_id", third}});
  EXPECT_EQ(chat.keyboard_message, 0);
}

TEST(EditMessageText, ReplacesTextEntitiesAndKeyboard) {
  TestWorld test;
  const std::int64_t anna = test.AddStarted("Anna");
  const std::int64_t id = test.Send(anna, "one", Inline(json::array({Button("A", "a")})));
  test.clock_ms += 5000;
  const json message = test.Call("editMessageText", {{"chat_id", anna},
                                                     {"message_id", id},
                                                     {"text", "<i>two</i>"},
                                                     {"parse_mode", "HTML"}})
                           .body["result"];
  EXPECT_EQ(message["text"], "two");
  EXPECT_EQ(message["edit_date"], test.clock_ms / 1000);
  EXPECT_EQ(message["entities"].size(), 1u);
  EXPECT_FALSE(message.contains("reply_markup"));
}

TEST(EditMessageText, NeedsAMessageOfText) {
  TestWorld test;
  const std::int64_t anna = test.AddStarted("Anna");
  const json sent =
      SendFile(test, "sendDocument", "document", anna, {"a.ics", "text/calendar", "x"})
          .body["result"];
  json edit = {{"chat_id", anna}, {"message_id", sent["message_id"]}, {"text", "x"}};
  EXPECT_EQ(Outcome(test.Call("editMessageText", edit)),
            "400 Bad Request: there is no text in the message to edit");
  edit.erase("text");
  edit["caption"] = "new";
  EXPECT_EQ(test.Call("editMessageCaption", edit).body["result"]["caption"], "new");
}

TEST(Files, CanBeSentAgainByIdAndDownloaded) {
  TestWorld test;
  const std::int64_t anna = test.AddStarted("Anna");
  const json sent =
      SendFile(test, "sendDocument", "document", anna, {"a.ics", "text/calendar", "bytes"})
          .body["result"];
  const std::string id = sent["document"]["file_id"];
  EXPECT_EQ(sent["document"]["file_size"], 5);
  EXPECT_EQ(
      test.Call("sendDocument", {{"chat_id", anna}, {"document", id}}).body["result"]["document"],
      sent["document"]);
  const json file = test.Call("getFile", {{"file_id", id}}).body["result"];
  EXPECT_EQ(file["file_path"], "documents/file_1.ics");
  EXPECT_EQ(test.world.FindFileByPath("documents/file_1.ics")->bytes, "bytes");
}

TEST(Files, PhotosAreCheckedAsPictures) {
  TestWorld test;
  const std::int64_t anna = test.AddStarted("Anna");
  const auto photo = [&](const std::string& bytes) {
    return SendFile(test, "sendPhoto", "photo", anna, {"a.png", "", bytes});
  };
  const Reply good = photo(Png(200, 100));
  EXPECT_EQ(good.body["result"]["photo"][0]["width"], 200);
  EXPECT_EQ(Outcome(photo("text")), "400 Bad Request: IMAGE_PROCESS_FAILED");
  EXPECT_EQ(Outcome(photo("")), "400 Bad Request: file must be non-empty");
  EXPECT_EQ(Outcome(photo(Png(9000, 1001))), "400 Bad Request: PHOTO_INVALID_DIMENSIONS");
  EXPECT_EQ(Outcome(photo(Png(2100, 100))), "400 Bad Request: PHOTO_INVALID_DIMENSIONS");
  EXPECT_EQ(Outcome(photo(Png(100, 100) + std::string(kPhotoBytesMax, 'x'))),
            "400 Bad Request: file is too big");
}

TEST(Files, UploadsAreLimitedToFiftyMegabytes) {
  TestWorld test;
  const std::int64_t anna = test.AddStarted("Anna");
  const auto document = [&](std::int64_t bytes) {
    return SendFile(test, "sendDocument", "document", anna,
                    {"a", "", std::string(static_cast<std::size_t>(bytes), 'x')});
  };
  EXPECT_EQ(Outcome(document(kUploadBytesMax + 1)), "413 Request Entity Too Large");
  const Reply big = document(kDownloadBytesMax + 1);
  ASSERT_EQ(big.code, 200);
  EXPECT_EQ(Outcome(test.Call("getFile", {{"file_id", big.body["result"]["document"]["file_id"]}})),
            "400 Bad Request: file is too big");
}

TEST(Commands, TheMostSpecialScopeAndLanguageWins) {
  TestWorld test;
  const std::int64_t anna = test.AddStarted("Anna");
  const auto set = [&](const std::string& name, json scope, const std::string& language) {
    json values = {{"commands", {{{"command", name}, {"description", "x"}}}},
                   {"language_code", language}};
    if (!scope.is_null()) values["scope"] = scope;
    EXPECT_EQ(test.Call("setMyCommands", values).code, 200);
    return CommandsFor(test.world, *test.world.FindPerson(anna), anna)[0]["command"]
        .get<std::string>();
  };
  EXPECT_EQ(set("all", nullptr, ""), "all");
  EXPECT_EQ(set("german", nullptr, "de"), "german");
  EXPECT_EQ(set("french", nullptr, "fr"), "german");
  EXPECT_EQ(set("private", {{"type", "all_private_chats"}}, ""), "private");
  EXPECT_EQ(set("hers", {{"type", "chat"}, {"chat_id", anna}}, ""), "hers");
  test.Call("deleteMyCommands", {{"scope", {{"type", "chat"}, {"chat_id", anna}}}});
  EXPECT_EQ(CommandsFor(test.world, *test.world.FindPerson(anna), anna)[0]["command"], "private");
  EXPECT_EQ(test.Call("getMyCommands", {{"language_code", "de"}}).body["result"][0]["command"],
            "german");
}

TEST(Profile, TextsFallBackToTheDefaultLanguage) {
  TestWorld test;
  test.Call("setMyName", {{"name", "Kalends"}});
  test.Call("setMyName", {{"name", "Kalender"}, {"language_code", "de"}});
  EXPECT_EQ(test.Call("getMyName", {{"language_code", "de"}}).body["result"]["name"], "Kalender");
  EXPECT_EQ(test.Call("getMyName", {{"language_code", "fr"}}).body["result"]["name"], "Kalends");
  EXPECT_EQ(test.Call("getMe", {}).body["result"]["first_name"], "Kalends");
}

TEST(GetUpdates, RemembersAllowedUpdatesAndClampsTheTimeout) {
  TestWorld test;
  Params params;
  params.values = {{"timeout", 500}, {"allowed_updates", {"callback_query"}}};
  EXPECT_EQ(BeginPoll(test.world, params)->timeout_ms, 50'000);
  test.AddStarted("Anna");
  EXPECT_EQ(test.world.updates.size(), 0);
}

TEST(GetUpdates, ANewerPollEndsTheOlder) {
  TestWorld test;
  const Poll older = *BeginPoll(test.world, {});
  EXPECT_FALSE(TryPoll(test.world, older).has_value());
  const Poll newer = *BeginPoll(test.world, {});
  EXPECT_EQ(Outcome(*TryPoll(test.world, older)),
            "409 Conflict: terminated by other getUpdates request; make sure that only one bot "
            "instance is running");
  EXPECT_FALSE(TryPoll(test.world, newer).has_value());
  test.AddStarted("Anna");
  EXPECT_EQ(TryPoll(test.world, newer)->body["result"].size(), 1u);
}

TEST(GetUpdates, SlowsDownABotThatNeverConfirms) {
  TestWorld test(Limits::kTelegram);
  test.AddStarted("Anna");
  test.AddStarted("Oleh");
  const auto poll = [&] {
    Params params;
    params.values = {{"offset", 1}};
    return *BeginPoll(test.world, params);
  };
  EXPECT_EQ(TryPoll(test.world, poll())->body["result"].size(), 2u);
  test.clock_ms += 400;
  const Poll again = poll();
  EXPECT_EQ(again.timeout_ms, 3000);
  EXPECT_EQ(TryPoll(test.world, again)->body["result"].size(), 1u);
}

}  // namespace
}  // namespace kalends::sim
