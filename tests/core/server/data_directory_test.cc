#include "core/server/data_directory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "storage/blobs/blob_store.h"
#include "storage/sqlite/sqlite_database.h"
#include "tests/storage/blobs/temporary_directory.h"
#include "tests/support/log_capture.h"

namespace kalends::server {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

mode_t ModeOfPath(const fs::path& path) {
  struct stat about{};
  EXPECT_EQ(stat(path.c_str(), &about), 0);
  return about.st_mode & 07777;
}

TEST(DataDirectory, IsMadeForItsOwnerAlone) {
  const storage::TemporaryDirectory outer;
  const test::LogCapture log;
  const fs::path directory = outer.path() / "var" / "data";
  ASSERT_TRUE(PrepareDataDirectory(directory).ok());
  EXPECT_EQ(ModeOfPath(directory), 0700U);
  EXPECT_EQ(log.Text(), "");
}

TEST(DataDirectory, OneThatOthersMayEnterIsClosedToThemAndSaysSo) {
  const storage::TemporaryDirectory outer;
  for (const mode_t mode : {0755U, 0770U, 0711U, 0707U}) {
    const test::LogCapture log;
    ASSERT_EQ(chmod(outer.path().c_str(), mode), 0);
    ASSERT_TRUE(PrepareDataDirectory(outer.path()).ok());
    EXPECT_EQ(ModeOfPath(outer.path()), 0700U);
    EXPECT_THAT(log.Text(), HasSubstr("cannot any more"));
  }
}

TEST(DataDirectory, OneThatEverybodyWritesToIsLeftAsItIs) {
  const storage::TemporaryDirectory outer;
  const test::LogCapture log;
  ASSERT_EQ(chmod(outer.path().c_str(), 01777), 0);
  ASSERT_TRUE(PrepareDataDirectory(outer.path()).ok());
  EXPECT_EQ(ModeOfPath(outer.path()), 01777U);
  EXPECT_THAT(log.Text(), HasSubstr("chmod 700 it"));
}

TEST(DataDirectory, IsOneCoresAtATime) {
  const storage::TemporaryDirectory directory;
  {
    const auto first = LockDataDirectory(directory.path());
    ASSERT_TRUE(first.ok()) << first.status();
    const auto second = LockDataDirectory(directory.path());
    EXPECT_EQ(second.status().code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_THAT(std::string(second.status().message()), HasSubstr("choose another --data-dir"));
  }
  EXPECT_TRUE(LockDataDirectory(directory.path()).ok());
}

// By whatever name: two that each have their own write-ahead log would destroy it.
TEST(DataDirectory, ADatabaseIsOneCoresAtATimeWhateverItIsCalled) {
  const storage::TemporaryDirectory directory;
  const fs::path file = directory.path() / "kalends.db";
  const auto first = LockDatabase(file);
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(ModeOfPath(file), 0600U);
  fs::create_symlink(file, directory.path() / "symbolic");
  fs::create_hard_link(file, directory.path() / "hard");
  fs::create_directory_symlink(directory.path(), directory.path() / "folder");
  for (const char* name : {"kalends.db", "symbolic", "hard", "folder/kalends.db"}) {
    const auto second = LockDatabase(directory.path() / name);
    EXPECT_EQ(second.status().code(), absl::StatusCode::kFailedPrecondition) << name;
    EXPECT_THAT(std::string(second.status().message()), HasSubstr("another kalendsd")) << name;
  }
}

// SQLite's own locks are of another kind.
TEST(DataDirectory, TheLockOfADatabaseDoesNotKeepItsOwnCoreOut) {
  const storage::TemporaryDirectory directory;
  const fs::path file = directory.path() / "kalends.db";
  const auto lock = LockDatabase(file);
  ASSERT_TRUE(lock.ok()) << lock.status();
  const auto database = storage::OpenSqlite({.path = file.string()});
  ASSERT_TRUE(database.ok()) << database.status();
  EXPECT_TRUE((*database)->Write([](storage::Transaction&) { return absl::OkStatus(); }).ok());
}

TEST(DataDirectory, WithFilesAndNoDatabaseIsNotBegunAnew) {
  const storage::TemporaryDirectory outer;
  const fs::path database = outer.path() / "kalends.db";
  const fs::path blobs = outer.path() / "blobs";
  EXPECT_TRUE(CheckNotLost(database, blobs).ok()) << "a first start";
  const auto store = storage::BlobStore::Open(blobs);
  ASSERT_TRUE(store.ok());
  EXPECT_TRUE(CheckNotLost(database, blobs).ok()) << "nobody's directory";
  ASSERT_TRUE((*store)->SetId("0123").ok());
  const absl::Status refused = CheckNotLost(database, blobs);
  EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(refused.message()), HasSubstr("restore the database from a backup"));
  EXPECT_FALSE(fs::exists(database));
  std::ofstream(database).close();
  EXPECT_FALSE(CheckNotLost(database, blobs).ok()) << "an empty file is none";
  std::ofstream(database) << "SQLite";
  EXPECT_TRUE(CheckNotLost(database, blobs).ok());
}

}  // namespace
}  // namespace kalends::server
