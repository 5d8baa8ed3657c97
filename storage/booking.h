// Appointments, their proposals and their history. Call only inside Database::Read or Submit.
#pragma once

#include <optional>
#include <vector>

#include "core/booking/appointment.h"
#include "storage/database.h"

namespace kalends::storage {

void InsertAppointment(Transaction& tx, const core::Appointment& appointment);
// Writes specialist, service, times, the agreed time, status, capacity, price, place, names,
// proposals, version. What the customer noted stays as it is.
void UpdateAppointment(Transaction& tx, const core::Appointment& appointment);
// The same for several of one specialist, which may go where others of them are: while they are on
// their way, none is in the way of another.
void UpdateAppointmentsTogether(Transaction& tx,
                                const std::vector<core::Appointment>& appointments);
// Writes status, proposals and version; nothing else may have changed. It leaves the lists by time
// alone, and so costs less.
void UpdateAppointmentStatus(Transaction& tx, const core::Appointment& appointment);
std::optional<core::Appointment> FindAppointment(Transaction& tx, core::AppointmentId id);

// Adds a line; lines are never changed.
void InsertStatusChange(Transaction& tx, const core::Appointment& appointment,
                        const core::StatusChange& change);
// In the order they happened.
std::vector<core::StatusChange> HistoryOf(Transaction& tx, core::AppointmentId id);

// Whose appointments.
struct AsCustomer {
  core::AccountId customer;
};
struct AsProvider {
  core::ProviderId provider;  // Booked as itself, or kept by it as a specialist of an organization.
};
struct Between {
  core::ProviderId provider;  // Booked as itself.
  core::AccountId customer;
};
using Whose = std::variant<AsCustomer, AsProvider, Between>;

// Where a page ends: the next one starts after this instant and id. The instant is the start, or
// for pending requests the time they were made.
struct AppointmentCursor {
  core::Instant at;
  core::AppointmentId id;
};

// All that start in `within`, by (start, id).
std::vector<core::Appointment> ListByStart(Transaction& tx, const Whose& whose,
                                           const core::Interval& within,
                                           const std::optional<AppointmentCursor>& after,
                                           int limit);
// Pending and accepted ones that end after `now`, by (start, id).
std::vector<core::Appointment> ListUpcoming(Transaction& tx, const Whose& whose, core::Instant now,
                                            const std::optional<AppointmentCursor>& after,
                                            int limit);
// All others, by (start, id) descending.
std::vector<core::Appointment> ListPast(Transaction& tx, const Whose& whose, core::Instant now,
                                        const std::optional<AppointmentCursor>& before, int limit);
// Pending ones, the oldest first: by id.
std::vector<core::Appointment> ListPending(Transaction& tx, const Whose& whose,
                                           const std::optional<AppointmentCursor>& after,
                                           int limit);
// Whether a pending one, or an accepted one that ends after `now`, is between the two.
bool HasOpenAppointment(Transaction& tx, core::ProviderId provider, core::AccountId customer,
                        core::Instant now);
int CountPending(Transaction& tx, core::ProviderId provider, core::AccountId customer);
// When the customer made the n-th newest request to the provider, whatever became of it; nullopt:
// there are fewer after `within.start` and up to `within.end`.
std::optional<core::Instant> NthNewestRequest(Transaction& tx, core::ProviderId provider,
                                              core::AccountId customer,
                                              const core::Interval& within, int nth);

// How often the customer came to the provider, or is to come, before `start`; counted up to
// `limit`.
int CountVisitsBefore(Transaction& tx, core::ProviderId provider, core::AccountId customer,
                      core::Instant start, int limit);

void SetReminded(Transaction& tx, core::AppointmentId id, core::Instant now);
// When the customer's n-th newest appointment with the provider was last reminded of by hand;
// nullopt: there are fewer after `within.start` and up to `within.end`.
std::optional<core::Instant> NthNewestReminder(Transaction& tx, core::ProviderId provider,
                                               core::AccountId customer,
                                               const core::Interval& within, int nth);
// When a specialist has or had appointments that start in `within`, a session once, whatever became
// of them but for those that were rejected or cancelled.
std::vector<core::Interval> BookedTimes(Transaction& tx, core::ProviderId specialist,
                                        const core::Interval& within);

// Those that hold a specialist's time and end after `since`, by start, at most `limit`.
std::vector<core::Appointment> HoldingAppointments(Transaction& tx, core::ProviderId specialist,
                                                   core::Instant since, int limit);

// The specialist with the next larger id whose time some appointment holds.
std::optional<core::ProviderId> NextHoldingSpecialist(Transaction& tx, core::ProviderId after);
// Pending and accepted ones of before there were agreed times.
std::vector<core::Appointment> OpenWithoutAgreedTime(Transaction& tx, int limit);

// Pending ones whose start has come, and accepted ones that ended at or before `ended_by`; the
// earliest first.
std::vector<core::Appointment> UnansweredAt(Transaction& tx, core::Instant now, int limit);
std::vector<core::Appointment> UnmarkedSince(Transaction& tx, core::Instant ended_by, int limit);

}  // namespace kalends::storage
