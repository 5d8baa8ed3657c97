// What has to be told to people, and when (SPEC 4.8).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "core/base/id.h"
#include "core/base/time.h"
#include "core/booking/appointment.h"
#include "core/timezone/time_zone.h"

namespace kalends::core {

// In the order of the contract's, which has UNSPECIFIED before.
enum class NotificationKind {
  kRequested,
  kAccepted,
  kRejected,
  kCancelled,
  kCompleted,
  kMissed,
  kTimesProposed,
  kProposedTimeChosen,
  kReminder,
  kCustomerJoined,
  kChatMessage,     // To the other side of the thread.
  kTicketMessage,   // From a customer to the support desks; from the team to the customer.
  kTicketClosed,    // To the other side.
  kAgreedTimeKept,  // To both sides, by new zone rules.
  kAgreedTimeLost,
  kAppointmentChanged,  // To whoever is shown it in messages: they are to be drawn anew.
  kSpecialistJoined,    // To the organization whose staff it is.
  kRescheduled,         // By the provider's side, to whoever did not do it.
  kBooked,              // By the provider's side, for a customer; to whoever did not do it.
  kPlaceChanged,        // To the customer.
  kReassigned,          // To the customer and whoever keeps it now: another specialist.
  kLinkBlocked,         // To the customer.
  kLinkUnblocked,
  kStaffRemoved,  // To the specialist.
  kPackageSold,   // To the customer.
  kPackageSaleCancelled,
  kGivenAway,  // To the specialist who kept the appointment before, and does not see it any more.
  kConsentWanted,  // To the customer, who has not signed.
  kMoveDeclined,   // To the provider: the customer keeps what was to move.
};

// What a line refers to, and its recipient is shown.
enum class NotificationAbout {
  kAppointment,
  kCustomer,
  kMessage,
  kTicket,
  kSpecialist,
  kOrganization,
  kSoldPackage
};

enum class Telling {
  kAtOnce,
  // Has a time to wait for and keeps quiet hours; goes when what it reminds of has begun, and with
  // the appointment's end or move.
  kReminder,
};

// How a kind is told.
struct NotificationRow {
  NotificationKind kind;
  std::string_view name;  // In the database.
  NotificationAbout about;
  Telling telling = Telling::kAtOnce;
};
inline constexpr NotificationRow kNotificationRows[] = {
    {NotificationKind::kRequested, "REQUESTED", NotificationAbout::kAppointment},
    {NotificationKind::kAccepted, "ACCEPTED", NotificationAbout::kAppointment},
    {NotificationKind::kRejected, "REJECTED", NotificationAbout::kAppointment},
    {NotificationKind::kCancelled, "CANCELLED", NotificationAbout::kAppointment},
    {NotificationKind::kCompleted, "COMPLETED", NotificationAbout::kAppointment},
    {NotificationKind::kMissed, "MISSED", NotificationAbout::kAppointment},
    {NotificationKind::kTimesProposed, "TIMES_PROPOSED", NotificationAbout::kAppointment},
    {NotificationKind::kProposedTimeChosen, "PROPOSED_TIME_CHOSEN",
     NotificationAbout::kAppointment},
    {NotificationKind::kReminder, "REMINDER", NotificationAbout::kAppointment, Telling::kReminder},
    {NotificationKind::kCustomerJoined, "CUSTOMER_JOINED", NotificationAbout::kCustomer},
    {NotificationKind::kChatMessage, "CHAT_MESSAGE", NotificationAbout::kMessage},
    {NotificationKind::kTicketMessage, "TICKET_MESSAGE", NotificationAbout::kTicket},
    {NotificationKind::kTicketClosed, "TICKET_CLOSED", NotificationAbout::kTicket},
    {NotificationKind::kAgreedTimeKept, "AGREED_TIME_KEPT", NotificationAbout::kAppointment},
    {NotificationKind::kAgreedTimeLost, "AGREED_TIME_LOST", NotificationAbout::kAppointment},
    {NotificationKind::kAppointmentChanged, "CHANGED", NotificationAbout::kAppointment},
    {NotificationKind::kSpecialistJoined, "SPECIALIST_JOINED", NotificationAbout::kSpecialist},
    {NotificationKind::kRescheduled, "RESCHEDULED", NotificationAbout::kAppointment},
    {NotificationKind::kBooked, "BOOKED", NotificationAbout::kAppointment},
    {NotificationKind::kPlaceChanged, "PLACE_CHANGED", NotificationAbout::kAppointment},
    {NotificationKind::kReassigned, "REASSIGNED", NotificationAbout::kAppointment},
    {NotificationKind::kLinkBlocked, "LINK_BLOCKED", NotificationAbout::kCustomer},
    {NotificationKind::kLinkUnblocked, "LINK_UNBLOCKED", NotificationAbout::kCustomer},
    {NotificationKind::kStaffRemoved, "STAFF_REMOVED", NotificationAbout::kOrganization},
    {NotificationKind::kPackageSold, "PACKAGE_SOLD", NotificationAbout::kSoldPackage},
    {NotificationKind::kPackageSaleCancelled, "PACKAGE_SALE_CANCELLED",
     NotificationAbout::kSoldPackage},
    {NotificationKind::kGivenAway, "GIVEN_AWAY", NotificationAbout::kOrganization},
    {NotificationKind::kConsentWanted, "CONSENT_WANTED", NotificationAbout::kCustomer},
    {NotificationKind::kMoveDeclined, "MOVE_DECLINED", NotificationAbout::kAppointment},
};
const NotificationRow& RowOf(NotificationKind kind);
std::string_view NameOf(NotificationKind kind);
std::optional<NotificationKind> ParseNotificationKind(std::string_view name);

// A line of the outbox. It leaves when it is acknowledged.
struct Notification {
  NotificationId id;
  AccountId recipient;
  NotificationKind kind = NotificationKind::kRequested;
  Instant due;  // Of a reminder. What is of another kind is due at once: when it happened.
  std::optional<AppointmentId> appointment;
  std::optional<ProviderId> provider;  // Who was joined; for kChatMessage the one of the thread.
  std::optional<AccountId> customer;   // Who joined; for kChatMessage the one of the thread.
  std::optional<SoldPackageId> sold_package;               // Of `provider` and `customer`.
  std::optional<TicketId> ticket;                          // For kTicketMessage and kTicketClosed.
  std::optional<std::int64_t> message_number;              // Of the thread or of the ticket.
  AppointmentStatus status = AppointmentStatus::kPending;  // What the event led to.
  Instant start;                                           // Of the appointment when it happened.
  std::optional<Instant> previous_start;  // Of what moved, or new zone rules concern.
  std::string reason;
  Actor actor = Actor::kSystem;
};

// When a reminder due at `due` may go out: itself, or 07:00 of the recipient's wall clock when that
// shows 22:00 to 07:00.
Instant AfterQuietHours(Instant due, const TimeZone& zone);

// Whether reminders may come so long before a start: INVALID_FIELD.
absl::Status CheckReminders(const std::vector<Minutes>& before);
// Whether a provider may add this to reminders: INVALID_FIELD.
absl::Status CheckReminderText(std::string_view text);
// When to remind of an appointment at `start`: each of `before` that is still ahead of `now`,
// ascending, each instant once. What the recipient's quiet hours would hold back until the start or
// past it comes before they begin, or, if they have, now.
std::vector<Instant> ReminderTimes(Instant start, const std::vector<Minutes>& before, Instant now,
                                   const TimeZone& zone);

}  // namespace kalends::core
