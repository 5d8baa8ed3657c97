// Free dates and times, for booking and for proposing.
#pragma once

#include "adapters/telegram/turn.h"
#include "kalends/v1/booking_service.pb.h"

namespace kalends::telegram {

struct FreeMonth {
  date::year_month month;
  std::vector<date::year_month_day> days;
  std::optional<Instant> next_start;  // The first one after the month.
  std::string zone;                   // Of the dates.
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
