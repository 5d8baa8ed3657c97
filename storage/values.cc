#include "storage/values.h"

#include <charconv>
#include <limits>

#include "storage/sealed.h"

namespace kalends::storage {
namespace {

constexpr date::local_days kFirstDay{date::local_days(date::year(1) / 1 / 1)};
constexpr date::local_days kLastDay{date::local_days(date::year(9999) / 12 / 31)};
constexpr std::int64_t kSecondsOfDay = 24 * 60 * 60;
constexpr std::int64_t kFirstSecond = kFirstDay.time_since_epoch().count() * kSecondsOfDay;
constexpr std::int64_t kLastSecond = (kLastDay.time_since_epoch().count() + 1) * kSecondsOfDay - 1;

void CheckBounds(const Row& row, int column, std::int64_t number, std::int64_t min,
                 std::int64_t max) {
  if (number < min || number > max) row.Refuse(column, "it is no number that it can be");
}

}  // namespace

std::int64_t BoundedAt(const Row& row, int column, std::int64_t min, std::int64_t max) {
  const std::int64_t number = row.Int(column);
  CheckBounds(row, column, number, min, max);
  return number;
}

int NumberAt(const Row& row, int column) {
  return static_cast<int>(
      BoundedAt(row, column, std::numeric_limits<int>::min(), std::numeric_limits<int>::max()));
}

core::Instant InstantAt(const Row& row, int column) {
  return core::FromUnixSeconds(BoundedAt(row, column, kFirstSecond, kLastSecond));
}

date::local_days DateAt(const Row& row, int column) {
  return date::local_days(date::days(BoundedAt(row, column, kFirstDay.time_since_epoch().count(),
                                               kLastDay.time_since_epoch().count())));
}

date::local_seconds LocalAt(const Row& row, int column) {
  return date::local_seconds(
      std::chrono::seconds(BoundedAt(row, column, kFirstSecond, kLastSecond)));
}

core::Interval IntervalAt(const Row& row, int start_column, int end_column) {
  const core::Interval interval{InstantAt(row, start_column), InstantAt(row, end_column)};
  if (interval.end <= interval.start) row.Refuse(end_column, "it ends before it begins");
  return interval;
}

std::string WordsAt(const Row& row, int column) {
  if (row.IsSound(column)) return row.Text(column);
  row.NoteDamage(column, "it is no text in UTF-8");
  return std::string(kUnreadableText);
}

std::string JoinNumbers(std::span<const std::int64_t> numbers) {
  std::string text;
  for (const std::int64_t number : numbers) {
    if (!text.empty()) text.push_back(',');
    text.append(std::to_string(number));
  }
  return text;
}

std::optional<std::vector<std::int64_t>> SplitNumbers(std::string_view text) {
  std::vector<std::int64_t> numbers;
  const char* next = text.data();
  const char* const end = text.data() + text.size();
  while (next != end) {
    std::int64_t number = 0;
    const auto [stop, error] = std::from_chars(next, end, number);
    if (error != std::errc() || (stop != end && *stop != ',')) return std::nullopt;
    numbers.push_back(number);
    next = stop == end ? end : stop + 1;
  }
  return numbers;
}

std::vector<std::int64_t> NumbersAt(const Row& row, int column) {
  return ParsedAt(row, column, SplitNumbers);
}

std::vector<core::Instant> InstantsAt(const Row& row, int column) {
  std::vector<core::Instant> instants;
  for (const std::int64_t seconds : NumbersAt(row, column)) {
    CheckBounds(row, column, seconds, kFirstSecond, kLastSecond);
    instants.push_back(core::FromUnixSeconds(seconds));
  }
  return instants;
}

bool HasRow(Transaction& tx, std::string_view sql, std::initializer_list<Value> values) {
  bool has = false;
  tx.Query(sql, values, [&](const Row&) { has = true; });
  return has;
}

std::int64_t NumberOf(Transaction& tx, std::string_view sql, std::initializer_list<Value> values) {
  return RowOf(tx, sql, values, [](const Row& row) { return row.Int(0); }).value();
}

}  // namespace kalends::storage
