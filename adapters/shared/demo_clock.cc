#include "adapters/shared/demo_clock.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace kalends {
namespace {

constexpr std::size_t kBytes = sizeof(std::atomic<std::int64_t>);

}  // namespace

DemoClock::DemoClock(const std::string& path) {
  const int file = open(path.c_str(), O_RDWR | O_CLOEXEC);
  struct stat facts{};
  // Beyond the end of a shorter file, reading would end the process.
  const bool whole = file >= 0 && fstat(file, &facts) == 0 && facts.st_size == kBytes;
  void* memory =
      whole ? mmap(nullptr, kBytes, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0) : MAP_FAILED;
  if (file >= 0) close(file);
  if (memory == MAP_FAILED) {
    throw std::runtime_error("cannot use " + path + ": `kalendsd --demo-clock` makes it");
  }
  ahead_ = static_cast<std::atomic<std::int64_t>*>(memory);
}

DemoClock::~DemoClock() { munmap(ahead_, kBytes); }

bool IsLoopbackUrl(std::string_view url) {
  constexpr std::string_view kHttp = "http://";
  if (!url.starts_with(kHttp)) return false;
  url = url.substr(kHttp.size());
  url = url.substr(0, url.find_first_of("/?#"));
  if (url.find('@') != std::string_view::npos) return false;
  constexpr std::array<std::string_view, 3> kHosts = {"127.0.0.1", "localhost", "[::1]"};
  return std::any_of(kHosts.begin(), kHosts.end(), [&](std::string_view host) {
    return url == host || (url.starts_with(host) && url[host.size()] == ':');
  });
}

}  // namespace kalends
