// The keys of files, and which directory of files is the database's own.
#include <gtest/gtest.h>
#include <sodium.h>

#include <algorithm>

#include "core/app/documents.h"
#include "core/app/engine.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "storage/documents.h"
#include "tests/storage/blobs/temporary_directory.h"
#include "tests/storage/sample.h"
#include "tests/support/test_database.h"

namespace kalends::app {
namespace {

using storage::kCarla;
using storage::kNow;

std::string RandomText(std::size_t size) {
  std::string text(size, '\0');
  randombytes_buf(text.data(), text.size());
  return text;
}

// A core without its server, and with a few people.
struct Core {
  explicit Core(std::shared_ptr<storage::MasterKeys> master_keys)
      : keys(std::move(master_keys)),
        engine(home.Open().value(),
               {.clock = [] { return kNow; }, .random = RandomText, .master_keys = keys}) {
    EXPECT_GE(sodium_init(), 0);
    EXPECT_TRUE(engine.Start().ok());
    Write([](WriteContext& cx) { storage::InsertPeople(cx.tx); });
  }
  void Write(const std::function<void(WriteContext&)>& body) {
    EXPECT_TRUE(engine
                    .WriteAsSystemAndWait([&](WriteContext& cx) {
                      body(cx);
                      return absl::OkStatus();
                    })
                    .ok());
  }
  absl::StatusOr<std::string> Match(const storage::BlobStore& blobs) {
    std::string id;
    RETURN_IF_ERROR(engine.WriteAsSystemAndWait([&](WriteContext& cx) -> absl::Status {
      ASSIGN_OR_RETURN(id, MatchBlobStore(cx, blobs));
      return absl::OkStatus();
    }));
    RETURN_IF_ERROR(blobs.SetId(id));
    return id;
  }

  const std::shared_ptr<storage::MasterKeys> keys;
  test::TestDatabase home;
  Engine engine;
};

class KeysTest : public testing::Test {
 protected:
  std::string FileKeyOf(int number) { return std::string(31, 'k') + std::to_string(number % 10); }
  static std::string IdOf(int number) {
    return std::string(28, 'f') + std::to_string(1000 + number);
  }
  void AddFiles(int count) {
    core_.Write([&](WriteContext& cx) {
      for (int i = 0; i < count; ++i) KeepBlob(cx, kCarla, {IdOf(i), FileKeyOf(i), 10, ""});
    });
  }
  std::vector<std::string> KnownKeys() {
    std::vector<std::string> known;
    core_.Write([&](WriteContext& cx) { known = storage::KnownMasterKeys(cx.tx); });
    std::sort(known.begin(), known.end());
    return known;
  }

  const storage::TemporaryDirectory directory_;
  const std::filesystem::path file_ = directory_.path() / "master.key";
  Core core_{storage::MasterKeys::Load(file_).value()};
};

TEST_F(KeysTest, ANewMasterKeySealsOnceTheDatabaseKnowsIt) {
  const std::string first = core_.keys->CurrentId();
  core_.Write([&](WriteContext& cx) {
    EXPECT_TRUE(RotateMasterKey(cx, *core_.keys).ok());
    // What is written together with it may be lost together with it.
    EXPECT_EQ(core_.keys->CurrentId(), first);
  });
  const std::string second = core_.keys->CurrentId();
  EXPECT_NE(second, first);
  std::vector<std::string> both{first, second};
  std::sort(both.begin(), both.end());
  EXPECT_EQ(KnownKeys(), both);
}

TEST_F(KeysTest, ARotationThatIsRolledBackLeavesTheOldKeyInUse) {
  const std::string first = core_.keys->CurrentId();
  const absl::Status lost = core_.engine.WriteAsSystemAndWait([&](WriteContext& cx) {
    EXPECT_TRUE(RotateMasterKey(cx, *core_.keys).ok());
    return core::Error(core::Reason::kStorageFull);
  });
  EXPECT_EQ(core::ReasonOf(lost), core::Reason::kStorageFull);
  EXPECT_EQ(core_.keys->CurrentId(), first);
  EXPECT_EQ(KnownKeys(), std::vector{first});
  // The next start begins with the new one, and notes it before it seals anything.
  const auto loaded = storage::MasterKeys::Load(file_).value();
  EXPECT_NE(loaded->CurrentId(), first);
  EXPECT_EQ(loaded->Ids().size(), 2U);
}

TEST_F(KeysTest, RewrappingGoesThroughAllFilesInBatchesAndPastDamagedKeys) {
  constexpr int kFiles = 2 * core::kRewrapBatch + 50;
  const std::vector<int> damaged = {0, 7, core::kRewrapBatch + 1, kFiles - 1};
  AddFiles(kFiles);
  core_.Write([&](WriteContext& cx) {
    for (const int number : damaged) {
      storage::BlobRow blob = storage::FindBlob(cx.tx, IdOf(number)).value();
      blob.wrapped_key.back() = static_cast<char>(blob.wrapped_key.back() ^ 1);
      storage::RewrapBlob(cx.tx, blob);
    }
    EXPECT_TRUE(RotateMasterKey(cx, *core_.keys).ok());
  });
  Rewrapped all;
  int batches = 0;
  do {
    core_.Write([&](WriteContext& cx) {
      const Rewrapped batch = RewrapKeys(cx, all.last);
      EXPECT_LE(batch.done + batch.damaged, core::kRewrapBatch);
      all = {all.done + batch.done, all.damaged + batch.damaged, batch.remaining, batch.last};
    });
    ++batches;
  } while (all.last);
  EXPECT_EQ(batches, 3);
  EXPECT_EQ(all.done, kFiles - 4);
  EXPECT_EQ(all.damaged, 4);
  EXPECT_EQ(all.remaining, 4);
  core_.Write([&](WriteContext& cx) {
    const auto blob = storage::FindBlob(cx.tx, IdOf(1));
    EXPECT_EQ(blob->master_key_id, core_.keys->CurrentId());
    EXPECT_EQ(core_.keys->UnwrapKey(blob->wrapped_key, "blobs.wrapped_key/" + blob->id).value(),
              FileKeyOf(1));
    // Begun anew, nothing but the damaged ones is left to look at.
    const Rewrapped again = RewrapKeys(cx, std::nullopt);
    EXPECT_EQ(again.done, 0);
    EXPECT_EQ(again.damaged, 4);
  });
}

class BlobStoreIdTest : public testing::Test {
 protected:
  // A file in the directory; `known`: with its row.
  enum class Row { kWith, kWithout };
  void AddFile(Core& core, Row row) {
    storage::BlobWriter writer = blobs_->Create().value();
    EXPECT_TRUE(writer.Append("bytes").ok());
    const storage::NewBlob blob = writer.Finish().value();
    if (row == Row::kWith) {
      core.Write([&](WriteContext& cx) { KeepBlob(cx, kCarla, blob); });
    }
  }
  void ExpectElsewhere(Core& core) {
    const absl::Status refused = core.Match(*blobs_).status();
    EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_NE(refused.message().find("files of another database"), std::string::npos) << refused;
  }

  const storage::TemporaryDirectory directory_;
  const std::unique_ptr<storage::BlobStore> blobs_ =
      storage::BlobStore::Open(directory_.path()).value();
  const std::shared_ptr<storage::MasterKeys> keys_ = storage::MasterKeys::Random();
  Core core_{keys_};
  Core other_{keys_};
};

TEST_F(BlobStoreIdTest, ANewDatabaseAndANewDirectoryGetOneIdForGood) {
  const std::string id = core_.Match(*blobs_).value();
  EXPECT_EQ(id.size(), 32U);
  EXPECT_EQ(blobs_->Id().value(), id);
  EXPECT_EQ(core_.Match(*blobs_).value(), id);
}

TEST_F(BlobStoreIdTest, ADirectoryWithAnIdIsOpenToItsDatabaseOnly) {
  const std::string id = core_.Match(*blobs_).value();
  // Without an id of its own, and with one.
  ExpectElsewhere(other_);
  const storage::TemporaryDirectory elsewhere;
  ASSERT_TRUE(other_.Match(*storage::BlobStore::Open(elsewhere.path()).value()).ok());
  ExpectElsewhere(other_);
  EXPECT_EQ(blobs_->Id().value(), id);
}

TEST_F(BlobStoreIdTest, WhatIsThereFromBeforeThereWereIdsGetsOne) {
  AddFile(core_, Row::kWith);
  AddFile(core_, Row::kWithout);  // A crash came before its row.
  // First by mistake.
  ExpectElsewhere(other_);
  EXPECT_EQ(blobs_->Id().value(), std::nullopt);
  ASSERT_TRUE(core_.Match(*blobs_).ok());
  ExpectElsewhere(other_);
}

TEST_F(BlobStoreIdTest, FilesThatTheDatabaseKnowsNoneOfAreAnothers) {
  ASSERT_TRUE(core_.Match(*blobs_).ok());
  std::filesystem::remove(directory_.path() / "store-id");
  AddFile(core_, Row::kWithout);
  ExpectElsewhere(core_);
  ExpectElsewhere(other_);
}

TEST_F(BlobStoreIdTest, ACrashBetweenTheTwoIsMended) {
  AddFile(core_, Row::kWith);
  const std::string id = core_.Match(*blobs_).value();
  std::filesystem::remove(directory_.path() / "store-id");
  EXPECT_EQ(core_.Match(*blobs_).value(), id);
  EXPECT_EQ(blobs_->Id().value(), id);
}

}  // namespace
}  // namespace kalends::app
