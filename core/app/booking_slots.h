// Use cases that find bookable times, and what booking shares with them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/app/catalog_cache.h"
#include "core/app/context.h"
#include "core/booking/availability.h"
#include "core/timezone/time_zone.h"

namespace kalends::app {

// The wanted interval of dates, in the zone whoever asks thinks in.
struct DateRange {
  date::local_days first;
  date::local_days last;  // Inclusive.
};

struct SlotsInput {
  OfferInput offer;
  DateRange dates;
  std::string time_zone;  // Empty: the provider's.
};

// The slots of one date: starts[first], starts[first + 1] ... starts[first + count - 1].
struct SlotDay {
  date::local_days date;
  std::size_t first;
  std::size_t count;
};

struct Slots {
  std::vector<core::Instant> starts;          // Ascending.
  std::vector<SlotDay> days;                  // With at least one slot, ascending.
  core::Minutes duration{0};                  // Of every slot but these:
  std::vector<core::Interval> other_lengths;  // Seats in sessions that last otherwise; ascending.
  std::string time_zone;
  std::string provider_time_zone;  // Empty: several specialists.
};

// The zone of the caller's account, in which slots of `provider` are told; empty: none. NOT_FOUND
// where the caller may not see the provider.
absl::StatusOr<std::string> ZoneForSlots(const ReadContext& cx, core::ProviderId provider);

// Both may read the database through `cache`: call them outside of Database::Read.
absl::StatusOr<Slots> FindSlots(CalendarCache& cache, const Offer& offer, const SlotsInput& input,
                                core::Instant now);
// The first bookable start at or after `from`; nullopt: none up to the horizon.
absl::StatusOr<std::optional<core::Instant>> FirstSlot(CalendarCache& cache, const Offer& offer,
                                                       core::Instant from, core::Instant now);

// The end of a range of dates as an instant in the zone named.
absl::StatusOr<core::Interval> RangeOf(const DateRange& dates, const core::TimeZone& zone);

}  // namespace kalends::app
