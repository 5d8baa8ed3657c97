#include "core/app/booking_slots.h"

#include <algorithm>
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

// Of those who could keep it; of the others there is nothing to read. Whose calendar is damaged has
// no time to offer beside colleagues; UNREADABLE: alone.
absl::StatusOr<std::vector<CalendarPtr>> CalendarsOf(CalendarCache& cache,
                                                     std::span<const core::ProviderId> specialists,
                                                     core::Instant now) {
  std::vector<CalendarPtr> calendars;
  absl::Status damaged;
  for (const core::ProviderId specialist : specialists) {
    auto calendar = cache.Get(specialist, now);
    if (core::ReasonOf(calendar.status()) == core::Reason::kUnreadable) {
      damaged = calendar.status();
      continue;
    }
    RETURN_IF_ERROR(calendar.status());
    if (*calendar) calendars.push_back(*std::move(calendar));
  }
  if (calendars.empty()) RETURN_IF_ERROR(damaged);
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

bool IsInMemory(CatalogCache& catalogs, CalendarCache& calendars, const core::OfferInput& input) {
  const auto catalog = catalogs.Peek(input.provider);
  if (!catalog) return false;
  const auto offer = OfferFrom(*catalog, input);
  if (!offer.ok()) return true;  // It is refused, for what is in memory.
  return std::all_of(offer->specialists.begin(), offer->specialists.end(),
                     [&](core::ProviderId one) { return calendars.Peek(one) != nullptr; });
}

void BringIntoMemory(CatalogCache& catalogs, CalendarCache& calendars,
                     const core::OfferInput& input, core::Instant now) {
  const auto catalog = catalogs.Get(input.provider, now);
  if (!catalog.ok() || !*catalog) return;
  const auto offer = OfferFrom(**catalog, input);
  if (offer.ok()) CalendarsOf(calendars, offer->specialists, now).status().IgnoreError();
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
