#include "core/app/statistics.h"

#include "core/app/providers.h"
#include "core/base/error.h"
#include "core/base/status_macros.h"
#include "storage/providers.h"
#include "storage/statistics.h"

namespace kalends::app {

absl::StatusOr<StatisticsView> GetStatistics(const ReadContext& cx, core::ProviderId id,
                                             core::PeriodKind kind,
                                             const std::optional<date::local_days>& date) {
  ASSIGN_OR_RETURN(const core::Provider provider, ManagedProvider(cx, id));
  StatisticsView view;
  view.provider = id;
  view.time_zone = TimeZoneOf(cx.tx, provider);
  const auto zone = core::TimeZone::Find(view.time_zone);
  if (!zone) return core::Error(core::Reason::kTimeZoneUnknown);
  const core::Period period =
      core::PeriodAround(kind, date.value_or(core::LocalDateAt(*zone, cx.now)));
  const core::Facts facts = storage::FactsOf(cx.tx, id, core::IntervalOf(period, *zone));
  view.statistics = core::CountUp(period, *zone, facts);
  if (provider.kind != core::ProviderKind::kOrganization) {
    view.statistics.specialists.clear();
    return view;
  }
  for (const auto& [specialist, counts] : view.statistics.specialists) {
    const auto found = storage::FindProvider(cx.tx, specialist);
    if (!found) return core::Error(core::Reason::kInternal);
    view.specialist_names[specialist] = found->display_name;
  }
  return view;
}

}  // namespace kalends::app
