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

inline core::Instant InstantAt(const Row& row, int column) {
  return core::FromUnixSeconds(row.Int(column));
}
inline core::Minutes MinutesAt(const Row& row, int column) {
  return core::Minutes(row.Int(column));
}
inline date::local_days DateAt(const Row& row, int column) {
  return date::local_days(date::days(row.Int(column)));
}
inline date::local_seconds LocalAt(const Row& row, int column) {
  return date::local_seconds(std::chrono::seconds(row.Int(column)));
}
inline int NumberAt(const Row& row, int column) { return static_cast<int>(row.Int(column)); }
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
// What `parse` makes of a text; a text it refuses ends in INTERNAL, as a violated constraint does.
template <typename Parse>
auto ParsedAt(const Row& row, int column, Parse parse) {
  return parse(row.Text(column)).value();
}

// "1440,120", and back.
std::string JoinNumbers(std::span<const std::int64_t> numbers);
std::vector<std::int64_t> SplitNumbers(std::string_view text);

// Whether the query has a row.
bool HasRow(Transaction& tx, std::string_view sql, std::initializer_list<Value> values);
// The number in the first column of the only row.
std::int64_t NumberOf(Transaction& tx, std::string_view sql, std::initializer_list<Value> values);

// Every row, in order, as `read` makes it.
template <typename Read>
auto RowsOf(Transaction& tx, std::string_view sql, std::initializer_list<Value> values, Read read) {
  std::vector<decltype(read(std::declval<const Row&>()))> rows;
  tx.Query(sql, values, [&](const Row& row) { rows.push_back(read(row)); });
  return rows;
}
// The only row.
template <typename Read>
auto RowOf(Transaction& tx, std::string_view sql, std::initializer_list<Value> values, Read read) {
  std::optional<decltype(read(std::declval<const Row&>()))> found;
  tx.Query(sql, values, [&](const Row& row) { found = read(row); });
  return found;
}

}  // namespace kalends::storage
