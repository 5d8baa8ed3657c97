// An appointment and its status machine.
#pragma once

#include <date/date.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "core/base/id.h"
#include "core/base/money.h"
#include "core/base/time.h"

namespace kalends::core {

enum class AppointmentStatus { kPending, kAccepted, kRejected, kCompleted, kCancelled, kMissed };
inline constexpr AppointmentStatus kAppointmentStatuses[] = {
    AppointmentStatus::kPending,   AppointmentStatus::kAccepted,  AppointmentStatus::kRejected,
    AppointmentStatus::kCompleted, AppointmentStatus::kCancelled, AppointmentStatus::kMissed};

// "PENDING" and so on: the name in the database and in the proto.
std::string_view NameOf(AppointmentStatus status);
std::optional<AppointmentStatus> ParseAppointmentStatus(std::string_view name);

// Who acts. The system rejects unanswered requests and completes what nobody marked. A tool is one
// that acts for nobody.
enum class Actor { kCustomer, kProvider, kSystem, kTool };
// Whether it may do what the provider may.
inline bool ActsAsProvider(Actor actor) {
  return actor == Actor::kProvider || actor == Actor::kTool;
}
std::string_view NameOf(Actor actor);
std::optional<Actor> ParseActor(std::string_view name);

// Pending and accepted appointments hold time.
inline bool HoldsTime(AppointmentStatus status) {
  return status == AppointmentStatus::kPending || status == AppointmentStatus::kAccepted;
}

// The wall-clock time that both sides agreed on (SPEC 4.3a). It outlives the rules it was agreed
// in.
struct AgreedTime {
  date::local_seconds wall;        // Of the start.
  std::string zone;                // Whose wall clock: that of the specialist's schedule.
  std::chrono::seconds offset{0};  // Its zone's then. The record of what was agreed: not changed.
  std::string rules;               // The version of the zone rules then; empty: not known.
  // What the clock shows at the start instead of `wall`, where both sides were told to agree anew;
  // nullopt: it shows `wall`.
  std::optional<date::local_seconds> lost_to;

  friend bool operator==(const AgreedTime&, const AgreedTime&) = default;
};

struct Appointment {
  AppointmentId id;
  ProviderId provider;    // What was booked: the specialist or its organization.
  ProviderId specialist;  // Who keeps it.
  AccountId customer;
  std::optional<ServiceId> service;  // None: "not sure which service".
  Interval interval;
  Interval hold;  // `interval` widened by the buffers.
  // Every open one has it; none: it was over before there were agreed times.
  std::optional<AgreedTime> agreed;
  AppointmentStatus status = AppointmentStatus::kPending;
  int capacity = 1;  // Of the service when it was booked.
  Money price;       // Of the service when it was requested.
  std::string place;
  std::string note;                // Of the customer, sealed; empty: none.
  std::string service_name;        // Of the service when it was requested; may be empty.
  std::vector<Instant> proposals;  // Starts that the provider offered; status stays pending.
  Instant created;
  std::int64_t version = 1;
  std::optional<Instant> reminded;  // When the provider last reminded the customer by hand.
};

// Whether new zone rules put the clock at its start off what was agreed on.
inline bool NeedsNewAgreement(const Appointment& appointment) {
  return appointment.agreed && appointment.agreed->lost_to;
}

// One line of the status history. `from` is none for the creation. One from a status to itself
// tells that the time is another, or what new zone rules did to it.
struct StatusChange {
  std::optional<AppointmentStatus> from;
  AppointmentStatus to = AppointmentStatus::kPending;
  Instant when;
  Actor actor = Actor::kSystem;
  std::optional<AccountId> account;  // Who; none: the system or a tool.
  std::string reason;                // Written by a person, or "unanswered" and such.
  std::optional<ApiKeyId> key = {};  // Of the tool.
  // Of a cancellation: the request that took its place. Of a request: whose place it took.
  std::optional<AppointmentId> other = {};
  std::optional<Instant> previous_start = {};  // Of what moved.
};

// Completed or missed.
inline bool IsMark(AppointmentStatus status) {
  return status == AppointmentStatus::kCompleted || status == AppointmentStatus::kMissed;
}
// When a mark was first entered; nullopt: never.
std::optional<Instant> FirstMarked(std::span<const StatusChange> history);

// What may be asked about a change of status.
struct Transition {
  AppointmentStatus from = AppointmentStatus::kPending;
  AppointmentStatus to = AppointmentStatus::kPending;
  Actor actor = Actor::kProvider;
  Interval interval;                    // Of the appointment.
  std::optional<Instant> last_changed;  // When `from` was entered first: the 30 days of correction.
  Minutes cancellation_deadline{0};     // Binds the customer only.
  Instant now;
};

// The last moment at which a customer may cancel an accepted appointment. With a deadline of 0 that
// is its start, at which it is too late all the same.
Instant CancelUntil(const Interval& interval, Minutes cancellation_deadline);

// Decides whether the transition is allowed (SPEC 4.1). Reports the first refusal, in this order:
//   WRONG_STATUS         `from` -> `to` is not in the table, or not for this actor.
//   ALREADY_STARTED      accepting at or after the start; a customer cancelling after it.
//   TOO_LATE_TO_CANCEL   a customer, later than CancelUntil; pending requests may be withdrawn
//                        until the start.
//   NOT_STARTED          completed or missed before the start.
//   TOO_LATE_TO_CORRECT  completed <-> missed more than 30 days after it was first marked.
absl::Status CheckTransition(const Transition& transition);

// Whether the appointment ends when the account of one of its sides does: a request without an
// answer, or an accepted one that has not begun. One that runs, or that nobody marked yet, took
// place: the other side or time will mark it.
bool EndsWithAccount(AppointmentStatus status, const Interval& interval, Instant now);

}  // namespace kalends::core
