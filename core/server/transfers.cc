#include "core/server/transfers.h"

#include <algorithm>
#include <optional>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"

namespace kalends::server {
namespace {

absl::StatusOr<storage::BlobStore::Span> SpanOf(const app::FileView& file,
                                                const Transfers::Part& part) {
  if (part.offset < 0 || part.offset > file.size_bytes) {
    return core::InvalidField("offset", "must be 0 to the size of the file");
  }
  const std::int64_t rest = file.size_bytes - part.offset;
  return storage::BlobStore::Span{part.offset,
                                  part.length == 0 ? rest : std::min(part.length, rest)};
}

absl::StatusOr<Transfers::Place> Take(std::atomic<int>& taken, int max, const char* sentence) {
  const int now_taken = ++taken;
  Transfers::Place place(&taken);
  if (now_taken > max) return core::Error(core::Reason::kLimitReached, sentence);
  return place;
}

}  // namespace

absl::StatusOr<DownloadPlan> Transfers::Open(const Read& read, const Find& find,
                                             const Part& part) const {
  constexpr int kLooks = 2;  // A file goes after its row: the second look sees that it is gone.
  for (int look = 0; look < kLooks; ++look) {
    std::optional<app::FileView> file;
    RETURN_IF_ERROR(read([&](const app::ReadContext& cx) -> absl::Status {
      ASSIGN_OR_RETURN(file, find(cx));
      return absl::OkStatus();
    }));
    ASSIGN_OR_RETURN(const auto span, SpanOf(*file, part));
    auto reader = blobs_.Open(file->blob, file->key, file->size_bytes, span);
    if (reader.ok()) return DownloadPlan{*std::move(file), *std::move(reader)};
    if (!absl::IsNotFound(reader.status())) return reader.status();
  }
  return absl::DataLossError("a stored file is missing");
}

absl::StatusOr<DownloadPlan> Transfers::Open(const Calls::Call& call, const Find& find,
                                             const Part& part) {
  return Open(
      [&](const std::function<absl::Status(const app::ReadContext&)>& use_case) {
        return calls_.engine().Read(call.credentials, call.method->rule, use_case);
      },
      find, part);
}

absl::StatusOr<Transfers::Place> Transfers::PlaceForUpload() {
  return Take(uploads_, core::kUploadsAtOnceMax, "There are too many uploads at once; try again.");
}

absl::StatusOr<Transfers::Place> Transfers::PlaceForDownload() {
  return Take(downloads_, core::kDownloadsAtOnceMax,
              "There are too many downloads at once; try again.");
}

absl::StatusOr<Transfers::Place> Transfers::PlaceForExport() {
  return Take(exports_, core::kExportsMax, "There are too many exports at the moment; try later.");
}

}  // namespace kalends::server
