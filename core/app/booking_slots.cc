#include "core/app/booking_slots.h"

#include <span>
#include <utility>

#include "core/base/detail.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "core/booking/specialists.h"
#include "core/timezone/time_zone.h"
#include "storage/accounts.h"

namespace kalends::app {
namespace {

// Of those who could keep it; of the others there is nothing to read.
absl::StatusOr<std::vector<CalendarPtr>> CalendarsOf(CalendarCache& cache,
                                                     std::span<const core::ProviderId> specialists,
                                                     core::Instant now) {
  std::vector<CalendarPtr> calendars;
  for (const core::ProviderId specialist : specialists) {
    ASSIGN_OR_RETURN(CalendarPtr calendar, cache.Get(specialist, now));
    if (calendar) calendars.push_back(std::move(calendar));
  }
  return calendars;
}

}  // namespace

absl::Status WithAlternatives(CalendarCache& cache, absl::Status refusal,
                              const StartRefused& refused, core::Instant now) {
  SlotAlternatives alternatives;
  const auto calendars = CalendarsOf(cache, refused.specialists, now);
  if (calendars.ok()) {
    alternatives.starts =
        core::NearestStarts(*calendars, refused.wanted, refused.start, core::kAlternativesMax, now);
  }
  return core::WithDetail(std::move(refusal), std::move(alternatives));
}

absl::StatusOr<std::string> ZoneForSlots(const ReadContext& cx, core::ProviderId provider) {
  RETURN_IF_ERROR(VisibleProvider(cx, provider).status());
  if (!cx.caller.account) return std::string();
  const auto account = storage::FindAccount(cx.tx, *cx.caller.account);
  return account ? account->time_zone : std::string();
}

absl::StatusOr<Slots> FindSlots(CalendarCache& cache, const core::Offer& offer,
                                const SlotsInput& input, core::Instant now) {
  Slots slots;
  ASSIGN_OR_RETURN(const auto calendars, CalendarsOf(cache, offer.specialists, now));
  if (calendars.size() == 1) slots.provider_time_zone = calendars[0]->schedule.time_zone;
  slots.time_zone = !input.time_zone.empty() ? input.time_zone
                    : !calendars.empty()     ? calendars[0]->schedule.time_zone
                                             : "UTC";
  const auto zone = core::TimeZone::Find(slots.time_zone);
  if (!zone) return core::Error(core::Reason::kTimeZoneUnknown);
  slots.time_zone = zone->name();
  ASSIGN_OR_RETURN(const core::Interval range, core::RangeOf(input.dates, *zone));
  core::Offered offered = core::OfferedIn(calendars, offer.wanted, range, now);
  slots.days = core::ByDate(offered.starts, *zone);
  slots.starts = std::move(offered.starts);
  slots.other_lengths = std::move(offered.other_lengths);
  slots.seats = std::move(offered.seats);
  slots.duration = offer.wanted.rules.duration;
  return slots;
}

absl::StatusOr<std::optional<core::Instant>> FirstSlot(CalendarCache& cache,
                                                       const core::Offer& offer, core::Instant from,
                                                       core::Instant now) {
  ASSIGN_OR_RETURN(const auto calendars, CalendarsOf(cache, offer.specialists, now));
  return core::FirstStart(calendars, offer.wanted, from, now);
}

}  // namespace kalends::app
