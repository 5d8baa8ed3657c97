// Moves all rows of one database to another, of the same engine or not. Not while a core works on
// either.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "storage/database.h"

namespace kalends::storage {

// What a row of a move holds; owned. The engines keep numbers, texts and bytes alike.
struct MovedBytes {
  std::string bytes;
};
using MovedValue = std::variant<std::nullptr_t, std::int64_t, std::string, MovedBytes>;
using MovedRow = std::vector<MovedValue>;

struct MovedColumn {
  enum class Kind { kNumber, kText, kBytes };
  std::string name;
  Kind kind;
  friend bool operator==(const MovedColumn&, const MovedColumn&) = default;
};

struct MovedTable {
  std::string name;
  std::vector<MovedColumn> columns;  // By name; none that the engine makes up by itself.
  std::vector<std::string> key;      // The primary key, in its order.
  std::vector<std::string> after;    // The tables that its rows refer to, by name.
  friend bool operator==(const MovedTable&, const MovedTable&) = default;
};

// One of the two databases, in a transaction that ends without a trace unless it is committed. Its
// functions throw what its engine throws. Used by one thread.
class MoveSide {
 public:
  virtual ~MoveSide() = default;
  // All but what the engine keeps for itself, by name.
  virtual std::vector<MovedTable> Tables() = 0;
  // Texts of statements stay where they are for as long as this lives.
  virtual Transaction& transaction() = 0;
  // Until Commit no trigger runs: rows come as they are, in the order of their keys. What columns,
  // keys and references demand is still demanded.
  virtual void BeginWriting(const std::vector<MovedTable>& tables) = 0;
  virtual void Insert(const MovedTable& table, const std::vector<MovedRow>& rows) = 0;
  // Triggers run again, and numbers that the engine gives go on behind the last row's.
  virtual void Commit(const std::vector<MovedTable>& tables) = 0;
};

struct MoveProgress {
  std::string_view table;
  bool is_comparing = false;  // Reads what was written; before, it copies.
  std::int64_t rows = 0;      // Of all tables.
  std::int64_t rows_total = 0;
};

struct MoveReport {
  std::int64_t tables = 0;
  std::int64_t rows = 0;
};

// Copies every table in one transaction of `to`, reads back what it then holds, and commits where
// each table has as many rows and the same ones, by a hash over them. Otherwise, and when it is
// killed, `to` stays as it was. FAILED_PRECONDITION, a sentence for people: the schemas differ,
// `to` is not empty. DATA_LOSS: what was read back is something else.
absl::StatusOr<MoveReport> MoveRows(MoveSide& from, MoveSide& to,
                                    const std::function<void(const MoveProgress&)>& progress);

}  // namespace kalends::storage
