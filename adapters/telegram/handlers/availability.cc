#include "adapters/telegram/handlers/availability.h"

#include "adapters/telegram/handlers/shared.h"
#include "kalends/v1/types.pb.h"

namespace kalends::telegram {
namespace {

absl::StatusOr<v1::ListBookableDatesResponse> ListDates(Turn& turn, const Draft& draft,
                                                        date::year_month month) {
  v1::ListBookableDatesRequest request;
  request.set_parent(NameOf(draft.provider));
  request.set_service(NameOf(draft.provider, draft.service));
  request.set_specialist(NameOf(draft.specialist));
  *request.mutable_start_date() = ToProto(month / 1);
  *request.mutable_end_date() = ToProto(month / date::last);
  return turn.Call<v1::ListBookableDatesResponse>(request);
}

// An empty zone: the reader's.
absl::StatusOr<v1::ListSlotsResponse> ListDayIn(Turn& turn, const Draft& draft,
                                                date::year_month_day day, const char* zone) {
  v1::ListSlotsRequest request;
  request.set_parent(NameOf(draft.provider));
  request.set_service(NameOf(draft.provider, draft.service));
  request.set_specialist(NameOf(draft.specialist));
  *request.mutable_start_date() = ToProto(day);
  *request.mutable_end_date() = ToProto(day);
  request.set_time_zone(zone);
  return turn.Call<v1::ListSlotsResponse>(request);
}

date::year_month MonthAt(std::string_view zone, Instant instant) {
  const date::year_month_day day = ToLocal(zone, instant).day();
  return day.year() / day.month();
}

}  // namespace

absl::StatusOr<FreeMonth> FindFreeMonth(Turn& turn, const Draft& draft,
                                        std::optional<date::year_month> month,
                                        std::string_view provider_zone) {
  const date::year_month wanted =
      month ? *month : MonthAt(ZoneFor(turn.reader(), provider_zone), turn.now());
  KALENDS_ASSIGN_OR_RETURN(auto dates, ListDates(turn, draft, wanted));
  FreeMonth free{.month = wanted, .days = {}, .next_start = std::nullopt, .zone = {}};
  if (!month && dates.dates().empty() && dates.has_next_start_time()) {
    free.month = MonthAt(dates.time_zone(), InstantOf(dates.next_start_time()));
    KALENDS_ASSIGN_OR_RETURN(dates, ListDates(turn, draft, free.month));
  }
  for (const v1::Date& day : dates.dates()) free.days.push_back(DayOf(day));
  if (dates.has_next_start_time()) free.next_start = InstantOf(dates.next_start_time());
  free.zone = dates.time_zone();
  return free;
}

absl::StatusOr<v1::ListSlotsResponse> ListDay(Turn& turn, const Draft& draft,
                                              date::year_month_day day) {
  return ListDayIn(turn, draft, day, "");
}

absl::StatusOr<std::chrono::minutes> LengthAt(Turn& turn, const Draft& draft, Minute start) {
  const date::year_month_day day = std::chrono::floor<date::days>(start);
  KALENDS_ASSIGN_OR_RETURN(const auto slots, ListDayIn(turn, draft, day, "UTC"));
  for (const auto& other : slots.other_lengths()) {
    if (other.start_time_s() == ToTimestamp(start).seconds()) return MinutesOf(other.duration());
  }
  return MinutesOf(slots.duration());
}

std::vector<Instant> StartsOf(const v1::ListSlotsResponse& slots) {
  std::vector<Instant> starts;
  for (const auto& day : slots.days()) {
    for (const std::int64_t start : day.start_times_s()) {
      starts.emplace_back(std::chrono::seconds(start));
    }
  }
  return starts;
}

}  // namespace kalends::telegram
