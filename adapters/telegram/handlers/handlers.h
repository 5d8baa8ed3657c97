// How a subject binds what it does: each of its actions, and each dialogue that waits for a text,
// to the `Handle` that stands in its file. The last function of handlers/<subject>.cc is
//
//   Handlers BookingHandlers() { return HandlersOf<TypesNote>(BookingActions{}); }
//
// and an action of actions/<subject>.h without a `Handle` there does not compile.
//
// A handler draws its result with Turn::Show and returns OK, or returns the core's refusal, which
// the router shows as an error screen.
#pragma once

#include <concepts>
#include <variant>
#include <vector>

#include "adapters/telegram/turn.h"

namespace kalends::telegram {

template <typename Some>
concept HasHandler = requires(Turn& turn, const Some& action) {
  { Handle(turn, action) } -> std::same_as<absl::Status>;
};
template <typename Some>
concept HasTextHandler = requires(Turn& turn, const Some& dialogue, const std::string& text) {
  { Handle(turn, dialogue, text) } -> std::same_as<absl::Status>;
};

// What an action is about, where that is one thing: its field `appointment`, `draft`, `provider` or
// `customer`.
using Topic = std::variant<std::monostate, AppointmentId, Draft, ProviderId, AccountId>;

struct ActionHandler {
  std::string_view code;
  absl::Status (*handle)(Turn& turn, const Action& action);
  Topic (*topic)(const Action& action);
};
struct TextHandler {
  std::string_view dialogue;  // Its kName.
  absl::Status (*handle)(Turn& turn, const Dialogue& dialogue, const std::string& text);
};
// Of one subject.
struct Handlers {
  std::vector<ActionHandler> actions;
  std::vector<TextHandler> texts;
};

template <typename Some>
Topic TopicOf(const Some& action) {
  if constexpr (requires {
                  action.appointment;
                  action.customer;
                }) {
    if (action.appointment.empty()) return action.customer;
    return action.appointment;
  } else if constexpr (requires { action.appointment; }) {
    return action.appointment;
  } else if constexpr (requires { action.draft; }) {
    return action.draft;
  } else if constexpr (requires { action.provider; }) {
    return action.provider;
  } else if constexpr (requires { action.booked; }) {
    return action.booked.customer;
  } else if constexpr (requires { action.customer; }) {
    return action.customer;
  } else {
    return {};
  }
}

template <HasHandler Some>
constexpr ActionHandler HandlerOfAction() {
  return {Some::kCode,
          [](Turn& turn, const Action& action) { return Handle(turn, *action.As<Some>()); },
          [](const Action& action) { return TopicOf(*action.As<Some>()); }};
}
template <HasTextHandler Some>
constexpr TextHandler HandlerOfText() {
  return {Some::kName, [](Turn& turn, const Dialogue& dialogue, const std::string& text) {
            return Handle(turn, std::get<Some>(dialogue), text);
          }};
}

template <typename... Dialogues, ActionType... Some>
Handlers HandlersOf(Actions<Some...>) {
  return {{HandlerOfAction<Some>()...}, {HandlerOfText<Dialogues>()...}};
}

}  // namespace kalends::telegram
