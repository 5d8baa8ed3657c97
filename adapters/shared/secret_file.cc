#include "adapters/shared/secret_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/crypto.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace kalends {
namespace {

// A bundle of all the CAs there are has some 200 KiB. Nothing moves while it is read, so that no
// copy of a secret is left behind.
constexpr std::size_t kFileBytesMax = 4 << 20;

// errno: 0 where all was read.
int ReadAll(int descriptor, std::string& text) {
  text.resize(kFileBytesMax + 1);
  std::size_t size = 0;
  while (size < text.size()) {
    const ssize_t got = read(descriptor, text.data() + size, text.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return errno;
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  text.resize(size);
  return 0;
}

}  // namespace

absl::Status RefusalOfFile(std::string_view flag, const std::string& path, std::string_view why) {
  return absl::InvalidArgumentError(fmt::format("{}: {} {}", flag, path, why));
}

absl::StatusOr<std::string> ReadNamedFile(std::string_view flag, const std::string& path) {
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  int failed = descriptor < 0 ? errno : 0;
  std::string text;
  if (descriptor >= 0) {
    failed = ReadAll(descriptor, text);
    close(descriptor);
  }
  if (failed != 0) {
    return RefusalOfFile(flag, path, fmt::format("cannot be read: {}", std::strerror(failed)));
  }
  if (text.empty()) return RefusalOfFile(flag, path, "is empty");
  if (text.size() > kFileBytesMax) return RefusalOfFile(flag, path, "is too large");
  return text;
}

absl::StatusOr<std::string> ReadSecret(std::string_view flag, const std::string& path) {
  auto text = ReadNamedFile(flag, path);
  if (!text.ok()) return text.status();
  std::string line = text->substr(0, text->find('\n'));
  OPENSSL_cleanse(text->data(), text->size());
  while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
  if (line.empty()) return RefusalOfFile(flag, path, "has nothing in its first line");
  return line;
}

}  // namespace kalends
