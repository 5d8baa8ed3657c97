#include "storage/sqlite/checkpointer.h"

#include "storage/sqlite/failure.h"

namespace kalends::storage {
namespace {

// Pages of 4 KiB that the log grows by between two checkpoints.
constexpr int kCheckpointPages = 4000;
// Beyond this the log starts over even if that makes the writer wait for a moment.
constexpr int kLogPagesMax = 4 * kCheckpointPages;

}  // namespace

Checkpointer::Checkpointer(SQLite::Database database)
    : database_(std::move(database)),
      next_due_pages_(kCheckpointPages),
      thread_([this] { Run(); }) {}

Checkpointer::~Checkpointer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void Checkpointer::LogHas(int pages) {
  // A log that is shorter than before has started over.
  if (pages < next_due_pages_ - kCheckpointPages) next_due_pages_ = kCheckpointPages;
  if (pages < next_due_pages_) return;
  next_due_pages_ = pages + kCheckpointPages;
  {
    const std::lock_guard lock(mutex_);
    due_ = true;
  }
  changed_.notify_one();
}

bool Checkpointer::TakeRestart() {
  return restart_.load(std::memory_order_relaxed) && restart_.exchange(false);
}

void Checkpointer::Run() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return due_ || stopping_; });
    if (stopping_) return;  // Closing the last connection checkpoints too.
    due_ = false;
    lock.unlock();
    try {
      Checkpoint();
    } catch (const std::exception& thrown) {
      // Nothing is lost: the log just stays longer. The status was logged where that is worth it.
      StatusOf(thrown).IgnoreError();
    }
    lock.lock();
  }
}

void Checkpointer::Checkpoint() {
  // PASSIVE waits for nobody and nobody waits for it.
  SQLite::Statement statement(database_, "PRAGMA wal_checkpoint(PASSIVE)");
  statement.executeStep();
  const int log_pages = statement.getColumn(1).getInt();
  if (log_pages > kLogPagesMax) restart_ = true;
}

}  // namespace kalends::storage
