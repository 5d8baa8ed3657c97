#include "adapters/telegram/turn.h"

#include <fmt/format.h>

#include <utility>

#include "adapters/telegram/actions/home.h"
#include "adapters/telegram/channel.h"
#include "adapters/telegram/json_reader.h"
#include "adapters/telegram/keyboards.h"

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

// Of what was sent as the chat's screen: remembers it, or takes it away where the chat has left it.
BotApi::Done WhenScreenSent(const Context& context, std::int64_t chat, const Shown& shown,
                            std::shared_ptr<void> answered) {
  return [&context, chat, shown, answered = std::move(answered)](const ApiResult& result) {
    if (result.outcome != Outcome::kOk) return;
    context.strands.Post(
        chat, [&context, chat, shown, answered, left = result.left, message = MessageIdOf(result)] {
          if (left) {
            context.cards.SetNew(chat, message, std::nullopt);
            DeleteMessage(context, chat, message);
          } else {
            context.cards.SetNew(chat, message, shown);
            RememberScreen(context, chat, message);
          }
        });
  };
}

// A message that could not be edited, and what is sent in its place.
struct Unedited {
  std::int64_t chat = 0;
  std::int64_t message = 0;
  bool is_screen = false;
  Shown shown;
  ApiCall instead;
};

// On the chat's strand.
void SendInstead(const Context& context, const Unedited& unedited) {
  const std::int64_t chat = unedited.chat;
  context.cards.Set(chat, unedited.message, std::nullopt);
  Outgoing outgoing;
  outgoing.chat = chat;
  outgoing.call = unedited.instead;
  if (unedited.is_screen) {
    auto session = context.sessions.Load(chat);
    // The chat has gone on to another screen.
    if (!session.ok() || session->screen != unedited.message) return;
    session->screen = 0;
    context.sessions.Store(chat, *session);
    outgoing.screen = true;
    outgoing.done = WhenScreenSent(context, chat, unedited.shown, nullptr);
  } else {
    outgoing.done = [&context, chat, shown = unedited.shown](const ApiResult& result) {
      if (result.outcome != Outcome::kOk) return;
      context.strands.Post(chat, [&context, chat, shown, message = MessageIdOf(result)] {
        context.cards.SetNew(chat, message, shown);
      });
    };
  }
  context.sender.Push(std::move(outgoing));
}

}  // namespace

void RememberScreen(const Context& context, std::int64_t chat, std::int64_t message) {
  if (message == 0) return;
  auto session = context.sessions.Load(chat);
  if (!session.ok()) return;
  if (session->bot == context.bot_id && session->screen != 0 && session->screen != message) {
    DeleteMessage(context, chat, session->screen);
  }
  session->bot = context.bot_id;
  session->screen = message;
  context.sessions.Store(chat, *session);
}

void DeleteMessage(const Context& context, std::int64_t chat, std::int64_t message) {
  ApiCall call{.method = "deleteMessage"};
  call.params = {{"chat_id", chat}, {"message_id", message}};
  context.sender.StartAtOnce(std::move(call));
  context.cards.Set(chat, message, std::nullopt);
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
    session_.screen = session_.question = session_.counter = 0;
    session_.commands.clear();
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
  const bool typed = !std::holds_alternative<Press>(update_.what);
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

void Turn::KeepAnswer(std::int64_t answer) {
  std::vector<std::int64_t>& answers = session_.answers;
  if (answer == 0 || (!answers.empty() && answers.back() == answer)) return;
  if (answers.size() == kAnswersMax) answers.erase(answers.begin());
  answers.push_back(answer);
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
    context_.sessions.Store(update_.user, session_, former_screen_);
  }
}

std::string Turn::NextRequestId() { return telegram::RequestIdOf(update_.key, ++mutations_); }

std::string Turn::RequestIdOf(const Action& action, Nonce nonce) const {
  return fmt::format("tg:{}:{:x}:{}", update_.user, nonce.value, action.code());
}

Nonce Turn::nonce() const { return Nonce{FingerprintOf(update_.key, kNonceBits)}; }

void Turn::Push(Outgoing outgoing) {
  outgoing.chat = update_.user;
  outgoing.done = [&sender = context_.sender, chat = update_.user, reader = reader_,
                   answered = receipt_.answered,
                   done = std::move(outgoing.done)](ApiResult result) {
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
  // On the way through the set-up its own buttons lead out; one row less is left to scroll.
  if (!framed.rows.empty() && framed.rows.back().size() > 1) {
    std::erase_if(framed.rows.back(), [](const Button& button) {
      const auto* action = std::get_if<Action>(&button.does);
      return action != nullptr && action->Is<ShowHome>();
    });
    if (framed.rows.back().size() == 1 && frame.rows.size() == 1) {
      Row& last = framed.rows.back();
      last.insert(last.end(), frame.rows.front().begin(), frame.rows.front().end());
      frame.rows.clear();
    }
  }
  framed.rows.insert(framed.rows.end(), frame.rows.begin(), frame.rows.end());
  return framed;
}

void Turn::LeaveFormerScreen() {
  if (!std::exchange(drawn_, true)) context_.sender.LeaveScreen(update_.user);
}

void Turn::Show(const Screen& shown) {
  const Screen screen = Framed(shown);
  const auto* press = std::get_if<Press>(&update_.what);
  if (press == nullptr || press->message == 0 || keeps_pressed_) {
    SendScreen(screen);
    return;
  }
  Outgoing edit;
  edit.call = MessageCall(update_.user, screen);
  ApiCall instead = edit.call;
  edit.call.method = "editMessageText";
  edit.call.params["message_id"] = press->message;
  edit.edits = press->message;
  const bool is_screen = press->message == session_.screen;
  if (is_screen) LeaveFormerScreen();
  if (is_screen && screen.stays) {
    session_.screen = 0;
    former_screen_ = FormerScreen::kStays;
  }
  edit.screen = is_screen && !screen.stays;
  const bool asks = !std::holds_alternative<TypesNothing>(session_.dialogue);
  session_.question = asks && !is_screen ? press->message : 0;
  edit.done = [&context = context_, chat = update_.user, message = press->message,
               shown = screen.shows, is_screen = edit.screen, answered = receipt_.answered,
               instead = std::move(instead)](const ApiResult& result) {
    if (result.outcome != Outcome::kCannotEdit || result.left) return;
    context.strands.Post(chat, [&context, chat, message, shown, is_screen, answered, instead] {
      SendInstead(context, {chat, message, is_screen, shown, instead});
    });
  };
  Push(std::move(edit));
  context_.cards.Set(update_.user, press->message, screen.shows);
}

void Turn::SendScreen(const Screen& screen) {
  TakeScreenAway();
  if (screen.stays) {
    SendBeside(MessageCall(update_.user, screen), screen.shows);
    return;
  }
  Outgoing outgoing;
  outgoing.call = MessageCall(update_.user, screen);
  outgoing.screen = true;
  outgoing.done = WhenScreenSent(context_, update_.user, screen.shows, receipt_.answered);
  Push(std::move(outgoing));
}

void Turn::Send(const Screen& screen) {
  SendBeside(MessageCall(update_.user, screen), screen.shows);
}

void Turn::SendBeside(ApiCall call, const Shown& shown) {
  Outgoing outgoing;
  outgoing.call = std::move(call);
  if (shown) {
    outgoing.done = [&context = context_, chat = update_.user, shown,
                     answered = receipt_.answered](const ApiResult& result) {
      if (result.outcome != Outcome::kOk) return;
      context.strands.Post(chat, [&context, chat, shown, answered, message = MessageIdOf(result)] {
        context.cards.SetNew(chat, message, shown);
      });
    };
  }
  Push(std::move(outgoing));
}

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
  Outgoing outgoing;
  outgoing.call = std::move(call);
  outgoing.done = [&context = context_, chat = update_.user,
                   counter = std::exchange(session_.counter, 0)](const ApiResult& result) {
    if (result.outcome == Outcome::kOk) TakeCounterAway(context, chat, counter);
  };
  Push(std::move(outgoing));
}

void Turn::SendMainMenu(const std::string& html) {
  TakeScreenAway();
  SendMainMenuBeside(html);
}

MenuOf Turn::menu_of() const {
  if (account_.provider().empty()) return MenuOf::kCustomer;
  return session_.as_customer ? MenuOf::kProvidersCustomerSide : MenuOf::kProvider;
}

void Turn::SendMainMenuBeside(const std::string& html) {
  const MenuOf of = menu_of();
  if (of == MenuOf::kProvider) {
    session_.counts = ReadCounts(context_.client, identity_).value_or(MenuCounts{});
  }
  keyboard_sent_ = true;
  PublishChatCommands(context_, update_, of, texts(), session_);
  SendWithKeyboard(html, MainMenuKeyboard(texts(), of, session_.counts));
}

void Turn::SendCountsIf(CountsDiffer differ) {
  if (keyboard_sent_ || account_.name().empty() || menu_of() != MenuOf::kProvider) return;
  const auto counts = ReadCounts(context_.client, identity_);
  if (!counts.ok() || !Differ(*counts, session_.counts, differ)) return;
  keyboard_sent_ = true;
  session_.counts = *counts;
  SendCounter(context_, update_.user, texts(), session_);
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
  Outgoing outgoing;
  outgoing.call = std::move(call);
  outgoing.done = std::move(done);
  Push(std::move(outgoing));
}

void Turn::TakeScreenAway() {
  LeaveFormerScreen();
  const std::int64_t old = std::exchange(session_.screen, 0);
  if (old == 0) return;
  // The message that was just edited by this very turn is its result.
  const auto* press = std::get_if<Press>(&update_.what);
  if (press != nullptr && press->message == old) {
    former_screen_ = FormerScreen::kStays;
    return;
  }
  DeleteMessage(context_, update_.user, old);
}

void Turn::TakePressedMessageAway() {
  const auto* press = std::get_if<Press>(&update_.what);
  if (press != nullptr && press->message != 0) {
    DeleteMessage(context_, update_.user, press->message);
  }
}

void Turn::TakeQuestionAway() {
  if (former_question_ != 0) DeleteMessage(context_, update_.user, former_question_);
}

}  // namespace kalends::telegram
