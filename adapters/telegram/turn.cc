#include "adapters/telegram/turn.h"

#include <fmt/format.h>

#include <utility>

#include "adapters/telegram/actions/home.h"
#include "adapters/telegram/channel.h"
#include "adapters/telegram/json_reader.h"
#include "adapters/telegram/screens/menu.h"

namespace kalends::telegram {
namespace {

std::int64_t MessageIdOf(const ApiResult& result) { return NumberAt(result.result, "message_id"); }

// Instead of what Telegram refuses to show, so that nobody waits for it.
void SayThatItFailed(Sender& sender, std::int64_t chat, const Reader& reader) {
  Outgoing outgoing;
  outgoing.chat = chat;
  outgoing.call = MessageCall(chat, ErrorScreen(reader, absl::InternalError(""), ShowHome{}));
  sender.Push(std::move(outgoing));
}

}  // namespace

void RememberScreen(const Context& context, std::int64_t chat, std::int64_t message) {
  if (message == 0) return;
  auto session = context.sessions.Load(chat);
  if (!session.ok()) return;
  session->bot = context.bot_id;
  session->screen = message;
  context.sessions.Store(chat, *session);
}

Turn::Turn(const Context& context, const Update& update, Receipt receipt)
    : context_(context),
      update_(update),
      receipt_(std::move(receipt)),
      identity_(IdentityOf(update.user)),
      reader_{&context.languages.For(update.language), "", context.now()} {}

absl::Status Turn::Load() {
  KALENDS_ASSIGN_OR_RETURN(session_, context_.sessions.Load(update_.user));
  loaded_ = true;
  if (session_.bot != update_.key.bot) {
    session_.bot = update_.key.bot;
    session_.screen = session_.question = 0;
  }
  absl::Status status = ReadAccount();
  // It was deleted elsewhere, and the core has forgotten its session, too.
  if (ReasonOf(status) == v1::REASON_ACCOUNT_UNKNOWN) session_ = Session();
  return status;
}

absl::Status Turn::ReadAccount() {
  v1::GetAccountRequest request;
  request.set_name("accounts/me");
  KALENDS_ASSIGN_OR_RETURN(v1::Account account, Call<v1::Account>(request));
  set_account(std::move(account));
  return absl::OkStatus();
}

absl::Status Turn::EnsureAccount() {
  v1::EnsureAccountRequest request;
  request.set_identity(identity_);
  request.set_display_name(update_.name);
  request.set_language_code(update_.language);
  KALENDS_ASSIGN_OR_RETURN(v1::Account account, context_.client.Call<v1::Account>("", request));
  set_account(std::move(account));
  return absl::OkStatus();
}

void Turn::set_account(v1::Account account) {
  account_ = std::move(account);
  reader_.texts = &context_.languages.For(account_.language_code());
  reader_.zone = account_.time_zone();
}

void Turn::EndDialogue() {
  const bool typed = std::holds_alternative<Typed>(update_.what);
  if (typed && session_.answered_update == TextOf(update_.key)) {
    former_dialogue_ = session_.answered;
    return;
  }
  former_dialogue_ = std::exchange(session_.dialogue, TypesNothing{});
  former_question_ = std::exchange(session_.question, 0);
  if (typed) session_.shown = {};
  if (typed && !std::holds_alternative<TypesNothing>(former_dialogue_)) {
    session_.answered_update = TextOf(update_.key);
    session_.answered = former_dialogue_;
  }
}

void Turn::ResumeDialogue() {
  if (!std::holds_alternative<TypesNothing>(session_.dialogue)) return;
  session_.dialogue = former_dialogue_;
  session_.question = former_question_;
}

const std::string* Turn::ShownWith(Nonce nonce) const {
  const ShownText& shown = session_.shown;
  return !shown.text.empty() && shown.nonce == nonce ? &shown.text : nullptr;
}

void Turn::Save() {
  if (account_.name().empty()) {
    context_.sessions.Forget(update_.user);
  } else if (loaded_) {
    context_.sessions.Store(update_.user, session_);
  }
}

std::string Turn::NextRequestId() { return telegram::RequestIdOf(update_.key, ++mutations_); }

std::string Turn::RequestIdOf(const Action& action, Nonce nonce) const {
  return fmt::format("tg:{}:{:x}:{}", update_.user, nonce.value, action.code());
}

Nonce Turn::nonce() const { return Nonce{FingerprintOf(update_.key, kNonceBits)}; }

void Turn::Push(ApiCall call, std::int64_t edits, BotApi::Done done) {
  Outgoing outgoing;
  outgoing.chat = update_.user;
  outgoing.call = std::move(call);
  outgoing.edits = edits;
  outgoing.done = [&sender = context_.sender, chat = update_.user, reader = reader_,
                   answered = receipt_.answered, done = std::move(done)](ApiResult result) {
    if (result.outcome == Outcome::kBug) SayThatItFailed(sender, chat, reader);
    if (done) done(std::move(result));
  };
  context_.sender.Push(std::move(outgoing));
}

Screen Turn::Framed(const Screen& screen) {
  Screen frame = std::exchange(frame_, {});
  if (frame.text.empty()) return screen;
  Screen framed = screen;
  framed.text = frame.text + "\n\n" + screen.text;
  framed.rows.insert(framed.rows.end(), frame.rows.begin(), frame.rows.end());
  return framed;
}

void Turn::Show(const Screen& shown) {
  const Screen screen = Framed(shown);
  const auto* press = std::get_if<Press>(&update_.what);
  if (press == nullptr || press->message == 0 || keeps_pressed_) {
    SendScreen(screen);
    return;
  }
  ApiCall edit = MessageCall(update_.user, screen);
  ApiCall instead = edit;
  edit.method = "editMessageText";
  edit.params["message_id"] = press->message;
  const bool is_screen = press->message == session_.screen;
  if (is_screen && screen.stays) session_.screen = 0;
  const bool asks = !std::holds_alternative<TypesNothing>(session_.dialogue);
  session_.question = asks && !is_screen ? press->message : 0;
  Push(std::move(edit), press->message,
       [&sender = context_.sender, chat = update_.user,
        instead = std::move(instead)](const ApiResult& result) {
         if (result.outcome != Outcome::kCannotEdit) return;
         Outgoing outgoing;
         outgoing.chat = chat;
         outgoing.call = instead;
         sender.Push(std::move(outgoing));
       });
}

void Turn::SendScreen(const Screen& screen) {
  TakeScreenAway();
  const bool stays = screen.stays;
  Push(MessageCall(update_.user, screen), 0,
       [stays, &context = context_, chat = update_.user,
        answered = receipt_.answered](const ApiResult& result) {
         if (stays || result.outcome != Outcome::kOk) return;
         context.strands.Post(chat, [&context, chat, answered, message = MessageIdOf(result)] {
           RememberScreen(context, chat, message);
         });
       });
}

void Turn::Send(const Screen& screen) { Push(MessageCall(update_.user, screen), 0, nullptr); }

void Turn::React(const char* mark, const Screen& otherwise) {
  const auto* edited = std::get_if<Edited>(&update_.what);
  const Typed* const typed = edited != nullptr ? &edited->typed : TypedIn(update_);
  const std::int64_t message = typed == nullptr ? 0 : typed->message;
  if (message == 0) {
    Send(otherwise);
    return;
  }
  Outgoing outgoing;
  outgoing.chat = update_.user;
  outgoing.call = ReactionCall(update_.user, message, mark);
  outgoing.done = [&sender = context_.sender, chat = update_.user, answered = receipt_.answered,
                   instead = MessageCall(update_.user, otherwise)](const ApiResult& result) {
    if (result.outcome == Outcome::kOk || result.outcome == Outcome::kBenign) return;
    if (result.outcome == Outcome::kRetry || result.outcome == Outcome::kNotServed) return;
    Outgoing message_instead;
    message_instead.chat = chat;
    message_instead.call = instead;
    message_instead.done = [answered](const ApiResult&) {};
    sender.Push(std::move(message_instead));
  };
  context_.sender.Push(std::move(outgoing));
}

void Turn::SendWithKeyboard(const std::string& html, nlohmann::json keyboard) {
  ApiCall call = MessageCall(update_.user, Screen{.text = html, .rows = {}});
  call.params["reply_markup"] = std::move(keyboard);
  Push(std::move(call), 0, nullptr);
}

void Turn::SendMainMenu(const std::string& html) {
  TakeScreenAway();
  SendMainMenuBeside(html);
}

void Turn::SendMainMenuBeside(const std::string& html) {
  SendWithKeyboard(html, MainMenuKeyboard(texts(), account_.provider_kind()));
}

void Turn::SendFarewell(const std::string& html) {
  TakeScreenAway();
  SendWithKeyboard(html, {{"remove_keyboard", true}});
  account_.Clear();
}

void Turn::SendFile(const std::string& method, ApiFile file, const Screen& caption,
                    BotApi::Done done) {
  ApiCall call{.method = method};
  call.params = {{"chat_id", update_.user}, {"caption", caption.text}, {"parse_mode", "HTML"}};
  if (!caption.rows.empty()) call.params["reply_markup"] = InlineKeyboard(caption.rows);
  call.file = std::make_shared<const ApiFile>(std::move(file));
  Push(std::move(call), 0, std::move(done));
}

void Turn::TakeScreenAway() {
  const std::int64_t old = std::exchange(session_.screen, 0);
  if (old == 0) return;
  // The message that was just edited by this very turn is its result.
  const auto* press = std::get_if<Press>(&update_.what);
  if (press != nullptr && press->message == old) return;
  Delete(old);
}

void Turn::TakePressedMessageAway() {
  const auto* press = std::get_if<Press>(&update_.what);
  if (press != nullptr && press->message != 0) Delete(press->message);
}

void Turn::TakeQuestionAway() {
  if (former_question_ != 0) Delete(former_question_);
}

void Turn::Delete(std::int64_t message) {
  ApiCall call{.method = "deleteMessage"};
  call.params = {{"chat_id", update_.user}, {"message_id", message}};
  context_.sender.StartAtOnce(std::move(call));
}

}  // namespace kalends::telegram
