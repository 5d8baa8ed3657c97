// The program `age` (https://age-encryption.org), which encrypts a stream to keys and decrypts it.
#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "storage/blobs/files.h"

namespace kalends::cli {

// What a file begins with that age has written.
inline constexpr std::string_view kAgeMagic = "age-encryption.org/v1\n";

// age while it runs; ended with this. What it complains of it writes to our standard error.
class Age {
 public:
  // Encrypts what is written to stream() into `output`. Each recipient is a public key (`age1…`,
  // `ssh-ed25519 …`) or names a file of them. NOT_FOUND: there is no age.
  static absl::StatusOr<Age> Encrypt(const std::vector<std::string>& recipients,
                                     const storage::File& output);
  // Decrypts `input` from where it stands, to be read from stream().
  static absl::StatusOr<Age> Decrypt(const std::string& identity_file, const storage::File& input);
  Age(Age&& other) noexcept;
  Age& operator=(Age&&) = delete;
  ~Age();

  const storage::File& stream() const { return stream_; }
  // Closes our end, and waits. Whether all was done: of a decryption, that nothing was changed or
  // cut off.
  bool Finish();

 private:
  Age(pid_t pid, storage::File stream) : pid_(pid), stream_(std::move(stream)) {}
  static absl::StatusOr<Age> Run(std::vector<std::string> arguments, int file, bool writes);

  pid_t pid_;
  storage::File stream_;
};

}  // namespace kalends::cli
