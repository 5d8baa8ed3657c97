// The writer: groups, savepoints, answers.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <filesystem>
#include <future>
#include <latch>
#include <thread>

#include "core/base/error.h"
#include "storage/sqlite/reserve.h"
#include "storage/sqlite/sqlite_database.h"
#include "tests/storage/sqlite/temporary_file.h"

namespace kalends::storage {
namespace {

void MakeTables(Database& database) {
  EXPECT_TRUE(database
                  .Write([](Transaction& tx) {
                    tx.Execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT)");
                    tx.Execute("CREATE TABLE remarks (note_id INTEGER REFERENCES notes (id))");
                    return absl::OkStatus();
                  })
                  .ok());
}

std::unique_ptr<Database> Open(const std::string& path) {
  auto database = OpenSqlite({path}).value();
  MakeTables(*database);
  return database;
}

Body Insert(std::int64_t id) {
  return [id](Transaction& tx) {
    tx.Execute("INSERT INTO notes (id, text) VALUES ($1, 'note')", {id});
    return absl::OkStatus();
  };
}

std::int64_t Count(Database& database) {
  std::int64_t count = -1;
  EXPECT_TRUE(database
                  .Read([&](Transaction& tx) {
                    tx.Query("SELECT count(*) FROM notes", {},
                             [&](const Row& row) { count = row.Int(0); });
                    return absl::OkStatus();
                  })
                  .ok());
  return count;
}

// Keeps the writer in a transaction, so that what is submitted meanwhile waits together.
class HeldWriter {
 public:
  explicit HeldWriter(Database& database) {
    database.Submit({[gate = gate_](Transaction&) {
                       gate->held.set_value();
                       gate->released.get_future().wait();
                       return absl::OkStatus();
                     },
                     [](const absl::Status&) {}});
    gate_->held.get_future().wait();
  }
  void Release() { gate_->released.set_value(); }

 private:
  struct Gate {
    std::promise<void> held;
    std::promise<void> released;
  };
  std::shared_ptr<Gate> gate_ = std::make_shared<Gate>();
};

// Collects answers, in the order they come.
struct Answers {
  std::function<void(absl::Status)> Next() {
    return [this, index = expected++](const absl::Status& status) {
      order.push_back(index);
      statuses.push_back(status);
      if (static_cast<int>(order.size()) == expected) all.set_value();
    };
  }
  int expected = 0;
  std::vector<int> order;
  std::vector<absl::Status> statuses;
  std::promise<void> all;
};

TEST(Writer, WritesThatWaitTogetherShareACommit) {
  TemporaryFile file;
  const auto database = Open(file.path());
  const WriteStats before = database->Stats();
  HeldWriter held(*database);
  Answers answers;
  for (int id = 0; id < 100; ++id) database->Submit({Insert(id), answers.Next()});
  held.Release();
  answers.all.get_future().wait();
  const WriteStats after = database->Stats();
  EXPECT_EQ(after.writes - before.writes, 101);
  EXPECT_EQ(after.commits - before.commits, 2);  // The one that held, and all others.
  EXPECT_EQ(Count(*database), 100);
}

TEST(Writer, AGroupIsBounded) {
  const auto database = Open(":memory:");
  const WriteStats before = database->Stats();
  HeldWriter held(*database);
  Answers answers;
  for (int id = 0; id < 1000; ++id) database->Submit({Insert(id), answers.Next()});
  held.Release();
  answers.all.get_future().wait();
  EXPECT_EQ(database->Stats().commits - before.commits, 1 + 4);
}

TEST(Writer, AnswersComeInTheOrderOfTheRequests) {
  const auto database = Open(":memory:");
  Answers answers;
  HeldWriter held(*database);
  for (int id = 0; id < 600; ++id) database->Submit({Insert(id), answers.Next()});
  held.Release();
  answers.all.get_future().wait();
  for (int id = 0; id < 600; ++id) EXPECT_EQ(answers.order[id], id);
}

TEST(Writer, AFailingBodyLeavesTheOthersOfItsGroupWhole) {
  for (const bool throws : {false, true}) {
    SCOPED_TRACE(throws ? "by a violated constraint" : "by a refusal");
    TemporaryFile file;
    const auto database = Open(file.path());
    HeldWriter held(*database);
    Answers answers;
    database->Submit({Insert(1), answers.Next()});
    database->Submit({[&](Transaction& tx) {
                        tx.Execute("INSERT INTO notes (id, text) VALUES (2, 'undone')");
                        tx.Execute("UPDATE notes SET text = 'undone'");
                        if (throws) tx.Execute("INSERT INTO notes (id, text) VALUES (1, '')");
                        return core::Error(core::Reason::kSlotTaken);
                      },
                      answers.Next()});
    database->Submit({Insert(3), answers.Next()});
    held.Release();
    answers.all.get_future().wait();
    EXPECT_TRUE(answers.statuses[0].ok());
    EXPECT_EQ(core::ReasonOf(answers.statuses[1]),
              throws ? core::Reason::kInternal : core::Reason::kSlotTaken);
    EXPECT_TRUE(answers.statuses[2].ok());
    std::string notes;
    EXPECT_TRUE(database
                    ->Read([&](Transaction& tx) {
                      tx.Query("SELECT id, text FROM notes ORDER BY id", {}, [&](const Row& row) {
                        notes += std::to_string(row.Int(0)) + " " + row.Text(1) + ", ";
                      });
                      return absl::OkStatus();
                    })
                    .ok());
    EXPECT_EQ(notes, "1 note, 3 note, ");
  }
}

TEST(Writer, WhatABodyThrowsBecomesInternal) {
  const auto database = Open(":memory:");
  const absl::Status status =
      database->Write([](Transaction&) -> absl::Status { throw std::runtime_error("a bug"); });
  EXPECT_EQ(core::ReasonOf(status), core::Reason::kInternal);
  EXPECT_TRUE(database->Write(Insert(1)).ok());
}

TEST(Writer, AnAnswerComesAfterTheCommit) {
  TemporaryFile file;
  const auto database = Open(file.path());
  std::promise<std::int64_t> seen;
  database->Submit({Insert(1), [&](const absl::Status& status) {
                      EXPECT_TRUE(status.ok());
                      seen.set_value(Count(*database));  // On another connection.
                    }});
  EXPECT_EQ(seen.get_future().get(), 1);
}

TEST(Writer, TheListenerHearsOfAGroupBeforeItsAnswers) {
  auto database = OpenSqlite({":memory:"}).value();
  std::string events;
  database->SetGroupListener([&](bool committed) { events += committed ? "C" : "L"; });
  MakeTables(*database);
  events.clear();
  {
    HeldWriter held(*database);
    for (int id = 0; id < 3; ++id) {
      database->Submit({Insert(id), [&](const absl::Status&) { events += "a"; }});
    }
    held.Release();
  }
  database.reset();  // Waits for all.
  EXPECT_EQ(events, "CCaaa");
}

TEST(Writer, AFailingCommitFailsTheWholeGroup) {
  TemporaryFile file;
  const auto database = OpenSqlite({file.path()}).value();
  std::string events;
  database->SetGroupListener([&](bool committed) { events += committed ? "C" : "L"; });
  MakeTables(*database);
  const WriteStats before = database->Stats();
  Answers answers;
  HeldWriter held(*database);
  database->Submit({Insert(1), answers.Next()});
  // Breaks a foreign key that only the commit looks at.
  database->Submit({[](Transaction& tx) {
                      tx.Execute("PRAGMA defer_foreign_keys = ON");
                      tx.Execute("INSERT INTO remarks (note_id) VALUES (99)");
                      return absl::OkStatus();
                    },
                    answers.Next()});
  database->Submit(
      {[](Transaction&) { return core::Error(core::Reason::kSlotTaken); }, answers.Next()});
  held.Release();
  answers.all.get_future().wait();
  EXPECT_EQ(core::ReasonOf(answers.statuses[0]), core::Reason::kInternal);
  EXPECT_EQ(core::ReasonOf(answers.statuses[1]), core::Reason::kInternal);
  EXPECT_EQ(core::ReasonOf(answers.statuses[2]), core::Reason::kSlotTaken);  // Its own reason.
  EXPECT_EQ(database->Stats().writes - before.writes, 1);                    // The one that held.
  EXPECT_EQ(Count(*database), 0);
  EXPECT_TRUE(database->Write(Insert(4)).ok());
  EXPECT_EQ(events, "CCLC");
}

TEST(Writer, AFullDiskFailsWhatWasUnderWayAndNothingAfterIt) {
  TemporaryFile file;
  const auto database = Open(file.path());
  Answers answers;
  {
    HeldWriter held(*database);
    database->Submit({Insert(1), answers.Next()});
    database->Submit({[](Transaction& tx) {
                        tx.Query("PRAGMA max_page_count = 1", {}, [](const Row&) {});
                        tx.Execute("INSERT INTO notes (id, text) VALUES (2, $1)",
                                   {std::string(1 << 20, 'x')});
                        return absl::OkStatus();
                      },
                      answers.Next()});
    database->Submit({[](Transaction& tx) {
                        tx.Query("PRAGMA max_page_count = 1073741823", {}, [](const Row&) {});
                        return Insert(3)(tx);
                      },
                      answers.Next()});
    held.Release();
    answers.all.get_future().wait();
  }
  EXPECT_EQ(core::ReasonOf(answers.statuses[1]), core::Reason::kStorageFull);
  EXPECT_TRUE(answers.statuses[2].ok()) << answers.statuses[2];
  // SQLite gives up the transaction, and with it the first job's part. Its answer says so.
  EXPECT_EQ(Count(*database), answers.statuses[0].ok() ? 2 : 1);
  EXPECT_TRUE(database->Write(Insert(4)).ok());
}

TEST(Writer, ALimitOnTheSizeOfFilesIsAFullDisk) {
  TemporaryFile file;
  const auto database = Open(file.path());
  signal(SIGXFSZ, SIG_IGN);
  rlimit limit{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &limit), 0);
  const rlimit tight{1, limit.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &tight), 0);
  const absl::Status refused = database->Write(Insert(1));
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &limit), 0);
  EXPECT_EQ(core::ReasonOf(refused), core::Reason::kStorageFull) << refused;
  EXPECT_EQ(Count(*database), 0);
  EXPECT_TRUE(database->Write(Insert(1)).ok());
  EXPECT_EQ(Count(*database), 1);
}

TEST(Rewrite, ChangesNothingWhereItLacksRoomAndCanBeDoneLater) {
  TemporaryFile file;
  const auto database = Open(file.path());
  ASSERT_TRUE(database->Write(Insert(1)).ok());
  signal(SIGXFSZ, SIG_IGN);
  rlimit limit{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &limit), 0);
  const rlimit tight{1, limit.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &tight), 0);
  const absl::Status refused = database->Rewrite();
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &limit), 0);
  EXPECT_FALSE(refused.ok());
  EXPECT_EQ(Count(*database), 1);
  EXPECT_TRUE(database->Write(Insert(2)).ok());
  EXPECT_TRUE(database->Rewrite().ok());
  EXPECT_EQ(Count(*database), 2);
}

// A job that finds the disk full the first time it runs.
class FullAtFirst {
 public:
  explicit FullAtFirst(Database& database) : database_(database) {}

  absl::Status Run(bool may_use_reserve) {
    std::promise<absl::Status> answer;
    WriteJob job;
    job.body = [this](Transaction& tx) {
      tx.Query(runs_++ == 0 ? "PRAGMA max_page_count = 1" : "PRAGMA max_page_count = 1073741823",
               {}, [](const Row&) {});
      tx.Execute("INSERT INTO notes (id, text) VALUES (NULL, $1)", {std::string(1 << 20, 'x')});
      return absl::OkStatus();
    };
    job.done = [&](const absl::Status& status) { answer.set_value(status); };
    job.may_use_reserve = may_use_reserve;
    database_.Submit(std::move(job));
    return answer.get_future().get();
  }
  int runs() const { return runs_; }

 private:
  Database& database_;
  int runs_ = 0;
};

TEST(Writer, WhatDeletesHasRoomOnAFullDisk) {
  TemporaryFile file;
  const auto database = Open(file.path());
  const std::string reserve = file.path() + "-reserve";
  EXPECT_EQ(std::filesystem::file_size(reserve), std::uintmax_t{kReserveBytes});
  FullAtFirst deletion(*database);
  EXPECT_TRUE(deletion.Run(true).ok());
  EXPECT_EQ(deletion.runs(), 2);
  EXPECT_EQ(Count(*database), 1);
  EXPECT_FALSE(std::filesystem::exists(reserve));
  // As soon as there is as much room again, it is kept again.
  EXPECT_TRUE(database->Write(Insert(100)).ok());
  EXPECT_EQ(std::filesystem::file_size(reserve), std::uintmax_t{kReserveBytes});
}

TEST(Writer, WhatDoesNotDeleteLeavesThatRoom) {
  TemporaryFile file;
  const auto database = Open(file.path());
  FullAtFirst change(*database);
  EXPECT_EQ(core::ReasonOf(change.Run(false)), core::Reason::kStorageFull);
  EXPECT_EQ(change.runs(), 1);
  EXPECT_TRUE(std::filesystem::exists(file.path() + "-reserve"));
}

// Or the first change would take what was made room for the next deletion.
TEST(Writer, WhileThatRoomIsSpentNothingElseIsChanged) {
  TemporaryFile file;
  const auto database = Open(file.path());
  FullAtFirst deletion(*database);
  EXPECT_TRUE(deletion.Run(true).ok());
  std::filesystem::create_directory(file.path() + "-reserve");  // The room cannot be taken.
  EXPECT_EQ(core::ReasonOf(database->Write(Insert(100))), core::Reason::kStorageFull);
  EXPECT_TRUE(deletion.Run(true).ok());
  std::filesystem::remove(file.path() + "-reserve");
  EXPECT_TRUE(database->Write(Insert(100)).ok());
  EXPECT_EQ(Count(*database), 3);
}

TEST(Writer, DestroyingTheDatabaseWaitsForWhatWasSubmitted) {
  TemporaryFile file;
  auto database = Open(file.path());
  std::atomic<int> answered = 0;
  for (int id = 0; id < 700; ++id) {
    database->Submit(
        {Insert(id), [&](const absl::Status& status) { answered += status.ok() ? 1 : 0; }});
  }
  database.reset();
  EXPECT_EQ(answered, 700);
}

TEST(Writer, ManyThreadsMaySubmitAtOnce) {
  TemporaryFile file;
  const auto database = Open(file.path());
  constexpr int kThreads = 8;
  constexpr int kEach = 200;
  std::latch start(kThreads);
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      start.arrive_and_wait();
      for (int i = 0; i < kEach; ++i) {
        EXPECT_TRUE(database->Write(Insert(thread * kEach + i)).ok());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(Count(*database), kThreads * kEach);
  EXPECT_LT(database->Stats().commits, kThreads * kEach);
}

}  // namespace
}  // namespace kalends::storage
