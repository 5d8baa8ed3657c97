// What the use cases of booking share.
#pragma once

#include <span>
#include <string_view>

#include "core/app/booking.h"

namespace kalends::app {

// What the customer noted, as it is kept and as it was written. Nothing stays nothing.
std::string SealNote(const WriteContext& cx, core::AppointmentId id, std::string_view note);
Opened OpenNote(const ReadContext& cx, const core::Appointment& appointment);

// Both sides agree on the appointment's start: on its specialist's clock, by the rules in force.
void AgreeOnStart(WriteContext& cx, core::Appointment& appointment);

// `refusal` of a start, counted against the caller.
absl::Status RefuseStart(WriteContext& cx, absl::Status refusal, StartRefused refused);

// What the specialist of `calendar` has to do around `start`, with what is about to be `added`.
core::Workload WorkloadAt(WriteContext& cx, const core::Calendar& calendar, core::Instant start,
                          std::span<const core::Interval> added);

// Brings the holds of the appointment's specialist in line with it, in the writer's calendar.
void UpdateHolds(WriteContext& cx, const core::Appointment& appointment);

// Cancels the caller's pending request to `provider` that the one with the id `by` takes the place
// of. Its provider is not told of it. WRONG_STATUS, NOT_FOUND.
absl::StatusOr<core::Appointment> ReplaceRequest(WriteContext& cx, const AppointmentRef& ref,
                                                 core::ProviderId provider, core::AppointmentId by);

// What the appointment takes at `start` by `rules`, as core::RoomFor says, in the calendar as it
// now is. SLOT_TAKEN comes with StartRefused.
absl::StatusOr<core::Placement> RoomFor(WriteContext& cx, const core::Appointment& appointment,
                                        const core::BookingRules& rules, core::Instant start);

// What a change concerns beside the status.
enum class Concerns { kStatus, kTimeOrService };

struct AppointmentChange {
  core::AppointmentStatus to;
  core::Actor actor;
  std::string reason;
  Concerns concerns = Concerns::kStatus;
  std::optional<core::Instant> previous_start = std::nullopt;  // Of what moved.
  std::optional<core::AppointmentId> by = std::nullopt;        // The request that takes its place.
};
// Saves the appointment in its new status, or in the same one, with everything that goes along:
// proposals end, the history has a line more, reminders and holds follow, a package gets a visit
// back. Tells nobody.
void SaveChange(WriteContext& cx, core::Appointment& appointment, const AppointmentChange& change);

// Moves an appointment on as the system does, without anybody asking, and tells whom it concerns.
void ChangeBySystem(WriteContext& cx, core::Appointment& appointment, core::AppointmentStatus to,
                    std::string_view reason);

}  // namespace kalends::app
