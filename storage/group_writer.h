// The one writer of a database: a thread that runs waiting jobs in groups, one commit for each
// group, each job in a savepoint of its own. What is the engine's own, a driver says in WriterSide.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <span>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "core/operate/metrics.h"
#include "storage/database.h"

namespace kalends::storage {

// A driver's connection as its writer uses it, on the writer's thread alone. What fails throws what
// StatusOf turns into a status.
class WriterSide {
 public:
  virtual ~WriterSide() = default;
  virtual Transaction& transaction() = 0;
  virtual void Begin() = 0;
  virtual void Commit() = 0;
  // Ends the transaction, if there still is one.
  virtual void Rollback() = 0;
  virtual bool InTransaction() const = 0;
  // Logs what nobody expects.
  virtual absl::Status StatusOf(const std::exception& thrown) const = 0;

  // Before each group: whether the room that is left is kept for jobs that may use it.
  virtual bool IsReserveSpent() { return false; }
  // Gives that room up. False: there is none.
  virtual bool ReleaseReserve() { return false; }
  // After a job that needed it.
  virtual void AfterReserve() {}
  // After a group was committed and answered.
  virtual void AfterCommit() {}
  // Between groups; how long the writer may sleep before the next call without jobs, if not for
  // ever.
  virtual std::optional<std::chrono::milliseconds> Tend() { return std::nullopt; }
};

class GroupWriter {
 public:
  // `side` is used by the writer's thread alone from here on, and outlives this.
  explicit GroupWriter(WriterSide& side);
  // Waits for what was submitted.
  ~GroupWriter();
  GroupWriter(const GroupWriter&) = delete;
  GroupWriter& operator=(const GroupWriter&) = delete;

  // These four from any thread.
  void Submit(WriteJob job);
  void SetGroupListener(std::function<void(bool committed)> listener);
  WriteStats Stats() const;
  // Has Tend called soon.
  void Wake();

 private:
  void Run();
  bool TakeWaiting(std::vector<WriteJob>& jobs, std::optional<std::chrono::milliseconds> at_most);
  std::size_t RunGroup(std::span<WriteJob> jobs);
  absl::Status Transact(std::span<WriteJob> jobs, std::vector<absl::Status>& answers);
  absl::Status RunJob(const WriteJob& job);
  absl::Status RunFromReserve(WriteJob& job);
  void CountCommit(std::int64_t writes);
  double WaitingNow();

  WriterSide& side_;
  bool reserve_spent_ = false;  // No job but those that may use it gets what is left.
  std::function<void(bool committed)> listener_;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<WriteJob> waiting_;
  bool idle_ = false;
  bool woken_ = false;
  bool stopping_ = false;

  std::atomic<std::int64_t> commits_ = 0;
  std::atomic<std::int64_t> writes_ = 0;
  std::thread thread_;
  // Last, so that it goes first.
  operate::Sampled waiting_now_{"kalends_storage_writes_waiting",
                                "Writes that wait for the one writer.",
                                [this] { return WaitingNow(); }};
};

}  // namespace kalends::storage
