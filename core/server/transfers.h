// Streams of bytes in and out of the blob store. One piece of a stream is in memory at a time: the
// next is read from the wire only after the last one is on disk, and from the disk only after the
// last one is on the wire. Disk and cipher run on the workers.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/app/documents.h"
#include "core/operate/metrics.h"
#include "core/server/calls.h"
#include "core/server/idle_watch.h"
#include "core/server/places.h"
#include "core/server/workers.h"
#include "storage/blobs/blob_store.h"

namespace kalends::server {

inline operate::Counter uploaded_bytes("kalends_core_uploaded_bytes_total",
                                       "Bytes of files taken in.");
inline operate::Counter downloaded_bytes("kalends_core_downloaded_bytes_total",
                                         "Bytes of files read to be sent.");

// Bytes to send, and the piece of them that was asked for.
struct DownloadPlan {
  app::FileView file;
  storage::BlobReader reader;
  std::optional<core::AccountId> account;  // Who takes it, where that is known.
};

// How slow streams may be.
struct TransferPaces {
  core::PaceLimits file;
  core::PaceLimits whole_export = {.whole_max = core::kExportMax};
  // Of notifications, which come as they happen.
  core::PaceLimits notifications = {
      .window = core::Ticks::max(), .bytes = 0, .whole_max = core::Ticks::max()};
};

class Transfers {
 public:
  Transfers(Calls& calls, Workers& workers, storage::BlobStore& blobs,
            const TransferPaces& paces = {})
      : calls_(calls), workers_(workers), blobs_(blobs), paces_(paces) {}

  Calls& calls() { return calls_; }
  Workers& workers() { return workers_; }
  storage::BlobStore& blobs() { return blobs_; }
  IdleWatch& idle() { return idle_; }
  const TransferPaces& paces() const { return paces_; }

  // What is to be sent: a part of a file.
  struct Part {
    std::int64_t offset = 0;
    std::int64_t length = 0;  // 0: to the end.
  };
  using Read = std::function<absl::Status(
      const std::function<absl::Status(const app::ReadContext&)>& use_case)>;
  using Find = std::function<absl::StatusOr<app::FileView>(const app::ReadContext&)>;
  // Opens what `find` finds in a snapshot of `read`. A file that was deleted between the two is
  // looked for again, so that `find` says why it is gone. INVALID_FIELD, BUSY; UNREADABLE:
  // there should be a file, but there is none, or its key is damaged.
  absl::StatusOr<DownloadPlan> Open(const Read& read, const Find& find, const Part& part) const;
  // The same with the rights of the caller.
  absl::StatusOr<DownloadPlan> Open(const Calls::Call& call, const Find& find, const Part& part);

  // Once a download is watched, whether it may begin: it ends with its file and its reader.
  absl::Status CheckStillThere(const Calls::Call& call, const DownloadPlan& plan);

  // The next bytes; empty at the end. UNREADABLE: the file is damaged, and is named in the log.
  absl::StatusOr<std::string> ReadNext(DownloadPlan& plan) const;

  using Place = std::unique_ptr<Places::Place>;
  // Whose share a stream takes: of `account`, or else of the key and of the address it calls from.
  // An adapter's key brings everybody's calls.
  static Places::Owners OwnersOf(const Calls::Call& call, const Calls::Context& context,
                                 const std::optional<core::AccountId>& account);
  // The account that the call is for; nullopt: for nobody. ACCOUNT_UNKNOWN, and other reasons why
  // it may not be made.
  absl::StatusOr<std::optional<core::AccountId>> AccountOf(const Calls::Call& call);
  // How a stream gives way: by the end that it has for its key. Keep `wait` as long as the place.
  Places::Holder HolderOf(const Calls::StreamPlace& opened, const IdleWait& wait);
  // A place for one more of a kind: LIMIT_REACHED, and the reasons of AccountOf.
  absl::StatusOr<Place> PlaceForUpload(const Calls::Call& call, const Calls::Context& context,
                                       Places::Holder holder);
  absl::StatusOr<Place> PlaceForExport(const Calls::Call& call, const Calls::Context& context,
                                       Places::Holder holder);
  // A download's account is known by what it asks for.
  absl::StatusOr<Place> PlaceForDownload(const Calls::Call& call, const Calls::Context& context,
                                         const std::optional<core::AccountId>& account,
                                         Places::Holder holder);
  // Whoever it tells of, a stream of notifications is the key's, and gives way to nobody: keys are
  // the operator's.
  absl::StatusOr<Place> PlaceForNotifications(const Calls::Call& call);

 private:
  void NoteUnreadable(const std::string& blob, const absl::Status& status) const;

  Calls& calls_;
  Workers& workers_;
  storage::BlobStore& blobs_;
  const TransferPaces paces_;
  IdleWatch idle_;
  Places uploads_{{"uploads_at_once", core::kUploadsAtOnceMax, core::kUploadsAtOnceShare}};
  Places downloads_{{"downloads_at_once", core::kDownloadsAtOnceMax, core::kDownloadsAtOnceShare}};
  Places exports_{{"exports_at_once", core::kExportsAtOnceMax, core::kExportsAtOnceShare}};
  Places notifications_{
      {"notification_streams", core::kNotificationStreamsMax, core::kNotificationStreamsPerKeyMax}};
};

}  // namespace kalends::server
