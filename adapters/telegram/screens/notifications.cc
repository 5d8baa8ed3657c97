#include "adapters/telegram/screens/notifications.h"

#include <optional>

#include "adapters/telegram/actions/booking.h"
#include "adapters/telegram/actions/links.h"
#include "adapters/telegram/html.h"
#include "adapters/telegram/screens/appointments.h"
#include "adapters/telegram/screens/chat.h"
#include "adapters/telegram/screens/support.h"
#include "kalends/v1/booking_service.pb.h"

namespace kalends::telegram {
namespace {

using Notification = v1::Notification;

Side SideOf(const Notification& notification) {
  return notification.appointment().customer() == notification.recipient() ? Side::kCustomer
                                                                           : Side::kProvider;
}

const char* CancelledKey(const Notification& notification) {
  return notification.actor() == v1::Appointment::ACTOR_CUSTOMER
             ? "notifications.cancelled_by_customer"
             : "notifications.cancelled_by_provider";
}

const char* HeadingKey(const Notification& notification) {
  switch (notification.kind()) {
    case Notification::KIND_APPOINTMENT_REQUESTED:
      return notification.status() == v1::Appointment::STATUS_ACCEPTED ? "notifications.booked"
                                                                       : "notifications.requested";
    case Notification::KIND_APPOINTMENT_ACCEPTED:
      return "notifications.accepted";
    case Notification::KIND_APPOINTMENT_REJECTED:
      return notification.actor() == v1::Appointment::ACTOR_SYSTEM ? "notifications.unanswered"
                                                                   : "notifications.rejected";
    case Notification::KIND_APPOINTMENT_CANCELLED:
      return CancelledKey(notification);
    case Notification::KIND_APPOINTMENT_COMPLETED:
      return "notifications.completed";
    case Notification::KIND_APPOINTMENT_MISSED:
      return "notifications.missed";
    case Notification::KIND_TIMES_PROPOSED:
      return "notifications.proposed";
    case Notification::KIND_PROPOSED_TIME_CHOSEN:
      return "notifications.chosen";
    case Notification::KIND_REMINDER:
      return "notifications.reminder";
    default:
      return "notifications.other";
  }
}

std::string Heading(const Reader& reader, const Notification& notification) {
  const v1::Appointment& appointment = notification.appointment();
  std::string text = reader.t().Html(
      HeadingKey(notification), {{"customer", appointment.customer_display_name()},
                                 {"provider", ProviderLabel(appointment.provider_kind(),
                                                            appointment.provider_display_name())}});
  const std::string reason = ReasonText(reader, notification.reason());
  return reason.empty() ? text : text + "\n" + reason;
}

Screen JoinedScreen(const Reader& reader, const Notification& notification) {
  return {.text = reader.t().Html("notifications.joined",
                                  {{"customer", notification.customer_display_name()}}),
          .rows = {},
          .stays = true};
}

// SPEC 2.5: another time, with the service kept; or talk about it.
void AppendAfterRejection(const Reader& reader, const v1::Appointment& appointment,
                          std::vector<Row>& rows) {
  const Texts& t = reader.t();
  const ProviderId provider = ProviderId::Of(appointment.provider());
  const ServiceId service = ServiceId::Of(appointment.service());
  rows = {{{t.Plain("appointments.rejected_other_time"),
            Action(ShowMonth{{provider, service, ProviderId{}}, std::nullopt})},
           {t.Plain("appointments.rejected_chat"), Action(OpenChat{provider})}}};
}

// Who has the appointment in a calendar wants it there as it now is.
bool ChangesCalendar(const Notification& notification) {
  switch (notification.kind()) {
    case Notification::KIND_APPOINTMENT_ACCEPTED:
    case Notification::KIND_APPOINTMENT_CANCELLED:
    case Notification::KIND_PROPOSED_TIME_CHOSEN:
      return true;
    default:
      return false;
  }
}

// Nothing in it was written by anybody.
std::string ShortText(const Reader& reader, const Notification& notification) {
  const Texts& t = reader.t();
  switch (notification.kind()) {
    case Notification::KIND_CHAT_MESSAGE:
      return t.Html("notifications.short_message");
    case Notification::KIND_TICKET_MESSAGE:
    case Notification::KIND_TICKET_CLOSED:
      return t.Html("notifications.short_support");
    case Notification::KIND_CUSTOMER_JOINED:
      return t.Html("notifications.short_joined");
    default:
      break;
  }
  const bool reminds = notification.kind() == Notification::KIND_REMINDER;
  return t.Html(reminds ? "notifications.short_reminder" : "notifications.other") + "\n" +
         EscapeHtml(StatusLabel(reader, notification.status()) + " · " +
                    ShortWhen(reader, InstantOf(notification.start_time()),
                              notification.appointment().provider_time_zone()));
}

// nullopt: there is no place that shows it.
std::optional<Action> ShortAction(const Notification& notification) {
  switch (notification.kind()) {
    case Notification::KIND_CHAT_MESSAGE:
      return ChatAction(notification.message().thread());
    case Notification::KIND_TICKET_MESSAGE:
    case Notification::KIND_TICKET_CLOSED:
      return notification.recipient() == notification.ticket().account()
                 ? std::optional<Action>(ShowSupport{})
                 : std::nullopt;
    case Notification::KIND_CUSTOMER_JOINED:
      return ShowCustomers{};
    default:
      return ShowAppointment{AppointmentId::Of(notification.appointment().name())};
  }
}

}  // namespace

Nonce NonceOf(const Notification& notification) {
  // FNV-1a of the name, cut to what a button carries.
  std::uint64_t hash = 14695981039346656037U;
  for (const char c : notification.name()) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  }
  return Nonce{hash & ((std::uint64_t{1} << 40) - 1)};
}

bool IsSilent(const Notification& notification) {
  return notification.kind() == Notification::KIND_APPOINTMENT_COMPLETED;
}

Screen NotificationScreen(const Reader& reader, const Notification& notification) {
  const bool to_asker = notification.recipient() == notification.ticket().account();
  switch (notification.kind()) {
    case Notification::KIND_CHAT_MESSAGE:
      return MessageScreen(reader, notification.message());
    case Notification::KIND_TICKET_MESSAGE:
      return to_asker ? SupportAnswerScreen(reader, notification.ticket_message())
                      : SupportQuestionScreen(reader, notification.ticket(),
                                              notification.ticket_message());
    case Notification::KIND_TICKET_CLOSED:
      return SupportClosedScreen(reader, notification.ticket(),
                                 to_asker ? Side::kCustomer : Side::kProvider);
    default:
      break;
  }
  if (notification.kind() == Notification::KIND_CUSTOMER_JOINED) {
    return JoinedScreen(reader, notification);
  }
  const v1::Appointment& appointment = notification.appointment();
  Screen screen = AppointmentScreen(reader, appointment, SideOf(notification),
                                    NonceOf(notification), Heading(reader, notification));
  // No way back: it is no part of a menu.
  screen.rows.back().pop_back();
  if (ChangesCalendar(notification)) {
    screen.rows.push_back({{reader.t().Plain("info.calendar_file"),
                            Action(SendCalendarFile{AppointmentId::Of(appointment.name())})}});
  }
  if (notification.kind() == Notification::KIND_APPOINTMENT_REJECTED &&
      appointment.status() == v1::Appointment::STATUS_REJECTED) {
    AppendAfterRejection(reader, appointment, screen.rows);
  }
  return screen;
}

Screen ShortNotificationScreen(const Reader& reader, const Notification& notification) {
  const Texts& t = reader.t();
  Screen screen{.text = ShortText(reader, notification), .rows = {}, .stays = true};
  screen.text += "\n" + t.Html("notifications.short_why");
  if (const auto there = ShortAction(notification)) {
    screen.rows = {{{t.Plain("notifications.short_open"), *there}}};
  }
  return screen;
}

}  // namespace kalends::telegram
