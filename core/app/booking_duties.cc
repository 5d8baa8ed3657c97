// What happens to appointments without anybody asking: by time, and when an account is erased.
#include <algorithm>

#include "core/app/booking_parts.h"
#include "core/app/duties.h"
#include "core/app/privacy.h"
#include "storage/booking.h"

namespace kalends::app {
namespace {

using core::AppointmentStatus;

constexpr int kBatch = 500;

std::vector<core::Appointment> OpenOnes(storage::Transaction& tx, const storage::Whose& whose,
                                        core::Instant now) {
  std::vector<core::Appointment> open;
  std::optional<storage::AppointmentCursor> after;
  while (true) {
    const auto page = storage::ListUpcoming(tx, whose, now, after, kBatch);
    std::copy_if(page.begin(), page.end(), std::back_inserter(open),
                 [&](const core::Appointment& one) {
                   return core::EndsWithAccount(one.status, one.interval, now);
                 });
    if (page.size() < kBatch) return open;
    after = storage::AppointmentCursor{page.back().interval.start, page.back().id};
  }
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
      return !storage::UnansweredAt(tx, now, 1).empty();
    },
    [](WriteContext& cx, const DutyOptions&) {
      for (core::Appointment& one : storage::UnansweredAt(cx.tx, cx.now, kDutyChangesMax)) {
        ChangeBySystem(cx, one, AppointmentStatus::kRejected, "unanswered");
      }
    }};

extern constinit const Duty kCompleteUnmarked{
    "completing unmarked appointments",
    [](storage::Transaction& tx, core::Instant now, const DutyOptions& options) {
      return !storage::UnmarkedSince(tx, now - options.complete_after, 1).empty();
    },
    [](WriteContext& cx, const DutyOptions& options) {
      const core::Instant ended = cx.now - options.complete_after;
      for (core::Appointment& one : storage::UnmarkedSince(cx.tx, ended, kDutyChangesMax)) {
        ChangeBySystem(cx, one, AppointmentStatus::kCompleted, "unmarked");
      }
    }};

}  // namespace kalends::app
