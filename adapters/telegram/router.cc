#include "adapters/telegram/router.h"

#include <spdlog/spdlog.h>

#include "adapters/telegram/handlers/handlers.h"
#include "adapters/telegram/screens/menu.h"
#include "adapters/telegram/support_desk.h"

namespace kalends::telegram {
namespace {

template <typename Some>
absl::Status Do(Turn& turn, const std::string&) {
  return Handle(turn, Some{});
}

struct Command {
  std::string_view name;
  absl::Status (*handle)(Turn& turn, const std::string& payload);
  const char* description;
};

// The bot's table of contents.
constexpr Command kCommands[] = {
    {"/start", OnStart, "command.start"},
    {"/request", Do<ShowProviders>, "command.request"},
    {"/appointments", Do<ShowUpcoming>, "command.appointments"},
    {"/settings", Do<ShowSettings>, "command.settings"},
    {"/language", Do<ShowLanguages>, "command.language"},
    {"/support", Do<ShowSupport>, "command.support"},
};

std::string Trim(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(kSpace) - first + 1));
}

absl::Status HandleAction(Turn& turn, const Action& action) {
  return std::visit([&](const auto& some) { return Handle(turn, some); }, action.any);
}

absl::Status HandleCommand(Turn& turn, const std::string& text) {
  const std::size_t space = std::min(text.find(' '), text.size());
  // In groups a command names its bot; in private chats some apps do so too.
  const std::string_view name = std::string_view(text).substr(0, std::min(text.find('@'), space));
  for (const Command& command : kCommands) {
    if (command.name == name) return command.handle(turn, Trim(text.substr(space)));
  }
  return Handle(turn, TypesNothing{}, text);
}

// Commands and the menu come first: they always lead out of a dialogue.
absl::Status HandleText(Turn& turn, const Typed& typed) {
  const std::string text = Trim(typed.text);
  turn.EndDialogue();
  // What is written under a picture or a file is never a press of the menu.
  if (!typed.file) {
    if (text.starts_with('/')) return HandleCommand(turn, text);
    if (const auto action = MenuActionOf(turn.context().languages, text)) {
      return HandleAction(turn, *action);
    }
  }
  // A picture or a sticker answers only what asks for files; that says what it can take.
  if ((typed.file || text.empty()) && !TakesFiles(turn.former_dialogue())) {
    return Handle(turn, TypesNothing{}, text);
  }
  turn.TakeQuestionAway();
  return std::visit([&](const auto& dialogue) { return Handle(turn, dialogue, text); },
                    Dialogue(turn.former_dialogue()));
}

// Where to go back to after a refusal: to what the button was about, where that is one thing.
Action AfterRefusal(const Action& action) {
  return std::visit(
      [](const auto& some) -> Action {
        if constexpr (requires { some.appointment; }) {
          return ShowAppointment{some.appointment};
        } else {
          return ShowHome{};
        }
      },
      action.any);
}

void ShowError(Turn& turn, const absl::Status& status, const Action& back) {
  const std::string reason = ReasonOf(status);
  if (reason.empty() || reason == "INTERNAL") {
    spdlog::error("core: {} {}", absl::StatusCodeToString(status.code()), reason);
  }
  turn.Show(ErrorScreen(turn.reader(), status, back));
}

void RoutePress(Turn& turn, const Press& press) {
  const std::optional<Action> action = Decode(press.data);
  Sender& sender = turn.context().sender;
  if (!action) {
    sender.AnswerCallback(press.callback_id, turn.texts().Plain("home.outdated"));
  } else {
    sender.AnswerCallback(press.callback_id, "");
    if (std::holds_alternative<Noop>(action->any)) return;
  }
  if (const absl::Status status = turn.Load(); !status.ok()) {
    ShowError(turn, status, action.value_or(ShowHome{}));
    return;
  }
  turn.EndDialogue();
  if (!action) {
    turn.SendMainMenu(turn.texts().Html("home.text"));
  } else if (const absl::Status status = HandleAction(turn, *action); !status.ok()) {
    // Where the core could not be reached, the same button helps later.
    const bool lost = ReasonOf(status).empty();
    ShowError(turn, status, lost ? *action : AfterRefusal(*action));
  }
  turn.Save();
}

void RouteText(Turn& turn, const Typed& typed) {
  absl::Status status = turn.Load();
  if (status.ok()) status = HandleText(turn, typed);
  if (!status.ok()) ShowError(turn, status, ShowHome{});
  turn.Save();
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
  if (const auto* press = std::get_if<Press>(&update.what)) {
    RoutePress(turn, *press);
  } else if (const auto* typed = std::get_if<Typed>(&update.what)) {
    RouteText(turn, *typed);
  } else if (const auto* membership = std::get_if<Membership>(&update.what);
             membership != nullptr && membership->reachable) {
    if (const absl::Status status = turn.EnsureAccount(); !status.ok()) {
      spdlog::warn("core: {}", absl::StatusCodeToString(status.code()));
    }
  }
}

std::vector<std::pair<std::string, std::string>> CommandsOf(const Texts& texts) {
  std::vector<std::pair<std::string, std::string>> commands;
  for (const Command& command : kCommands) {
    commands.emplace_back(command.name.substr(1), texts.Plain(command.description));
  }
  return commands;
}

}  // namespace kalends::telegram
