// A zip archive that is made while it is read: what is put in comes out as bytes at once, and no
// part of it is kept.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "core/base/time.h"

namespace kalends::server {

// A broken archive is a fault of ours: INTERNAL.
class Archive {
 public:
  // `modified` is what the archive says of each of its files.
  explicit Archive(core::Instant modified);
  ~Archive();
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;

  // Begins the next file; the one before is complete.
  absl::Status BeginFile(const std::string& path);
  absl::Status Write(std::string_view bytes);
  // Ends the archive.
  absl::Status Finish();

  // What has come out since it was last taken from.
  std::string& bytes() { return bytes_; }

 private:
  struct Writer;

  absl::Status StatusOf(int result) const;

  const core::Instant modified_;
  std::string bytes_;
  std::unique_ptr<Writer> writer_;
};

}  // namespace kalends::server
