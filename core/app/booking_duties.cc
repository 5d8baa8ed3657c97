// What happens to appointments without anybody asking: by time, and when an account is erased.
#include <algorithm>

#include "core/app/booking_parts.h"
#include "core/app/duties.h"
#include "core/app/privacy.h"
#include "core/notifications/audience.h"
#include "storage/accounts.h"
#include "storage/booking.h"
#include "storage/providers.h"
#include "storage/schedule.h"
#include "storage/unreadable.h"

namespace kalends::app {
namespace {

using core::AppointmentStatus;

constexpr int kBatch = 500;

std::vector<core::Appointment> OpenOnes(storage::Transaction& tx, const storage::Whose& whose,
                                        core::Instant now) {
  std::vector<core::Appointment> open;
  std::optional<storage::AppointmentCursor> after;
  while (true) {
    const auto page = storage::FirstReadable(
        tx, kBatch, [&](int limit) { return storage::ListUpcoming(tx, whose, now, after, limit); });
    std::copy_if(page.begin(), page.end(), std::back_inserter(open),
                 [&](const core::Appointment& one) {
                   return core::EndsWithAccount(one.status, one.interval, now);
                 });
    if (page.size() < kBatch) return open;
    after = storage::AppointmentCursor{page.back().interval.start, page.back().id};
  }
}

// Whether all can be read that a change of it reads: what is damaged stays as it is, and holds up
// no other.
bool CanChange(WriteContext& cx, const core::Appointment& appointment) {
  const auto whole = storage::IfReadable(cx.tx, [&] {
    for (const core::ProviderId id : core::ProvidersOf(appointment)) {
      const auto provider = storage::FindProvider(cx.tx, id);
      if (provider) storage::FindAccount(cx.tx, provider->account);
    }
    storage::FindAccount(cx.tx, appointment.customer);
    storage::ScheduleTimeZone(cx.tx, appointment.specialist);
    return cx.calendars.Get(appointment.specialist) != nullptr;
  });
  return whole.value_or(false);
}

// Those of `load` that can be changed, some at a time.
template <typename Load>
std::vector<core::Appointment> ToChange(WriteContext& cx, Load load) {
  return storage::FirstReadable(cx.tx, kDutyChangesMax, [&](int limit) {
    std::vector<core::Appointment> due = load(limit);
    std::erase_if(due, [&](const core::Appointment& one) { return !CanChange(cx, one); });
    return due;
  });
}

template <typename Load>
bool HasOne(storage::Transaction& tx, Load load) {
  return !storage::FirstReadable(tx, 1, load).empty();
}

int CountOpen(storage::Transaction& tx, const storage::Whose& whose, core::Instant now) {
  return static_cast<int>(OpenOnes(tx, whose, now).size());
}

void CancelAll(WriteContext& cx, const storage::Whose& whose) {
  for (core::Appointment& appointment : OpenOnes(cx.tx, whose, cx.now)) {
    ChangeBySystem(cx, appointment, AppointmentStatus::kCancelled, "account_deleted");
  }
}

constexpr storage::Trace kTraces[] = {
    {core::Side::kCustomer, "cancelled_appointments",
     [](storage::Transaction& tx, const storage::Leaver& leaver) {
       return CountOpen(tx, storage::AsCustomer{leaver.account}, leaver.now);
     }},
    {core::Side::kProvider, "cancelled_appointments",
     [](storage::Transaction& tx, const storage::Leaver& leaver) {
       return CountOpen(tx, storage::AsProvider{*leaver.provider}, leaver.now);
     }}};

}  // namespace

extern constinit const Farewell kBookingFarewell{
    .traces = kTraces, .begin = [](WriteContext& cx, const Leaving& leaving) {
      CancelAll(cx, storage::AsCustomer{leaving.account.id});
      if (leaving.provider) CancelAll(cx, storage::AsProvider{leaving.provider->id});
    }};

// At their start (SPEC 4.1).
extern constinit const Duty kRejectUnanswered{
    "rejecting unanswered requests",
    [](storage::Transaction& tx, core::Instant now, const DutyOptions&) {
      return HasOne(tx, [&](int limit) { return storage::UnansweredAt(tx, now, limit); });
    },
    [](WriteContext& cx, const DutyOptions&) {
      const auto load = [&](int limit) { return storage::UnansweredAt(cx.tx, cx.now, limit); };
      for (core::Appointment& one : ToChange(cx, load)) {
        ChangeBySystem(cx, one, AppointmentStatus::kRejected, "unanswered");
      }
    }};

extern constinit const Duty kCompleteUnmarked{
    "completing unmarked appointments",
    [](storage::Transaction& tx, core::Instant now, const DutyOptions& options) {
      return HasOne(tx, [&](int limit) {
        return storage::UnmarkedSince(tx, now - options.complete_after, limit);
      });
    },
    [](WriteContext& cx, const DutyOptions& options) {
      const core::Instant ended = cx.now - options.complete_after;
      const auto load = [&](int limit) { return storage::UnmarkedSince(cx.tx, ended, limit); };
      for (core::Appointment& one : ToChange(cx, load)) {
        ChangeBySystem(cx, one, AppointmentStatus::kCompleted, "unmarked");
      }
    }};

}  // namespace kalends::app
