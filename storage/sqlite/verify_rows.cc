#include "storage/sqlite/verify_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "core/access/access.h"
#include "core/base/text.h"
#include "core/booking/appointment.h"
#include "core/notifications/notification.h"
#include "core/timezone/time_zone.h"
#include "storage/row_name.h"
#include "storage/sqlite/table_checks.h"
#include "storage/values.h"

namespace kalends::storage {
namespace {

bool IsZone(std::string_view text) { return core::TimeZone::Find(text).has_value(); }
bool IsZoneOrNone(std::string_view text) { return text.empty() || IsZone(text); }
bool AreScopes(std::string_view text) { return core::ScopeSet::Parse(text).has_value(); }
bool IsKind(std::string_view text) { return core::ParseNotificationKind(text).has_value(); }
bool IsStatus(std::string_view text) { return core::ParseAppointmentStatus(text).has_value(); }
bool IsActor(std::string_view text) { return core::ParseActor(text).has_value(); }
bool AreNumbers(std::string_view text) { return SplitNumbers(text).has_value(); }

// What the schema leaves to the core.
constexpr struct {
  std::string_view column;
  std::string_view kind;
  bool (*is_known)(std::string_view text);
  std::string_view what;
} kRules[] = {
    {"accounts.time_zone", "zone", IsZoneOrNone, "no time zone has this name"},
    {"api_keys.scopes", "code", AreScopes, "it is no list of scopes: the key opens nothing"},
    {"appointments.agreed_zone", "zone", IsZone, "no time zone has this name"},
    {"appointments.proposals_s", "code", AreNumbers, "it is no list of numbers"},
    {"notifications.actor", "code", IsActor, "it is none of the words that it can be"},
    {"notifications.kind", "code", IsKind, "it is none of the words that it can be"},
    {"notifications.status", "code", IsStatus, "it is none of the words that it can be"},
    {"providers.reminders_min", "code", AreNumbers, "it is no list of numbers"},
    {"schedules.time_zone", "zone", IsZone, "no time zone has this name"},
};

std::string TypeName(const std::string& type) {
  return type == "INTEGER" ? "integer" : type == "BLOB" ? "blob" : "text";
}

// One table, with what its rows are called.
class Table {
 public:
  Table(Connection& connection, const std::string& name)
      : connection_(connection), name_(name), columns_(ColumnsOf(connection.database(), name)) {
    for (const TableColumn& column : columns_) {
      if (column.in_key) keys_.push_back(column.name);
    }
    if (keys_.empty()) keys_.emplace_back("rowid");
  }

  const std::vector<TableColumn>& columns() const { return columns_; }
  std::string Called(const std::string& column) const { return name_ + "." + column; }

  // The rows for which `condition` holds, as "<called>/<key>".
  void Each(const std::string& condition, const std::string& called,
            const std::function<void(std::string place)>& each) const {
    Select("1", condition, called, [&](const Row&, std::string place) { each(std::move(place)); });
  }
  // The same, each with the value of `column` as column 0.
  void Select(const std::string& column, const std::string& condition, const std::string& called,
              const std::function<void(const Row& row, std::string place)>& each) const {
    const std::string sql = fmt::format("SELECT {}, {} FROM {} WHERE {}", column,
                                        fmt::join(keys_, ", "), name_, condition);
    connection_.Query(sql, {}, [&](const Row& row) {
      std::string place = called;
      for (std::size_t key = 0; key < keys_.size(); ++key) {
        place += "/" + KeyAt(row, static_cast<int>(key) + 1, keys_[key]);
      }
      each(row, std::move(place));
    });
  }

 private:
  static std::string KeyAt(const Row& row, int column, const std::string& name) {
    if (row.IsNull(column)) return "?";
    if (!row.IsSound(column)) {
      try {
        return KeyText(name, row.Int(column));
      } catch (const UnreadableRow&) {
        return "?";
      }
    }
    return PrintableKey(row.Text(column));
  }

  Connection& connection_;
  const std::string name_;
  const std::vector<TableColumn> columns_;
  std::vector<std::string> keys_;
};

void CheckText(const Table& table, const TableColumn& column,
               const std::function<void(BadRow)>& found) {
  const std::string called = table.Called(column.name);
  const auto* const rule = std::find_if(std::begin(kRules), std::end(kRules),
                                        [&](const auto& one) { return one.column == called; });
  table.Select(column.name, column.name + " IS NOT NULL", called,
               [&](const Row& row, std::string place) {
                 if (!row.IsSound(0)) {
                   found({"text", std::move(place), "it is no text in UTF-8"});
                 } else if (rule != std::end(kRules) && !rule->is_known(row.Text(0))) {
                   found({std::string(rule->kind), std::move(place), std::string(rule->what)});
                 }
               });
}

}  // namespace

void EachBadRow(Connection& connection, const std::string& name,
                const std::function<void(BadRow)>& found) {
  const Table table(connection, name);
  for (const TableColumn& column : table.columns()) {
    const std::string called = table.Called(column.name);
    const std::string wrong = column.required ? column.name + " IS NULL OR " : "";
    table.Each(fmt::format("{}typeof({}) NOT IN ('null', '{}')", wrong, column.name,
                           TypeName(column.type)),
               called, [&](std::string place) {
                 found({"row", std::move(place), "it is of another type than it can be"});
               });
    if (column.type == "TEXT") CheckText(table, column, found);
  }
  for (const std::string& check : ChecksOf(connection.database(), name)) {
    table.Each(fmt::format("NOT ({})", check), name, [&](std::string place) {
      found({"row", std::move(place), "it breaks a constraint: " + OnOneLine(check)});
    });
  }
}

void EachDanglingRow(Connection& connection, const std::string& name,
                     const std::function<void(BadRow)>& found) {
  const Table table(connection, name);
  for (const Reference& reference : ReferencesOf(connection.database(), name)) {
    std::string is_set;
    std::string is_it;
    for (std::size_t i = 0; i < reference.from.size(); ++i) {
      const char* const also = i == 0 ? "" : " AND ";
      is_set += fmt::format("{}{}.{} IS NOT NULL", also, name, reference.from[i]);
      is_it += fmt::format("{}there.{} = {}.{}", also, reference.to[i], name, reference.from[i]);
    }
    table.Each(fmt::format("{} AND NOT EXISTS (SELECT 1 FROM {} AS there WHERE {})", is_set,
                           reference.table, is_it),
               name, [&](std::string place) {
                 found({"foreign_key", std::move(place),
                        "refers to a row of " + reference.table + " that is not there"});
               });
  }
}

}  // namespace kalends::storage
