// Files that survive power loss and that only their owner may read. What the machine lacks has a
// reason: STORAGE_FULL, or BUSY for too many open files. Other errors are sentences for people with
// the path; NOT_FOUND and PERMISSION_DENIED tell these two apart from the rest.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace kalends::storage {

// An open file descriptor, closed with this.
class File {
 public:
  File() = default;
  explicit File(int descriptor) : descriptor_(descriptor) {}
  File(File&& other) noexcept;
  File& operator=(File&& other) noexcept;
  ~File();

  bool is_open() const { return descriptor_ >= 0; }
  int descriptor() const { return descriptor_; }
  void Close();

 private:
  int descriptor_ = -1;
};

// The status of what just failed with `errno`, such as "cannot write <path>: <why>".
absl::Status FileError(std::string_view what, const std::filesystem::path& path);

// Writes all of `bytes`; errno says why it could not.
bool WriteAll(const File& file, std::string_view bytes);

// Makes what was renamed or removed in the directory durable.
absl::Status SyncDirectory(const std::filesystem::path& directory);

// Puts `text` into the file with mode 0600, wholly or not at all: written beside it, flushed,
// renamed.
absl::Status ReplacePrivateFile(const std::filesystem::path& path, std::string_view text);
// Reads a small file. NOT_FOUND: there is none. FAILED_PRECONDITION: others than its owner may read
// it.
absl::StatusOr<std::string> ReadPrivateFile(const std::filesystem::path& path);

}  // namespace kalends::storage
