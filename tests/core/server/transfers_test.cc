// How a file is opened that is being deleted.
#include "core/server/transfers.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/server/server.h"
#include "tests/storage/blobs/temporary_directory.h"
#include "tests/support/test_database.h"

namespace kalends::server {
namespace {

class TransfersTest : public testing::Test {
 protected:
  TransfersTest() {
    engine_.keys().Add({.id = {1}, .hash = "hash", .label = "", .scopes = {}, .created = {}});
  }
  // Of a file that is there.
  app::FileView Put(std::string_view bytes) const {
    storage::BlobWriter writer = blobs_->Create().value();
    EXPECT_TRUE(writer.Append(bytes).ok());
    const storage::NewBlob blob = writer.Finish().value();
    return {"x.txt", "text/plain", blob.size_bytes, blob.id, blob.key};
  }
  absl::StatusOr<DownloadPlan> Open(const Transfers::Find& find, Transfers::Part part = {}) {
    const Method method{"Test", {{core::Scope::kAdmin}}};
    const Calls::Call call{&method, {{1}, {core::Scope::kAdmin}, ""}, {}};
    return transfers_.Open(call, find, part);
  }

  const storage::TemporaryDirectory directory_;
  const std::unique_ptr<storage::BlobStore> blobs_ =
      storage::BlobStore::Open(directory_.path()).value();
  Completions completions_;
  Workers workers_{1};
  test::TestDatabase home_;
  app::Engine engine_{home_.Open().value(),
                      {.clock = [] { return core::FromUnixSeconds(1'000'000); },
                       .random = SystemRandom,
                       .master_keys = storage::MasterKeys::Random()}};
  Calls calls_{engine_, completions_};
  Transfers transfers_{calls_, workers_, *blobs_};
};

TEST_F(TransfersTest, AFileThatIsThereIsLookedForOnce) {
  const app::FileView file = Put("some bytes");
  int looks = 0;
  auto plan = Open(
      [&](const app::ReadContext&) -> absl::StatusOr<app::FileView> {
        ++looks;
        return file;
      },
      {5, 3});
  ASSERT_TRUE(plan.ok()) << plan.status();
  EXPECT_EQ(plan->reader.Read().value(), "byt");
  EXPECT_EQ(looks, 1);
}

// The row is read, then a deletion commits and removes the file, then the file is opened.
TEST_F(TransfersTest, AFileThatWasDeletedMeanwhileIsNotThereForTheReasonOfToday) {
  for (const core::Reason reason : {core::Reason::kNotFound, core::Reason::kDownloadDeleted}) {
    const app::FileView file = Put("some bytes");
    int looks = 0;
    const auto plan = Open([&](const app::ReadContext&) -> absl::StatusOr<app::FileView> {
      if (++looks > 1) return core::Error(reason);
      blobs_->Remove(file.blob);
      return file;
    });
    EXPECT_EQ(core::ReasonOf(plan.status()), reason);
    EXPECT_EQ(looks, 2);
  }
}

TEST_F(TransfersTest, AFileThatShouldBeThereAndIsNotIsDataLoss) {
  const app::FileView file = Put("some bytes");
  blobs_->Remove(file.blob);
  int looks = 0;
  const auto plan = Open([&](const app::ReadContext&) -> absl::StatusOr<app::FileView> {
    ++looks;
    return file;
  });
  EXPECT_EQ(plan.status().code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(looks, 2);
}

}  // namespace
}  // namespace kalends::server
