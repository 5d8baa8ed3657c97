#include "adapters/telegram/router.h"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "adapters/telegram/actions.h"
#include "adapters/telegram/handlers/all.h"
#include "adapters/telegram/handlers/appointments.h"
#include "adapters/telegram/handlers/edits.h"
#include "adapters/telegram/handlers/home.h"
#include "adapters/telegram/handlers/inline_cards.h"
#include "adapters/telegram/handlers/providers.h"
#include "adapters/telegram/handlers/shared.h"
#include "adapters/telegram/screens/menu.h"
#include "adapters/telegram/support_desk.h"
#include "kalends/v1/types.pb.h"

namespace kalends::telegram {
namespace {

constexpr std::string_view kStart = "/start";

absl::Status HandleAction(Turn& turn, const Action& action) {
  return HandlerFor(action).handle(turn, action);
}

template <ActionType Some>
absl::Status Do(Turn& turn, const std::string&) {
  return HandleAction(turn, Some{});
}

enum class Listed { kToAll, kToCustomers, kToProviders };

struct Command {
  std::string_view name;
  absl::Status (*handle)(Turn& turn, const std::string& payload);
  const char* description;  // nullptr: people try it, and it is in no list.
  Listed listed = Listed::kToAll;
};

// The bot's table of contents.
constexpr Command kCommands[] = {
    {kStart, OnStart, "command.start"},
    {"/requests", Do<ShowRequests>, "command.requests", Listed::kToProviders},
    {"/calendar", Do<ShowDay>, "command.calendar", Listed::kToProviders},
    {"/customers", Do<ShowCustomers>, "command.customers", Listed::kToProviders},
    {"/chats", Do<ShowThreads>, "command.chats", Listed::kToProviders},
    {"/practice", Do<ShowPractice>, "command.practice", Listed::kToProviders},
    {"/request", Do<ShowProviders>, "command.request", Listed::kToCustomers},
    {"/appointments", Do<ShowUpcoming>, "command.appointments", Listed::kToCustomers},
    {"/settings", Do<ShowSettings>, "command.settings"},
    {"/language", Do<ShowLanguages>, "command.language"},
    {"/help", Do<ShowHelp>, "command.help"},
    {"/support", Do<ShowSupport>, "command.support"},
    {"/menu", OnMenu, nullptr},
    {"/cancel", OnCancel, nullptr},
    {"/stop", OnStop, nullptr},
};

std::string Trim(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(kSpace) - first + 1));
}

// "/start" of "/Start@bot payload": in groups a command names its bot; in private chats some apps
// do so too, and keyboards of phones begin with a capital letter.
std::string CommandIn(std::string_view text) {
  std::string command(text.substr(0, text.find_first_of("@ \t\r\n")));
  std::transform(command.begin(), command.end(), command.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return command;
}

bool IsStart(const Typed& typed) {
  return typed.files.empty() && CommandIn(Trim(typed.text)) == kStart;
}

// Of the text, or of what its words and buttons lead to.
std::optional<InvitationInText> InvitationOf(const Context& context, const Typed& typed) {
  auto invitation = InvitationIn(typed.text, context.bot_username);
  for (auto link = typed.links.begin(); !invitation && link != typed.links.end(); ++link) {
    invitation = InvitationIn(*link, context.bot_username);
    if (invitation) invitation->alone = false;
  }
  return invitation;
}

// Whether `typed` was an invitation, and was taken. What else is said in a conversation is said to
// somebody, and what is under a file that was asked for belongs to the file.
absl::StatusOr<bool> TakeInvitation(Turn& turn, const Typed& typed, const Dialogue& dialogue) {
  const auto invitation = InvitationOf(turn.context(), typed);
  if (!invitation || (!typed.files.empty() && TakesFiles(dialogue))) return false;
  if (IsConversation(dialogue) && !invitation->alone) return false;
  return OnInvitation(turn, *invitation, dialogue);
}

absl::Status HandleCommand(Turn& turn, const std::string& text) {
  const std::size_t space = std::min(text.find_first_of(" \t\r\n"), text.size());
  const std::string name = CommandIn(text);
  for (const Command& command : kCommands) {
    if (command.name != name) continue;
    return command.handle(turn, Trim(std::string_view(text).substr(space)));
  }
  return Handle(turn, TypesNothing{}, text);
}

std::optional<Action> MenuAction(const Turn& turn, const std::string& text) {
  const v1::ProviderKind kind = turn.account().provider_kind();
  if (auto action = MenuActionOf(turn.texts(), kind, text)) return action;
  // While something is asked, the words of other languages are an answer like any other.
  if (!std::holds_alternative<TypesNothing>(turn.former_dialogue())) return std::nullopt;
  return MenuActionOf(turn.context().languages, kind, text);
}

// Telegram's own Reply to a message with the one button to reply means what that button means.
std::optional<Dialogue> RepliedConversation(const Typed& typed) {
  if (typed.replied.size() != 1) return std::nullopt;
  const std::optional<Action> action = Decode(typed.replied.front());
  if (!action) return std::nullopt;
  if (const auto chat = action->As<ShowChat>()) {
    return TypesMessage{chat->provider.text, chat->customer.text};
  }
  if (action->Is<ShowSupport>()) return TypesSupport{};
  return std::nullopt;
}

// Invitations, commands and the menu come first: they always lead out of a dialogue.
absl::Status HandleText(Turn& turn, const Typed& typed) {
  const std::string text = Trim(typed.text);
  turn.EndDialogue();
  const std::optional<Dialogue> replied = RepliedConversation(typed);
  const Dialogue dialogue = replied.value_or(turn.former_dialogue());
  KALENDS_ASSIGN_OR_RETURN(const bool invited, TakeInvitation(turn, typed, dialogue));
  if (invited) return absl::OkStatus();
  // What is written under a picture or a file, or as a reply, is never a press of the menu.
  if (typed.files.empty()) {
    if (text.starts_with('/')) return HandleCommand(turn, text);
    const auto action = replied ? std::nullopt : MenuAction(turn, text);
    if (action) {
      turn.SendCountsIf(CountsDiffer::kAtAll);
      return HandleAction(turn, *action);
    }
  }
  // A picture or a sticker answers only what asks for files; that says what it can take.
  if ((!typed.files.empty() || text.empty()) && !TakesFiles(dialogue)) {
    return Handle(turn, TypesNothing{}, text);
  }
  FrameSetup(turn, dialogue);
  if (!IsConversation(dialogue) && !std::holds_alternative<TypesNothing>(dialogue)) {
    turn.KeepAnswer(typed.message);
  }
  const absl::Status status = HandlerFor(dialogue).handle(turn, dialogue, text);
  // Where the core could not be reached, the question stands.
  if (!IsLost(status) && !replied) turn.TakeQuestionAway();
  return status;
}

Action ScreenOf(const Turn& turn, const Topic& topic) {
  const auto* appointment = std::get_if<AppointmentId>(&topic);
  if (appointment != nullptr && !appointment->empty()) return ShowAppointment{*appointment};
  if (const auto* draft = std::get_if<Draft>(&topic)) return PickProvider{draft->provider};
  if (const auto* provider = std::get_if<ProviderId>(&topic)) {
    // On the provider's own side it is about one of the customers.
    const bool own = NameOf(*provider) == turn.account().provider();
    return own ? Action(ShowCustomers{}) : Action(ShowProvider{*provider});
  }
  const auto* customer = std::get_if<AccountId>(&topic);
  if (customer != nullptr && !customer->empty()) return ShowCustomer{*customer};
  return ShowHome{};
}

// Where to go back to after a refusal: to what the button was about, where that is one thing.
Action AfterRefusal(const Turn& turn, const Action& action) {
  const Action back = ScreenOf(turn, HandlerFor(action).topic(action));
  // What was refused itself leads nowhere.
  return back.code() == action.code() ? Action(ShowHome{}) : back;
}

void LogFault(const absl::Status& status) {
  if (IsCoreTrouble(status)) return;
  const std::string reason = ReasonName(status);
  if (reason.empty() || ReasonOf(status) == v1::REASON_INTERNAL) {
    spdlog::error("core: {} {}", absl::StatusCodeToString(status.code()), reason);
  }
}

// What a button about an appointment could not do is told above the appointment as it is, with what
// can be done now. False: it is about none, or that cannot be seen either.
bool ShowRefusalOnAppointment(Turn& turn, const absl::Status& status, const Action& action) {
  const Topic topic = HandlerFor(action).topic(action);
  const auto* id = std::get_if<AppointmentId>(&topic);
  if (id == nullptr || IsLost(status) || ReasonOf(status) == v1::REASON_NOT_FOUND) return false;
  const auto appointment = GetAppointment(turn, *id);
  if (!appointment.ok()) return false;
  LogFault(status);
  const bool moved_on = ReasonOf(status) == v1::REASON_WRONG_STATUS;
  ShowAsItIs(turn, *appointment,
             moved_on ? turn.texts().Html(kMovedOn) : ErrorText(turn.reader(), status));
  return true;
}

void ShowError(Turn& turn, const absl::Status& status, const Action& back) {
  LogFault(status);
  if (ReasonOf(status) == v1::REASON_ACCOUNT_UNKNOWN) {
    turn.SendFarewell(ErrorText(turn.reader(), status));
  } else {
    turn.Show(ErrorScreen(turn.reader(), status, back));
  }
}

// The same of what was typed: to what could have been chosen, where it was to book something.
Action AfterRefusedText(const Turn& turn) {
  const Dialogue& asked = turn.former_dialogue();
  if (const auto* when = std::get_if<TypesWhen>(&asked)) return PickProvider{{when->provider}};
  if (const auto* note = std::get_if<TypesNote>(&asked)) return PickProvider{{note->provider}};
  return ShowHome{};
}

// While something is asked, the screen that asks stays, and what went wrong is told beside it.
void ShowErrorOfText(Turn& turn, const absl::Status& status) {
  if (IsLost(status)) turn.ResumeDialogue();
  const bool asks = !std::holds_alternative<TypesNothing>(turn.session().dialogue);
  if (!asks || ReasonOf(status) == v1::REASON_ACCOUNT_UNKNOWN) {
    ShowError(turn, status, AfterRefusedText(turn));
    return;
  }
  LogFault(status);
  turn.Send({.text = ErrorText(turn.reader(), status), .rows = {}});
}

// What leads into a conversation or out of it comes as a message of its own when it was pressed
// elsewhere: what is answered remains to be read. So does the list of appointments: the request
// that offers it remains, and the list is the screen, which the next one takes away.
bool ComesByItself(const Action& action, const Dialogue& open) {
  if (action.Is<ShowUpcoming>()) return !IsConversation(open);  // That goes on, on its screen.
  return action.Is<ShowChat>() || action.Is<OpenChat>() || action.Is<LeaveChat>() ||
         action.Is<ShowSupport>() || (action.Is<ShowHome>() && IsConversation(open));
}

// A conversation goes on while other messages are looked at, as its screen says.
bool GoesOn(const Session& before, const Session& now, const Press& press) {
  return IsConversation(before.dialogue) && before.screen != 0 && now.screen == before.screen &&
         press.message != before.screen && press.message != before.question;
}

void HandlePress(Turn& turn, const Press& press, const Action& action) {
  const Session before = turn.session();
  turn.EndDialogue();
  if (press.message != before.screen && ComesByItself(action, before.dialogue)) {
    turn.KeepPressedMessage();
  }
  FrameSetup(turn, action);
  const absl::Status status = HandleAction(turn, action);
  if (!status.ok() && !ShowRefusalOnAppointment(turn, status, action)) {
    // Where the core could not be reached, the same button helps later.
    ShowError(turn, status, IsLost(status) ? action : AfterRefusal(turn, action));
  }
  if (GoesOn(before, turn.session(), press)) turn.ResumeDialogue();
}

void RoutePress(Turn& turn, const Press& press) {
  const std::optional<Action> action = Decode(press.data);
  Sender& sender = turn.context().sender;
  if (!action) {
    sender.AnswerCallback(press.callback_id, turn.texts().Plain("home.outdated"));
  } else {
    sender.AnswerCallback(press.callback_id, "");
    if (action->Is<Noop>()) return;
  }
  absl::Status status = turn.Load();
  // The second of two taps finds the account deleted, as it wants it to be.
  const bool deletes = action && action->Is<DeleteAccount>();
  if (ReasonOf(status) == v1::REASON_ACCOUNT_UNKNOWN && deletes) status = absl::OkStatus();
  if (!status.ok()) {
    ShowError(turn, status, action.value_or(ShowHome{}));
  } else if (action) {
    HandlePress(turn, press, *action);
  } else {
    turn.EndDialogue();
    turn.SendMainMenu(turn.texts().Html("home.text"));
  }
  if (status.ok()) turn.SendCountsIf(CountsDiffer::kInMarks);
  turn.Save();
}

void RouteText(Turn& turn, const Typed& typed) {
  absl::Status status = turn.Load();
  const bool starts = IsStart(typed) || InvitationOf(turn.context(), typed);
  if (ReasonOf(status) == v1::REASON_ACCOUNT_UNKNOWN && starts) status = absl::OkStatus();
  if (status.ok()) status = HandleText(turn, typed);
  if (status.ok()) turn.SendCountsIf(CountsDiffer::kInMarks);
  if (!status.ok()) ShowErrorOfText(turn, status);
  turn.Save();
}

// Whether the question that `edited` was the last answer to is still open: it was asked again.
bool IsAskedStill(Turn& turn, const Typed& edited) {
  const Session& session = turn.session();
  return session.answers.back() == edited.message && edited.files.empty() &&
         !std::holds_alternative<TypesNothing>(session.dialogue) &&
         IsSameQuestion(session.dialogue, session.answered);
}

// A corrected answer answers what is still asked. What followed from an earlier one remains.
void RouteEditedAnswer(Turn& turn, const Typed& edited) {
  const std::string text = Trim(edited.text);
  if (text.starts_with('/')) return;
  if (!IsAskedStill(turn, edited)) {
    turn.Send({.text = turn.texts().Html("chat.edited_answer"), .rows = {}});
    return;
  }
  turn.EndDialogue();
  const Dialogue dialogue = turn.former_dialogue();
  const absl::Status status = HandlerFor(dialogue).handle(turn, dialogue, text);
  if (!IsLost(status)) turn.TakeQuestionAway();
  if (!status.ok()) ShowErrorOfText(turn, status);
  turn.Save();
}

// Of what was sent to nobody, nobody hears. Who believes otherwise is told so.
void RouteEdit(Turn& turn, const Edited& edited) {
  if (!turn.Load().ok()) return;
  const std::vector<std::int64_t>& answers = turn.session().answers;
  if (std::ranges::find(answers, edited.typed.message) != answers.end()) {
    RouteEditedAnswer(turn, edited.typed);
    return;
  }
  const absl::Status status = EditSent(turn, Trim(edited.typed.text), edited.typed);
  if (status.ok()) return;
  const Dialogue& dialogue = turn.session().dialogue;
  const bool talks = std::holds_alternative<TypesMessage>(dialogue) ||
                     std::holds_alternative<TypesSupport>(dialogue);
  if (ReasonOf(status) == v1::REASON_NOT_FOUND && !talks) return;
  LogFault(status);
  const bool lost =
      ReasonOf(status) == v1::REASON_NOT_FOUND || ReasonOf(status) == v1::REASON_INVALID_FIELD;
  turn.Send({.text = lost ? turn.texts().Html("chat.edited") : ErrorText(turn.reader(), status),
             .rows = {}});
}

// Who has let the bot in again is reachable; an account is made by /start and by invitations alone.
void RouteMembership(Turn& turn) {
  absl::Status status = turn.Load();
  if (status.ok()) status = turn.EnsureAccount();
  if (!status.ok() && ReasonOf(status) != v1::REASON_ACCOUNT_UNKNOWN) LogFault(status);
}

}  // namespace

void Route(const Context& context, const Update& update, const Receipt& receipt) {
  if (const auto* reply = std::get_if<GroupReply>(&update.what)) {
    AnswerFromGroup(context, update, *reply);
    return;
  }
  if (const auto* membership = std::get_if<Membership>(&update.what);
      membership != nullptr && membership->group != 0) {
    OnMembership(context, *membership);
    return;
  }
  Turn turn(context, update, receipt);
  if (const auto* query = std::get_if<InlineQuery>(&update.what)) {
    AnswerInline(turn, *query);
    return;
  }
  if (const auto* press = std::get_if<Press>(&update.what)) {
    RoutePress(turn, *press);
  } else if (const auto* typed = std::get_if<Typed>(&update.what)) {
    RouteText(turn, *typed);
  } else if (const auto* membership = std::get_if<Membership>(&update.what);
             membership != nullptr && membership->reachable) {
    RouteMembership(turn);
  } else if (const auto* edited = std::get_if<Edited>(&update.what)) {
    RouteEdit(turn, *edited);
  }
}

std::vector<std::pair<std::string, std::string>> CommandsOf(const Texts& texts, MenuOf of) {
  const Listed others = of == MenuOf::kProvider ? Listed::kToCustomers : Listed::kToProviders;
  std::vector<std::pair<std::string, std::string>> commands;
  for (const Command& command : kCommands) {
    if (command.description == nullptr || command.listed == others) continue;
    commands.emplace_back(command.name.substr(1), texts.Plain(command.description));
  }
  return commands;
}

}  // namespace kalends::telegram
