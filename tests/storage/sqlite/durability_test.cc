// Acknowledged means durable: what was answered is there after the process was killed.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <set>
#include <thread>

#include "storage/sqlite/sqlite_database.h"
#include "tests/storage/sqlite/temporary_file.h"

namespace kalends::storage {
namespace {

constexpr int kThreads = 4;
constexpr int kAnswersBeforeTheKill = 1000;

// Each write is two rows that belong together. Never returns.
[[noreturn]] void WriteUntilKilled(const std::string& path, int answers) {
  const auto database = OpenSqlite({path}).value();
  const absl::Status made = database->Write([](Transaction& tx) {
    tx.Execute("CREATE TABLE notes (id INTEGER PRIMARY KEY)");
    tx.Execute("CREATE TABLE twins (id INTEGER PRIMARY KEY)");
    return absl::OkStatus();
  });
  if (!made.ok()) _exit(1);
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      for (std::int64_t id = thread;; id += kThreads) {
        const absl::Status status = database->Write([id](Transaction& tx) {
          tx.Execute("INSERT INTO notes VALUES ($1)", {id});
          tx.Execute("INSERT INTO twins VALUES ($1)", {id});
          return absl::OkStatus();
        });
        if (!status.ok() || write(answers, &id, sizeof id) != sizeof id) _exit(1);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  _exit(1);
}

std::set<std::int64_t> IdsIn(Database& database, const std::string& table) {
  std::set<std::int64_t> ids;
  EXPECT_TRUE(database
                  .Read([&](Transaction& tx) {
                    tx.Query("SELECT id FROM " + table, {},
                             [&](const Row& row) { ids.insert(row.Int(0)); });
                    return absl::OkStatus();
                  })
                  .ok());
  return ids;
}

TEST(Durability, WhatWasAnsweredIsThereAfterAKill) {
  TemporaryFile file;
  int answers[2];
  ASSERT_EQ(pipe(answers), 0);
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    close(answers[0]);
    WriteUntilKilled(file.path(), answers[1]);
  }
  close(answers[1]);
  std::set<std::int64_t> answered;
  std::int64_t id = 0;
  // What is in the pipe at the kill was answered too.
  while (read(answers[0], &id, sizeof id) == sizeof id) {
    answered.insert(id);
    if (answered.size() == kAnswersBeforeTheKill) kill(child, SIGKILL);
  }
  close(answers[0]);
  int how = 0;
  ASSERT_EQ(waitpid(child, &how, 0), child);
  ASSERT_TRUE(WIFSIGNALED(how));
  ASSERT_GE(answered.size(), static_cast<std::size_t>(kAnswersBeforeTheKill));

  const auto database = OpenSqlite({file.path()}).value();
  const std::set<std::int64_t> notes = IdsIn(*database, "notes");
  for (const std::int64_t acknowledged : answered) {
    EXPECT_TRUE(notes.contains(acknowledged)) << acknowledged;
  }
  EXPECT_EQ(notes, IdsIn(*database, "twins"));  // No write is there by half.
}

}  // namespace
}  // namespace kalends::storage
