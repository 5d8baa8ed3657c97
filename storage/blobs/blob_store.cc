#include "storage/blobs/blob_store.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cerrno>
#include <memory>
#include <vector>

#include "core/base/error.h"
#include "core/base/status_macros.h"

namespace kalends::storage {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kHeaderBytes = crypto_secretstream_xchacha20poly1305_HEADERBYTES;
constexpr std::size_t kTagBytes = crypto_secretstream_xchacha20poly1305_ABYTES;
constexpr std::size_t kKeyBytes = crypto_secretstream_xchacha20poly1305_KEYBYTES;
constexpr std::int64_t kChunk = kBlobChunkBytes;
constexpr std::int64_t kSealedChunk = kChunk + kTagBytes;
constexpr std::int64_t kSealedSegment = kHeaderBytes + kBlobSegmentChunks * kSealedChunk;
constexpr std::size_t kIdBytes = 16;
constexpr std::string_view kUnfinished = ".tmp";
constexpr char kIdFile[] = "store-id";  // Not the name of a stored file.

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* Bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

std::array<unsigned char, 8> NumberOf(std::int64_t segment) {
  std::array<unsigned char, 8> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<unsigned char>(segment >> (8 * i));
  }
  return bytes;
}

std::string RandomName() {
  std::string name;
  std::array<unsigned char, kIdBytes> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  for (const unsigned char byte : bytes) name += fmt::format("{:02x}", byte);
  return name;
}

fs::path UnfinishedName(const fs::path& directory, const std::string& id) {
  fs::path name = directory / id;
  name += kUnfinished;
  return name;
}

bool IsId(std::string_view name) {
  return name.size() == 2 * kIdBytes &&
         name.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

absl::Status Damaged() {
  return core::Error(core::Reason::kUnreadable, "The stored file is damaged or cut off.");
}

bool ReadExactly(const File& file, std::string& into, std::int64_t at) {
  std::size_t done = 0;
  while (done < into.size()) {
    const ssize_t got = pread(file.descriptor(), into.data() + done, into.size() - done,
                              at + static_cast<std::int64_t>(done));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    done += static_cast<std::size_t>(got);
  }
  return true;
}

}  // namespace

BlobWriter::BlobWriter(fs::path directory, std::string id, File file)
    : directory_(std::move(directory)),
      id_(std::move(id)),
      key_(kKeyBytes, '\0'),
      file_(std::move(file)) {
  crypto_secretstream_xchacha20poly1305_keygen(Bytes(key_));
  crypto_hash_sha256_init(&hash_);
  waiting_.reserve(kBlobChunkBytes);
}

BlobWriter::BlobWriter(BlobWriter&& other) noexcept
    : directory_(std::move(other.directory_)),
      id_(std::move(other.id_)),
      key_(std::move(other.key_)),
      file_(std::move(other.file_)),
      unfinished_(std::exchange(other.unfinished_, false)),
      size_(other.size_),
      chunks_(other.chunks_),
      waiting_(std::move(other.waiting_)),
      stream_(other.stream_),
      hash_(other.hash_) {}

BlobWriter::~BlobWriter() {
  if (unfinished_) unlink(UnfinishedName(directory_, id_).c_str());
  sodium_memzero(key_.data(), key_.size());
  sodium_memzero(&stream_, sizeof stream_);
}

absl::Status BlobWriter::Append(std::string_view bytes) {
  crypto_hash_sha256_update(&hash_, Bytes(bytes), bytes.size());
  size_ += static_cast<std::int64_t>(bytes.size());
  while (!bytes.empty()) {
    if (waiting_.size() == kBlobChunkBytes) RETURN_IF_ERROR(PushChunk(/*last=*/false));
    const std::string_view part = bytes.substr(0, kBlobChunkBytes - waiting_.size());
    waiting_.append(part);
    bytes.remove_prefix(part.size());
  }
  return absl::OkStatus();
}

absl::Status BlobWriter::PushChunk(bool last) {
  const std::int64_t segment = chunks_ / kBlobSegmentChunks;
  const std::int64_t place = chunks_ % kBlobSegmentChunks;
  std::string sealed;
  if (place == 0) {
    sealed.resize(kHeaderBytes);
    crypto_secretstream_xchacha20poly1305_init_push(&stream_, Bytes(sealed), Bytes(key_));
  }
  const std::size_t header = sealed.size();
  sealed.resize(header + waiting_.size() + kTagBytes);
  const unsigned char tag = last ? crypto_secretstream_xchacha20poly1305_tag_final()
                                 : (place + 1 == kBlobSegmentChunks
                                        ? crypto_secretstream_xchacha20poly1305_tag_push()
                                        : crypto_secretstream_xchacha20poly1305_tag_message());
  const auto number = NumberOf(segment);
  crypto_secretstream_xchacha20poly1305_push(&stream_, Bytes(sealed) + header, nullptr,
                                             Bytes(waiting_), waiting_.size(), number.data(),
                                             number.size(), tag);
  waiting_.clear();
  ++chunks_;
  if (!WriteAll(file_, sealed)) return FileError("write", UnfinishedName(directory_, id_));
  return absl::OkStatus();
}

absl::StatusOr<NewBlob> BlobWriter::Finish() {
  if (size_ == 0) return core::Error(core::Reason::kEmptyFile);
  RETURN_IF_ERROR(PushChunk(/*last=*/true));
  const fs::path unfinished = UnfinishedName(directory_, id_);
  if (fsync(file_.descriptor()) != 0) return FileError("write", unfinished);
  file_.Close();
  const fs::path finished = directory_ / id_;
  if (rename(unfinished.c_str(), finished.c_str()) != 0) return FileError("write", finished);
  unfinished_ = false;
  if (absl::Status synced = SyncDirectory(directory_); !synced.ok()) {
    unlink(finished.c_str());
    return synced;
  }
  NewBlob blob{id_, key_, size_, std::string(crypto_hash_sha256_BYTES, '\0')};
  crypto_hash_sha256_final(&hash_, Bytes(blob.sha256));
  return blob;
}

absl::StatusOr<std::string> BlobReader::Read() {
  while (left_ > 0) {
    ASSIGN_OR_RETURN(std::string chunk, PullChunk());
    const auto size = static_cast<std::int64_t>(chunk.size());
    if (skip_ >= size) {
      skip_ -= size;
      continue;
    }
    chunk.erase(0, static_cast<std::size_t>(std::exchange(skip_, 0)));
    if (static_cast<std::int64_t>(chunk.size()) > left_) {
      chunk.resize(static_cast<std::size_t>(left_));
    }
    left_ -= static_cast<std::int64_t>(chunk.size());
    return chunk;
  }
  return std::string();
}

absl::StatusOr<std::string> BlobReader::PullChunk() {
  const std::int64_t segment = next_chunk_ / kBlobSegmentChunks;
  const std::int64_t place = next_chunk_ % kBlobSegmentChunks;
  const std::int64_t at = segment * kSealedSegment;
  if (place == 0) {
    std::string header(kHeaderBytes, '\0');
    if (!ReadExactly(file_, header, at) || crypto_secretstream_xchacha20poly1305_init_pull(
                                               &stream_, Bytes(header), Bytes(key_)) != 0) {
      return Damaged();
    }
  }
  const std::int64_t plain = std::min(kChunk, size_ - next_chunk_ * kChunk);
  if (plain <= 0) return Damaged();
  std::string sealed(static_cast<std::size_t>(plain) + kTagBytes, '\0');
  if (!ReadExactly(file_, sealed,
                   at + static_cast<std::int64_t>(kHeaderBytes) + place * kSealedChunk)) {
    return Damaged();
  }
  std::string chunk(static_cast<std::size_t>(plain), '\0');
  unsigned char tag = 0;
  const auto number = NumberOf(segment);
  if (crypto_secretstream_xchacha20poly1305_pull(&stream_, Bytes(chunk), nullptr, &tag,
                                                 Bytes(sealed), sealed.size(), number.data(),
                                                 number.size()) != 0) {
    return Damaged();
  }
  ++next_chunk_;
  const bool last = next_chunk_ * kChunk >= size_;
  if (last != (tag == crypto_secretstream_xchacha20poly1305_tag_final())) return Damaged();
  return chunk;
}

absl::StatusOr<std::unique_ptr<BlobStore>> BlobStore::Open(fs::path directory) {
  if (mkdir(directory.c_str(), S_IRWXU) != 0 && errno != EEXIST) {
    return FileError("make", directory);
  }
  if (chmod(directory.c_str(), S_IRWXU) != 0) return FileError("protect", directory);
  // What is acknowledged must not go with the directory it lies in.
  RETURN_IF_ERROR(SyncDirectory(directory.has_parent_path() ? directory.parent_path() : "."));
  return std::unique_ptr<BlobStore>(new BlobStore(std::move(directory)));
}

absl::StatusOr<BlobWriter> BlobStore::Create() const {
  std::string id = RandomName();
  const fs::path name = UnfinishedName(directory_, id);
  File file(open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (!file.is_open()) return FileError("write", name);
  return BlobWriter(directory_, std::move(id), std::move(file));
}

absl::StatusOr<BlobReader> BlobStore::Open(const std::string& id, std::string key,
                                           std::int64_t size_bytes, const Span& span) const {
  assert(span.offset >= 0 && span.length >= 0 && span.offset + span.length <= size_bytes);
  if (key.size() != kKeyBytes) {
    return core::Error(core::Reason::kUnreadable, "The key of the stored file is damaged.");
  }
  const fs::path name = directory_ / id;
  BlobReader reader;
  reader.file_ = File(open(name.c_str(), O_RDONLY | O_CLOEXEC));
  if (!reader.file_.is_open()) return FileError("read", name);
  reader.key_ = std::move(key);
  reader.size_ = size_bytes;
  reader.left_ = span.length;
  const std::int64_t segment = span.offset / (kBlobSegmentChunks * kChunk);
  reader.next_chunk_ = segment * kBlobSegmentChunks;
  reader.skip_ = span.offset - reader.next_chunk_ * kChunk;
  return reader;
}

void BlobStore::Remove(const std::string& id) const {
  const fs::path name = directory_ / id;
  if (unlink(name.c_str()) != 0 && errno != ENOENT) {
    spdlog::error("{}", std::string(FileError("remove", name).message()));
  }
}

absl::StatusOr<std::optional<std::string>> BlobStore::Id() const {
  absl::StatusOr<std::string> text = ReadPrivateFile(directory_ / kIdFile);
  if (absl::IsNotFound(text.status())) return std::nullopt;
  RETURN_IF_ERROR(text.status());
  return text->substr(0, text->find('\n'));
}

absl::Status BlobStore::SetId(std::string_view id) const {
  ASSIGN_OR_RETURN(const auto present, Id());
  if (present == id) return absl::OkStatus();
  return ReplacePrivateFile(directory_ / kIdFile, std::string(id) + '\n');
}

absl::StatusOr<std::vector<std::string>> BlobStore::Finished() const {
  std::vector<std::string> ids;
  RETURN_IF_ERROR(EachFile([&](const std::string& id, bool is_finished) {
    if (is_finished) ids.push_back(id);
  }));
  return ids;
}

absl::StatusOr<int> BlobStore::Sweep(
    const std::function<bool(const std::string& id)>& is_known) const {
  std::vector<fs::path> leftover;
  RETURN_IF_ERROR(EachFile([&](const std::string& id, bool is_finished) {
    if (!is_finished) {
      leftover.push_back(UnfinishedName(directory_, id));
    } else if (!is_known(id)) {
      leftover.push_back(directory_ / id);
    }
  }));
  absl::Status first;
  for (const fs::path& path : leftover) {
    if (unlink(path.c_str()) != 0) first.Update(FileError("remove", path));
  }
  RETURN_IF_ERROR(first);
  return static_cast<int>(leftover.size());
}

absl::Status BlobStore::EachFile(
    const std::function<void(const std::string& id, bool is_finished)>& each) const {
  std::error_code error;
  for (fs::directory_iterator entry(directory_, error), end; !error && entry != end;
       entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    const std::string id = name.substr(0, 2 * kIdBytes);
    const bool is_finished = name == id;
    const bool ours = IsId(id) && (is_finished || name == id + std::string(kUnfinished));
    std::error_code unknown;
    if (ours && entry->symlink_status(unknown).type() == fs::file_type::regular) {
      each(id, is_finished);
    }
  }
  if (!error) return absl::OkStatus();
  return absl::UnavailableError(
      fmt::format("cannot list {}: {}", directory_.string(), error.message()));
}

}  // namespace kalends::storage
