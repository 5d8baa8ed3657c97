// Streams of bytes in and out of the blob store. One piece of a stream is in memory at a time: the
// next is read from the wire only after the last one is on disk, and from the disk only after the
// last one is on the wire. Disk and cipher run on the workers.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include "core/app/documents.h"
#include "core/server/calls.h"
#include "core/server/idle_watch.h"
#include "core/server/workers.h"
#include "storage/blobs/blob_store.h"

namespace kalends::server {

// Bytes to send, and the piece of them that was asked for.
struct DownloadPlan {
  app::FileView file;
  storage::BlobReader reader;
};

class Transfers {
 public:
  Transfers(Calls& calls, Workers& workers, storage::BlobStore& blobs,
            std::chrono::milliseconds idle_max)
      : calls_(calls), workers_(workers), blobs_(blobs), idle_(idle_max) {}

  Calls& calls() { return calls_; }
  Workers& workers() { return workers_; }
  storage::BlobStore& blobs() { return blobs_; }
  IdleWatch& idle() { return idle_; }

  // What is to be sent: a part of a file.
  struct Part {
    std::int64_t offset = 0;
    std::int64_t length = 0;  // 0: to the end.
  };
  using Read = std::function<absl::Status(
      const std::function<absl::Status(const app::ReadContext&)>& use_case)>;
  using Find = std::function<absl::StatusOr<app::FileView>(const app::ReadContext&)>;
  // Opens what `find` finds in a snapshot of `read`. A file that was deleted between the two is
  // looked for again, so that `find` says why it is gone. INVALID_FIELD, BUSY; DATA_LOSS: there
  // should be a file, but there is none.
  absl::StatusOr<DownloadPlan> Open(const Read& read, const Find& find, const Part& part) const;
  // The same with the rights of the caller.
  absl::StatusOr<DownloadPlan> Open(const Calls::Call& call, const Find& find, const Part& part);

  // A place among those of a kind; free again when it is reset or goes. Reset it before the caller
  // learns how the stream ended: the next may begin on that.
  struct GiveBack {
    void operator()(std::atomic<int>* taken) const { --*taken; }
  };
  using Place = std::unique_ptr<std::atomic<int>, GiveBack>;
  // A place for one more: LIMIT_REACHED.
  absl::StatusOr<Place> PlaceForUpload();
  absl::StatusOr<Place> PlaceForDownload();
  absl::StatusOr<Place> PlaceForExport();

 private:
  Calls& calls_;
  Workers& workers_;
  storage::BlobStore& blobs_;
  IdleWatch idle_;
  std::atomic<int> uploads_{0};
  std::atomic<int> downloads_{0};
  std::atomic<int> exports_{0};
};

}  // namespace kalends::server
