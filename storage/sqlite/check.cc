#include "storage/sqlite/check.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <sqlite3.h>

#include <algorithm>
#include <filesystem>

namespace kalends::storage {
namespace {

constexpr char kFilesTable[] = "blobs";
constexpr int kPrimaryCodeOfCheck = 0xff;

// A page that is no page may end the check itself.
bool IsDamageToCheck(const SQLite::Exception& failure) {
  const int code = failure.getErrorCode() & kPrimaryCodeOfCheck;
  return code == SQLITE_CORRUPT || code == SQLITE_NOTADB;
}

std::vector<std::string> FaultsOf(SQLite::Database& database, const std::string& pragma,
                                  const std::string& before) {
  std::vector<std::string> faults;
  try {
    SQLite::Statement statement(database, pragma);
    while (statement.executeStep() && faults.size() < kCheckFaultsMax) {
      std::string fault = statement.getColumn(0).getString();
      if (fault == "ok") continue;
      // A line of the log is one fault.
      std::replace(fault.begin(), fault.end(), '\n', ' ');
      faults.push_back(before + std::move(fault));
    }
  } catch (const SQLite::Exception& failure) {
    if (!IsDamageToCheck(failure)) throw;
    faults.push_back(before + failure.what());
  }
  return faults;
}

void Append(std::vector<std::string>& all, std::vector<std::string> more) {
  for (std::string& fault : more) {
    if (all.size() == kCheckFaultsMax) return;
    all.push_back(std::move(fault));
  }
}

}  // namespace

std::vector<std::string> TablesOf(SQLite::Database& database) {
  std::vector<std::string> tables;
  SQLite::Statement statement(database, "SELECT name FROM sqlite_schema WHERE type = 'table'");
  while (statement.executeStep()) tables.push_back(statement.getColumn(0).getString());
  return tables;
}

std::vector<std::string> CheckTable(SQLite::Database& database, const std::string& table,
                                    CheckDepth depth) {
  const char* const pragma = depth == CheckDepth::kWhole ? "integrity_check" : "quick_check";
  return FaultsOf(database, fmt::format("PRAGMA {}('{}')", pragma, table), table + ": ");
}

std::vector<std::string> CheckWhole(SQLite::Database& database) {
  return FaultsOf(database, "PRAGMA integrity_check", "");
}

std::vector<std::string> CheckTables(SQLite::Database& database, const std::atomic<bool>& stop) {
  std::vector<std::string> faults;
  for (const std::string& table : TablesOf(database)) {
    if (stop) break;
    Append(faults, CheckTable(database, table, CheckDepth::kPages));
  }
  return faults;
}

bool IsOfOneRow(std::string_view fault) {
  constexpr std::string_view kOfRows[] = {"CHECK constraint failed in ", "NULL value in ",
                                          "non-INTEGER value in ",       "non-REAL value in ",
                                          "non-TEXT value in ",          "non-BLOB value in "};
  return std::any_of(std::begin(kOfRows), std::end(kOfRows), [&](std::string_view text) {
    return fault.find(text) != std::string_view::npos;
  });
}

bool IsLarge(const Location& location) {
  if (location.in_memory) return false;
  std::int64_t bytes = 0;
  for (const char* file : {"", "-wal"}) {
    std::error_code missing;
    const auto size = std::filesystem::file_size(location.name + file, missing);
    if (!missing) bytes += static_cast<std::int64_t>(size);
  }
  return bytes > kCheckedAtStartBytesMax;
}

std::vector<std::string> CheckAtStart(SQLite::Database& database, const Location& location) {
  if (location.in_memory) return {};
  std::vector<std::string> faults;
  const std::vector<std::string> tables = TablesOf(database);
  if (!IsLarge(location)) {
    // The whole has more than its tables: the list of free pages, and pages that nothing refers to.
    std::vector<std::string> of_whole = FaultsOf(database, "PRAGMA quick_check", "");
    // Of what is damaged, the tables are named, too.
    if (!of_whole.empty()) {
      const std::atomic<bool> stop = false;
      faults = CheckTables(database, stop);
      std::erase_if(of_whole, [&](const std::string& fault) {
        return std::any_of(faults.begin(), faults.end(),
                           [&](const std::string& named) { return named.ends_with(": " + fault); });
      });
      Append(faults, std::move(of_whole));
    }
  }
  if (std::find(tables.begin(), tables.end(), kFilesTable) != tables.end()) {
    for (std::string& fault : CheckTable(database, kFilesTable, CheckDepth::kWhole)) {
      if (std::find(faults.begin(), faults.end(), fault) == faults.end()) {
        faults.push_back(std::move(fault));
      }
    }
  }
  return faults;
}

BackgroundCheck::BackgroundCheck(SQLite::Database database, std::vector<std::string> known)
    : database_(std::move(database)) {
  result_ = {CheckResult::State::kRunning, std::move(known)};
  thread_ = std::thread([this] { Run(); });
}

BackgroundCheck::~BackgroundCheck() {
  stopping_ = true;
  sqlite3_interrupt(database_.getHandle());
  thread_.join();
}

CheckResult BackgroundCheck::Result() const {
  const std::lock_guard lock(mutex_);
  return result_;
}

void BackgroundCheck::Run() {
  CheckResult result{CheckResult::State::kSound, {}};
  try {
    result.faults = CheckTables(database_, stopping_);
    if (stopping_) return;
    if (!result.faults.empty()) result.state = CheckResult::State::kDamaged;
    for (const std::string& fault : result.faults)
      spdlog::error("the database is damaged: {}", fault);
  } catch (const std::exception& thrown) {
    if (stopping_) return;
    result.state = CheckResult::State::kFailed;
    spdlog::error("the check of the database broke off: {}", thrown.what());
  }
  const std::lock_guard lock(mutex_);
  result_ = std::move(result);
}

}  // namespace kalends::storage
