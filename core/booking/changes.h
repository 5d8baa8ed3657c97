// What may become of an appointment, beside the status machine (appointment.h).
#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "core/access/access.h"
#include "core/booking/appointment.h"
#include "core/booking/availability.h"

namespace kalends::core {

// As whom a caller acts on an appointment; nullopt: it may not see it. Tools that act for nobody
// are kTool. `own_provider` tells the provider of the caller's account; it is asked only where that
// decides.
std::optional<Actor> SideOf(const Caller& caller, const Appointment& appointment,
                            const std::function<std::optional<ProviderId>()>& own_provider);

// What a side may do with an appointment now.
enum class Action {
  kAccept,
  kReject,
  kCancel,
  kComplete,
  kMarkMissed,
  kProposeTimes,
  kChooseProposedTime,
  kReschedule,
  kSetPlace,
  kRemind,
  kDeclineProposedTime,
};
// `facts` as for CheckTransition, its `to` aside: of the appointment, for the side that asks.
std::vector<Action> ActionsOf(const Appointment& appointment, Transition facts);

// Until when the customer may still cancel; nullopt: it is not agreed, or has begun.
std::optional<Instant> CancelUntilOf(const Appointment& appointment, Minutes cancellation_deadline,
                                     Instant now);

// What people write: INVALID_FIELD.
absl::Status CheckNote(std::string_view note);      // Of a customer, with a request.
absl::Status CheckReason(std::string_view reason);  // With a change of status.

// Whether `actor` may ask for the status by itself: PROVIDER_ONLY for a customer who wants another
// than cancelled. To accept, a customer chooses a proposed time.
absl::Status CheckMayAsk(AppointmentStatus to, Actor actor);

// Whether `service` fits when an appointment is accepted. SERVICE_REQUIRED: neither names one.
// INVALID_FIELD: the request names another.
absl::Status CheckServiceNamed(const Appointment& appointment,
                               const std::optional<ServiceId>& service);

// The numbers by which the appointment was booked.
BookingRules RulesOf(const Appointment& appointment);

// What the appointment takes at `start` by `rules`, its own time aside: SLOT_TAKEN where its
// specialist has no room.
absl::StatusOr<Placement> RoomFor(const Calendar& calendar, const Appointment& appointment,
                                  const BookingRules& rules, Instant start);

// Whether other times can be proposed: WRONG_STATUS, ALREADY_STARTED.
absl::Status CheckMayPropose(const Appointment& appointment, Instant now);
// Whether these can. INVALID_FIELD: there are none or more than kProposalsMax, two are the same, or
// one is that of the request or lies beyond kHorizonMax. ALREADY_PASSED, SLOT_TAKEN.
absl::Status CheckProposals(const Calendar& calendar, const Appointment& appointment,
                            const std::vector<Instant>& starts, Instant now);

// Whether the provider's side may move it: WRONG_STATUS, not open; ALREADY_STARTED.
absl::Status CheckMayMove(const Appointment& appointment, Instant now);
// Whether it may go to `start`, other holds aside. INVALID_FIELD: that is the present start, or
// lies beyond kHorizonMax. ALREADY_PASSED.
absl::Status CheckNewStart(const Appointment& appointment, Instant start, Instant now);
// Whether a place may be said: WRONG_STATUS, not open; ALREADY_PASSED, it has ended.
absl::Status CheckMaySetPlace(const Appointment& appointment, Instant now);
// INVALID_FIELD.
absl::Status CheckPlace(std::string_view place);
// Whether its customer may be reminded: WRONG_STATUS, not accepted; ALREADY_STARTED.
absl::Status CheckMayRemind(const Appointment& appointment, Instant now);
// Whether the provider may book at `start` at all: ALREADY_PASSED; INVALID_FIELD beyond
// kHorizonMax.
absl::Status CheckMayBookAt(Instant start, Instant now);

// Whether `actor` may take the proposed time: CUSTOMER_ONLY; WRONG_STATUS, not open,
// or accepted and nothing is proposed; ALREADY_STARTED, it was accepted and has begun;
// PROPOSAL_UNKNOWN, ALREADY_PASSED.
absl::Status CheckMayChoose(const Appointment& appointment, Actor actor, Instant start,
                            Instant now);

// Whether `actor` may keep what is agreed where it is, though another time is proposed:
// CUSTOMER_ONLY; WRONG_STATUS, not accepted or nothing is proposed; ALREADY_STARTED.
absl::Status CheckMayDecline(const Appointment& appointment, Actor actor, Instant now);

// Brings the holds of a calendar in line with an appointment of its specialist, and forgets those
// that ended before `past`.
void UpdateHold(Calendar& calendar, const Appointment& appointment, Instant past);

}  // namespace kalends::core
