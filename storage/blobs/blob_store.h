// Encrypted files beside the database. Each has a key of its own, which is not kept here.
//
// A file is a row of segments, each an own crypto_secretstream_xchacha20poly1305: its header, then
// up to 16 chunks of 64 KiB, so that reading may begin at any segment and decrypts at most a
// megabyte too much. The number of the segment is authenticated with every chunk, the last chunk of
// the file carries the final tag: bytes cannot be changed, moved or cut off unnoticed. At most one
// chunk is in memory at a time.
#pragma once

#include <sodium.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "storage/blobs/files.h"

namespace kalends::storage {

inline constexpr std::size_t kBlobChunkBytes = 64 << 10;
inline constexpr std::int64_t kBlobSegmentChunks = 16;

// A file that is wholly on disk.
struct NewBlob {
  std::string id;               // 32 hexadecimal digits: its name.
  std::string key;              // 32 bytes. Wrap it; without it the file is noise.
  std::int64_t size_bytes = 0;  // > 0.
  std::string sha256;           // Of the plain bytes; 32 bytes.
};

// Writes one file. What was not finished is removed with this.
class BlobWriter {
 public:
  BlobWriter(BlobWriter&&) noexcept;
  BlobWriter& operator=(BlobWriter&&) = delete;
  ~BlobWriter();

  std::int64_t size_bytes() const { return size_; }
  // STORAGE_FULL.
  absl::Status Append(std::string_view bytes);
  // Makes the file durable under its name: it stays, and is the caller's to remove if its row is
  // not committed. EMPTY_FILE, STORAGE_FULL.
  absl::StatusOr<NewBlob> Finish();

 private:
  friend class BlobStore;
  BlobWriter(std::filesystem::path directory, std::string id, File file);
  absl::Status PushChunk(bool last);

  std::filesystem::path directory_;
  std::string id_;
  std::string key_;
  File file_;
  bool unfinished_ = true;
  std::int64_t size_ = 0;
  std::int64_t chunks_ = 0;  // Written.
  std::string waiting_;      // At most a chunk: only the end tells which one is the last.
  crypto_secretstream_xchacha20poly1305_state stream_{};
  crypto_hash_sha256_state hash_{};
};

// Reads one file from some byte on. Reads nothing before it is asked to.
class BlobReader {
 public:
  // The next bytes, at most a chunk; empty at the end. UNREADABLE: the file is damaged.
  absl::StatusOr<std::string> Read();

 private:
  friend class BlobStore;
  absl::StatusOr<std::string> PullChunk();

  File file_;
  std::string key_;
  std::int64_t size_ = 0;
  std::int64_t next_chunk_ = 0;
  std::int64_t skip_ = 0;  // Bytes before the first wanted one, from the start of next_chunk_.
  std::int64_t left_ = 0;  // Bytes wanted.
  crypto_secretstream_xchacha20poly1305_state stream_{};
};

// Thread-safe.
class BlobStore {
 public:
  // Opens the directory, which is made with mode 0700 if it is missing.
  static absl::StatusOr<std::unique_ptr<BlobStore>> Open(std::filesystem::path directory);
  // The directory as it is, to be read only.
  static BlobStore At(std::filesystem::path directory) { return BlobStore(std::move(directory)); }

  // STORAGE_FULL, BUSY.
  absl::StatusOr<BlobWriter> Create() const;
  struct Span {
    std::int64_t offset = 0;  // 0 to the size.
    std::int64_t length = 0;  // To the end at most.
  };
  // NOT_FOUND, without a reason: the file is not there. UNREADABLE, BUSY.
  absl::StatusOr<BlobReader> Open(const std::string& id, std::string key, std::int64_t size_bytes,
                                  const Span& span) const;
  // What cannot be removed now is removed by the next sweep.
  void Remove(const std::string& id) const;

  const std::filesystem::path& directory() const { return directory_; }
  // The id by which a database knows that the directory is its own; nullopt: it has none yet.
  absl::StatusOr<std::optional<std::string>> Id() const;
  absl::Status SetId(std::string_view id) const;
  // The ids of all files that are wholly there.
  absl::StatusOr<std::vector<std::string>> Finished() const;
  // Removes what a crash left: unfinished files, and those that `is_known` does not know. Call it
  // before anything else, and only where the directory belongs to who knows. Returns how many;
  // where some could not be removed, the first error. Touches nothing that is no file of ours.
  absl::StatusOr<int> Sweep(const std::function<bool(const std::string& id)>& is_known) const;

 private:
  explicit BlobStore(std::filesystem::path directory) : directory_(std::move(directory)) {}
  absl::Status EachFile(
      const std::function<void(const std::string& id, bool is_finished)>& each) const;

  const std::filesystem::path directory_;
};

}  // namespace kalends::storage
