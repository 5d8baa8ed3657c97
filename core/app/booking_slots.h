// Use cases that find bookable times, and what booking shares with them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/app/catalog_cache.h"
#include "core/app/context.h"
#include "core/booking/offer.h"
#include "core/booking/slot_dates.h"

namespace kalends::app {

struct SlotsInput {
  core::OfferInput offer;
  core::DateRange dates;  // In the zone whoever asks thinks in.
  std::string time_zone;  // Empty: the provider's.
};

struct Slots {
  std::vector<core::Instant> starts;          // Ascending.
  std::vector<core::SlotDay> days;            // With at least one slot, ascending.
  core::Minutes duration{0};                  // Of every slot but these:
  std::vector<core::Interval> other_lengths;  // Seats in sessions that last otherwise; ascending.
  std::vector<int> seats;                     // Of a group service: what is left at each start.
  std::string time_zone;
  std::string provider_time_zone;  // Empty: several specialists.
};

// The detail of a refusal of a start, as the writer leaves it: of what to look for others. It may
// take long, with many specialists and months that are full, and is none of the writer's business;
// Engine::Write does it once the write is over, on a thread that reads.
struct StartRefused {
  core::Wanted wanted;
  std::vector<core::ProviderId> specialists;
  core::Instant start;
};
// The same as it is told: what to offer instead, ascending, at most kAlternativesMax.
struct SlotAlternatives {
  std::vector<core::Instant> starts;
};
// Such a refusal with SlotAlternatives in place of StartRefused. It stays what it is, without any,
// where they cannot be found. Reads as those below.
absl::Status WithAlternatives(CalendarCache& cache, absl::Status refusal,
                              const StartRefused& refused, core::Instant now);

// The zone of the caller's account, in which slots of `provider` are told; empty: none. NOT_FOUND
// where the caller may not see the provider.
absl::StatusOr<std::string> ZoneForSlots(const ReadContext& cx, core::ProviderId provider);

// Whether all is in memory that a booking by `input` looks at: the catalog, and the calendar of
// each who could keep it.
bool IsInMemory(CatalogCache& catalogs, CalendarCache& calendars, const core::OfferInput& input);
// Brings it there, as far as it can be read: the writer, who does not wait for anybody, finds it
// there. Reads as those below.
void BringIntoMemory(CatalogCache& catalogs, CalendarCache& calendars,
                     const core::OfferInput& input, core::Instant now);

// Both may read the database through `cache`: call them outside of Database::Read.
absl::StatusOr<Slots> FindSlots(CalendarCache& cache, const core::Offer& offer,
                                const SlotsInput& input, core::Instant now);
// The first bookable start at or after `from`; nullopt: none up to the horizon.
absl::StatusOr<std::optional<core::Instant>> FirstSlot(CalendarCache& cache,
                                                       const core::Offer& offer, core::Instant from,
                                                       core::Instant now);

}  // namespace kalends::app
