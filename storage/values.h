// Between our types and columns: the forms in which the query files write and read them.
#pragma once

#include <date/date.h>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/id.h"
#include "core/base/time.h"
#include "storage/database.h"
#include "storage/unreadable.h"

namespace kalends::storage {

inline Value ToValue(core::Instant instant) { return core::ToUnixSeconds(instant); }
inline Value ToValue(core::Minutes minutes) { return std::int64_t{minutes.count()}; }
inline Value ToValue(date::local_days date) {
  return std::int64_t{date.time_since_epoch().count()};
}
// A wall clock's reading, as if it were UTC.
inline Value ToValue(date::local_seconds wall) {
  return std::int64_t{wall.time_since_epoch().count()};
}
inline Value ToValue(bool flag) { return std::int64_t{flag ? 1 : 0}; }
inline Value ToValue(int number) { return std::int64_t{number}; }
template <typename Tag>
Value ToValue(core::Id<Tag> id) {
  return id.value;
}
template <typename T>
Value ToValue(const std::optional<T>& value) {
  return value ? ToValue(*value) : Value(nullptr);
}

// A number of at least `min` and at most `max`; any other is damage.
std::int64_t BoundedAt(const Row& row, int column, std::int64_t min, std::int64_t max);
int NumberAt(const Row& row, int column);
// From the year 1 to the year 9999, as the contract has them.
core::Instant InstantAt(const Row& row, int column);
date::local_days DateAt(const Row& row, int column);
date::local_seconds LocalAt(const Row& row, int column);
inline core::Minutes MinutesAt(const Row& row, int column) {
  return core::Minutes(NumberAt(row, column));
}
// In two columns; not empty.
core::Interval IntervalAt(const Row& row, int start_column, int end_column);
inline bool FlagAt(const Row& row, int column) { return row.Int(column) != 0; }
template <typename SomeId>
SomeId IdAt(const Row& row, int column) {
  return SomeId{row.Int(column)};
}
template <typename SomeId>
std::optional<SomeId> OptionalIdAt(const Row& row, int column) {
  return row.IsNull(column) ? std::nullopt : std::optional(IdAt<SomeId>(row, column));
}
inline std::optional<core::Instant> OptionalInstantAt(const Row& row, int column) {
  return row.IsNull(column) ? std::nullopt : std::optional(InstantAt(row, column));
}
// What `parse` makes of a text; one that it refuses is damage.
template <typename Parse>
auto ParsedAt(const Row& row, int column, Parse parse) {
  auto parsed = parse(row.Text(column));
  if (!parsed) row.Refuse(column, "it is none of the words that it can be");
  return *std::move(parsed);
}
// What somebody wrote and is not sealed. Where it is not UTF-8, it is what stands for a text that
// cannot be opened (kUnreadableText in storage/sealed.h), and the rest of the row can be read.
std::string WordsAt(const Row& row, int column);

// "1440,120", and back.
std::string JoinNumbers(std::span<const std::int64_t> numbers);
std::optional<std::vector<std::int64_t>> SplitNumbers(std::string_view text);
std::vector<std::int64_t> NumbersAt(const Row& row, int column);
std::vector<core::Instant> InstantsAt(const Row& row, int column);

// Whether the query has a row.
bool HasRow(Transaction& tx, std::string_view sql, std::initializer_list<Value> values);
// The number in the first column of the only row.
std::int64_t NumberOf(Transaction& tx, std::string_view sql, std::initializer_list<Value> values);

// Every row, in order, as `read` makes it. A list leaves out what cannot be read (LeaveOut).
template <typename Read>
auto RowsOf(Transaction& tx, std::string_view sql, std::initializer_list<Value> values, Read read) {
  std::vector<decltype(read(std::declval<const Row&>()))> rows;
  tx.Query(sql, values, [&](const Row& row) {
    if (auto one = IfReadable(tx, [&] { return read(row); })) rows.push_back(*std::move(one));
  });
  return rows;
}
// The only row. One that cannot be read is not left out of anything.
template <typename Read>
auto RowOf(Transaction& tx, std::string_view sql, std::initializer_list<Value> values, Read read) {
  std::optional<decltype(read(std::declval<const Row&>()))> found;
  tx.Query(sql, values, [&](const Row& row) { found = read(row); });
  return found;
}

}  // namespace kalends::storage
