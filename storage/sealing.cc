#include "storage/sealing.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "storage/invitations.h"
#include "storage/sealed.h"
#include "storage/sealed_columns.h"
#include "storage/values.h"

namespace kalends::storage {
namespace {

using As = SealedColumn::As;

// What stands in plain_texts for the file as a whole.
constexpr std::string_view kFilePlace = "file";

constexpr std::int64_t kBeforeAllKeys = std::numeric_limits<std::int64_t>::min();

bool IsNamed(const SealedColumn& text) { return text.as == As::kBytes; }

// A row that is to be sealed. Its key is either of these.
struct PlainRow {
  std::string name;
  std::vector<std::int64_t> ids;
  std::string text;
};

std::vector<Value> ValuesOf(const PlainRow& row, const SealedColumn& text) {
  if (IsNamed(text)) return {row.name};
  return {row.ids.begin(), row.ids.end()};
}

// How far a column is, and back.
std::string CursorOf(const PlainRow& row) {
  return row.ids.empty() ? row.name : JoinNumbers(row.ids);
}
PlainRow RowAt(const SealedColumn& text, std::string_view cursor) {
  if (IsNamed(text)) return {std::string(cursor), {}, {}};
  if (!cursor.empty()) {
    auto ids = SplitNumbers(cursor);
    if (!ids) throw UnreadableRow("nobody knows how far a column is sealed");
    return {{}, *std::move(ids), {}};
  }
  return {{}, std::vector<std::int64_t>(KeysOf(text).size(), kBeforeAllKeys), {}};
}

Place PlaceOf(const SealedColumn& text, const PlainRow& row) {
  const std::string column = NameOf(text);
  if (IsNamed(text)) return Place(column, std::string_view(row.name));
  switch (row.ids.size()) {
    case 1:
      return Place(column, row.ids[0]);
    case 2:
      return Place(column, row.ids[0], row.ids[1]);
    default:
      return Place(column, row.ids[0], row.ids[1], row.ids[2]);
  }
}

// "$1, $2", from `first` on.
std::string Parameters(std::size_t first, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    fmt::format_to(std::back_inserter(text), "{}${}", i == 0 ? "" : ", ", first + i);
  }
  return text;
}

// The rows behind `after`, in the order of their key, whether there is anything to seal or not.
std::vector<PlainRow> RowsBehind(Transaction& tx, const SealedColumn& text, const PlainRow& after,
                                 int limit) {
  const std::vector<std::string_view> keys = KeysOf(text);
  const std::string names = fmt::format("{}", fmt::join(keys, ", "));
  const std::string sql = fmt::format(
      "SELECT {}, {} FROM {} WHERE {} AND ({}) > ({}) ORDER BY {} LIMIT ${}", text.column, names,
      text.table, text.only, names, Parameters(1, keys.size()), names, keys.size() + 1);
  std::vector<Value> values = ValuesOf(after, text);
  values.emplace_back(std::int64_t{limit});
  std::vector<PlainRow> rows;
  tx.Query(sql, values, [&](const Row& row) {
    PlainRow found;
    // What a disk has spoilt is nothing that somebody wrote, and stays as it is.
    if (row.IsSound(0)) {
      found.text = row.Text(0);
    } else {
      row.NoteDamage(0, "it is no text in UTF-8");
    }
    if (IsNamed(text)) {
      found.name = row.Text(1);
    } else {
      for (std::size_t i = 0; i < keys.size(); ++i) {
        found.ids.push_back(row.Int(static_cast<int>(i) + 1));
      }
    }
    rows.push_back(std::move(found));
  });
  return rows;
}

void SealRow(Transaction& tx, const SealedColumn& text, const PlainRow& row) {
  const std::vector<std::string_view> keys = KeysOf(text);
  const Place place = PlaceOf(text, row);
  const std::string bytes = SealedBytes(tx, row.text, place);
  const std::string sealed = text.as == As::kBytes ? bytes : absl::Base64Escape(bytes);
  const std::string hash = text.as == As::kCode ? HashOfCode(row.text) : std::string();
  std::vector<Value> values = ValuesOf(row, text);
  std::string changes = fmt::format("{} = ${}", text.column, keys.size() + 1);
  values.emplace_back(text.as == As::kBytes ? Value(Blob{sealed}) : Value(sealed));
  if (text.as == As::kCode) {
    fmt::format_to(std::back_inserter(changes), ", code_hash = ${}", keys.size() + 2);
    values.emplace_back(hash);
  }
  tx.Execute(fmt::format("UPDATE {} SET {} WHERE ({}) = ({})", text.table, changes,
                         fmt::join(keys, ", "), Parameters(1, keys.size())),
             values);
}

struct Progress {
  SealedColumn text;
  std::string cursor;
};

std::optional<Progress> FirstPlain(Transaction& tx) {
  const auto row =
      RowOf(tx,
            "SELECT place, cursor FROM plain_texts WHERE place <> $1"
            " ORDER BY place LIMIT 1",
            {kFilePlace}, [](const Row& row) { return std::pair(row.Text(0), row.Text(1)); });
  if (!row) return std::nullopt;
  const auto text = FindSealedColumn(row->first);
  if (!text) throw std::logic_error("nobody knows how to seal a column");
  return Progress{*text, row->second};
}

}  // namespace

SealedSome SealSome(Transaction& tx, int limit) {
  const auto progress = FirstPlain(tx);
  if (!progress) return {.done = true};
  const SealedColumn& text = progress->text;
  const std::string place = NameOf(text);
  const std::vector<PlainRow> rows = RowsBehind(tx, text, RowAt(text, progress->cursor), limit);
  SealedSome some;
  for (const PlainRow& row : rows) {
    if (row.text.empty()) continue;
    SealRow(tx, text, row);
    some.sealed = true;
  }
  if (rows.size() < static_cast<std::size_t>(limit)) {
    tx.Execute("DELETE FROM plain_texts WHERE place = $1", {place});
  } else {
    const std::string cursor = CursorOf(rows.back());
    tx.Execute("UPDATE plain_texts SET cursor = $2 WHERE place = $1", {place, cursor});
  }
  return some;
}

namespace {

// Pages were sealed later than all else: their table still wants them to look like addresses.
bool ArePagesPlain(Transaction& tx) {
  return HasRow(tx, "SELECT 1 FROM sqlite_schema WHERE name = 'profiles' AND sql LIKE '%https:%'",
                {});
}
void AppendPages(std::vector<std::string>& columns) {
  for (const SealedColumn& column : SealedColumns()) {
    if (column.table == "profiles" || column.table == "social_profiles") {
      columns.push_back(NameOf(column));
    }
  }
}

}  // namespace

std::vector<std::string> PlainColumns(Transaction& tx) {
  std::vector<std::string> columns;
  if (HasRow(tx, "SELECT 1 FROM sqlite_schema WHERE name = 'plain_texts'", {})) {
    columns = RowsOf(tx, "SELECT place FROM plain_texts WHERE place <> $1 ORDER BY place",
                     {kFilePlace}, [](const Row& row) { return row.Text(0); });
    if (ArePagesPlain(tx)) AppendPages(columns);
    return columns;
  }
  for (const SealedColumn& column : SealedColumns()) {
    if (IsSealedByQueries(column)) columns.push_back(NameOf(column));
  }
  return columns;
}

bool IsRewriteDue(Transaction& tx) {
  return HasRow(tx, "SELECT 1 FROM plain_texts WHERE place = $1", {kFilePlace});
}

void PutRewritten(Transaction& tx) {
  tx.Execute("DELETE FROM plain_texts WHERE place = $1", {kFilePlace});
}

}  // namespace kalends::storage
