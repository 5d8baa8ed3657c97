// Use cases that find bookable times, and what booking shares with them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/app/context.h"
#include "core/scheduling/availability.h"
#include "core/timezone/time_zone.h"

namespace kalends::app {

// What is wanted, as facts: the service's rules (the provider's default length without one) and the
// specialists that could do it, by id.
struct Offer {
  core::Provider provider;
  std::optional<core::Service> service;
  core::Wanted wanted;
  std::vector<core::ProviderId> specialists;
};

struct OfferInput {
  core::ProviderId provider;
  std::optional<core::ServiceId> service;
  std::optional<core::ProviderId> specialist;  // None: the provider itself, or any of its staff.
};
// SERVICE_ARCHIVED, SPECIALIST_NOT_OFFERING; NOT_FOUND where the caller may not see the provider.
absl::StatusOr<Offer> LoadOffer(const ReadContext& cx, const OfferInput& input);
// The offer for a caller whose right to see `provider` was checked.
absl::StatusOr<Offer> LoadOffer(storage::Transaction& tx, core::Provider provider,
                                const OfferInput& input);

// The wanted interval of dates, in the zone the asker thinks in.
struct DateRange {
  date::local_days first;
  date::local_days last;  // Inclusive.
};

struct SlotsInput {
  OfferInput offer;
  DateRange dates;
  std::string time_zone;  // Empty: the asker's, or the provider's.
};

struct SlotDay {
  date::local_days date;
  std::vector<core::Instant> starts;
};

struct Slots {
  std::vector<SlotDay> days;  // With at least one slot.
  core::Minutes duration{0};
  std::string time_zone;
  std::string provider_time_zone;  // Empty: several specialists.
};

// What a question about slots needs of the database; the rest is answered from calendars.
struct SlotsQuestion {
  Offer offer;
  std::string asker_time_zone;  // Of the account in the metadata; empty: none.
};
absl::StatusOr<SlotsQuestion> LoadQuestion(const ReadContext& cx, const SlotsInput& input);

// Both may read the database through `cache`: call them outside of Database::Read.
absl::StatusOr<Slots> FindSlots(CalendarCache& cache, const SlotsQuestion& question,
                                const SlotsInput& input, core::Instant now);
// The first bookable start at or after `from`; nullopt: none up to the horizon.
absl::StatusOr<std::optional<core::Instant>> FirstSlot(CalendarCache& cache, const Offer& offer,
                                                       core::Instant from, core::Instant now);

// The end of a range of dates as an instant in the zone named.
absl::StatusOr<core::Interval> RangeOf(const DateRange& dates, const core::TimeZone& zone);

}  // namespace kalends::app
