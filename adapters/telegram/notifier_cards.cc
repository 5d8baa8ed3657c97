// Draws messages anew that show an appointment. Declared in notifier.h.
#include <spdlog/spdlog.h>

#include <charconv>
#include <utility>

#include "adapters/telegram/notifier_parcel.h"
#include "adapters/telegram/screens/appointments.h"
#include "adapters/telegram/screens/notifications.h"
#include "kalends/v1/types.pb.h"

namespace kalends::telegram {
namespace {

// Of a card of this bot; 0: it is another bot's, and its number another message's here.
std::int64_t MessageIn(std::string_view card, std::int64_t bot) {
  const std::string prefix = std::to_string(bot) + ":";
  if (!card.starts_with(prefix)) return 0;
  const std::string_view digits = card.substr(prefix.size());
  std::int64_t message = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), message);
  return message;
}

// Whether `message` shows the appointment as it was before `shown`. What nobody has drawn since the
// start of this process is as the core has it.
bool IsStale(Cards& cards, std::int64_t chat, std::int64_t message, const ShownAppointment& shown) {
  const auto known = cards.Find(chat, message);
  if (!known) return true;
  const Shown& there = *known;
  if (!there || there->appointment != shown.appointment) return false;
  if (there->revision < shown.revision) return true;
  cards.Set(chat, message, there);
  return false;
}

// Whether `message` may still show an appointment that its reader does not see any more.
bool MayShowOne(const Cards& cards, std::int64_t chat, std::int64_t message) {
  const auto known = cards.Find(chat, message);
  return !known || known->has_value();
}

// Whether `dialogue` waits for what to say about `appointment`.
bool IsAbout(const Dialogue& dialogue, const AppointmentId& appointment) {
  return std::visit(
      [&](const auto& some) {
        if constexpr (requires { some.appointment; }) {
          return some.appointment == appointment.text;
        } else {
          return false;
        }
      },
      dialogue);
}

// Whether `message` is the chat's screen. What it asks about `appointment` is not asked any more.
bool TakeQuestion(const Context& context, std::int64_t chat, std::int64_t message,
                  const AppointmentId& appointment) {
  auto session = context.sessions.Load(chat);
  if (!session.ok() || session->bot != context.bot_id) return false;
  const bool is_screen = session->screen == message;
  if ((is_screen || session->question == message) && IsAbout(session->dialogue, appointment)) {
    session->dialogue = TypesNothing{};
    session->question = 0;
    context.sessions.Store(chat, *session);
  }
  return is_screen;
}

}  // namespace

void Notifier::Redraw(const ParcelPtr& parcel) {
  context_.strands.Post(parcel->chat, [this, parcel] {
    const ShownAppointment shown = ShownOf(parcel->notification.appointment());
    const auto& cards = parcel->notification.cards();
    for (; parcel->redrawn < static_cast<std::size_t>(cards.size()); ++parcel->redrawn) {
      const std::string& card = cards[static_cast<int>(parcel->redrawn)];
      const std::int64_t message = MessageIn(card, context_.bot_id);
      if (message == 0) continue;
      const bool sees = parcel->notification.has_appointment();
      const bool is_wrong = sees ? IsStale(context_.cards, parcel->chat, message, shown)
                                 : MayShowOne(context_.cards, parcel->chat, message);
      if (!is_wrong) continue;
      SendRedrawn(parcel, message, shown);
      return;
    }
    EndRedraw(parcel, Outcome::kOk);
  });
}

void Notifier::SendRedrawn(const ParcelPtr& parcel, std::int64_t message,
                           const ShownAppointment& shown) {
  const bool sees = parcel->notification.has_appointment();
  const bool is_screen = sees && TakeQuestion(context_, parcel->chat, message, shown.appointment);
  Outgoing outgoing;
  outgoing.chat = parcel->chat;
  outgoing.priority = Priority::kRefresh;
  outgoing.edits = message;
  outgoing.done = [this, parcel, message](const ApiResult& result) {
    OnRedrawn(parcel, message, result);
  };
  try {
    const Reader reader = ReaderOf(context_, parcel->notification);
    outgoing.call =
        MessageCall(parcel->chat, sees ? CardScreen(reader, parcel->notification, is_screen)
                                       : LostCardScreen(reader));
  } catch (const std::exception&) {  // What it says may repeat what somebody wrote.
    spdlog::error("the appointment of {} cannot be drawn", parcel->name());
    ApiResult undrawn;
    undrawn.outcome = Outcome::kBug;
    OnRedrawn(parcel, message, undrawn);
    return;
  }
  outgoing.call.method = "editMessageText";
  outgoing.call.params["message_id"] = message;
  if (sees) context_.cards.Expect(parcel->chat, message, shown);
  parcel->begun = std::chrono::steady_clock::now();
  context_.sender.Push(std::move(outgoing));
}

void Notifier::OnRedrawn(const ParcelPtr& parcel, std::int64_t message, const ApiResult& result) {
  context_.strands.Post(parcel->chat, [this, parcel, message, outcome = result.outcome] {
    Cards& cards = context_.cards;
    const std::int64_t chat = parcel->chat;
    const ShownAppointment shown = ShownOf(parcel->notification.appointment());
    const bool there = outcome == Outcome::kOk || outcome == Outcome::kBenign;
    if (there && parcel->notification.has_appointment()) {
      cards.Confirm(chat, message, shown);
    } else if (there || outcome == Outcome::kCannotEdit || outcome == Outcome::kBug) {
      // It shows none any more, is gone, or Telegram does not take it.
      cards.Set(chat, message, std::nullopt);
    } else {
      cards.Forget(chat, message);
      EndRedraw(parcel, outcome == Outcome::kGone ? Outcome::kGone : Outcome::kRetry);
      return;
    }
    ++parcel->redrawn;
    Redraw(parcel);
  });
}

void Notifier::EndRedraw(const ParcelPtr& parcel, Outcome outcome) {
  Settle(parcel, deliveries_.EndPart(parcel->name(), 1, outcome).action);
}

}  // namespace kalends::telegram
