#include "core/server/transfers.h"

#include <algorithm>

#include "core/base/status_macros.h"

namespace kalends::server {

absl::StatusOr<DownloadPlan> Transfers::Open(app::FileView file, std::int64_t offset,
                                             std::int64_t length) const {
  if (offset < 0 || offset > file.size_bytes) {
    return core::InvalidField("offset", "must be 0 to the size of the file");
  }
  if (length < 0) return core::InvalidField("length", "must not be negative");
  const std::int64_t rest = file.size_bytes - offset;
  ASSIGN_OR_RETURN(storage::BlobReader reader,
                   blobs_.Open(file.blob, file.key, file.size_bytes,
                               {offset, length == 0 ? rest : std::min(length, rest)}));
  return DownloadPlan{std::move(file), std::move(reader)};
}

absl::Status Transfers::BeginUpload() {
  if (++uploads_ <= core::kUploadsAtOnceMax) return absl::OkStatus();
  --uploads_;
  return core::Error(core::Reason::kLimitReached, "There are too many uploads at once; try again.");
}

}  // namespace kalends::server
