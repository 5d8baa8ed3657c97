// A provider's week or month in numbers (SPEC 3.12).
#pragma once

#include <optional>

#include "adapters/telegram/action.h"
#include "date/date.h"

namespace kalends::telegram {

enum class CountedPeriod { kMonth, kWeek, kMaxValue = kWeek };

// clang-format off
// `day`: any of the period; none: the present one.
struct ShowStatistics {
  CountedPeriod period = CountedPeriod::kMonth;
  std::optional<date::year_month_day> day;
  KALENDS_ACTION("ea", period, day)
};
struct SendStatisticsPicture {
  CountedPeriod period = CountedPeriod::kMonth;
  std::optional<date::year_month_day> day;
  KALENDS_ACTION("eb", period, day)
};
struct SendStatisticsFile {
  CountedPeriod period = CountedPeriod::kMonth;
  std::optional<date::year_month_day> day;
  KALENDS_ACTION("ec", period, day)
};
// clang-format on

using StatisticsActions = Actions<ShowStatistics, SendStatisticsPicture, SendStatisticsFile>;

}  // namespace kalends::telegram
