// The golden table: request -> status and description. It is what a bot may rely on.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/telegram_sim/sim_testing.h"

namespace kalends::sim {
namespace {

using nlohmann::json;

std::string Repeat(const std::string& text, int times) {
  std::string repeated;
  for (int i = 0; i < times; ++i) repeated += text;
  return repeated;
}

struct Row {
  std::string name;
  std::string method;
  json values;
  std::string outcome;
};

class Refusals : public testing::Test {
 protected:
  void Check(const std::vector<Row>& rows) {
    for (const Row& row : rows) {
      SCOPED_TRACE(row.name);
      EXPECT_EQ(Outcome(test_.Call(row.method, row.values)), row.outcome);
    }
  }

  TestWorld test_;
  const std::int64_t anna_ = test_.AddStarted("Anna");
};

TEST_F(Refusals, OfSending) {
  const std::int64_t shy = test_.AddPerson("Shy");
  const std::int64_t gone = test_.AddStarted("Gone");
  test_.Sim("/sim/block", {{"user", gone}});
  const std::string chat = std::to_string(anna_);
  Check({
      {"good", "sendMessage", {{"chat_id", anna_}, {"text", "hi"}}, "200"},
      {"id as text", "sendMessage", {{"chat_id", chat}, {"text", "hi"}}, "200"},
      {"other letter case", "SENDMESSAGE", {{"chat_id", anna_}, {"text", "hi"}}, "200"},
      {"unknown method", "sendMesage", {}, "404 Not Found: method not found"},
      {"no text", "sendMessage", {{"chat_id", anna_}}, "400 Bad Request: message text is empty"},
      {"blank text",
       "sendMessage",
       {{"chat_id", anna_}, {"text", " \n"}},
       "400 Bad Request: message text is empty"},
      {"only markup",
       "sendMessage",
       {{"chat_id", anna_}, {"text", "<b></b>"}, {"parse_mode", "HTML"}},
       "400 Bad Request: message text is empty"},
      {"no chat", "sendMessage", {{"text", "hi"}}, "400 Bad Request: chat_id is empty"},
      {"unknown chat",
       "sendMessage",
       {{"chat_id", 5}, {"text", "hi"}},
       "400 Bad Request: chat not found"},
      {"channel name",
       "sendMessage",
       {{"chat_id", "@nobody"}, {"text", "hi"}},
       "400 Bad Request: chat not found"},
      {"never started",
       "sendMessage",
       {{"chat_id", shy}, {"text", "hi"}},
       "403 Forbidden: bot can't initiate conversation with a user"},
      {"blocked",
       "sendMessage",
       {{"chat_id", gone}, {"text", "hi"}},
       "403 Forbidden: bot was blocked by the user"},
      {"text is checked before the chat",
       "sendMessage",
       {{"chat_id", 5}},
       "400 Bad Request: message text is empty"},
      {"parse mode",
       "sendMessage",
       {{"chat_id", anna_}, {"text", "hi"}, {"parse_mode", "Nope"}},
       "400 Bad Request: unsupported parse_mode"},
      {"markup",
       "sendMessage",
       {{"chat_id", anna_}, {"text", "<x>"}, {"parse_mode", "html"}},
       "400 Bad Request: can't parse entities: Unsupported start tag \"x\" at byte offset 0"},
      {"reply to nothing",
       "sendMessage",
       {{"chat_id", anna_}, {"text", "hi"}, {"reply_parameters", {{"message_id", 1}}}},
       "400 Bad Request: message to be replied not found"},
      {"reply to nothing, allowed",
       "sendMessage",
       {{"chat_id", anna_},
        {"text", "hi"},
        {"reply_parameters", {{"message_id", 1}, {"allow_sending_without_reply", true}}}},
       "200"},
      {"unknown parameter",
       "sendMessage",
       {{"chat_id", anna_}, {"txt", "hi"}},
       "400 Bad Request: unknown parameter \"txt\""},
      {"action",
       "sendChatAction",
       {{"chat_id", anna_}, {"action", "dancing"}},
       "400 Bad Request: wrong parameter action in request"},
      {"action to a blocker",
       "sendChatAction",
       {{"chat_id", gone}, {"action", "typing"}},
       "403 Forbidden: bot was blocked by the user"},
      {"get an unknown chat", "getChat", {{"chat_id", 5}}, "400 Bad Request: chat not found"},
  });
}

TEST_F(Refusals, OfLengthsCountCodePoints) {
  const auto text = [&](const std::string& value) {
    return json{{"chat_id", anna_}, {"text", value}};
  };
  Check({
      {"longest", "sendMessage", text(Repeat("я", 4096)), "200"},
      {"one more", "sendMessage", text(Repeat("я", 4097)), "400 Bad Request: message is too long"},
      {"emoji count as one", "sendMessage", text(Repeat("👍", 4096)), "200"},
      {"too many bytes", "sendMessage", text(Repeat("x", 32769)),
       "400 Bad Request: text is too long"},
      {"markup does not count",
       "sendMessage",
       {{"chat_id", anna_}, {"text", Repeat("<b>x</b>", 4000)}, {"parse_mode", "HTML"}},
       "200"},
      {"name", "setMyName", {{"name", Repeat("я", 64)}}, "200"},
      {"long name", "setMyName", {{"name", Repeat("я", 65)}}, "400 Bad Request: name is too long"},
      {"description",
       "setMyDescription",
       {{"description", Repeat("я", 513)}},
       "400 Bad Request: description is too long"},
      {"short description",
       "setMyShortDescription",
       {{"short_description", Repeat("я", 121)}},
       "400 Bad Request: short_description is too long"},
  });
}

TEST_F(Refusals, OfEditing) {
  const std::int64_t inline_id = test_.Send(anna_, "one", Inline(json::array({Button("A", "a")})));
  const std::int64_t reply_id = test_.Send(anna_, "two", {{"keyboard", {{"K"}}}});
  const std::int64_t gone_id = test_.Send(anna_, "three");
  test_.Call("deleteMessage", {{"chat_id", anna_}, {"message_id", gone_id}});
  const std::int64_t theirs =
      test_.Sim("/sim/message", {{"user", anna_}, {"text", "x"}})["message_id"];
  const auto edit = [&](std::int64_t id, const std::string& text) {
    return json{{"chat_id", anna_}, {"message_id", id}, {"text", text}};
  };
  const std::string same =
      "400 Bad Request: message is not modified: specified new message content and reply markup "
      "are exactly the same as a current content and reply markup of the message";
  json unchanged = edit(inline_id, "one");
  unchanged["reply_markup"] = Inline(json::array({Button("A", "a")}));
  Check({
      {"nothing new", "editMessageText", unchanged, same},
      {"without the keyboard", "editMessageText", edit(inline_id, "one"), "200"},
      {"again", "editMessageText", edit(inline_id, "one"), same},
      {"an empty keyboard is none",
       "editMessageReplyMarkup",
       {{"chat_id", anna_},
        {"message_id", inline_id},
        {"reply_markup", {{"inline_keyboard", json::array()}}}},
       same},
      {"no id",
       "editMessageText",
       {{"chat_id", anna_}, {"text", "x"}},
       "400 Bad Request: message identifier is not specified"},
      {"unknown id", "editMessageText", edit(5, "x"), "400 Bad Request: message to edit not found"},
      {"deleted", "editMessageText", edit(gone_id, "x"),
       "400 Bad Request: message to edit not found"},
      {"theirs", "editMessageText", edit(theirs, "y"), "400 Bad Request: message can't be edited"},
      {"with a reply keyboard", "editMessageText", edit(reply_id, "y"),
       "400 Bad Request: message can't be edited"},
      {"empty", "editMessageText", edit(inline_id, ""), "400 Bad Request: message text is empty"},
      {"too long", "editMessageText", edit(inline_id, Repeat("x", 4097)),
       "400 Bad Request: message is too long"},
      {"other kind of keyboard",
       "editMessageReplyMarkup",
       {{"chat_id", anna_},
        {"message_id", inline_id},
        {"reply_markup", {{"remove_keyboard", true}}}},
       "400 Bad Request: inline keyboard expected"},
      {"delete twice",
       "deleteMessage",
       {{"chat_id", anna_}, {"message_id", gone_id}},
       "400 Bad Request: message to delete not found"},
      {"delete theirs", "deleteMessage", {{"chat_id", anna_}, {"message_id", theirs}}, "200"},
  });
}

TEST_F(Refusals, OfDeletingAfterTwoDays) {
  const std::int64_t old = test_.Send(anna_, "old");
  test_.clock_ms += kDeleteAgeMaxMs;
  const std::int64_t older = test_.Send(anna_, "younger");
  test_.clock_ms += 1;
  Check({{"too old",
          "deleteMessage",
          {{"chat_id", anna_}, {"message_id", old}},
          "400 Bad Request: message can't be deleted for everyone"},
         {"young", "deleteMessage", {{"chat_id", anna_}, {"message_id", older}}, "200"}});
}

TEST_F(Refusals, OfAnsweringTaps) {
  test_.Send(anna_, "x", Inline(json::array({Button("A", "a")})));
  const auto tap = [&] {
    return test_.Sim("/sim/tap", {{"user", anna_}, {"label", "A"}})["callback_query_id"]
        .get<std::string>();
  };
  const std::string old =
      "400 Bad Request: query is too old and response timeout expired or query ID is invalid";
  const std::string first = tap();
  Check({{"unknown", "answerCallbackQuery", {{"callback_query_id", "1"}}, old},
         {"text too long",
          "answerCallbackQuery",
          {{"callback_query_id", first}, {"text", Repeat("я", 201)}},
          "400 Bad Request: MESSAGE_TOO_LONG"},
         {"longest text",
          "answerCallbackQuery",
          {{"callback_query_id", first}, {"text", Repeat("я", 200)}},
          "200"},
         {"again", "answerCallbackQuery", {{"callback_query_id", first}}, old}});
  const std::string late = tap();
  test_.clock_ms += kCallbackAnswerMaxMs + 1;
  Check({{"late", "answerCallbackQuery", {{"callback_query_id", late}}, old}});
}

TEST_F(Refusals, OfCommands) {
  const auto command = [](const std::string& name, const std::string& description) {
    return json{{"commands", {{{"command", name}, {"description", description}}}}};
  };
  json scoped = command("a", "b");
  scoped["scope"] = {{"type", "chat"}, {"chat_id", 5}};
  json language = command("a", "b");
  language["language_code"] = "deu";
  json many = {{"commands", json(101, command("a", "b")["commands"][0])}};
  Check({
      {"good", "setMyCommands", command("start_2", "Begin"), "200"},
      {"none", "setMyCommands", {{"commands", json::array()}}, "200"},
      {"no list", "setMyCommands", {}, "400 Bad Request: expected an Array of BotCommand"},
      {"capital", "setMyCommands", command("Start", "b"), "400 Bad Request: BOT_COMMAND_INVALID"},
      {"empty", "setMyCommands", command("/", "b"), "400 Bad Request: command must be non-empty"},
      {"long", "setMyCommands", command(Repeat("a", 33), "b"),
       "400 Bad Request: command length must not exceed 32"},
      {"no description", "setMyCommands", command("a", " "),
       "400 Bad Request: command description must be non-empty"},
      {"long description", "setMyCommands", command("a", Repeat("я", 257)),
       "400 Bad Request: command description length must not exceed 256"},
      {"too many", "setMyCommands", many, "400 Bad Request: BOT_COMMANDS_TOO_MUCH"},
      {"language", "setMyCommands", language, "400 Bad Request: invalid language code specified"},
      {"scope of nobody", "setMyCommands", scoped, "400 Bad Request: chat not found"},
      {"scope of no kind",
       "getMyCommands",
       {{"scope", {{"type", "x"}}}},
       "400 Bad Request: can't parse BotCommandScope: unsupported type specified"},
      {"menu button",
       "setChatMenuButton",
       {{"menu_button", {{"type", "x"}}}},
       "400 Bad Request: can't parse menu button: MenuButton has unsupported type"},
  });
}

TEST_F(Refusals, OfWebhooks) {
  Check({
      {"plain http",
       "setWebhook",
       {{"url", "http://example.org/"}},
       "400 Bad Request: bad webhook: An HTTPS URL must be provided for webhook"},
      {"secret",
       "setWebhook",
       {{"url", "https://example.org/"}, {"secret_token", "a b"}},
       "400 Bad Request: secret token contains unallowed characters"},
      {"long secret",
       "setWebhook",
       {{"url", "https://example.org/"}, {"secret_token", Repeat("a", 257)}},
       "400 Bad Request: secret token is too long"},
      {"loopback", "setWebhook", {{"url", "http://127.0.0.1:5/hook"}}, "200"},
  });
  EXPECT_EQ(Outcome(Failure(BeginPoll(test_.world, {}).status())),
            "409 Conflict: can't use getUpdates method while webhook is active; use deleteWebhook "
            "to delete the webhook first");
}

TEST_F(Refusals, OfFiles) {
  Check({
      {"none",
       "sendDocument",
       {{"chat_id", anna_}},
       "400 Bad Request: there is no document in the request"},
      {"not attached",
       "sendPhoto",
       {{"chat_id", anna_}, {"photo", "attach://x"}},
       "400 Bad Request: there is no photo in the request"},
      {"unknown id",
       "sendDocument",
       {{"chat_id", anna_}, {"document", "abc"}},
       "400 Bad Request: wrong file identifier/HTTP URL specified"},
      {"get without id", "getFile", json::object(), "400 Bad Request: file_id not specified"},
      {"get unknown", "getFile", {{"file_id", "x"}}, "400 Bad Request: invalid file_id"},
  });
}

TEST(RefusalsByRate, SayWhenToTryAgain) {
  TestWorld test(Limits::kTelegram);
  const std::int64_t anna = test.AddStarted("Anna");
  for (int i = 0; i < kPrivateBurst; ++i) test.Send(anna, "hi");
  const Reply reply = test.Call("sendMessage", {{"chat_id", anna}, {"text", "hi"}});
  EXPECT_EQ(Outcome(reply), "429 Too Many Requests: retry after 1");
  EXPECT_EQ(reply.body["parameters"]["retry_after"], 1);
  test.clock_ms += 1000;
  EXPECT_EQ(test.Call("sendMessage", {{"chat_id", anna}, {"text", "hi"}}).code, 200);
}

}  // namespace
}  // namespace kalends::sim
