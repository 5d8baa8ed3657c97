#include "core/server/demo_clock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>

#include "core/server/listen_addresses.h"

namespace kalends::server {

absl::Status CheckDemoClock(const std::filesystem::path& directory, bool wanted,
                            bool database_exists, std::string_view listen) {
  std::error_code error;
  const bool made_for_it = std::filesystem::exists(directory / kDemoClockFile, error);
  if (!wanted) {
    if (!made_for_it) return absl::OkStatus();
    return absl::FailedPreconditionError(
        fmt::format("the data in {} is a demonstration, whose times were never real: go on with "
                    "--demo-clock, or choose another --data-dir",
                    directory.string()));
  }
  if (!IsLoopback(listen)) {
    return absl::FailedPreconditionError(
        "--demo-clock is for demonstrations on this machine: let --listen be a loopback address");
  }
  if (made_for_it || !database_exists) return absl::OkStatus();
  return absl::FailedPreconditionError(
      fmt::format("the data in {} was begun on the real clock, which --demo-clock would spoil: "
                  "choose another --data-dir",
                  directory.string()));
}

absl::StatusOr<core::Clock> OpenDemoClock(const std::filesystem::path& directory,
                                          core::Clock real) {
  const std::string path = (directory / kDemoClockFile).string();
  using Ahead = std::atomic<std::int64_t>;
  static_assert(Ahead::is_always_lock_free && sizeof(Ahead) == sizeof(std::int64_t));
  const auto refused = [&] {
    return absl::PermissionDeniedError(fmt::format("cannot open {}", path));
  };
  const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file < 0) return refused();
  const bool sized = ftruncate(file, sizeof(Ahead)) == 0;
  void* memory = sized ? mmap(nullptr, sizeof(Ahead), PROT_READ, MAP_SHARED, file, 0) : MAP_FAILED;
  close(file);
  if (memory == MAP_FAILED) return refused();
  // Until the process ends.
  const auto* ahead = static_cast<const Ahead*>(memory);
  return [real = std::move(real), ahead] {
    return real() + std::chrono::seconds(ahead->load(std::memory_order_relaxed));
  };
}

}  // namespace kalends::server
