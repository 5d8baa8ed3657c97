// Whether the pages of a database still fit together: a disk that tears or swaps some says nothing.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "storage/database.h"
#include "storage/sqlite/open.h"

namespace kalends::storage {

// So much is read at the start, before anything is written: some tenths of a second. Larger ones
// are checked beside all else.
inline constexpr std::int64_t kCheckedAtStartBytesMax = std::int64_t{64} << 20;
inline constexpr int kCheckFaultsMax = 100;

enum class CheckDepth {
  kPages,  // quick_check: pages, rows and their constraints.
  kWhole,  // integrity_check: also whether each index has its rows. Takes some times as long.
};

// What SQLite finds in a table and its indexes, at most kCheckFaultsMax; empty: nothing. A check
// that breaks off at a page that is no page finds that. Throws what is no damage.
std::vector<std::string> CheckTable(SQLite::Database& database, const std::string& table,
                                    CheckDepth depth);
// Of the whole database, pages that are in no table included; one transaction.
std::vector<std::string> CheckWhole(SQLite::Database& database);
// The tables of the schema.
std::vector<std::string> TablesOf(SQLite::Database& database);
// A look at a whole database, a transaction for each table.
std::vector<std::string> CheckTables(SQLite::Database& database, const std::atomic<bool>& stop);
// Whether a fault is of one row, which breaks a constraint, and not of how pages lie: reading it
// fails where it is read, and what is beside it is whole.
bool IsOfOneRow(std::string_view fault);

// Before migrations and anything else that writes. What is small is checked as a whole; of what is
// large only the table of stored files, as those that it does not know are removed.
// The faults that are no row's are a reason not to start.
std::vector<std::string> CheckAtStart(SQLite::Database& database, const Location& location);
// Whether CheckAtStart left most to be checked later.
bool IsLarge(const Location& location);

// A check in the background, on a connection and a thread of its own.
class BackgroundCheck {
 public:
  BackgroundCheck(SQLite::Database database, std::vector<std::string> known);
  // Breaks it off.
  ~BackgroundCheck();

  CheckResult Result() const;

 private:
  void Run();

  SQLite::Database database_;
  std::atomic<bool> stopping_ = false;
  mutable std::mutex mutex_;
  CheckResult result_;
  std::thread thread_;
};

}  // namespace kalends::storage
