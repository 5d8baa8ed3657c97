#include "storage/sqlite/sqlite_database.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <sqlite3.h>

#include <algorithm>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <utility>

#include "core/base/status_macros.h"
#include "storage/group_writer.h"
#include "storage/sqlite/check.h"
#include "storage/sqlite/checkpointer.h"
#include "storage/sqlite/connection.h"
#include "storage/sqlite/failure.h"
#include "storage/sqlite/migrate.h"
#include "storage/sqlite/open.h"
#include "storage/sqlite/reader_pool.h"
#include "storage/sqlite/reserve.h"
#include "storage/sqlite/writer.h"

namespace kalends::storage {
namespace {

class SqliteDatabase final : public Database {
 public:
  // `faults` are those that were found before.
  SqliteDatabase(const Location& location, SQLite::Database database,
                 std::vector<std::string> faults)
      : location_(location),
        in_memory_(location.in_memory),
        connection_(std::move(database)),
        readers_(location) {
    if (!in_memory_) {
      checkpointer_ = std::make_unique<Checkpointer>(OpenCheckpointer(location));
      reserve_.emplace(location.name + "-reserve");
    }
    writer_side_.emplace(connection_, in_memory_ ? &gate_ : nullptr, checkpointer_.get(),
                         reserve_ ? &*reserve_ : nullptr);
    // Whoever was killed between an erasure and this leaves it to the next.
    if (!in_memory_) writer_side_->AskToEmptyLog();
    writer_.emplace(*writer_side_);
    if (IsLarge(location)) {
      check_.emplace(OpenReader(location), std::move(faults));
    } else {
      const auto state = faults.empty() ? CheckResult::State::kSound : CheckResult::State::kDamaged;
      checked_ = {state, std::move(faults)};
    }
  }

  absl::Status Read(const Body& body) override {
    std::shared_lock<std::shared_mutex> gate;
    if (in_memory_) {
      const std::lock_guard turnstile(gate_.turnstile);
      gate = std::shared_lock(gate_.mutex);
    }
    try {
      ReaderPool::Lease reader = readers_.Take();
      absl::Status status;
      try {
        reader->UseKeys(keys_.get());
        reader->Execute("BEGIN");
        status = body(*reader);
      } catch (const std::exception& thrown) {
        status = StatusOf(thrown);
      }
      reader->Rollback();
      return status;
    } catch (const std::exception& thrown) {
      return StatusOf(thrown);
    }
  }

  void Submit(WriteJob job) override { writer_->Submit(std::move(job)); }
  void SetGroupListener(std::function<void(bool committed)> listener) override {
    writer_->SetGroupListener(std::move(listener));
  }
  void SetKeys(std::shared_ptr<const MasterKeys> keys) override {
    keys_ = std::move(keys);
    connection_.UseKeys(keys_.get());
  }
  WriteStats Stats() const override { return writer_->Stats(); }
  CheckResult Check() const override { return check_ ? check_->Result() : checked_; }
  void EmptyLog() override {
    if (in_memory_) return;
    writer_side_->AskToEmptyLog();
    writer_->Wake();
  }
  absl::Status Rewrite() override {
    if (in_memory_) return absl::OkStatus();
    try {
      Connection connection(OpenCheckpointer(location_));
      // A copy is made on the way, for which memory may have no room.
      connection.Execute("PRAGMA temp_store = FILE");
      connection.Execute("VACUUM");
      return absl::OkStatus();
    } catch (const std::exception& thrown) {
      return StatusOf(thrown);
    }
  }

 private:
  const Location location_;
  const bool in_memory_;
  std::shared_ptr<const MasterKeys> keys_;
  Gate gate_;              // Of a database in memory only.
  Connection connection_;  // The writer's. Closed last: that empties the write-ahead log.
  ReaderPool readers_;
  std::unique_ptr<Checkpointer> checkpointer_;
  std::optional<Reserve> reserve_;
  std::optional<SqliteWriterSide> writer_side_;
  std::optional<GroupWriter> writer_;
  CheckResult checked_;  // Before anything was written, if `check_` is not.
  std::optional<BackgroundCheck> check_;
};

// Says all that was found, and whether that is a reason not to start.
absl::Status JudgeFaults(const std::vector<std::string>& faults, bool accept_damage) {
  for (const std::string& fault : faults) spdlog::error("the database is damaged: {}", fault);
  const auto torn = std::find_if_not(faults.begin(), faults.end(), IsOfOneRow);
  if (torn == faults.end()) return absl::OkStatus();
  if (accept_damage) {
    spdlog::warn("started on a damaged database: what is written to it may be lost");
    return absl::OkStatus();
  }
  return absl::FailedPreconditionError(fmt::format(
      "The database is damaged ({}): restore a backup. `kalends verify` shows what is damaged; "
      "--accept-damage starts all the same, to save what can be read.",
      *torn));
}

absl::Status OpenFailure(const SQLite::Exception& failure) {
  switch (failure.getErrorCode()) {
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      return absl::FailedPreconditionError(
          "The database is damaged, or is none: restore a backup.");
    default:
      return absl::FailedPreconditionError(
          fmt::format("The database cannot be opened: {}.", failure.what()));
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<Database>> OpenSqlite(const SqliteOptions& options) {
  try {
    const Location location = LocationOf(options.path);
    SQLite::Database database = OpenWriter(location);
    std::vector<std::string> faults = CheckAtStart(database, location);
    RETURN_IF_ERROR(JudgeFaults(faults, options.accept_damage));
    RETURN_IF_ERROR(Migrate(database, Migrations()));
    SetUpWriter(database, location, options.cache_mib);
    return std::make_unique<SqliteDatabase>(location, std::move(database), std::move(faults));
  } catch (const SQLite::Exception& failure) {
    return OpenFailure(failure);
  }
}

}  // namespace kalends::storage
