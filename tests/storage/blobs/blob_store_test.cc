#include "storage/blobs/blob_store.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <fstream>
#include <random>

#include "core/base/error.h"
#include "tests/storage/blobs/temporary_directory.h"

namespace kalends::storage {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kChunk = kBlobChunkBytes;
constexpr std::int64_t kSegment = kBlobSegmentChunks * kChunk;

std::string RandomText(std::int64_t size) {
  std::mt19937_64 random(static_cast<std::uint64_t>(size));
  std::string text(static_cast<std::size_t>(size), '\0');
  for (char& c : text) c = static_cast<char>(random());
  return text;
}

class BlobStoreTest : public testing::Test {
 protected:
  NewBlob Put(std::string_view text, std::size_t piece = 100'000) {
    BlobWriter writer = store_->Create().value();
    for (std::string_view rest = text; !rest.empty();
         rest.remove_prefix(std::min(piece, rest.size()))) {
      EXPECT_TRUE(writer.Append(rest.substr(0, piece)).ok());
    }
    return writer.Finish().value();
  }
  absl::StatusOr<std::string> Get(const NewBlob& blob, std::int64_t offset, std::int64_t length) {
    auto reader = store_->Open(blob.id, blob.key, blob.size_bytes, {offset, length});
    if (!reader.ok()) return reader.status();
    std::string text;
    while (true) {
      absl::StatusOr<std::string> chunk = reader->Read();
      if (!chunk.ok()) return chunk.status();
      if (chunk->empty()) return text;
      EXPECT_LE(chunk->size(), kBlobChunkBytes);
      text += *chunk;
    }
  }
  int Files() const {
    return static_cast<int>(
        std::distance(fs::directory_iterator(directory_.path()), fs::directory_iterator()));
  }

  TemporaryDirectory directory_;
  std::unique_ptr<BlobStore> store_ = BlobStore::Open(directory_.path()).value();
};

TEST_F(BlobStoreTest, BytesOfAnySizeComeBackAsTheyWere) {
  for (const std::int64_t size : {std::int64_t{1}, kChunk - 1, kChunk, kChunk + 1, kSegment - 1,
                                  kSegment, kSegment + 1, 2 * kSegment + 3 * kChunk + 5}) {
    SCOPED_TRACE(size);
    const std::string text = RandomText(size);
    for (const std::size_t piece : {std::size_t{1'000}, std::size_t{kChunk}, text.size()}) {
      const NewBlob blob = Put(text, piece);
      EXPECT_EQ(blob.size_bytes, size);
      EXPECT_TRUE(Get(blob, 0, size).value() == text);
    }
  }
}

TEST_F(BlobStoreTest, ReadingBeginsAndEndsAnywhere) {
  const std::string text = RandomText(3 * kSegment + 12'345);
  const NewBlob blob = Put(text);
  const auto size = static_cast<std::int64_t>(text.size());
  for (const std::int64_t offset :
       {std::int64_t{0}, std::int64_t{1}, kChunk, kSegment - 1, kSegment, kSegment + kChunk + 7,
        3 * kSegment, size - 1, size}) {
    for (const std::int64_t length : {std::int64_t{0}, std::int64_t{1}, kChunk, size}) {
      SCOPED_TRACE(testing::Message() << offset << " + " << length);
      const std::int64_t take = std::min(length, size - offset);
      EXPECT_TRUE(Get(blob, offset, take).value() ==
                  text.substr(static_cast<std::size_t>(offset), static_cast<std::size_t>(take)));
    }
  }
}

TEST_F(BlobStoreTest, WhatIsOnDiskTellsNothingAndOnlyItsOwnerMayReadIt) {
  const NewBlob blob = Put(std::string(200'000, 'a'));
  std::ifstream file(directory_.path() / blob.id);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  EXPECT_EQ(bytes.find("aaaa"), std::string::npos);
  struct stat about{};
  ASSERT_EQ(stat((directory_.path() / blob.id).c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0600U);
  ASSERT_EQ(stat(directory_.path().c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0700U);
}

TEST_F(BlobStoreTest, TheSha256IsThatOfTheBytes) {
  const NewBlob blob = Put("abc");
  EXPECT_EQ(blob.sha256.substr(0, 4), "\xba\x78\x16\xbf");
}

TEST_F(BlobStoreTest, ChangedMovedOrMissingBytesAreFound) {
  const std::string text = RandomText(2 * kSegment + 10);
  const auto size = static_cast<std::int64_t>(text.size());
  const auto damaged = [&](const std::function<void(std::string&)>& damage) {
    const NewBlob blob = Put(text);
    const fs::path path = directory_.path() / blob.id;
    std::ifstream in(path);
    std::string bytes{std::istreambuf_iterator<char>(in), {}};
    damage(bytes);
    std::ofstream(path) << bytes;
    return Get(blob, 0, size).status().code();
  };
  EXPECT_EQ(damaged([](std::string&) {}), absl::StatusCode::kOk);
  for (const std::size_t at : {std::size_t{0}, std::size_t{100}, std::size_t{kSegment + 900}}) {
    EXPECT_EQ(damaged([&](std::string& bytes) { bytes[at] = static_cast<char>(bytes[at] ^ 1); }),
              absl::StatusCode::kDataLoss);
  }
  EXPECT_EQ(damaged([](std::string& bytes) { bytes.pop_back(); }), absl::StatusCode::kDataLoss);
  const std::size_t sealed_segment = 24 + 16 * (kBlobChunkBytes + 17);
  EXPECT_EQ(damaged([&](std::string& bytes) {
              std::swap_ranges(bytes.begin(),
                               bytes.begin() + static_cast<std::ptrdiff_t>(sealed_segment),
                               bytes.begin() + static_cast<std::ptrdiff_t>(sealed_segment));
            }),
            absl::StatusCode::kDataLoss);
  NewBlob blob = Put(text);
  EXPECT_EQ(Get({blob.id, std::string(32, 'k'), size, ""}, 0, size).status().code(),
            absl::StatusCode::kDataLoss);
  // Cut off at the end of a segment, and the row says so too: the final tag is not there.
  EXPECT_EQ(Get({blob.id, blob.key, kSegment, ""}, 0, kSegment).status().code(),
            absl::StatusCode::kDataLoss);
  store_->Remove(blob.id);
  EXPECT_EQ(Get(blob, 0, size).status().code(), absl::StatusCode::kNotFound);
}

TEST_F(BlobStoreTest, WhatIsNotFinishedLeavesNothing) {
  {
    BlobWriter writer = store_->Create().value();
    ASSERT_TRUE(writer.Append(std::string(1'000'000, 'x')).ok());
    EXPECT_EQ(Files(), 1);
  }
  EXPECT_EQ(Files(), 0);
  EXPECT_EQ(core::ReasonOf(store_->Create().value().Finish().status()), core::Reason::kEmptyFile);
  EXPECT_EQ(Files(), 0);
}

TEST_F(BlobStoreTest, AFullDiskIsSaidAndLeavesNothing) {
  // The kernel answers as a full disk does, with another number.
  signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  const rlimit tight{500'000, before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &tight), 0);
  absl::Status status;
  {
    BlobWriter writer = store_->Create().value();
    for (int i = 0; i < 10 && status.ok(); ++i) status = writer.Append(std::string(100'000, 'x'));
  }
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
  EXPECT_EQ(core::ReasonOf(status), core::Reason::kStorageFull);
  EXPECT_EQ(Files(), 0);
}

TEST_F(BlobStoreTest, TooManyOpenFilesAreNoMissingFile) {
  const NewBlob blob = Put("text");
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
  const rlimit none{0, before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &none), 0);
  const absl::Status read = Get(blob, 0, 4).status();
  const absl::Status written = store_->Create().status();
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &before), 0);
  EXPECT_EQ(core::ReasonOf(read), core::Reason::kBusy);
  EXPECT_EQ(core::ReasonOf(written), core::Reason::kBusy);
  EXPECT_EQ(Get(blob, 0, 4).value(), "text");
}

TEST_F(BlobStoreTest, TheSweepRemovesWhatNobodyKnows) {
  const NewBlob kept = Put("kept");
  const NewBlob orphan = Put("orphan");
  std::ofstream(directory_.path() / "00112233445566778899aabbccddeeff.tmp") << "half";
  EXPECT_EQ(store_->Sweep([&](const std::string& id) { return id == kept.id; }).value(), 2);
  EXPECT_EQ(Files(), 1);
  EXPECT_EQ(Get(kept, 0, 4).value(), "kept");
  EXPECT_EQ(Get(orphan, 0, 6).status().code(), absl::StatusCode::kNotFound);
}

TEST_F(BlobStoreTest, TheSweepTouchesFilesOfOursOnly) {
  const std::string hex(32, 'a');
  for (const std::string& name :
       {std::string("notes.txt"), std::string("master.key.tmp"), hex + ".bak", hex + "a",
        std::string(32, 'A'), hex.substr(1), std::string("store-id")}) {
    std::ofstream(directory_.path() / name) << "foreign";
  }
  // Of the file system itself, and one that only looks like a file of ours.
  fs::create_directories(directory_.path() / "lost+found" / "inside");
  fs::create_directories(directory_.path() / hex);
  EXPECT_EQ(store_->Sweep([](const std::string&) { return false; }).value(), 0);
  EXPECT_EQ(Files(), 9);
  EXPECT_TRUE(store_->Finished().value().empty());
}

TEST_F(BlobStoreTest, TheSweepSaysWhatItCouldNotRemoveAndRemovesTheRest) {
  const NewBlob stuck = Put("stuck");
  for (int i = 0; i < 5; ++i) Put("orphan");
  const auto swept = store_->Sweep([&](const std::string& id) {
    if (id == stuck.id) {
      // No file any more by the time it is to be removed.
      fs::remove(directory_.path() / id);
      fs::create_directory(directory_.path() / id);
    }
    return false;
  });
  EXPECT_FALSE(swept.ok());
  EXPECT_EQ(Files(), 1);
}

TEST_F(BlobStoreTest, ADirectoryThatCannotBeListedIsAnError) {
  fs::remove_all(directory_.path());
  EXPECT_FALSE(store_->Sweep([](const std::string&) { return true; }).ok());
  fs::create_directories(directory_.path());
}

TEST_F(BlobStoreTest, TheIdOfTheDirectoryIsKept) {
  EXPECT_EQ(store_->Id().value(), std::nullopt);
  const std::string id(32, 'a');
  ASSERT_TRUE(store_->SetId(id).ok());
  EXPECT_EQ(BlobStore::Open(directory_.path()).value()->Id().value(), id);
  const NewBlob blob = Put("text");
  EXPECT_EQ(store_->Finished().value(), std::vector{blob.id});
}

}  // namespace
}  // namespace kalends::storage
