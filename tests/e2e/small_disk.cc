// Preloaded into a program (LD_PRELOAD), it makes folders small disks where no real ones may be
// mounted: KALENDS_SMALL_DISKS is "FOLDER=BYTES", more of them after colons. What the files below a
// folder hold together stays within its bytes; a write that needs more is cut short, and one that
// finds no room at all fails with ENOSPC, as write(2) has it. What is deleted makes room at once.
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace fs = std::filesystem;

struct Disk {
  std::string folder;  // With a slash at its end.
  std::int64_t bytes;
};

const std::vector<Disk>& Disks() {
  static const std::vector<Disk> disks = [] {
    std::vector<Disk> parsed;
    const char* setting = std::getenv("KALENDS_SMALL_DISKS");
    std::string_view rest = setting == nullptr ? "" : setting;
    while (!rest.empty()) {
      const std::string_view entry = rest.substr(0, rest.find(':'));
      const std::size_t equals = entry.find('=');
      parsed.push_back({std::string(entry.substr(0, equals)) + "/",
                        std::stoll(std::string(entry.substr(equals + 1)))});
      rest.remove_prefix(std::min(rest.size(), entry.size() + 1));
    }
    return parsed;
  }();
  return disks;
}

// The disk that the open file lies on; null: none of ours.
const Disk* DiskOf(int descriptor) {
  std::error_code none;
  const std::string path = fs::read_symlink("/proc/self/fd/" + std::to_string(descriptor), none);
  const auto found = std::find_if(Disks().begin(), Disks().end(), [&](const Disk& disk) {
    return path.compare(0, disk.folder.size(), disk.folder) == 0;
  });
  return found == Disks().end() ? nullptr : &*found;
}

std::int64_t Room(const Disk& disk) {
  std::int64_t used = 0;
  std::error_code gone;
  for (fs::recursive_directory_iterator at(disk.folder, gone), end; !gone && at != end;) {
    const std::uintmax_t size = at->is_regular_file(gone) ? at->file_size(gone) : 0;
    if (!gone) used += static_cast<std::int64_t>(size);
    at.increment(gone);
  }
  return std::max<std::int64_t>(disk.bytes - used, 0);
}

// How many of `count` bytes at `offset` there is room for; kAppend: at the file's position.
constexpr off_t kAppend = -1;
std::size_t Fitting(int descriptor, const Disk& disk, std::size_t count, off_t offset) {
  struct stat about{};
  if (fstat(descriptor, &about) != 0) return count;
  if (offset == kAppend) {
    const bool at_end = (fcntl(descriptor, F_GETFL) & O_APPEND) != 0;
    offset = at_end ? about.st_size : lseek(descriptor, 0, SEEK_CUR);
  }
  const auto wanted = static_cast<std::int64_t>(count);
  const std::int64_t growth = offset + wanted - about.st_size;
  const std::int64_t missing = growth <= 0 ? 0 : growth - Room(disk);
  return static_cast<std::size_t>(std::clamp<std::int64_t>(wanted - missing, 0, wanted));
}

// Calls `write` with as many bytes as there is room for.
template <typename Write>
ssize_t WriteWithin(int descriptor, std::size_t count, off_t offset, const Write& write) {
  const int before = errno;
  const Disk* disk = Disks().empty() ? nullptr : DiskOf(descriptor);
  if (disk == nullptr || count == 0) {
    errno = before;
    return write(count);
  }
  static std::mutex one_at_a_time;  // Between the look at the room and its use.
  const std::lock_guard lock(one_at_a_time);
  const std::size_t fitting = Fitting(descriptor, *disk, count, offset);
  errno = before;
  if (fitting > 0) return write(fitting);
  errno = ENOSPC;
  return -1;
}

template <typename Function>
Function* Next(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

}  // namespace

extern "C" {

ssize_t write(int descriptor, const void* bytes, std::size_t count) {
  static auto* const next = Next<ssize_t(int, const void*, std::size_t)>("write");
  return WriteWithin(descriptor, count, kAppend,
                     [&](std::size_t fitting) { return next(descriptor, bytes, fitting); });
}

ssize_t pwrite(int descriptor, const void* bytes, std::size_t count, off_t offset) {
  static auto* const next = Next<ssize_t(int, const void*, std::size_t, off_t)>("pwrite");
  return WriteWithin(descriptor, count, offset,
                     [&](std::size_t fitting) { return next(descriptor, bytes, fitting, offset); });
}

ssize_t pwrite64(int descriptor, const void* bytes, std::size_t count, off64_t offset) {
  return pwrite(descriptor, bytes, count, offset);
}

}  // extern "C"
