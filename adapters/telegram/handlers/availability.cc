#include "adapters/telegram/handlers/availability.h"

#include "adapters/telegram/handlers/shared.h"
#include "adapters/telegram/screens/month_grid.h"
#include "kalends/v1/types.pb.h"

namespace kalends::telegram {
namespace {

absl::StatusOr<v1::ListBookableDatesResponse> ListDates(Turn& turn, const Draft& draft,
                                                        date::year_month first,
                                                        date::year_month last) {
  v1::ListBookableDatesRequest request;
  request.set_parent(NameOf(draft.provider));
  request.set_service(NameOf(draft.provider, draft.service));
  request.set_specialist(NameOf(draft.specialist));
  *request.mutable_start_date() = ToProto(first / 1);
  *request.mutable_end_date() = ToProto(last / date::last);
  return turn.Call<v1::ListBookableDatesResponse>(request);
}

// An empty zone: the reader's.
absl::StatusOr<v1::ListSlotsResponse> ListDaysIn(Turn& turn, const Draft& draft,
                                                 date::year_month_day first,
                                                 date::year_month_day last, const char* zone) {
  v1::ListSlotsRequest request;
  request.set_parent(NameOf(draft.provider));
  request.set_service(NameOf(draft.provider, draft.service));
  request.set_specialist(NameOf(draft.specialist));
  *request.mutable_start_date() = ToProto(first);
  *request.mutable_end_date() = ToProto(last);
  request.set_time_zone(zone);
  return turn.Call<v1::ListSlotsResponse>(request);
}

// Whether nothing is free from `today` on till `month` begins.
absl::StatusOr<bool> IsFirst(Turn& turn, const Draft& draft, date::year_month_day today,
                             date::year_month month) {
  if (month <= MonthOf(today)) return true;
  KALENDS_ASSIGN_OR_RETURN(const auto dates,
                           ListDates(turn, draft, MonthOf(today), MonthOf(today)));
  if (!dates.dates().empty()) return false;
  if (!dates.has_next_start_time()) return true;
  const Instant next = InstantOf(dates.next_start_time());
  return MonthOf(ToLocal(dates.time_zone(), next).day()) >= month;
}

// Each free date has a start, so the first three dates have the first three starts.
absl::Status AddFirstStarts(Turn& turn, const Draft& draft, FreeMonth& free) {
  if (free.days.empty()) return absl::OkStatus();
  const std::size_t last = std::min(free.days.size(), kFirstStartsMax) - 1;
  KALENDS_ASSIGN_OR_RETURN(const auto slots,
                           ListDaysIn(turn, draft, free.days[0], free.days[last], ""));
  free.first_starts = StartsOf(slots);
  if (free.first_starts.size() > kFirstStartsMax) free.first_starts.resize(kFirstStartsMax);
  free.provider_zone = slots.provider_time_zone();
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<FreeMonth> FindFreeMonth(Turn& turn, const Draft& draft,
                                        std::optional<date::year_month> month,
                                        std::string_view provider_zone) {
  const auto today = ToLocal(ZoneFor(turn.reader(), provider_zone), turn.now()).day();
  FreeMonth free;
  free.month = FirstShown(month.value_or(MonthOf(today)), today);
  free.last_month = LastShown(free.month, today);
  KALENDS_ASSIGN_OR_RETURN(auto dates, ListDates(turn, draft, free.month, free.last_month));
  if (!month && dates.dates().empty() && dates.has_next_start_time()) {
    const Instant next = InstantOf(dates.next_start_time());
    free.month = free.last_month = MonthOf(ToLocal(dates.time_zone(), next).day());
    KALENDS_ASSIGN_OR_RETURN(dates, ListDates(turn, draft, free.month, free.last_month));
  }
  for (const v1::Date& day : dates.dates()) free.days.push_back(DayOf(day));
  if (dates.has_next_start_time()) free.next_start = InstantOf(dates.next_start_time());
  free.zone = dates.time_zone();
  KALENDS_ASSIGN_OR_RETURN(free.is_first, month ? IsFirst(turn, draft, today, free.month) : true);
  if (free.is_first) KALENDS_RETURN_IF_ERROR(AddFirstStarts(turn, draft, free));
  return free;
}

absl::StatusOr<v1::ListSlotsResponse> ListDay(Turn& turn, const Draft& draft,
                                              date::year_month_day day) {
  return ListDaysIn(turn, draft, day, day, "");
}

absl::StatusOr<FreeSlot> SlotAt(Turn& turn, const Draft& draft, Minute start) {
  const date::year_month_day day = std::chrono::floor<date::days>(start);
  KALENDS_ASSIGN_OR_RETURN(const auto slots, ListDaysIn(turn, draft, day, day, "UTC"));
  FreeSlot slot{.length = MinutesOf(slots.duration()), .seats_left = 0};
  for (const auto& other : slots.other_lengths()) {
    if (other.start_time_s() == ToTimestamp(start).seconds()) {
      slot.length = MinutesOf(other.duration());
    }
  }
  const std::vector<Instant> starts = StartsOf(slots);
  const std::vector<int> seats = SeatsOf(slots);
  const auto at = std::find(starts.begin(), starts.end(), Instant(start));
  if (at != starts.end() && !seats.empty()) {
    slot.seats_left = seats[static_cast<std::size_t>(at - starts.begin())];
  }
  return slot;
}

absl::StatusOr<bool> IsFree(Turn& turn, const Draft& draft, Minute start) {
  const date::year_month_day day = std::chrono::floor<date::days>(start);
  KALENDS_ASSIGN_OR_RETURN(const auto slots, ListDaysIn(turn, draft, day, day, "UTC"));
  const std::vector<Instant> starts = StartsOf(slots);
  return std::find(starts.begin(), starts.end(), Instant(start)) != starts.end();
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

std::vector<int> SeatsOf(const v1::ListSlotsResponse& slots) {
  std::vector<int> seats;
  for (const auto& day : slots.days()) {
    seats.insert(seats.end(), day.seats_left().begin(), day.seats_left().end());
  }
  return seats;
}

std::int64_t KeptDay(std::optional<date::year_month_day> shown) {
  return shown ? date::sys_days(*shown).time_since_epoch().count() : 0;
}

std::optional<TypedWhen> WhenTyped(Turn& turn, const std::string& text, std::string_view clock_zone,
                                   std::int64_t kept_day) {
  std::optional<date::year_month_day> shown;
  if (kept_day != 0) shown = date::sys_days(date::days(static_cast<int>(kept_day)));
  return ParseWhen(text, turn.texts().language(),
                   ToLocal(ZoneFor(turn.reader(), clock_zone), turn.now()), shown);
}

std::optional<Minute> StartAt(const std::vector<Instant>& starts, std::string_view zone,
                              const TypedWhen& when) {
  if (!when.clock) return std::nullopt;
  for (const Instant start : starts) {
    const auto local = ToLocal(zone, start).time;
    if (local - date::floor<date::days>(local) == *when.clock) {
      return std::chrono::floor<std::chrono::minutes>(start);
    }
  }
  return std::nullopt;
}

void FrameNotFree(Turn& turn, const TypedWhen& when, const std::vector<Instant>& starts) {
  const Texts& t = turn.texts();
  if (starts.empty()) {
    turn.FrameNext({.text = t.Html("booking.day_not_free",
                                   {{"day", t.formats().Date(when.day, LinePlace::kAtStart)}}),
                    .rows = {}});
  } else if (when.clock) {
    const LocalTime typed{.time = date::local_days(when.day) + *when.clock};
    turn.FrameNext(
        {.text = t.Html("booking.time_not_free", {{"time", Formats::Time(typed)}}), .rows = {}});
  }
}

}  // namespace kalends::telegram
