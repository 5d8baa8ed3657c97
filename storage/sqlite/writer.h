// SQLite's side of the one writer: its connection, the log, and the room that is kept for deleting.
#pragma once

#include <chrono>
#include <exception>
#include <mutex>
#include <optional>
#include <shared_mutex>

#include "absl/status/status.h"
#include "storage/group_writer.h"
#include "storage/sqlite/checkpointer.h"
#include "storage/sqlite/connection.h"
#include "storage/sqlite/reserve.h"

namespace kalends::storage {

// Lets a database in memory, which has no snapshots, be read by many or written by one. The one who
// waits for the turnstile is next, so that readers do not keep the writer out.
struct Gate {
  std::mutex turnstile;
  std::shared_mutex mutex;
};

class SqliteWriterSide final : public WriterSide {
 public:
  // `gate` is held while a transaction runs. It, `checkpointer` and `reserve` may be null. All
  // outlive this.
  SqliteWriterSide(Connection& connection, Gate* gate, Checkpointer* checkpointer,
                   Reserve* reserve);

  Transaction& transaction() override { return connection_; }
  void Begin() override;
  void Commit() override;
  void Rollback() override;
  bool InTransaction() const override { return connection_.InTransaction(); }
  absl::Status StatusOf(const std::exception& thrown) const override;
  bool IsReserveSpent() override { return reserve_ != nullptr && reserve_->IsSpent(); }
  bool ReleaseReserve() override;
  // The next one finds the same room, and need not find more.
  void AfterReserve() override { RestartLog(); }
  void AfterCommit() override;
  std::optional<std::chrono::milliseconds> Tend() override;

  // See Database. From any thread; wake the writer after it.
  void AskToEmptyLog();

 private:
  void RestartLog();
  bool TryCheckpoint(const char* pragma);

  Connection& connection_;
  Gate* gate_;
  Checkpointer* checkpointer_;
  Reserve* reserve_;
  std::unique_lock<std::shared_mutex> gate_lock_;
  std::chrono::steady_clock::time_point next_emptying_;
  int log_pages_ = 0;  // Of the write-ahead log, after the last commit.

  std::mutex mutex_;
  bool emptying_ = false;  // The log is to be emptied, which was not possible yet.
};

}  // namespace kalends::storage
