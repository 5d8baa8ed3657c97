// Use cases of statistics.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "core/app/context.h"
#include "core/statistics/statistics.h"

namespace kalends::app {

struct StatisticsView {
  core::ProviderId provider;
  std::string time_zone;  // Whose dates they are.
  core::Statistics statistics;
  // Of an organization: those of `statistics.specialists`, by name.
  std::map<core::ProviderId, std::string> specialist_names;
};
// The period around `date`, or around today, on the provider's clock. NOT_FOUND.
absl::StatusOr<StatisticsView> GetStatistics(const ReadContext& cx, core::ProviderId provider,
                                             core::PeriodKind kind,
                                             const std::optional<date::local_days>& date);

}  // namespace kalends::app
