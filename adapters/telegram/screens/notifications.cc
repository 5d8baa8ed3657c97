#include "adapters/telegram/screens/notifications.h"

#include <iterator>
#include <optional>

#include "adapters/telegram/actions/booking.h"
#include "adapters/telegram/actions/chat.h"
#include "adapters/telegram/actions/customers.h"
#include "adapters/telegram/actions/packages.h"
#include "adapters/telegram/actions/profiles.h"
#include "adapters/telegram/html.h"
#include "adapters/telegram/screens/appointments.h"
#include "adapters/telegram/screens/chat.h"
#include "adapters/telegram/screens/link_notices.h"
#include "adapters/telegram/screens/packages.h"
#include "adapters/telegram/screens/support.h"
#include "kalends/v1/booking_service.pb.h"

namespace kalends::telegram {
namespace {

using Notification = v1::Notification;

Side SideOf(const Notification& notification) {
  return notification.appointment().customer() == notification.recipient() ? Side::kCustomer
                                                                           : Side::kProvider;
}

const char* RequestedKey(const Notification& notification) {
  return notification.status() == v1::Appointment::STATUS_ACCEPTED ? "notifications.booked"
                                                                   : "notifications.requested";
}
const char* RejectedKey(const Notification& notification) {
  return notification.actor() == v1::Appointment::ACTOR_SYSTEM ? "notifications.unanswered"
                                                               : "notifications.rejected";
}
const char* CancelledKey(const Notification& notification) {
  // An account was erased, the customer's or a colleague's; the reason says so.
  if (notification.actor() == v1::Appointment::ACTOR_SYSTEM &&
      SideOf(notification) == Side::kProvider) {
    return "notifications.cancelled_by_nobody";
  }
  if (notification.actor() != v1::Appointment::ACTOR_CUSTOMER) {
    const bool by_colleague = notification.actor() == v1::Appointment::ACTOR_PROVIDER &&
                              SideOf(notification) == Side::kProvider;
    return by_colleague ? "notifications.cancelled_here" : "notifications.cancelled_by_provider";
  }
  return WasAgreed(notification.appointment()) ? "notifications.cancelled_by_customer"
                                               : "notifications.withdrawn_by_customer";
}

const char* ProposedKey(const Notification& notification) {
  return notification.appointment().proposed_start_times_size() == 1 ? "notifications.proposed_one"
                                                                     : "notifications.proposed";
}

const char* RescheduledKey(const Notification& notification) {
  return SideOf(notification) == Side::kCustomer ? "notifications.rescheduled"
                                                 : "notifications.rescheduled_here";
}
const char* ReassignedKey(const Notification& notification) {
  return SideOf(notification) == Side::kCustomer ? "notifications.reassigned"
                                                 : "notifications.reassigned_here";
}
const char* BookedKey(const Notification& notification) {
  return SideOf(notification) == Side::kCustomer ? "notifications.booked_for_you"
                                                 : "notifications.booked_here";
}

Screen AppointmentNotice(const Reader& reader, const Notification& notification);
Screen RescheduledNotice(const Reader& reader, const Notification& notification);
Screen AgreedTimeNotice(const Reader& reader, const Notification& notification);
Screen ProviderNotice(const Reader& reader, const Notification& notification);
Screen PackageNotice(const Reader& reader, const Notification& notification);
Screen MessageNotice(const Reader& reader, const Notification& notification);
Screen TicketMessageNotice(const Reader& reader, const Notification& notification);
Screen TicketClosedNotice(const Reader& reader, const Notification& notification);
std::optional<Action> OpenAppointment(const Notification& notification);
std::optional<Action> OpenThread(const Notification& notification);
std::optional<Action> OpenTicket(const Notification& notification);
std::optional<Action> OpenCustomers(const Notification& notification);
std::optional<Action> OpenProfile(const Notification& notification);
std::optional<Action> OpenPackages(const Notification& notification);
std::optional<Action> OpenNothing(const Notification& notification);

using CardDrawing = Screen (*)(const Reader& reader, const v1::Appointment& appointment, Side side,
                               Nonce nonce, const std::string& heading);

// How a kind is told.
struct Notice {
  Notification::Kind kind = Notification::KIND_UNSPECIFIED;
  const char* heading = "notifications.other";  // Of an appointment's screen.
  // Where it depends on who did it, or on what came of it.
  const char* (*heading_of)(const Notification& notification) = nullptr;
  Screen (*screen)(const Reader& reader, const Notification& notification) = AppointmentNotice;
  // In a few words of ours, without what anybody wrote.
  const char* in_short = "notifications.other";
  // Where it is shown; nullopt: nowhere.
  std::optional<Action> (*opens)(const Notification& notification) = OpenAppointment;
  bool silent = false;  // Nothing to do, nothing urgent.
};

constexpr Notice kNotices[] = {
    {},  // Of a newer core.
    {.kind = Notification::KIND_APPOINTMENT_REQUESTED, .heading_of = RequestedKey},
    {.kind = Notification::KIND_APPOINTMENT_ACCEPTED, .heading = "notifications.accepted"},
    {.kind = Notification::KIND_APPOINTMENT_REJECTED, .heading_of = RejectedKey},
    {.kind = Notification::KIND_APPOINTMENT_CANCELLED, .heading_of = CancelledKey},
    {.kind = Notification::KIND_APPOINTMENT_COMPLETED,
     .heading = "notifications.completed",
     .silent = true},
    {.kind = Notification::KIND_APPOINTMENT_MISSED, .heading = "notifications.missed"},
    {.kind = Notification::KIND_TIMES_PROPOSED, .heading_of = ProposedKey},
    {.kind = Notification::KIND_PROPOSED_TIME_CHOSEN, .heading = "notifications.chosen"},
    {.kind = Notification::KIND_REMINDER,
     .heading = "notifications.reminder",
     .in_short = "notifications.short_reminder"},
    {.kind = Notification::KIND_CUSTOMER_JOINED,
     .screen = JoinedNotice,
     .in_short = "notifications.short_joined",
     .opens = OpenCustomers},
    {.kind = Notification::KIND_CHAT_MESSAGE,
     .screen = MessageNotice,
     .in_short = "notifications.short_message",
     .opens = OpenThread},
    {.kind = Notification::KIND_TICKET_MESSAGE,
     .screen = TicketMessageNotice,
     .in_short = "notifications.short_support",
     .opens = OpenTicket},
    {.kind = Notification::KIND_TICKET_CLOSED,
     .screen = TicketClosedNotice,
     .in_short = "notifications.short_support",
     .opens = OpenTicket},
    {.kind = Notification::KIND_AGREED_TIME_KEPT,
     .screen = AgreedTimeNotice,
     .in_short = "notifications.short_time"},
    {.kind = Notification::KIND_AGREED_TIME_LOST,
     .screen = AgreedTimeNotice,
     .in_short = "notifications.short_time"},
    // Not told: what shows it is drawn anew.
    {.kind = Notification::KIND_APPOINTMENT_CHANGED, .silent = true},
    {.kind = Notification::KIND_SPECIALIST_JOINED,
     .screen = SpecialistJoinedNotice,
     .in_short = "notifications.short_joined",
     .opens = OpenProfile},
    {.kind = Notification::KIND_APPOINTMENT_RESCHEDULED,
     .heading_of = RescheduledKey,
     .screen = RescheduledNotice,
     .in_short = "notifications.short_rescheduled"},
    {.kind = Notification::KIND_APPOINTMENT_BOOKED,
     .heading_of = BookedKey,
     .in_short = "notifications.short_booked"},
    {.kind = Notification::KIND_APPOINTMENT_PLACE_CHANGED,
     .heading = "notifications.place_changed",
     .in_short = "notifications.short_place"},
    {.kind = Notification::KIND_APPOINTMENT_REASSIGNED,
     .heading_of = ReassignedKey,
     .in_short = "notifications.short_reassigned"},
    {.kind = Notification::KIND_LINK_BLOCKED,
     .heading = "notifications.link_blocked",
     .screen = ProviderNotice,
     .in_short = "notifications.short_link",
     .opens = OpenNothing},
    {.kind = Notification::KIND_LINK_UNBLOCKED,
     .heading = "notifications.link_unblocked",
     .screen = ProviderNotice,
     .in_short = "notifications.short_link",
     .opens = OpenNothing},
    {.kind = Notification::KIND_STAFF_REMOVED,
     .heading = "notifications.staff_removed",
     .screen = ProviderNotice,
     .in_short = "notifications.short_link",
     .opens = OpenNothing},
    {.kind = Notification::KIND_PACKAGE_SOLD,
     .heading = "notifications.package_sold",
     .screen = PackageNotice,
     .in_short = "notifications.short_package",
     .opens = OpenPackages},
    {.kind = Notification::KIND_PACKAGE_SALE_CANCELLED,
     .heading = "notifications.package_sale_cancelled",
     .screen = PackageNotice,
     .in_short = "notifications.short_package",
     .opens = OpenPackages},
    {.kind = Notification::KIND_APPOINTMENT_GIVEN_AWAY,
     .screen = GivenAwayNotice,
     .in_short = "notifications.short_reassigned",
     .opens = OpenNothing},
    {.kind = Notification::KIND_CONSENT_WANTED,
     .screen = ConsentWantedNotice,
     .in_short = "notifications.short_consent",
     .opens = OpenTerms,
     .silent = true},
    {.kind = Notification::KIND_MOVE_DECLINED,
     .heading = "notifications.move_declined",
     .in_short = "notifications.short_rescheduled"},
};
static_assert(
    std::size(kNotices) == Notification::Kind_ARRAYSIZE &&
        [] {
          for (int kind = 0; kind < Notification::Kind_ARRAYSIZE; ++kind) {
            if (kNotices[kind].kind != kind) return false;
          }
          return true;
        }(),
    "a kind of the contract has no row, or not its own");

const Notice& NoticeOf(const Notification& notification) {
  return kNotices[Notification::Kind_IsValid(notification.kind()) ? notification.kind() : 0];
}

bool IsToAsker(const Notification& notification) {
  return notification.recipient() == notification.ticket().account();
}

std::string Heading(const Reader& reader, const Notification& notification) {
  const Notice& notice = NoticeOf(notification);
  const v1::Appointment& appointment = notification.appointment();
  // To a provider, most kinds would speak as to a customer.
  const bool done_for_provider = notification.actor() == v1::Appointment::ACTOR_TOOL &&
                                 SideOf(notification) == Side::kProvider;
  std::string text = reader.t().Html(
      done_for_provider              ? "notifications.by_tool"
      : notice.heading_of != nullptr ? notice.heading_of(notification)
                                     : notice.heading,
      {{"customer", appointment.customer_display_name()},
       {"specialist", appointment.specialist_display_name()},
       {"provider",
        ProviderLabel(appointment.provider_kind(), appointment.provider_display_name())}});
  const bool replaces = notification.kind() == Notification::KIND_APPOINTMENT_REQUESTED &&
                        !appointment.history().empty() &&
                        !appointment.history(0).replaces().empty();
  if (replaces) return text + "\n" + reader.t().Html("notifications.replaces");
  if (!notification.reminder_text().empty()) {
    text += "\n" + reader.t().Html("notifications.reminder_text",
                                   {{"text", notification.reminder_text()}});
  }
  const std::string reason = ReasonText(reader, notification.reason());
  return reason.empty() ? text : text + "\n" + reason;
}

Screen AppointmentNotice(const Reader& reader, const Notification& notification) {
  return AppointmentMessage(reader, notification.appointment(), SideOf(notification),
                            NonceOf(notification), Heading(reader, notification));
}

Screen RescheduledNotice(const Reader& reader, const Notification& notification) {
  const v1::Appointment& appointment = notification.appointment();
  const LocalTime before = ToLocal(ZoneFor(reader, appointment.provider_time_zone()),
                                   InstantOf(notification.previous_start_time()));
  const Formats& formats = reader.t().formats();
  return AppointmentMessage(reader, appointment, SideOf(notification), NonceOf(notification),
                            Heading(reader, notification) + "\n" +
                                reader.t().Html("notifications.start_before",
                                                {{"before", formats.ShortDate(before.day()) + ", " +
                                                                Formats::Time(before)}}));
}

// For who sees another clock than the one that was agreed on, its reading of before. The
// reader's own zone may have new rules, too; then that reading was never shown.
std::string TimeBefore(const Reader& reader, const Notification& notification) {
  const v1::Appointment& appointment = notification.appointment();
  const std::string_view zone = ZoneFor(reader, appointment.provider_time_zone());
  const bool moved =
      notification.previous_start_time().seconds() != notification.start_time().seconds();
  if (!moved || zone == appointment.agreed_time().time_zone()) return {};
  const LocalTime before = ToLocal(zone, InstantOf(notification.previous_start_time()));
  const Formats& formats = reader.t().formats();
  return "\n" + reader.t().Html(
                    "notifications.time_before",
                    {{"before", formats.ShortDate(before.day()) + ", " + Formats::Time(before)}});
}

Screen AgreedTimeNotice(const Reader& reader, const Notification& notification) {
  const Texts& t = reader.t();
  const v1::Appointment& appointment = notification.appointment();
  const Side side = SideOf(notification);
  const std::string city = AgreedCity(reader, appointment);
  if (notification.kind() == Notification::KIND_AGREED_TIME_KEPT) {
    return AppointmentMessage(
        reader, appointment, side, NonceOf(notification),
        t.Html("notifications.time_kept",
               {{"city", city}, {"agreed", AgreedText(reader, appointment)}}) +
            TimeBefore(reader, notification));
  }
  return AppointmentMessage(reader, appointment, side, NonceOf(notification),
                            t.Html("notifications.time_lost", {{"city", city}}) + "\n" +
                                ReasonText(reader, notification.reason()));
}

Screen ProviderNotice(const Reader& reader, const Notification& notification) {
  const v1::Provider& provider = notification.provider();
  return {.text = reader.t().Html(
              NoticeOf(notification).heading,
              {{"provider", ProviderLabel(provider.kind(), provider.display_name())}}),
          .rows = {},
          .stays = true};
}

Screen PackageNotice(const Reader& reader, const Notification& notification) {
  return SaleNotice(reader, notification.provider(), notification.sold_package(),
                    NoticeOf(notification).heading);
}

Screen MessageNotice(const Reader& reader, const Notification& notification) {
  return MessageScreen(reader, notification.message());
}

Screen TicketMessageNotice(const Reader& reader, const Notification& notification) {
  return IsToAsker(notification)
             ? SupportAnswerScreen(reader, notification.ticket_message())
             : SupportQuestionScreen(reader, notification.ticket(), notification.ticket_message());
}

Screen TicketClosedNotice(const Reader& reader, const Notification& notification) {
  return SupportClosedScreen(reader, notification.ticket(),
                             IsToAsker(notification) ? Side::kCustomer : Side::kProvider);
}

std::optional<Action> OpenAppointment(const Notification& notification) {
  return ShowAppointment{AppointmentId::Of(notification.appointment().name())};
}
std::optional<Action> OpenThread(const Notification& notification) {
  return ChatAction(notification.message().link());
}
std::optional<Action> OpenTicket(const Notification& notification) {
  return IsToAsker(notification) ? std::optional<Action>(ShowSupport{}) : std::nullopt;
}
std::optional<Action> OpenCustomers(const Notification&) { return ShowCustomers{}; }
std::optional<Action> OpenProfile(const Notification&) { return ShowProfile{}; }
std::optional<Action> OpenPackages(const Notification& notification) {
  return ShowOwnPackages{ProviderId::Of(notification.provider().name())};
}
std::optional<Action> OpenNothing(const Notification&) { return std::nullopt; }

// Nothing in it was written by anybody.
std::string ShortText(const Reader& reader, const Notification& notification) {
  const Notice& notice = NoticeOf(notification);
  std::string text = reader.t().Html(notice.in_short);
  if (notice.opens != OpenAppointment) return text;
  return text + "\n" +
         EscapeHtml(StatusLabel(reader, notification.status()) + " · " +
                    ShortWhen(reader, InstantOf(notification.start_time()),
                              notification.appointment().provider_time_zone()));
}

}  // namespace

bool ChangesWhatWaits(const Notification& notification) {
  if (notification.has_message()) return notification.message().sender() == v1::LINK_SIDE_CUSTOMER;
  if (notification.kind() == Notification::KIND_APPOINTMENT_GIVEN_AWAY) return true;
  return notification.has_appointment() && SideOf(notification) == Side::kProvider;
}

Nonce NonceOf(const Notification& notification) {
  // FNV-1a of the name, cut to what a button carries.
  std::uint64_t hash = 14695981039346656037U;
  for (const char c : notification.name()) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  }
  return Nonce{hash & ((std::uint64_t{1} << 40) - 1)};
}

Screen CardScreen(const Reader& reader, const Notification& notification, bool has_way_back) {
  const auto draw = has_way_back ? static_cast<CardDrawing>(AppointmentScreen) : AppointmentMessage;
  return draw(reader, notification.appointment(), SideOf(notification), NonceOf(notification), "");
}

Screen LostCardScreen(const Reader& reader) {
  return {.text = reader.t().Html("appointments.lost"), .rows = {}, .stays = true};
}

bool IsSilent(const Notification& notification) { return NoticeOf(notification).silent; }

Screen NotificationScreen(const Reader& reader, const Notification& notification) {
  return NoticeOf(notification).screen(reader, notification);
}

Screen ShortNotificationScreen(const Reader& reader, const Notification& notification) {
  const Texts& t = reader.t();
  Screen screen{.text = ShortText(reader, notification), .rows = {}, .stays = true};
  screen.text += "\n" + t.Html("notifications.short_why");
  if (const auto there = NoticeOf(notification).opens(notification)) {
    screen.rows = {{{t.Plain("notifications.short_open"), *there}}};
  }
  return screen;
}

}  // namespace kalends::telegram
