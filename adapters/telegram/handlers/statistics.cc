// A provider's week or month in numbers (SPEC 3.12).
#include "adapters/telegram/screens/statistics.h"

#include "adapters/telegram/handlers/handlers.h"
#include "adapters/telegram/handlers/shared.h"
#include "adapters/telegram/pictures/statistics.h"
#include "kalends/v1/statistics_service.pb.h"

namespace kalends::telegram {
namespace {

absl::StatusOr<v1::Statistics> Count(Turn& turn, CountedPeriod period,
                                     std::optional<date::year_month_day> day) {
  v1::GetStatisticsRequest request;
  request.set_name("providers/me/statistics");
  request.set_period(period == CountedPeriod::kWeek ? v1::Statistics::PERIOD_WEEK
                                                    : v1::Statistics::PERIOD_MONTH);
  if (day) *request.mutable_date() = ToProto(*day);
  return turn.Call<v1::Statistics>(request);
}

// What is sent besides the screen says of when it is.
Screen CaptionOf(const Turn& turn, const v1::Statistics& statistics) {
  return {.text = turn.texts().Html("statistics.title",
                                    {{"period", PeriodName(turn.reader(), statistics)}}),
          .rows = {}};
}

}  // namespace

absl::Status Handle(Turn& turn, const ShowStatistics& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto statistics, Count(turn, action.period, action.day));
  const date::sys_days first = DayOf(statistics.start_date());
  KALENDS_ASSIGN_OR_RETURN(const auto before,
                           Count(turn, action.period, date::year_month_day(first - date::days(1))));
  turn.Show(StatisticsScreen(turn.reader(), statistics, before));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const SendStatisticsPicture& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto statistics, Count(turn, action.period, action.day));
  turn.SendFile("sendPhoto",
                {.field = "photo",
                 .name = StatisticsFileName(turn.reader(), statistics) + ".png",
                 .type = "image/png",
                 .bytes = StatisticsPicture(turn.reader(), statistics)},
                CaptionOf(turn, statistics));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const SendStatisticsFile& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto statistics, Count(turn, action.period, action.day));
  turn.SendFile("sendDocument",
                {.field = "document",
                 .name = StatisticsFileName(turn.reader(), statistics) + ".csv",
                 .type = "text/csv",
                 .bytes = StatisticsTable(turn.reader(), statistics)},
                CaptionOf(turn, statistics));
  return absl::OkStatus();
}

Handlers StatisticsHandlers() { return HandlersOf(StatisticsActions{}); }

}  // namespace kalends::telegram
