// What is too little. Pure: what was measured is an argument.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "tools/kalends/doctor/finding.h"

namespace kalends::cli {

inline constexpr std::uint64_t kFreeBytesWarning = std::uint64_t{2} << 30;
// The core keeps some space in reserve, and refuses what would take more.
inline constexpr std::uint64_t kFreeBytesBroken = std::uint64_t{100} << 20;
inline constexpr std::uint64_t kFreeFilesWarning = 10'000;
inline constexpr std::uint64_t kFreeFilesBroken = 100;

struct DiskRoom {
  std::uint64_t free_bytes = 0;  // For who is not root.
  std::uint64_t free_files = 0;
  std::uint64_t all_files = 0;  // 0: the file system sets no limit.
};
Findings FindingsOfDisk(const DiskRoom& room, const std::string& where);

// A certificate that is good for less is warned of. Renewal by ACME happens 30 days before the end.
inline constexpr std::chrono::days kCertificateDaysWarning{21};

// `left`: until the certificate ends; negative: it has ended. `which` names it.
Finding FindingOfEnd(std::chrono::seconds left, const std::string& which);

// Open files that a core needs beside its connections, and some of these.
inline constexpr std::uint64_t kOpenFilesWarning = 4096;
inline constexpr std::uint64_t kOpenFilesBroken = 256;
Finding FindingOfOpenFiles(std::uint64_t most);

}  // namespace kalends::cli
