#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "storage/accounts.h"
#include "storage/sqlite/migrate.h"
#include "storage/sqlite/sqlite_database.h"
#include "tests/storage/sample.h"
#include "tests/storage/sqlite/temporary_file.h"

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
                    EXPECT_TRUE(FindAccount(tx, kAda));
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

}  // namespace
}  // namespace kalends::storage
