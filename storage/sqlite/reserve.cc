#include "storage/sqlite/reserve.h"

#include <fcntl.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

#include <utility>
#include <vector>

namespace kalends::storage {
namespace {

constexpr std::size_t kChunkBytes = 1 << 20;
static_assert(kReserveBytes % kChunkBytes == 0);

}  // namespace

Reserve::Reserve(std::string path) : path_(std::move(path)) {
  if (!Fill()) spdlog::warn("there is no room for {}: the disk is almost full", path_);
}

void Reserve::Release() {
  if (!spent_)
    spdlog::error("the disk is full: things can be read and deleted, and nothing else changed");
  unlink(path_.c_str());
  spent_ = true;
}

bool Reserve::IsSpent() {
  if (spent_ && Fill()) {
    spdlog::info("the disk has room again");
    spent_ = false;
  }
  return spent_;
}

bool Reserve::Fill() const {
  struct stat about{};
  if (stat(path_.c_str(), &about) == 0 && about.st_size == kReserveBytes) return true;
  const int file = open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file < 0) return false;
  // Written, for not every file system keeps what it only promised.
  const std::vector<char> zeros(kChunkBytes);
  std::size_t size = 0;
  while (size < kReserveBytes &&
         write(file, zeros.data(), kChunkBytes) == static_cast<ssize_t>(kChunkBytes)) {
    size += kChunkBytes;
  }
  close(file);
  if (size < kReserveBytes) unlink(path_.c_str());
  return size == kReserveBytes;
}

}  // namespace kalends::storage
