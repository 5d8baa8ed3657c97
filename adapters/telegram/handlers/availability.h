// Free dates and times, for booking and for proposing.
#pragma once

#include "adapters/telegram/turn.h"
#include "kalends/v1/booking_service.pb.h"

namespace kalends::telegram {

inline constexpr std::size_t kFirstStartsMax = 3;

struct FreeMonth {
  date::year_month month;
  date::year_month last_month;  // The present month's last days come with those of the next one.
  std::vector<date::year_month_day> days;
  bool is_first = false;              // Nothing is free before.
  std::vector<Instant> first_starts;  // Of the first ones from now, where they are among `days`.
  std::optional<Instant> next_start;  // The first one after `last_month`.
  std::string zone;                   // Of the dates.
  std::string provider_zone;          // Of `first_starts`, where it is one.
};
// Of `month`; without one, of the first month from now with a free date, or of the present one.
absl::StatusOr<FreeMonth> FindFreeMonth(Turn& turn, const Draft& draft,
                                        std::optional<date::year_month> month,
                                        std::string_view provider_zone);
absl::StatusOr<v1::ListSlotsResponse> ListDay(Turn& turn, const Draft& draft,
                                              date::year_month_day day);
// How long an appointment at `start` lasts: a group session that it joins keeps its own length.
absl::StatusOr<std::chrono::minutes> LengthAt(Turn& turn, const Draft& draft, Minute start);
// The starts of the one day of `slots`.
std::vector<Instant> StartsOf(const v1::ListSlotsResponse& slots);

}  // namespace kalends::telegram
