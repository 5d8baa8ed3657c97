// Old backups go, the last good ones never, and no file goes that one of those needs.
#include "storage/sqlite/retention.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "storage/blobs/files.h"
#include "storage/sqlite/backup.h"
#include "storage/sqlite/backup_place.h"
#include "tests/storage/sqlite/temporary_file.h"

namespace kalends::storage {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;

const std::string kFirst(32, '1');
const std::string kSecond(32, '2');
const std::string kThird(32, '3');

class Retention : public testing::Test {
 protected:
  void Write(const fs::path& path, std::string_view text) {
    fs::create_directories(path.parent_path());
    std::ofstream(path) << text;
    fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
  }
  void Add(const std::string& name, const std::vector<std::string>& files,
           std::vector<std::string> missing = {}) {
    const std::string hash(64, 'a');
    BackupManifest manifest;
    manifest.created = "2026-11-30T19:00:00Z";
    manifest.database = {kDatabaseFile, 4, hash};
    for (const std::string& file : files) {
      manifest.files.push_back({file, 3, hash});
      Write(at_ / kFilesFolder / file, "abc");
    }
    manifest.missing = std::move(missing);
    Write(at_ / name / kDatabaseFile, "data");
    Write(at_ / name / kManifestFile, TextOf(manifest));
  }
  RetentionReport Keep(int keep) {
    auto report = RemoveOldBackups(at_, keep);
    EXPECT_TRUE(report.ok()) << report.status();
    return report.ok() ? *report : RetentionReport{};
  }
  std::vector<std::string> Names() { return *ListBackups(at_); }
  bool Has(const std::string& file) { return fs::exists(at_ / kFilesFolder / file); }

  const TemporaryFile file_;
  const fs::path at_ = fs::path(file_.path()).parent_path() / "backups";
};

TEST_F(Retention, TheOldestGoWithWhatOnlyTheyNeed) {
  Add("a", {kFirst, kSecond});
  Add("b", {kSecond});
  Add("c", {kSecond, kThird});
  const RetentionReport report = Keep(2);
  EXPECT_THAT(report.removed, ElementsAre("a"));
  EXPECT_EQ(report.files_removed, 1);
  EXPECT_EQ(report.bytes_removed, 3);
  EXPECT_THAT(Names(), ElementsAre("b", "c"));
  EXPECT_FALSE(Has(kFirst));
  EXPECT_TRUE(Has(kSecond) && Has(kThird));
}

TEST_F(Retention, AsManyAsThereAreStay) {
  Add("a", {kFirst});
  EXPECT_THAT(Keep(1).removed, IsEmpty());
  EXPECT_THAT(Keep(5).removed, IsEmpty());
  EXPECT_TRUE(Has(kFirst));
}

TEST_F(Retention, OneThatLostFilesDoesNotCount) {
  Add("a", {kFirst, kSecond});
  Add("b", {kSecond}, {kFirst});
  EXPECT_THAT(Keep(1).removed, IsEmpty()) << "a has what b lost";
  EXPECT_TRUE(Has(kFirst));
}

TEST_F(Retention, NeitherDoesOneWithoutItsDatabase) {
  Add("a", {kFirst});
  Add("b", {kSecond});
  Add("c", {kSecond});
  fs::remove(at_ / "b" / kDatabaseFile);
  Write(at_ / "c" / kDatabaseFile, "cut");
  EXPECT_THAT(Keep(1).removed, IsEmpty());
  EXPECT_TRUE(Has(kFirst));
}

TEST_F(Retention, OneThatCannotBeReadNeitherCountsNorLosesFiles) {
  Add("a", {kFirst});
  Add("b", {kSecond});
  Add("c", {kThird});
  Write(at_ / "b" / kManifestFile, "torn");
  const RetentionReport report = Keep(1);
  EXPECT_THAT(report.removed, ElementsAre("a", "b")) << "both are older than the good one";
  Add("d", {kThird});
  Write(at_ / "d" / kManifestFile, "torn");
  Write(at_ / kFilesFolder / kFirst, "abc");
  EXPECT_THAT(Keep(1).removed, IsEmpty());
  EXPECT_TRUE(Has(kFirst)) << "d may need it";
}

TEST_F(Retention, FilesOfNoBackupGoAndThoseOfOthersStay) {
  Add("a", {kFirst});
  Write(at_ / kFilesFolder / kSecond, "abc");
  Write(at_ / kFilesFolder / "README", "of the operator");
  EXPECT_EQ(Keep(1).files_removed, 1) << "an earlier call was cut short before it";
  EXPECT_TRUE(Has("README"));
  EXPECT_FALSE(Has(kSecond));
}

TEST_F(Retention, WhatWasCutShortUnderTheSameNameIsNotInTheWay) {
  Add("a", {});
  Add("b", {});
  Write(at_ / ".unfinished-a" / "manifest", "left");
  EXPECT_THAT(Keep(1).removed, ElementsAre("a"));
  EXPECT_FALSE(fs::exists(at_ / ".unfinished-a"));
}

TEST_F(Retention, NothingGoesWhileABackupIsMade) {
  Add("a", {kFirst});
  Add("b", {kFirst});
  const auto lock = LockBackups(at_);
  ASSERT_TRUE(lock.ok());
  EXPECT_TRUE(absl::IsUnavailable(RemoveOldBackups(at_, 1).status()));
  EXPECT_THAT(Names(), ElementsAre("a", "b"));
}

}  // namespace
}  // namespace kalends::storage
