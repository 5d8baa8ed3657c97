#include "core/operate/process_metrics.h"

#include <sys/resource.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cmath>
#include <fstream>
#include <iterator>
#include <limits>
#include <sstream>
#include <vector>

namespace kalends::operate {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

// Fields of /proc/self/stat by their numbers in proc(5), from the third on; the second may hold
// anything.
double StatField(int number) {
  std::ifstream file("/proc/self/stat");
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  const std::size_t end = text.rfind(')');
  if (end == std::string::npos) return kUnknown;
  std::istringstream rest(text.substr(end + 1));
  std::string field;
  for (int i = 3; i <= number; ++i) {
    if (!(rest >> field)) return kUnknown;
  }
  return std::strtod(field.c_str(), nullptr);
}

double ClockTicks() { return static_cast<double>(sysconf(_SC_CLK_TCK)); }

double CpuSeconds() { return (StatField(14) + StatField(15)) / ClockTicks(); }

double StartTime() {
  std::ifstream file("/proc/stat");
  std::string word;
  double booted = kUnknown;
  while (file >> word) {
    if (word == "btime" && file >> booted) break;
  }
  return booted + StatField(22) / ClockTicks();
}

double OpenFiles() {
  std::error_code error;
  double count = 0;
  for (std::filesystem::directory_iterator file("/proc/self/fd", error), end; !error && file != end;
       file.increment(error)) {
    ++count;
  }
  return error ? kUnknown : count - 1;  // One is the listing's own.
}

double FilesMax() {
  rlimit files{};
  return getrlimit(RLIMIT_NOFILE, &files) == 0 ? static_cast<double>(files.rlim_cur) : kUnknown;
}

}  // namespace

double SizeOf(const std::filesystem::path& file) {
  std::error_code error;
  const auto size = std::filesystem::file_size(file, error);
  return error ? kUnknown : static_cast<double>(size);
}

double FreeBytes(const std::filesystem::path& path) {
  struct statvfs disk{};
  if (statvfs(path.c_str(), &disk) != 0) return kUnknown;
  return static_cast<double>(disk.f_bavail) * static_cast<double>(disk.f_frsize);
}

ProcessMetrics::ProcessMetrics(const std::string& program, const std::string& version)
    : build_("kalends_build_info", "Always 1; the labels say which program of which version.",
             {"program", "version"}) {
  using Type = prometheus::MetricType;
  sampled_.emplace_back("process_cpu_seconds_total", "Processor time used, in seconds.", CpuSeconds,
                        Type::Counter);
  sampled_.emplace_back("process_resident_memory_bytes", "Memory in use, in bytes.",
                        [] { return StatField(24) * static_cast<double>(sysconf(_SC_PAGESIZE)); });
  sampled_.emplace_back("process_virtual_memory_bytes", "Address space in use, in bytes.",
                        [] { return StatField(23); });
  sampled_.emplace_back("process_threads", "Threads.", [] { return StatField(20); });
  sampled_.emplace_back("process_open_fds", "Open files and sockets.", OpenFiles);
  sampled_.emplace_back("process_max_fds", "How many may be open.", FilesMax);
  sampled_.emplace_back("process_start_time_seconds", "When it started, in Unix seconds.",
                        StartTime);
  build_.With({program, version}).Set(1);
}

}  // namespace kalends::operate
