// What long commands show of themselves.
#pragma once

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

namespace kalends::cli {

// On one line of a terminal; elsewhere a line each would be a log of files.
inline void ShowProgress(std::string_view step) {
  if (isatty(STDERR_FILENO) != 1) return;
  fmt::print(stderr, "\r\x1b[K{} ...", step);
}

inline void EndProgress() {
  if (isatty(STDERR_FILENO) == 1) fmt::print(stderr, "\r\x1b[K");
}

// How much of something is done, how fast, and how long it takes yet; on a terminal alone, some
// times a second.
class ProgressBar {
 public:
  void Show(std::int64_t done, std::int64_t total) {
    const auto now = Clock::now();
    if (now - shown_ < kPause && done < total) return;
    shown_ = now;
    ShowProgress(Text(done, total, std::chrono::duration<double>(now - began_).count()));
  }

  // "[####------]  40 %  4.0 of 10.0 MiB  2.0 MiB/s  0:03 left".
  static std::string Text(std::int64_t done, std::int64_t total, double seconds) {
    constexpr int kWidth = 30;
    constexpr double kMiB = 1 << 20;
    const double share = done < total ? static_cast<double>(done) / static_cast<double>(total) : 1;
    const double rate = static_cast<double>(done) / kMiB / std::max(seconds, 1e-3);
    const double todo = static_cast<double>(std::max<std::int64_t>(total - done, 0)) / kMiB;
    const auto left = static_cast<std::int64_t>(rate > 0 ? todo / rate : 0);
    const auto filled = static_cast<std::size_t>(share * kWidth);
    return fmt::format("[{}{}] {:3.0f} %  {:.1f} of {:.1f} MiB  {:.1f} MiB/s  {}:{:02} left",
                       std::string(filled, '#'), std::string(kWidth - filled, '-'),
                       std::floor(100 * share), static_cast<double>(done) / kMiB,
                       static_cast<double>(total) / kMiB, rate, left / 60, left % 60);
  }

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::milliseconds kPause{200};
  const Clock::time_point began_ = Clock::now();
  Clock::time_point shown_;
};

}  // namespace kalends::cli
