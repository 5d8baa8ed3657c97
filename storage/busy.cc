#include "storage/busy.h"

#include <fmt/format.h>

#include <algorithm>

#include "storage/privacy.h"
#include "storage/sealed.h"
#include "storage/values.h"

namespace kalends::storage {
namespace {

constexpr std::string_view kColumns =
    "provider_id, id, kind, address, user_name, password, all_day_free, created_s, version,"
    " next_fetch_s, lease, leased_until_s, tried_s, entity_tag, last_modified, read_s, success_s,"
    " failed_s, failure, http_status, failures, skipped";

// No id is negative, so this one comes before all.
constexpr core::BusyCalendarId kBeforeAll{-1};

Place PlaceOf(std::string_view column, core::ProviderId provider, core::BusyCalendarId id) {
  return Place(column, provider, id);
}

core::BusyCalendar ReadCalendar(const Row& row) {
  core::BusyCalendar calendar;
  calendar.provider = IdAt<core::ProviderId>(row, 0);
  calendar.id = IdAt<core::BusyCalendarId>(row, 1);
  const auto opened = [&](int column, std::string_view name) {
    return OpenedAt(row, column, PlaceOf(name, calendar.provider, calendar.id));
  };
  calendar.kind = ParsedAt(row, 2, core::ParseBusyKind);
  calendar.address = opened(3, "busy_calendars.address");
  calendar.user = opened(4, "busy_calendars.user_name");
  calendar.password = opened(5, "busy_calendars.password");
  calendar.all_day_free = FlagAt(row, 6);
  calendar.created = InstantAt(row, 7);
  calendar.version = row.Int(8);
  calendar.next_fetch = InstantAt(row, 9);
  calendar.lease = row.Int(10);
  calendar.leased_until = OptionalInstantAt(row, 11);
  calendar.tried = OptionalInstantAt(row, 12);
  calendar.entity_tag = WordsAt(row, 13);
  calendar.last_modified = WordsAt(row, 14);
  calendar.read = OptionalInstantAt(row, 15);
  calendar.success = OptionalInstantAt(row, 16);
  calendar.failed = OptionalInstantAt(row, 17);
  if (!row.IsNull(18)) calendar.failure = ParsedAt(row, 18, core::ParseBusyFailure);
  calendar.http_status = NumberAt(row, 19);
  calendar.failures = NumberAt(row, 20);
  calendar.skipped = NumberAt(row, 21);
  return calendar;
}

core::Interval ReadTime(const Row& row) { return IntervalAt(row, 0, 1); }

Value FailureOf(const core::BusyCalendar& calendar) {
  return calendar.failure ? Value(core::NameOf(*calendar.failure)) : Value(nullptr);
}

struct SealedTexts {
  std::string address, user, password;
};

SealedTexts SealedOf(Transaction& tx, const core::BusyCalendar& calendar) {
  const auto sealed = [&](std::string_view text, std::string_view name) {
    return Sealed(tx, text, PlaceOf(name, calendar.provider, calendar.id));
  };
  return {sealed(calendar.address, "busy_calendars.address"),
          sealed(calendar.user, "busy_calendars.user_name"),
          sealed(calendar.password, "busy_calendars.password")};
}

}  // namespace

void InsertBusyCalendar(Transaction& tx, const core::BusyCalendar& calendar) {
  const SealedTexts texts = SealedOf(tx, calendar);
  tx.Execute(
      "INSERT INTO busy_calendars (provider_id, id, kind, address, user_name, password,"
      " all_day_free, created_s, version, next_fetch_s, lease, entity_tag, last_modified,"
      " http_status, failures, skipped)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, '', '', 0, 0, 0)",
      {ToValue(calendar.provider), ToValue(calendar.id), core::NameOf(calendar.kind), texts.address,
       texts.user, texts.password, ToValue(calendar.all_day_free), ToValue(calendar.created),
       calendar.version, ToValue(calendar.next_fetch)});
}

void UpdateBusyCalendar(Transaction& tx, const core::BusyCalendar& calendar) {
  const SealedTexts texts = SealedOf(tx, calendar);
  tx.Execute(
      "UPDATE busy_calendars SET address = $3, user_name = $4, password = $5, all_day_free = $6,"
      " version = $7, next_fetch_s = $8, lease = $9, leased_until_s = $10, tried_s = $11,"
      " entity_tag = $12, last_modified = $13, read_s = $14, success_s = $15, failed_s = $16,"
      " failure = $17, http_status = $18, failures = $19, skipped = $20"
      " WHERE provider_id = $1 AND id = $2",
      {ToValue(calendar.provider),
       ToValue(calendar.id),
       texts.address,
       texts.user,
       texts.password,
       ToValue(calendar.all_day_free),
       calendar.version,
       ToValue(calendar.next_fetch),
       calendar.lease,
       ToValue(calendar.leased_until),
       ToValue(calendar.tried),
       calendar.entity_tag,
       calendar.last_modified,
       ToValue(calendar.read),
       ToValue(calendar.success),
       ToValue(calendar.failed),
       FailureOf(calendar),
       calendar.http_status,
       calendar.failures,
       calendar.skipped});
}

bool DeleteBusyCalendar(Transaction& tx, core::ProviderId provider, core::BusyCalendarId id) {
  tx.Execute("DELETE FROM busy_times WHERE provider_id = $1 AND calendar_id = $2",
             {ToValue(provider), ToValue(id)});
  return tx.Execute("DELETE FROM busy_calendars WHERE provider_id = $1 AND id = $2",
                    {ToValue(provider), ToValue(id)}) > 0;
}

std::optional<core::BusyCalendar> FindBusyCalendar(Transaction& tx, core::ProviderId provider,
                                                   core::BusyCalendarId id) {
  static const std::string kSql =
      fmt::format("SELECT {} FROM busy_calendars WHERE provider_id = $1 AND id = $2", kColumns);
  return RowOf(tx, kSql, {ToValue(provider), ToValue(id)}, ReadCalendar);
}

std::vector<core::BusyCalendar> ListBusyCalendars(Transaction& tx, core::ProviderId provider,
                                                  const std::optional<core::BusyCalendarId>& after,
                                                  int limit) {
  static const std::string kSql = fmt::format(
      "SELECT {} FROM busy_calendars WHERE provider_id = $1 AND id > $2 ORDER BY id LIMIT $3",
      kColumns);
  return RowsOf(tx, kSql, {ToValue(provider), ToValue(after.value_or(kBeforeAll)), limit},
                ReadCalendar);
}

int CountBusyCalendars(Transaction& tx, core::ProviderId provider) {
  return static_cast<int>(NumberOf(tx, "SELECT count(*) FROM busy_calendars WHERE provider_id = $1",
                                   {ToValue(provider)}));
}

std::vector<core::BusyCalendar> DueBusyCalendars(Transaction& tx, core::Instant now, int limit) {
  static const std::string kSql = fmt::format(
      "SELECT {} FROM busy_calendars WHERE next_fetch_s <= $1"
      " ORDER BY next_fetch_s, provider_id, id LIMIT $2",
      kColumns);
  return RowsOf(tx, kSql, {ToValue(now), limit}, ReadCalendar);
}

std::vector<core::Interval> BusyTimesOf(Transaction& tx, core::ProviderId provider,
                                        core::BusyCalendarId id, core::Instant since) {
  return RowsOf(tx,
                "SELECT start_s, end_s FROM busy_times"
                " WHERE provider_id = $1 AND calendar_id = $2 AND end_s > $3 ORDER BY start_s",
                {ToValue(provider), ToValue(id), ToValue(since)}, ReadTime);
}

std::vector<core::Interval> ImportedBusyTimes(Transaction& tx, core::ProviderId provider,
                                              core::Instant since) {
  auto times = RowsOf(tx,
                      "SELECT start_s, end_s FROM busy_times"
                      " WHERE provider_id = $1 AND end_s > $2 ORDER BY calendar_id, start_s",
                      {ToValue(provider), ToValue(since)}, ReadTime);
  std::stable_sort(
      times.begin(), times.end(),
      [](const core::Interval& a, const core::Interval& b) { return a.start < b.start; });
  return times;
}

int CountBusyTimes(Transaction& tx, core::ProviderId provider, core::BusyCalendarId id,
                   core::Instant since) {
  return static_cast<int>(NumberOf(tx,
                                   "SELECT count(*) FROM busy_times WHERE provider_id = $1"
                                   " AND calendar_id = $2 AND end_s > $3",
                                   {ToValue(provider), ToValue(id), ToValue(since)}));
}

void ReplaceBusyTimes(Transaction& tx, core::ProviderId provider, core::BusyCalendarId id,
                      const std::vector<core::Interval>& times) {
  tx.Execute("DELETE FROM busy_times WHERE provider_id = $1 AND calendar_id = $2",
             {ToValue(provider), ToValue(id)});
  for (const core::Interval& time : times) {
    tx.Execute(
        "INSERT INTO busy_times (provider_id, calendar_id, start_s, end_s)"
        " VALUES ($1, $2, $3, $4)",
        {ToValue(provider), ToValue(id), ToValue(time.start), ToValue(time.end)});
  }
}

namespace {

constexpr std::string_view kErasedTables[] = {"busy_times", "busy_calendars"};

UnusedBlobs EraseOfProvider(Transaction& tx, const Leaver& leaver) {
  return ExecuteAll(tx,
                    {"DELETE FROM busy_times WHERE provider_id = $1",
                     "DELETE FROM busy_calendars WHERE provider_id = $1"},
                    {ToValue(*leaver.provider)});
}

}  // namespace

extern constinit const Erasure kBusyErasure{
    .subject = "busy", .tables = kErasedTables, .of_provider = EraseOfProvider};

}  // namespace kalends::storage
