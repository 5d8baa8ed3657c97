// The one writer: a thread that runs waiting jobs in groups, one commit for each group.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <shared_mutex>
#include <span>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "core/operate/metrics.h"
#include "storage/database.h"
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

class Writer {
 public:
  // `connection` is used by the writer's thread alone from here on. `gate` is held while a
  // transaction runs. It, `checkpointer` and `reserve` may be null. All outlive this.
  Writer(Connection& connection, Gate* gate, Checkpointer* checkpointer, Reserve* reserve);
  // Waits for what was submitted.
  ~Writer();

  void Submit(WriteJob job);
  void SetGroupListener(std::function<void(bool committed)> listener);
  WriteStats Stats() const;
  // See Database. From any thread.
  void EmptyLog();

 private:
  void Run();
  bool TakeWaiting(std::vector<WriteJob>& jobs);
  std::size_t RunGroup(std::span<WriteJob> jobs);
  absl::Status Transact(std::span<WriteJob> jobs, std::vector<absl::Status>& answers);
  absl::Status RunJob(const WriteJob& job);
  absl::Status RunFromReserve(WriteJob& job);
  void CountCommit(std::int64_t writes);
  void AfterCommit();
  void RestartLog();
  bool TryCheckpoint(const char* pragma);
  void EmptyLogIfAsked();
  double WaitingNow();

  Connection& connection_;
  Gate* gate_;
  Checkpointer* checkpointer_;
  Reserve* reserve_;
  bool reserve_spent_ = false;  // No job but those that may use it gets what is left.
  std::function<void(bool committed)> listener_;
  std::chrono::steady_clock::time_point next_emptying_;
  int log_pages_ = 0;  // Of the write-ahead log, after the last commit.

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<WriteJob> waiting_;
  bool idle_ = false;
  bool stopping_ = false;
  bool emptying_ = false;  // The log is to be emptied, which was not possible yet.

  std::atomic<std::int64_t> commits_ = 0;
  std::atomic<std::int64_t> writes_ = 0;
  std::thread thread_;
  // Last, so that it goes first.
  operate::Sampled waiting_now_{"kalends_storage_writes_waiting",
                                "Writes that wait for the one writer.",
                                [this] { return WaitingNow(); }};
};

}  // namespace kalends::storage
