#include "storage/sqlite/writer.h"

#include <sqlite3.h>

#include "storage/sqlite/failure.h"

namespace kalends::storage {
namespace {

// The longest wait for readers when the log has to start over; later is early enough otherwise.
constexpr int kRestartWaitMs = 20;
constexpr int kBusyTimeoutMs = 5000;
// After readers were in the way of emptying the log.
constexpr std::chrono::milliseconds kEmptyAgain{500};

}  // namespace

SqliteWriterSide::SqliteWriterSide(Connection& connection, Gate* gate, Checkpointer* checkpointer,
                                   Reserve* reserve)
    : connection_(connection), gate_(gate), checkpointer_(checkpointer), reserve_(reserve) {
  sqlite3_wal_hook(
      connection_.database().getHandle(),
      [](void* pages, sqlite3*, const char*, int now) {
        *static_cast<int*>(pages) = now;
        return SQLITE_OK;
      },
      &log_pages_);
}

void SqliteWriterSide::Begin() {
  if (gate_ != nullptr) {
    const std::lock_guard turnstile(gate_->turnstile);
    gate_lock_ = std::unique_lock(gate_->mutex);
  }
  connection_.Execute("BEGIN IMMEDIATE");
}

void SqliteWriterSide::Commit() {
  connection_.Execute("COMMIT");
  gate_lock_ = {};
}

void SqliteWriterSide::Rollback() {
  // Whatever comes of it: readers go on.
  const auto gate = std::move(gate_lock_);
  connection_.Rollback();
}

absl::Status SqliteWriterSide::StatusOf(const std::exception& thrown) const {
  return storage::StatusOf(thrown);
}

bool SqliteWriterSide::ReleaseReserve() {
  if (reserve_ == nullptr) return false;
  reserve_->Release();
  return true;
}

void SqliteWriterSide::AfterCommit() {
  if (checkpointer_ == nullptr) return;
  checkpointer_->LogHas(log_pages_);
  if (checkpointer_->TakeRestart()) RestartLog();
}

void SqliteWriterSide::RestartLog() { TryCheckpoint("PRAGMA wal_checkpoint(RESTART)"); }

// False: readers were in its way for kRestartWaitMs.
bool SqliteWriterSide::TryCheckpoint(const char* pragma) {
  SQLite::Database& database = connection_.database();
  database.setBusyTimeout(kRestartWaitMs);
  bool done = false;
  try {
    SQLite::Statement statement(database, pragma);
    done = statement.executeStep() && statement.getColumn(0).getInt() == 0;
  } catch (const SQLite::Exception& failure) {
    // Nothing is lost: the log just stays as it is.
    StatusOf(failure).IgnoreError();
  }
  database.setBusyTimeout(kBusyTimeoutMs);
  return done;
}

void SqliteWriterSide::AskToEmptyLog() {
  const std::lock_guard lock(mutex_);
  emptying_ = true;
}

std::optional<std::chrono::milliseconds> SqliteWriterSide::Tend() {
  const auto now = std::chrono::steady_clock::now();
  {
    const std::lock_guard lock(mutex_);
    if (!emptying_) return std::nullopt;
    if (now < next_emptying_) return kEmptyAgain;
    emptying_ = false;  // Whoever asks from here on means a later commit.
  }
  if (TryCheckpoint("PRAGMA wal_checkpoint(TRUNCATE)")) return std::nullopt;
  next_emptying_ = now + kEmptyAgain;
  const std::lock_guard lock(mutex_);
  emptying_ = true;
  return kEmptyAgain;
}

}  // namespace kalends::storage
