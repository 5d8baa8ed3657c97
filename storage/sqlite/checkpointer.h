// Moves what the write-ahead log holds into the database file, beside the writer.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace kalends::storage {

class Checkpointer {
 public:
  explicit Checkpointer(SQLite::Database database);
  ~Checkpointer();

  // Says how long the log is after a commit; cheap. For the writer's thread.
  void LogHas(int pages);
  // Whether the writer should let the log start over between two groups: a log that grows without a
  // pause never does so by itself. Almost all of it has been moved by then. Says so once.
  bool TakeRestart();

 private:
  void Run();
  void Checkpoint();

  SQLite::Database database_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool due_ = false;
  bool stopping_ = false;
  std::atomic<bool> restart_ = false;
  int next_due_pages_;  // The writer's thread's alone.
  std::thread thread_;
};

}  // namespace kalends::storage
