#include "storage/sqlite/writer.h"

#include <sqlite3.h>

#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "storage/sqlite/failure.h"

namespace kalends::storage {
namespace {

// Jobs that share a commit. More would make the first wait long without making the flush cheaper.
constexpr int kGroupMax = 256;
// Jobs that may wait; those beyond it are answered BUSY.
constexpr std::size_t kWaitingMax = 100'000;
// The longest wait for readers when the log has to start over; later is early enough otherwise.
constexpr int kRestartWaitMs = 20;
constexpr int kBusyTimeoutMs = 5000;
// After readers were in the way of emptying the log.
constexpr std::chrono::milliseconds kEmptyAgain{500};

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

Writer::Writer(Connection& connection, Gate* gate, Checkpointer* checkpointer, Reserve* reserve)
    : connection_(connection), gate_(gate), checkpointer_(checkpointer), reserve_(reserve) {
  sqlite3_wal_hook(
      connection_.database().getHandle(),
      [](void* pages, sqlite3*, const char*, int now) {
        *static_cast<int*>(pages) = now;
        return SQLITE_OK;
      },
      &log_pages_);
  thread_ = std::thread([this] { Run(); });
}

Writer::~Writer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void Writer::Submit(WriteJob job) {
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

void Writer::SetGroupListener(std::function<void(bool committed)> listener) {
  const std::lock_guard lock(mutex_);
  listener_ = std::move(listener);
}

WriteStats Writer::Stats() const {
  return {commits_.load(std::memory_order_relaxed), writes_.load(std::memory_order_relaxed)};
}

void Writer::Run() {
  std::vector<WriteJob> jobs;
  while (TakeWaiting(jobs)) {
    for (std::span<WriteJob> rest(jobs); !rest.empty();) {
      rest = rest.subspan(RunGroup(rest.first(std::min(rest.size(), std::size_t{kGroupMax}))));
    }
    jobs.clear();
    EmptyLogIfAsked();
  }
}

// False: stopped, and nothing is left. There may be no jobs where the log is to be emptied.
bool Writer::TakeWaiting(std::vector<WriteJob>& jobs) {
  std::unique_lock lock(mutex_);
  while (waiting_.empty()) {
    if (stopping_) return false;
    idle_ = true;
    if (!emptying_) {
      changed_.wait(lock);
    } else if (changed_.wait_for(lock, kEmptyAgain) == std::cv_status::timeout) {
      break;
    }
  }
  idle_ = false;
  std::swap(jobs, waiting_);
  return true;
}

// Returns how many of `jobs`, from the first on, were answered; the others did not run.
std::size_t Writer::RunGroup(std::span<WriteJob> jobs) {
  std::vector<absl::Status> answers;
  answers.reserve(jobs.size());
  reserve_spent_ = reserve_ != nullptr && reserve_->IsSpent();
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
  if (group.ok()) AfterCommit();
  return answers.size();
}

// Fills `answers` with what the bodies returned. OK: they are committed. An error: nothing of it
// is, and where the transaction was lost half-way, the jobs without an answer did not run.
absl::Status Writer::Transact(std::span<WriteJob> jobs, std::vector<absl::Status>& answers) {
  std::unique_lock<std::shared_mutex> gate;
  if (gate_ != nullptr) {
    const std::lock_guard turnstile(gate_->turnstile);
    gate = std::unique_lock(gate_->mutex);
  }
  bool begun = false;
  absl::Status failure;
  try {
    connection_.Execute("BEGIN IMMEDIATE");
    begun = true;
    for (const WriteJob& job : jobs) {
      answers.emplace_back();
      answers.back() = RunJob(job);
      // A full disk, say, makes SQLite end the transaction at once.
      if (!connection_.InTransaction()) {
        return answers.back().ok() ? core::Error(core::Reason::kInternal) : answers.back();
      }
    }
    const auto begun_commit = std::chrono::steady_clock::now();
    connection_.Execute("COMMIT");
    commit_seconds.Observe(
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begun_commit).count());
    return absl::OkStatus();
  } catch (const std::exception& thrown) {
    failure = StatusOf(thrown);
  }
  commits_failed.Add();
  if (!begun) answers.resize(jobs.size());
  try {
    connection_.Rollback();
  } catch (const std::exception& thrown) {
    // The next BEGIN will fail and say so to its jobs.
    StatusOf(thrown).IgnoreError();
  }
  return failure;
}

absl::Status Writer::RunJob(const WriteJob& job) {
  if (reserve_spent_ && !job.may_use_reserve) return core::Error(core::Reason::kStorageFull);
  connection_.Execute("SAVEPOINT job");
  absl::Status status;
  try {
    status = job.body(connection_);
  } catch (const std::exception& thrown) {
    status = StatusOf(thrown);
  }
  if (!connection_.InTransaction()) return status;
  if (!status.ok()) connection_.Execute("ROLLBACK TO job");
  connection_.Execute("RELEASE job");
  return status;
}

// Once more, by itself.
absl::Status Writer::RunFromReserve(WriteJob& job) {
  if (reserve_ == nullptr) return core::Error(core::Reason::kStorageFull);
  reserve_->Release();
  std::vector<absl::Status> answers;
  absl::Status committed = Transact({&job, 1}, answers);
  if (listener_) listener_(committed.ok());
  if (!answers.front().ok()) return answers.front();
  if (!committed.ok()) return committed;
  CountCommit(1);
  // The next one finds the same room, and need not find more.
  RestartLog();
  return absl::OkStatus();
}

void Writer::CountCommit(std::int64_t writes) {
  if (writes == 0) return;
  commits_.fetch_add(1, std::memory_order_relaxed);
  writes_.fetch_add(writes, std::memory_order_relaxed);
  commit_writes.Observe(static_cast<double>(writes));
}

double Writer::WaitingNow() {
  const std::lock_guard lock(mutex_);
  return static_cast<double>(waiting_.size());
}

void Writer::AfterCommit() {
  if (checkpointer_ == nullptr) return;
  checkpointer_->LogHas(log_pages_);
  if (checkpointer_->TakeRestart()) RestartLog();
}

void Writer::RestartLog() { TryCheckpoint("PRAGMA wal_checkpoint(RESTART)"); }

// False: readers were in its way for kRestartWaitMs.
bool Writer::TryCheckpoint(const char* pragma) {
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

void Writer::EmptyLog() {
  bool wake = false;
  {
    const std::lock_guard lock(mutex_);
    emptying_ = true;
    wake = std::exchange(idle_, false);
  }
  if (wake) changed_.notify_one();
}

void Writer::EmptyLogIfAsked() {
  const auto now = std::chrono::steady_clock::now();
  {
    const std::lock_guard lock(mutex_);
    if (!emptying_ || now < next_emptying_) return;
    emptying_ = false;  // Whoever asks from here on means a later commit.
  }
  if (TryCheckpoint("PRAGMA wal_checkpoint(TRUNCATE)")) return;
  next_emptying_ = now + kEmptyAgain;
  const std::lock_guard lock(mutex_);
  emptying_ = true;
}

}  // namespace kalends::storage
