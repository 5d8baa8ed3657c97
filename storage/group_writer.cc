#include "storage/group_writer.h"

#include <algorithm>
#include <utility>

#include "core/base/error.h"

namespace kalends::storage {
namespace {

// Jobs that share a commit. More would make the first wait long without making the flush cheaper.
constexpr int kGroupMax = 256;
// Jobs that may wait; those beyond it are answered BUSY.
constexpr std::size_t kWaitingMax = 100'000;

operate::Histogram commit_writes("kalends_storage_commit_writes",
                                 "Writes that one commit made durable together.",
                                 operate::PowersOfTwo(kGroupMax));
operate::Histogram commit_seconds("kalends_storage_commit_seconds",
                                  "What a commit took, with the flush of the disk, in seconds.",
                                  operate::Latencies());
operate::Counter commits_failed("kalends_storage_commits_failed_total",
                                "Groups of writes that could not be committed.");

absl::Status Refuse(Transaction&) { return core::Error(core::Reason::kBusy); }

}  // namespace

GroupWriter::GroupWriter(WriterSide& side) : side_(side) {
  thread_ = std::thread([this] { Run(); });
}

GroupWriter::~GroupWriter() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void GroupWriter::Submit(WriteJob job) {
  bool wake = false;
  {
    const std::lock_guard lock(mutex_);
    // Refused on the writer's thread, as `done` wants it, and without holding on to the request.
    if (waiting_.size() >= kWaitingMax) job.body = Refuse;
    waiting_.push_back(std::move(job));
    wake = std::exchange(idle_, false);
  }
  if (wake) changed_.notify_one();
}

void GroupWriter::SetGroupListener(std::function<void(bool committed)> listener) {
  const std::lock_guard lock(mutex_);
  listener_ = std::move(listener);
}

WriteStats GroupWriter::Stats() const {
  return {commits_.load(std::memory_order_relaxed), writes_.load(std::memory_order_relaxed)};
}

void GroupWriter::Wake() {
  {
    const std::lock_guard lock(mutex_);
    woken_ = true;
    idle_ = false;
  }
  changed_.notify_one();
}

void GroupWriter::Run() {
  std::vector<WriteJob> jobs;
  std::optional<std::chrono::milliseconds> at_most = side_.Tend();
  while (TakeWaiting(jobs, at_most)) {
    for (std::span<WriteJob> rest(jobs); !rest.empty();) {
      rest = rest.subspan(RunGroup(rest.first(std::min(rest.size(), std::size_t{kGroupMax}))));
    }
    jobs.clear();
    at_most = side_.Tend();
  }
}

// False: stopped, and nothing is left. There may be no jobs where the time is over, or somebody
// woke it.
bool GroupWriter::TakeWaiting(std::vector<WriteJob>& jobs,
                              std::optional<std::chrono::milliseconds> at_most) {
  std::unique_lock lock(mutex_);
  while (waiting_.empty() && !woken_) {
    if (stopping_) return false;
    idle_ = true;
    if (!at_most) {
      changed_.wait(lock);
    } else if (changed_.wait_for(lock, *at_most) == std::cv_status::timeout) {
      break;
    }
  }
  idle_ = false;
  woken_ = false;
  std::swap(jobs, waiting_);
  return true;
}

// Returns how many of `jobs`, from the first on, were answered; the others did not run.
std::size_t GroupWriter::RunGroup(std::span<WriteJob> jobs) {
  std::vector<absl::Status> answers;
  answers.reserve(jobs.size());
  reserve_spent_ = side_.IsReserveSpent();
  const absl::Status group = Transact(jobs, answers);
  if (listener_) listener_(group.ok());
  std::int64_t written = 0;
  for (absl::Status& answer : answers) {
    if (!answer.ok()) continue;
    answer = group;
    ++written;
  }
  if (group.ok()) CountCommit(written);
  for (std::size_t i = 0; i < answers.size(); ++i) {
    if (core::ReasonOf(answers[i]) == core::Reason::kStorageFull && jobs[i].may_use_reserve) {
      answers[i] = RunFromReserve(jobs[i]);
    }
    jobs[i].done(std::move(answers[i]));
  }
  if (group.ok()) side_.AfterCommit();
  return answers.size();
}

// Fills `answers` with what the bodies returned. OK: they are committed. An error: nothing of it
// is, and where the transaction was lost half-way, the jobs without an answer did not run.
absl::Status GroupWriter::Transact(std::span<WriteJob> jobs, std::vector<absl::Status>& answers) {
  bool begun = false;
  absl::Status failure;
  try {
    side_.Begin();
    begun = true;
    for (const WriteJob& job : jobs) {
      answers.emplace_back();
      answers.back() = RunJob(job);
      // A full disk, say, or a connection that was lost, ends the transaction at once.
      if (!side_.InTransaction()) {
        failure = answers.back().ok() ? core::Error(core::Reason::kInternal) : answers.back();
        break;
      }
    }
    if (failure.ok()) {
      const auto begun_commit = std::chrono::steady_clock::now();
      side_.Commit();
      commit_seconds.Observe(
          std::chrono::duration<double>(std::chrono::steady_clock::now() - begun_commit).count());
      return absl::OkStatus();
    }
  } catch (const std::exception& thrown) {
    failure = side_.StatusOf(thrown);
  }
  commits_failed.Add();
  if (!begun) answers.resize(jobs.size());
  try {
    side_.Rollback();
  } catch (const std::exception& thrown) {
    // The next BEGIN will fail and say so to its jobs.
    side_.StatusOf(thrown).IgnoreError();
  }
  return failure;
}

absl::Status GroupWriter::RunJob(const WriteJob& job) {
  if (reserve_spent_ && !job.may_use_reserve) return core::Error(core::Reason::kStorageFull);
  Transaction& tx = side_.transaction();
  tx.Execute("SAVEPOINT job");
  absl::Status status;
  try {
    status = job.body(tx);
  } catch (const std::exception& thrown) {
    status = side_.StatusOf(thrown);
  }
  if (!side_.InTransaction()) return status;
  if (!status.ok()) tx.Execute("ROLLBACK TO job");
  tx.Execute("RELEASE job");
  return status;
}

// Once more, by itself.
absl::Status GroupWriter::RunFromReserve(WriteJob& job) {
  if (!side_.ReleaseReserve()) return core::Error(core::Reason::kStorageFull);
  std::vector<absl::Status> answers;
  absl::Status committed = Transact({&job, 1}, answers);
  if (listener_) listener_(committed.ok());
  if (!answers.front().ok()) return answers.front();
  if (!committed.ok()) return committed;
  CountCommit(1);
  side_.AfterReserve();
  return absl::OkStatus();
}

void GroupWriter::CountCommit(std::int64_t writes) {
  if (writes == 0) return;
  commits_.fetch_add(1, std::memory_order_relaxed);
  writes_.fetch_add(writes, std::memory_order_relaxed);
  commit_writes.Observe(static_cast<double>(writes));
}

double GroupWriter::WaitingNow() {
  const std::lock_guard lock(mutex_);
  return static_cast<double>(waiting_.size());
}

}  // namespace kalends::storage
