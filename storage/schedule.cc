#include "storage/schedule.h"

#include <algorithm>
#include <utility>

#include "core/base/limits.h"
#include "storage/busy.h"
#include "storage/privacy.h"
#include "storage/sealed.h"
#include "storage/values.h"

namespace kalends::storage {
namespace {

constexpr std::pair<core::WeekParity, std::string_view> kParities[] = {
    {core::WeekParity::kEvery, "EVERY"}, {core::WeekParity::kA, "A"}, {core::WeekParity::kB, "B"}};

std::string_view NameOf(core::WeekParity parity) {
  return std::find_if(std::begin(kParities), std::end(kParities),
                      [&](const auto& entry) { return entry.first == parity; })
      ->second;
}

std::optional<core::WeekParity> ParseParity(std::string_view name) {
  for (const auto& [parity, parity_name] : kParities) {
    if (parity_name == name) return parity;
  }
  return std::nullopt;
}

// No id is negative, so this one comes before all.
constexpr std::int64_t kBeforeAllIds = -1;

Place SpecialDatePlace(core::ProviderId provider, date::local_days day) {
  return Place("special_dates.label", provider, std::int64_t{day.time_since_epoch().count()});
}

// Of the special dates, in their order.
std::vector<std::string> SealedLabels(Transaction& tx, core::ProviderId provider,
                                      const core::Schedule& schedule) {
  std::vector<std::string> labels;
  labels.reserve(schedule.special_dates.size());
  for (const core::SpecialDate& special : schedule.special_dates) {
    labels.push_back(Sealed(tx, special.label, SpecialDatePlace(provider, special.date)));
  }
  return labels;
}

void InsertHours(Transaction& tx, core::ProviderId provider, const core::Schedule& schedule,
                 std::span<const std::string> labels) {
  int position = 0;
  for (const core::WeeklyHours& weekly : schedule.weekly) {
    tx.Execute(
        "INSERT INTO weekly_hours (provider_id, position, weekday, start_min, end_min, parity)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        {ToValue(provider), ++position, std::int64_t{weekly.weekday.iso_encoding()},
         ToValue(weekly.hours.start), ToValue(weekly.hours.end), NameOf(weekly.parity)});
  }
  auto label = labels.begin();
  for (const core::SpecialDate& special : schedule.special_dates) {
    tx.Execute(
        "INSERT INTO special_dates (provider_id, date_d, repeats_yearly, label, imported)"
        " VALUES ($1, $2, $3, $4, $5)",
        {ToValue(provider), ToValue(special.date), ToValue(special.repeats_yearly), *label++,
         ToValue(special.imported)});
    position = 0;
    for (const core::LocalHours& hours : special.hours) {
      tx.Execute(
          "INSERT INTO special_hours (provider_id, date_d, position, start_min, end_min)"
          " VALUES ($1, $2, $3, $4, $5)",
          {ToValue(provider), ToValue(special.date), ++position, ToValue(hours.start),
           ToValue(hours.end)});
    }
  }
}

core::LocalHours HoursAt(const Row& row, int start_column, int end_column) {
  constexpr std::int64_t kDay = 24 * 60;
  return {core::Minutes(BoundedAt(row, start_column, 0, kDay - 1)),
          core::Minutes(BoundedAt(row, end_column, 0, kDay))};
}

void ReadHours(Transaction& tx, core::ProviderId provider, core::Schedule& schedule) {
  schedule.weekly = RowsOf(
      tx,
      "SELECT weekday, start_min, end_min, parity FROM weekly_hours WHERE provider_id = $1"
      " ORDER BY position",
      {ToValue(provider)}, [](const Row& row) {
        return core::WeeklyHours{date::weekday(static_cast<unsigned>(BoundedAt(row, 0, 1, 7))),
                                 HoursAt(row, 1, 2), ParsedAt(row, 3, ParseParity)};
      });
  schedule.special_dates =
      RowsOf(tx,
             "SELECT date_d, repeats_yearly, label, imported FROM special_dates"
             " WHERE provider_id = $1 ORDER BY date_d",
             {ToValue(provider)}, [&](const Row& row) {
               const date::local_days day = DateAt(row, 0);
               return core::SpecialDate{day,
                                        FlagAt(row, 1),
                                        {},
                                        OpenedAt(row, 2, SpecialDatePlace(provider, day)),
                                        FlagAt(row, 3)};
             });
  auto special = schedule.special_dates.begin();
  tx.Query(
      "SELECT date_d, start_min, end_min FROM special_hours WHERE provider_id = $1"
      " ORDER BY date_d, position",
      {ToValue(provider)}, [&](const Row& row) {
        // Both are in order of date, and a foreign key says that the date is there.
        const date::local_days day = DateAt(row, 0);
        special = std::find_if(special, schedule.special_dates.end(),
                               [&](const core::SpecialDate& one) { return one.date == day; });
        if (special == schedule.special_dates.end()) row.Refuse(0, "its date is not there");
        special->hours.push_back(HoursAt(row, 1, 2));
      });
}

Place ClosurePlace(core::ProviderId provider, core::ClosureId id) {
  return Place("closures.label", provider, id);
}

core::Closure ReadClosure(core::ProviderId provider, const Row& row) {
  const auto id = IdAt<core::ClosureId>(row, 0);
  return {id, IntervalAt(row, 1, 2), OpenedAt(row, 3, ClosurePlace(provider, id))};
}

core::Opening ReadOpening(const Row& row) {
  return {IdAt<core::OpeningId>(row, 0), IntervalAt(row, 1, 2)};
}

core::Interval ReadInterval(const Row& row) { return IntervalAt(row, 0, 1); }

core::Hold ReadHold(const Row& row) {
  return {IdAt<core::AppointmentId>(row, 0), IntervalAt(row, 1, 2), IntervalAt(row, 3, 4),
          OptionalIdAt<core::ServiceId>(row, 5), NumberAt(row, 6)};
}

}  // namespace

void InsertSchedule(Transaction& tx, core::ProviderId provider, const core::Schedule& schedule) {
  tx.Execute(
      "INSERT INTO schedules (provider_id, time_zone, week_a_monday_d, daily_cap, version)"
      " VALUES ($1, $2, $3, $4, 1)",
      {ToValue(provider), schedule.time_zone, ToValue(schedule.week_a_monday),
       ToValue(schedule.daily_cap)});
  InsertHours(tx, provider, schedule, SealedLabels(tx, provider, schedule));
  tx.Execute("INSERT INTO calendars (specialist_id, version) VALUES ($1, 1)", {ToValue(provider)});
}

void ReplaceSchedule(Transaction& tx, core::ProviderId provider, const ScheduleRow& row) {
  const core::Schedule& schedule = row.schedule;
  tx.Execute(
      "UPDATE schedules SET time_zone = $2, week_a_monday_d = $3, daily_cap = $4, version = $5"
      " WHERE provider_id = $1",
      {ToValue(provider), schedule.time_zone, ToValue(schedule.week_a_monday),
       ToValue(schedule.daily_cap), row.version});
  const std::vector<std::string> labels = SealedLabels(tx, provider, schedule);
  tx.Execute("DELETE FROM weekly_hours WHERE provider_id = $1", {ToValue(provider)});
  tx.Execute("DELETE FROM special_hours WHERE provider_id = $1", {ToValue(provider)});
  tx.Execute("DELETE FROM special_dates WHERE provider_id = $1", {ToValue(provider)});
  InsertHours(tx, provider, schedule, labels);
}

std::optional<ScheduleRow> FindSchedule(Transaction& tx, core::ProviderId provider) {
  std::optional<ScheduleRow> found =
      RowOf(tx,
            "SELECT time_zone, week_a_monday_d, daily_cap, version FROM schedules"
            " WHERE provider_id = $1",
            {ToValue(provider)}, [](const Row& row) {
              ScheduleRow schedule;
              schedule.schedule.time_zone = row.Text(0);
              schedule.schedule.week_a_monday = DateAt(row, 1);
              if (!row.IsNull(2)) schedule.schedule.daily_cap = NumberAt(row, 2);
              schedule.version = row.Int(3);
              return schedule;
            });
  if (found) ReadHours(tx, provider, found->schedule);
  return found;
}

std::optional<std::string> ScheduleTimeZone(Transaction& tx, core::ProviderId provider) {
  return RowOf(tx, "SELECT time_zone FROM schedules WHERE provider_id = $1", {ToValue(provider)},
               [](const Row& row) { return row.Text(0); });
}

void InsertClosure(Transaction& tx, core::ProviderId provider, const core::Closure& closure) {
  tx.Execute(
      "INSERT INTO closures (provider_id, id, start_s, end_s, label) VALUES ($1, $2, $3, $4, $5)",
      {ToValue(provider), ToValue(closure.id), ToValue(closure.interval.start),
       ToValue(closure.interval.end),
       Sealed(tx, closure.label, ClosurePlace(provider, closure.id))});
}

bool DeleteClosure(Transaction& tx, core::ProviderId provider, core::ClosureId id) {
  return tx.Execute("DELETE FROM closures WHERE provider_id = $1 AND id = $2",
                    {ToValue(provider), ToValue(id)}) > 0;
}

std::optional<core::Closure> FindClosure(Transaction& tx, core::ProviderId provider,
                                         core::ClosureId id) {
  return RowOf(
      tx, "SELECT id, start_s, end_s, label FROM closures WHERE provider_id = $1 AND id = $2",
      {ToValue(provider), ToValue(id)}, [&](const Row& row) { return ReadClosure(provider, row); });
}

std::vector<core::Closure> ListClosures(Transaction& tx, core::ProviderId provider,
                                        core::Instant now,
                                        const std::optional<ClosureCursor>& after, int limit) {
  const ClosureCursor from = after.value_or(ClosureCursor{core::Instant::min(), {kBeforeAllIds}});
  return RowsOf(tx,
                "SELECT id, start_s, end_s, label FROM closures"
                " WHERE provider_id = $1 AND end_s > $2 AND (start_s, id) > ($3, $4)"
                " ORDER BY start_s, id LIMIT $5",
                {ToValue(provider), ToValue(now), ToValue(from.start), ToValue(from.id), limit},
                [&](const Row& row) { return ReadClosure(provider, row); });
}

int CountClosures(Transaction& tx, core::ProviderId provider) {
  return static_cast<int>(
      NumberOf(tx, "SELECT count(*) FROM closures WHERE provider_id = $1", {ToValue(provider)}));
}

void InsertOpening(Transaction& tx, core::ProviderId provider, const core::Opening& opening) {
  tx.Execute("INSERT INTO openings (provider_id, id, start_s, end_s) VALUES ($1, $2, $3, $4)",
             {ToValue(provider), ToValue(opening.id), ToValue(opening.interval.start),
              ToValue(opening.interval.end)});
}

bool DeleteOpening(Transaction& tx, core::ProviderId provider, core::OpeningId id) {
  return tx.Execute("DELETE FROM openings WHERE provider_id = $1 AND id = $2",
                    {ToValue(provider), ToValue(id)}) > 0;
}

std::optional<core::Opening> FindOpening(Transaction& tx, core::ProviderId provider,
                                         core::OpeningId id) {
  return RowOf(tx, "SELECT id, start_s, end_s FROM openings WHERE provider_id = $1 AND id = $2",
               {ToValue(provider), ToValue(id)}, ReadOpening);
}

std::vector<core::Opening> ListOpenings(Transaction& tx, core::ProviderId provider,
                                        core::Instant now,
                                        const std::optional<OpeningCursor>& after, int limit) {
  const OpeningCursor from = after.value_or(OpeningCursor{core::Instant::min(), {kBeforeAllIds}});
  return RowsOf(tx,
                "SELECT id, start_s, end_s FROM openings"
                " WHERE provider_id = $1 AND end_s > $2 AND (start_s, id) > ($3, $4)"
                " ORDER BY start_s, id LIMIT $5",
                {ToValue(provider), ToValue(now), ToValue(from.start), ToValue(from.id), limit},
                ReadOpening);
}

int CountOpenings(Transaction& tx, core::ProviderId provider) {
  return static_cast<int>(
      NumberOf(tx, "SELECT count(*) FROM openings WHERE provider_id = $1", {ToValue(provider)}));
}

bool HasHours(Transaction& tx, core::ProviderId provider, core::Instant now) {
  return HasRow(tx, "SELECT 1 FROM weekly_hours WHERE provider_id = $1 LIMIT 1",
                {ToValue(provider)}) ||
         HasRow(tx, "SELECT 1 FROM special_hours WHERE provider_id = $1 LIMIT 1",
                {ToValue(provider)}) ||
         HasRow(tx, "SELECT 1 FROM openings WHERE provider_id = $1 AND end_s > $2 LIMIT 1",
                {ToValue(provider), ToValue(now)});
}

void BumpCalendarVersion(Transaction& tx, core::ProviderId specialist) {
  tx.Execute("UPDATE calendars SET version = version + 1 WHERE specialist_id = $1",
             {ToValue(specialist)});
}

std::optional<std::int64_t> CalendarVersion(Transaction& tx, core::ProviderId specialist) {
  return RowOf(tx, "SELECT version FROM calendars WHERE specialist_id = $1", {ToValue(specialist)},
               [](const Row& row) { return row.Int(0); });
}

std::optional<core::Calendar> LoadCalendar(Transaction& tx, core::ProviderId specialist,
                                           core::Instant since) {
  const std::optional<std::int64_t> version = CalendarVersion(tx, specialist);
  std::optional<ScheduleRow> row = FindSchedule(tx, specialist);
  if (!version || !row) return std::nullopt;
  core::Calendar calendar;
  calendar.specialist = specialist;
  calendar.version = *version;
  calendar.schedule = std::move(row->schedule);
  calendar.closures = RowsOf(tx,
                             "SELECT start_s, end_s FROM closures"
                             " WHERE provider_id = $1 AND end_s > $2 ORDER BY start_s",
                             {ToValue(specialist), ToValue(since)}, ReadInterval);
  // What other calendars say counts as closures do.
  const std::size_t own = calendar.closures.size();
  const auto imported = ImportedBusyTimes(tx, specialist, since);
  calendar.closures.insert(calendar.closures.end(), imported.begin(), imported.end());
  std::inplace_merge(
      calendar.closures.begin(), calendar.closures.begin() + static_cast<std::ptrdiff_t>(own),
      calendar.closures.end(),
      [](const core::Interval& a, const core::Interval& b) { return a.start < b.start; });
  calendar.openings = RowsOf(tx,
                             "SELECT start_s, end_s FROM openings"
                             " WHERE provider_id = $1 AND end_s > $2 ORDER BY start_s",
                             {ToValue(specialist), ToValue(since)}, ReadInterval);
  // A hold that started more than the longest hold before `since` has ended by then; the index is
  // by the start.
  calendar.holds =
      RowsOf(tx,
             "SELECT id, hold_start_s, hold_end_s, start_s, end_s, service_id, capacity"
             " FROM appointments WHERE specialist_id = $1"
             " AND status IN ('PENDING', 'ACCEPTED')"
             " AND hold_start_s > $2 AND hold_end_s > $3 ORDER BY hold_start_s, id",
             {ToValue(specialist), ToValue(since - core::kHoldMax), ToValue(since)}, ReadHold);
  return calendar;
}

namespace {

constexpr std::string_view kErasedTables[] = {"closures", "openings", "special_hours",
                                              "special_dates", "weekly_hours"};
constexpr KeptTable kKeptTables[] = {{"schedules", "The zone in which the books are to be read."}};

UnusedBlobs EraseOfProvider(Transaction& tx, const Leaver& leaver) {
  return ExecuteAll(
      tx,
      {"DELETE FROM closures WHERE provider_id = $1", "DELETE FROM openings WHERE provider_id = $1",
       "DELETE FROM special_hours WHERE provider_id = $1",
       "DELETE FROM special_dates WHERE provider_id = $1",
       "DELETE FROM weekly_hours WHERE provider_id = $1"},
      {ToValue(*leaver.provider)});
}

}  // namespace

extern constinit const Erasure kScheduleErasure{.subject = "schedule",
                                                .tables = kErasedTables,
                                                .kept = kKeptTables,
                                                .of_provider = EraseOfProvider};

}  // namespace kalends::storage
