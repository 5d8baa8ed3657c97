#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <future>
#include <iterator>
#include <thread>

#include "storage/accounts.h"
#include "storage/blobs/master_keys.h"
#include "storage/providers.h"
#include "storage/sqlite/migrate.h"
#include "storage/sqlite/sqlite_database.h"
#include "tests/storage/sample.h"
#include "tests/storage/sqlite/temporary_file.h"
#include "tests/support/await.h"

namespace kalends::storage {
namespace {

mode_t ModeOf(const std::string& path) {
  struct stat status = {};
  EXPECT_EQ(stat(path.c_str(), &status), 0) << path;
  return status.st_mode & 0777;
}

TEST(OpenSqlite, KeepsWhatWasWritten) {
  TemporaryFile file;
  {
    Store store(OpenSqlite({file.path()}).value());
  }
  const auto database = OpenSqlite({file.path()}).value();
  EXPECT_TRUE(database
                  ->Read([](Transaction& tx) {
                    EXPECT_TRUE(FindProvider(tx, kCarla));
                    return absl::OkStatus();
                  })
                  .ok());
}

TEST(OpenSqlite, NobodyElseMayReadTheFiles) {
  TemporaryFile file;
  {
    Store store(OpenSqlite({file.path()}).value());
    for (const char* suffix : {"", "-wal", "-shm"}) {
      EXPECT_EQ(ModeOf(file.path() + suffix), 0600U) << suffix;
    }
  }
  // Also not a copy that was put back with other permissions.
  ASSERT_EQ(chmod(file.path().c_str(), 0644), 0);
  const auto database = OpenSqlite({file.path()}).value();
  EXPECT_EQ(ModeOf(file.path()), 0600U);
}

TEST(OpenSqlite, ClosingLeavesOneFile) {
  TemporaryFile file;
  {
    Store store(OpenSqlite({file.path()}).value());
  }
  EXPECT_TRUE(std::filesystem::exists(file.path()));
  EXPECT_FALSE(std::filesystem::exists(file.path() + "-wal"));
}

TEST(OpenSqlite, TwoMayHaveTheSameFileOpen) {
  TemporaryFile file;
  Store first(OpenSqlite({file.path()}).value());
  const auto second = OpenSqlite({file.path()}).value();
  second->SetKeys(MasterKeys::Random());
  first.Write([](Transaction& tx) { InsertAccount(tx, SampleAccount({100})); });
  EXPECT_TRUE(second
                  ->Write([](Transaction& tx) {
                    EXPECT_TRUE(FindAccount(tx, {100}));
                    InsertAccount(tx, SampleAccount({101}));
                    return absl::OkStatus();
                  })
                  .ok());
  EXPECT_TRUE(first.Read([](Transaction& tx) { return FindAccount(tx, {101}); }));
}

TEST(OpenSqlite, RefusesANewerDatabase) {
  TemporaryFile file;
  {
    Store store(OpenSqlite({file.path()}).value());
  }
  {
    SQLite::Database database(file.path(), SQLite::OPEN_READWRITE);
    database.exec("PRAGMA user_version = 1000");
  }
  const auto database = OpenSqlite({file.path()});
  EXPECT_EQ(database.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_NE(std::string(database.status().message()).find("of version 1000"), std::string::npos);
}

TEST(OpenSqlite, RefusesWhatIsNoDatabase) {
  TemporaryFile file;
  std::ofstream(file.path()) << std::string(8192, 'x');
  const auto database = OpenSqlite({file.path()});
  EXPECT_EQ(database.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(database.status().message(), "The database is damaged, or is none: restore a backup.");
}

TEST(OpenSqlite, RefusesADatabaseThatWasCutShort) {
  TemporaryFile file;
  {
    Store store(OpenSqlite({file.path()}).value());
  }
  std::filesystem::resize_file(file.path(), std::filesystem::file_size(file.path()) / 2);
  EXPECT_EQ(OpenSqlite({file.path()}).status().message(),
            "The database is damaged, or is none: restore a backup.");
}

TEST(OpenSqlite, SaysWhatIsWrongWithThePath) {
  TemporaryFile file;
  const auto database = OpenSqlite({file.path() + "/below"});
  EXPECT_EQ(database.status().message(),
            "The database cannot be opened: No such file or directory.");
}

// The log is moved into the file while writes go on, and starts over.
TEST(OpenSqlite, TheWriteAheadLogDoesNotGrowForEver) {
  TemporaryFile file;
  const auto database = OpenSqlite({file.path()}).value();
  const auto write = [&](const Body& body) { EXPECT_TRUE(database->Write(body).ok()); };
  write([](Transaction& tx) {
    tx.Execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, text BLOB)");
    return absl::OkStatus();
  });
  const std::string megabyte(1 << 20, 'x');
  std::uintmax_t longest = 0;
  for (std::int64_t round = 0; round < 300; ++round) {
    write([&](Transaction& tx) {
      tx.Execute(
          "INSERT INTO notes VALUES ($1, $2) ON CONFLICT (id) DO UPDATE"
          " SET text = excluded.text",
          {round % 10, Blob{megabyte}});
      return absl::OkStatus();
    });
    longest = std::max(longest, std::filesystem::file_size(file.path() + "-wal"));
  }
  EXPECT_LT(longest, std::uintmax_t{150} << 20);  // Of 300 MiB written.
}

bool IsInAFileBeside(const std::string& path, const std::string& word) {
  const auto directory = std::filesystem::path(path).parent_path();
  for (const auto& entry : std::filesystem::directory_iterator(directory)) {
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    if (bytes.find(word) != std::string::npos) return true;
  }
  return false;
}

// Keeps a snapshot of the database, from before what comes then.
class HeldReader {
 public:
  explicit HeldReader(Database& database)
      : thread_([this, &database] {
          EXPECT_TRUE(database
                          .Read([this](Transaction& tx) {
                            tx.Query("SELECT count(*) FROM notes", {}, [](const Row&) {});
                            reads_.set_value();
                            released_.get_future().wait();
                            return absl::OkStatus();
                          })
                          .ok());
        }) {
    reads_.get_future().wait();
  }
  ~HeldReader() {
    released_.set_value();
    thread_.join();
  }
  HeldReader(const HeldReader&) = delete;
  HeldReader& operator=(const HeldReader&) = delete;

 private:
  std::promise<void> reads_;
  std::promise<void> released_;
  std::thread thread_;
};

TEST(OpenSqlite, WhatWasErasedGoesFromTheLogOnceNobodyReadsItAnyMore) {
  TemporaryFile file;
  const auto database = OpenSqlite({file.path()}).value();
  const auto write = [&](const char* sql) {
    EXPECT_TRUE(database
                    ->Write([&](Transaction& tx) {
                      tx.Execute(sql);
                      return absl::OkStatus();
                    })
                    .ok());
  };
  write("CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT)");
  write("INSERT INTO notes VALUES (1, 'Zwetschgenbaum')");
  {
    const HeldReader reader(*database);
    write("DELETE FROM notes");
    database->EmptyLog();
    // Others go on meanwhile.
    write("INSERT INTO notes VALUES (2, 'another')");
    EXPECT_TRUE(IsInAFileBeside(file.path(), "Zwetschgenbaum"));
  }
  EXPECT_TRUE(test::Eventually([&] { return !IsInAFileBeside(file.path(), "Zwetschgenbaum"); },
                               std::chrono::seconds(20)));
  EXPECT_TRUE(IsInAFileBeside(file.path(), "another"));
}

// As a kill after the erasure and before the log was emptied leaves it.
TEST(OpenSqlite, EmptiesTheLogThatAKilledCoreLeft) {
  const TemporaryFile file;
  const TemporaryFile left;
  {
    const auto database = OpenSqlite({file.path()}).value();
    ASSERT_TRUE(database
                    ->Write([](Transaction& tx) {
                      tx.Execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT)");
                      tx.Execute("INSERT INTO notes VALUES (1, 'Zwetschgenbaum')");
                      return absl::OkStatus();
                    })
                    .ok());
    ASSERT_TRUE(database
                    ->Write([](Transaction& tx) {
                      tx.Execute("DELETE FROM notes");
                      return absl::OkStatus();
                    })
                    .ok());
    for (const char* part : {"", "-wal"}) {
      std::filesystem::copy_file(file.path() + part, left.path() + part);
    }
  }
  ASSERT_TRUE(IsInAFileBeside(left.path(), "Zwetschgenbaum"));
  const auto next = OpenSqlite({left.path()}).value();
  EXPECT_TRUE(test::Eventually([&] { return !IsInAFileBeside(left.path(), "Zwetschgenbaum"); },
                               std::chrono::seconds(20)));
}

}  // namespace
}  // namespace kalends::storage
