#include "storage/move.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <utility>

#include "core/base/status_macros.h"

namespace kalends::storage {
namespace {

// Held in memory at a time.
constexpr std::size_t kRowsAtATime = 500;
// What migrations put into a new database: rows that count, which those of the source replace.
constexpr std::string_view kSeeded[] = {"set_aside_count", "watermarks"};

std::vector<std::string> NamesOf(const std::vector<MovedColumn>& columns) {
  std::vector<std::string> names;
  for (const MovedColumn& column : columns) names.push_back('"' + column.name + '"');
  return names;
}

Value ValueOf(const MovedValue& moved) {
  if (const auto* number = std::get_if<std::int64_t>(&moved)) return *number;
  if (const auto* text = std::get_if<std::string>(&moved)) return std::string_view(*text);
  if (const auto* bytes = std::get_if<MovedBytes>(&moved)) return Blob{bytes->bytes};
  return nullptr;
}

// As it is, be it damaged: the other side says what it does not take.
MovedValue MovedOf(const Row& row, int at, MovedColumn::Kind kind) {
  if (row.IsNull(at)) return nullptr;
  switch (kind) {
    case MovedColumn::Kind::kNumber:
      return row.Int(at);
    case MovedColumn::Kind::kText:
      return row.Bytes(at);
    case MovedColumn::Kind::kBytes:
      break;
  }
  return MovedBytes{row.Bytes(at)};
}

// Reads a table in the order of its key, which both engines have by the bytes.
class TableReader {
 public:
  TableReader(MoveSide& side, const MovedTable& table) : side_(side), table_(table) {
    std::vector<std::string> marks;
    std::vector<std::string> key;
    for (const std::string& name : table.key) {
      key.push_back('"' + name + '"');
      marks.push_back(fmt::format("${}", marks.size() + 1));
      const auto found =
          std::find_if(table.columns.begin(), table.columns.end(),
                       [&](const MovedColumn& column) { return column.name == name; });
      key_.push_back(static_cast<std::size_t>(found - table.columns.begin()));
    }
    const std::string head =
        fmt::format("SELECT {} FROM {}", fmt::join(NamesOf(table.columns), ", "), table.name);
    const std::string tail =
        fmt::format(" ORDER BY {} LIMIT {}", fmt::join(key, ", "), kRowsAtATime);
    first_ = head + tail;
    next_ = fmt::format("{} WHERE ({}) > ({}){}", head, fmt::join(key, ", "),
                        fmt::join(marks, ", "), tail);
  }

  // The next rows; none: that was all.
  std::vector<MovedRow> Next() {
    std::vector<MovedRow> rows;
    std::vector<Value> after;
    if (last_) {
      for (const std::size_t at : key_) after.push_back(ValueOf((*last_)[at]));
    }
    side_.transaction().Query(last_ ? next_ : first_, after, [&](const Row& row) {
      MovedRow& moved = rows.emplace_back();
      for (std::size_t i = 0; i < table_.columns.size(); ++i) {
        moved.push_back(MovedOf(row, static_cast<int>(i), table_.columns[i].kind));
      }
    });
    if (!rows.empty()) last_ = rows.back();
    return rows;
  }

 private:
  MoveSide& side_;
  const MovedTable& table_;
  std::vector<std::size_t> key_;
  std::string first_;
  std::string next_;
  std::optional<MovedRow> last_;
};

// How many rows, and a hash over them that knows where a value ends and of which kind it is.
class RowsHash {
 public:
  RowsHash() { crypto_generichash_init(&state_, nullptr, 0, crypto_generichash_BYTES); }

  void Add(const MovedRow& row) {
    ++count_;
    for (const MovedValue& value : row) {
      const auto kind = static_cast<std::uint64_t>(value.index());
      if (const auto* number = std::get_if<std::int64_t>(&value)) {
        Add(kind, static_cast<std::uint64_t>(*number), {});
      } else if (const auto* text = std::get_if<std::string>(&value)) {
        Add(kind, text->size(), *text);
      } else if (const auto* bytes = std::get_if<MovedBytes>(&value)) {
        Add(kind, bytes->bytes.size(), bytes->bytes);
      } else {
        Add(kind, 0, {});
      }
    }
  }

  std::int64_t count() const { return count_; }
  std::string Take() {
    std::string hash(crypto_generichash_BYTES, '\0');
    crypto_generichash_final(&state_, reinterpret_cast<unsigned char*>(hash.data()), hash.size());
    return hash;
  }

 private:
  void Add(std::uint64_t kind, std::uint64_t number, std::string_view bytes) {
    const std::array<std::uint64_t, 2> head = {kind, number};
    crypto_generichash_update(&state_, reinterpret_cast<const unsigned char*>(head.data()),
                              sizeof(head));
    crypto_generichash_update(&state_, reinterpret_cast<const unsigned char*>(bytes.data()),
                              bytes.size());
  }

  crypto_generichash_state state_;
  std::int64_t count_ = 0;
};

struct Whole {
  std::int64_t rows = 0;
  std::string hash;
};

// Those to which others refer come before them.
absl::StatusOr<std::vector<MovedTable>> InOrder(std::vector<MovedTable> tables) {
  std::vector<MovedTable> ordered;
  std::set<std::string> done;
  while (!tables.empty()) {
    const auto next = std::find_if(tables.begin(), tables.end(), [&](const MovedTable& table) {
      return std::all_of(table.after.begin(), table.after.end(), [&](const std::string& other) {
        return done.contains(other) || other == table.name;
      });
    });
    if (next == tables.end()) {
      return absl::InternalError(
          fmt::format("{} and others refer to each other", tables.front().name));
    }
    done.insert(next->name);
    ordered.push_back(std::move(*next));
    tables.erase(next);
  }
  return ordered;
}

class Mover {
 public:
  Mover(MoveSide& from, MoveSide& to, std::function<void(const MoveProgress&)> progress)
      : from_(from), to_(to), progress_(std::move(progress)) {}

  absl::StatusOr<MoveReport> Run() {
    std::vector<MovedTable> known = from_.Tables();
    if (known != to_.Tables()) {
      return absl::FailedPreconditionError(
          "The two databases do not have the same tables: start the same version of kalendsd once "
          "on "
          "each.");
    }
    ASSIGN_OR_RETURN(tables_, InOrder(std::move(known)));
    RETURN_IF_ERROR(CheckEmpty());
    now_.rows_total = 0;
    for (const MovedTable& table : tables_) now_.rows_total += CountOf(from_, table);
    to_.BeginWriting(tables_);
    for (const std::string_view table : kSeeded) {
      to_.transaction().Execute(Kept(fmt::format("DELETE FROM {}", table)));
    }
    for (const MovedTable& table : tables_) wholes_[table.name] = Copy(table);
    const std::int64_t copied = now_.rows;
    now_.rows = 0;
    now_.is_comparing = true;
    for (const MovedTable& table : tables_) RETURN_IF_ERROR(Compare(table));
    to_.Commit(tables_);
    return MoveReport{static_cast<std::int64_t>(tables_.size()), copied};
  }

 private:
  // A driver knows a text by where it lies.
  std::string_view Kept(std::string sql) { return texts_.emplace_back(std::move(sql)); }

  std::int64_t CountOf(MoveSide& side, const MovedTable& table) {
    std::int64_t rows = 0;
    side.transaction().Query(Kept(fmt::format("SELECT count(*) FROM {}", table.name)), {},
                             [&](const Row& row) { rows = row.Int(0); });
    return rows;
  }

  absl::Status CheckEmpty() {
    for (const MovedTable& table : tables_) {
      if (std::find(std::begin(kSeeded), std::end(kSeeded), table.name) != std::end(kSeeded)) {
        continue;
      }
      if (CountOf(to_, table) != 0) {
        return absl::FailedPreconditionError(fmt::format(
            "The database to move to is not empty: there are rows in {}. Take a new one.",
            table.name));
      }
    }
    return absl::OkStatus();
  }

  void Show(const MovedTable& table, std::size_t more) {
    now_.table = table.name;
    now_.rows += static_cast<std::int64_t>(more);
    progress_(now_);
  }

  Whole Copy(const MovedTable& table) {
    TableReader& reader = readers_.emplace_back(from_, table);
    Show(table, 0);
    RowsHash hash;
    for (auto rows = reader.Next(); !rows.empty(); rows = reader.Next()) {
      for (const MovedRow& row : rows) hash.Add(row);
      to_.Insert(table, rows);
      Show(table, rows.size());
    }
    return {hash.count(), hash.Take()};
  }

  absl::Status Compare(const MovedTable& table) {
    TableReader& reader = readers_.emplace_back(to_, table);
    Show(table, 0);
    RowsHash hash;
    for (auto rows = reader.Next(); !rows.empty(); rows = reader.Next()) {
      for (const MovedRow& row : rows) hash.Add(row);
      Show(table, rows.size());
    }
    const Whole& source = wholes_[table.name];
    if (hash.count() == source.rows && hash.Take() == source.hash) return absl::OkStatus();
    return absl::DataLossError(fmt::format(
        "{} is not what it was: {} rows were read, {} are there now. Nothing was moved.",
        table.name, source.rows, hash.count()));
  }

  MoveSide& from_;
  MoveSide& to_;
  const std::function<void(const MoveProgress&)> progress_;
  std::vector<MovedTable> tables_;
  std::map<std::string, Whole> wholes_;
  std::deque<std::string> texts_;
  std::deque<TableReader> readers_;  // Their texts stay where they are.
  MoveProgress now_;
};

}  // namespace

absl::StatusOr<MoveReport> MoveRows(MoveSide& from, MoveSide& to,
                                    const std::function<void(const MoveProgress&)>& progress) {
  std::string table = "the schema";
  try {
    return Mover(from, to,
                 [&](const MoveProgress& now) {
                   table = now.table;
                   progress(now);
                 })
        .Run();
  } catch (const std::exception& thrown) {
    return absl::UnknownError(
        fmt::format("Nothing was moved; at or behind {}: {}.", table, thrown.what()));
  }
}

}  // namespace kalends::storage
