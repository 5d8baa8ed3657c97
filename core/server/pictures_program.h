// Runs kalends-picture (core/pictures/main.cc) for pictures that somebody uploads.
#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "core/base/limits.h"
#include "core/pictures/shrink.h"

namespace kalends::server {

// Thread-safe.
class PicturePrograms {
 public:
  // Where the program is, and how long it may take.
  explicit PicturePrograms(std::filesystem::path program,
                           std::chrono::milliseconds time_max = core::kPictureTimeMax)
      : program_(std::move(program)), time_max_(time_max) {}

  // The next bytes; empty at the end.
  using Next = std::function<absl::StatusOr<std::string>()>;
  // The sizes of the picture whose bytes `next` brings, the smallest first. PICTURE_UNREADABLE: it
  // is none, or takes more memory or time than it may. BUSY: kPicturesAtOnceMax run. Other errors
  // of `next` are passed on. Without a reason: the program cannot be run.
  absl::StatusOr<std::vector<core::ShrunkPicture>> Shrink(const Next& next);

 private:
  const std::filesystem::path program_;
  const std::chrono::milliseconds time_max_;
  std::atomic<int> running_ = 0;
};

// Beside the program that is running.
std::filesystem::path PictureProgramBeside();

}  // namespace kalends::server
