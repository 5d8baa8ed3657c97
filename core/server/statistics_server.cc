#include "core/app/statistics.h"
#include "core/base/error.h"
#include "core/base/status_macros.h"
#include "core/server/decode.h"
#include "core/server/encode.h"
#include "core/server/rpcs.h"
#include "core/server/services.h"
#include "kalends/v1/statistics_service.pb.h"

namespace kalends::server {
namespace {

void EncodeCounts(const core::Counts& counts, v1::Statistics::Counts* message) {
  message->set_requested(counts.requested);
  message->set_accepted(counts.accepted);
  message->set_completed(counts.completed);
  message->set_missed(counts.missed);
  message->set_rejected(counts.rejected);
  message->set_cancelled(counts.cancelled);
  for (const auto& [currency, minor] : counts.revenue) {
    EncodeMoney({minor, currency}, message->add_revenue());
  }
}

void EncodeStatistics(const app::StatisticsView& view, v1::Statistics* message) {
  const core::Statistics& statistics = view.statistics;
  message->set_name(ProviderName(view.provider) + "/statistics");
  *message->mutable_start_date() = EncodeDate(statistics.period.first);
  *message->mutable_end_date() = EncodeDate(statistics.period.last);
  *message->mutable_start_time() = EncodeInstant(statistics.interval.start);
  *message->mutable_end_time() = EncodeInstant(statistics.interval.end);
  message->set_time_zone(view.time_zone);
  EncodeCounts(statistics.total, message->mutable_total());
  for (const core::Statistics::Day& day : statistics.days) {
    v1::Statistics::Day* one = message->add_days();
    *one->mutable_date() = EncodeDate(day.date);
    EncodeCounts(day.counts, one->mutable_counts());
  }
  for (const auto& [specialist, name] : view.specialist_names) {
    v1::Statistics::OfSpecialist* one = message->add_specialists();
    one->set_specialist(ProviderName(specialist));
    one->set_specialist_display_name(name);
    EncodeCounts(statistics.specialists.at(specialist), one->mutable_counts());
  }
}

absl::Status GetStatistics(const app::ReadContext& cx, const v1::GetStatisticsRequest& request,
                           v1::Statistics* response) {
  constexpr std::string_view kPattern = "providers/*/statistics";
  const auto parts = MatchName(kPattern, request.name());
  if (!parts) return BadName("name", kPattern);
  ASSIGN_OR_RETURN(const auto provider,
                   DecodeProvider(cx, "name", "providers/" + std::string((*parts)[0])));
  std::optional<date::local_days> day;
  if (request.has_date()) {
    ASSIGN_OR_RETURN(day, DecodeDate("date", request.date()));
  }
  const auto kind = request.period() == v1::Statistics::PERIOD_WEEK ? core::PeriodKind::kWeek
                                                                    : core::PeriodKind::kMonth;
  ASSIGN_OR_RETURN(const auto view, app::GetStatistics(cx, provider, kind, day));
  EncodeStatistics(view, response);
  response->set_period(request.period());
  return absl::OkStatus();
}

}  // namespace

Served MakeStatisticsService(const Serving& serving) {
  return Rpcs(serving.calls, "kalends.v1.StatisticsService").Read(GetStatistics).Build();
}

}  // namespace kalends::server
