// Streams of bytes in and out of the blob store. One piece of a stream is in memory at a time: the
// next is read from the wire only after the last one is on disk, and from the disk only after the
// last one is on the wire. Disk and cipher run on the workers.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "core/app/documents.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/server/calls.h"
#include "core/server/status.h"
#include "core/server/workers.h"
#include "storage/blobs/blob_store.h"

namespace kalends::server {

// What the first message of an upload asks for.
struct UploadPlan {
  std::string request_id;
  std::int64_t bytes_max = 0;  // At most kFileBytesMax; less where a quota says so.
  // The write once the bytes are on disk; fills the response.
  std::function<absl::Status(app::WriteContext&, const storage::NewBlob&)> save;
};

// Bytes to send, and the piece of them that was asked for.
struct DownloadPlan {
  app::FileView file;
  storage::BlobReader reader;
};

class Transfers {
 public:
  Transfers(Calls& calls, Workers& workers, storage::BlobStore& blobs)
      : calls_(calls), workers_(workers), blobs_(blobs) {}

  Calls& calls() { return calls_; }
  Workers& workers() { return workers_; }
  storage::BlobStore& blobs() { return blobs_; }

  // Opens `file` for sending from `offset` on, `length` bytes or, for 0, all. INVALID_FIELD.
  absl::StatusOr<DownloadPlan> Open(app::FileView file, std::int64_t offset,
                                    std::int64_t length) const;

  // A place for one more upload: LIMIT_REACHED. Give it back with EndUpload.
  absl::Status BeginUpload();
  void EndUpload() { --uploads_; }

 private:
  Calls& calls_;
  Workers& workers_;
  storage::BlobStore& blobs_;
  std::atomic<int> uploads_{0};
};

// An upload. Deletes itself when gRPC is done with it. `Request` is a oneof of a header and `data`.
template <typename Request, typename Response>
class UploadStream final : public grpc::ServerReadReactor<Request> {
 public:
  // Looks at the first message, on a worker; `response` is filled by the plan's save.
  using Begin = std::function<absl::StatusOr<UploadPlan>(const Calls::Call&, const Request&)>;

  UploadStream(Transfers& transfers, Calls::Context* context, std::string_view method,
               Response* response, Begin begin)
      : transfers_(transfers),
        context_(context),
        response_(response),
        begin_(std::move(begin)),
        call_(transfers.calls().Begin(*context, method)) {
    absl::Status status = call_.status();
    if (status.ok()) {
      status = transfers_.BeginUpload();
      counted_ = status.ok();
    }
    if (status.ok()) {
      this->StartRead(&message_);
    } else {
      End(status);
    }
  }

  void OnReadDone(bool ok) override {
    transfers_.workers().Post([this, ok] {
      const absl::Status status = ok ? Take() : Save();
      if (!status.ok()) {
        End(status);
      } else if (ok) {
        this->StartRead(&message_);
      }
    });
  }

  void OnDone() override {
    if (counted_) transfers_.EndUpload();
    delete this;
  }

 private:
  absl::Status Take() {
    const bool is_data = message_.content_case() == Request::kData;
    if (!plan_) {
      if (is_data) return core::InvalidField("content", "must begin with what is uploaded");
      return Start();
    }
    if (!is_data) return core::InvalidField("content", "must be data after the first message");
    const auto size = writer_->size_bytes() + static_cast<std::int64_t>(message_.data().size());
    if (size > core::kFileBytesMax) return core::Error(core::Reason::kFileTooLarge);
    if (size > plan_->bytes_max) {
      return core::Error(core::Reason::kLimitReached,
                         "The documents take too much room together; delete some first.");
    }
    return writer_->Append(message_.data());
  }

  absl::Status Start() {
    absl::StatusOr<UploadPlan> plan = begin_(*call_, message_);
    if (!plan.ok()) return plan.status();
    if (absl::Status valid = Calls::CheckRequestId(plan->request_id); !valid.ok()) return valid;
    absl::StatusOr<storage::BlobWriter> writer = transfers_.blobs().Create();
    if (!writer.ok()) return writer.status();
    writer_.emplace(*std::move(writer));
    plan_ = *std::move(plan);
    header_ = message_;
    return absl::OkStatus();
  }

  // The caller has sent all, or has gone.
  absl::Status Save() {
    if (context_->IsCancelled()) return absl::CancelledError("the upload was broken off");
    if (!plan_) return core::InvalidField("content", "must begin with what is uploaded");
    absl::StatusOr<storage::NewBlob> blob = writer_->Finish();
    if (!blob.ok()) return blob.status();
    blob_ = *std::move(blob);
    app::Answer answer = Calls::AnswerOf(response_, [this](app::WriteContext& cx) {
      absl::Status saved = plan_->save(cx, blob_);
      // On the writer's thread, before the commit; only then it is looked at.
      kept_ = saved.ok();
      return saved;
    });
    transfers_.calls().WriteUpload(*call_, {plan_->request_id, &header_, blob_.sha256},
                                   std::move(answer), [this](const absl::Status& status) {
                                     // A repeat got the first answer: these bytes are not needed.
                                     if (!status.ok() || !kept_)
                                       transfers_.blobs().Remove(blob_.id);
                                     End(status);
                                   });
    return absl::OkStatus();
  }

  void End(const absl::Status& status) {
    writer_.reset();
    const bool gone = absl::IsCancelled(status);
    if (call_.ok() && !gone) Calls::Log(*call_, status);
    this->Finish(gone ? grpc::Status::CANCELLED : ToGrpc(status));
  }

  Transfers& transfers_;
  Calls::Context* context_;
  Response* response_;
  Begin begin_;
  absl::StatusOr<Calls::Call> call_;
  bool counted_ = false;
  Request message_;
  Request header_;  // The first message.
  std::optional<UploadPlan> plan_;
  std::optional<storage::BlobWriter> writer_;
  storage::NewBlob blob_;
  bool kept_ = false;
};

// A download. Deletes itself when gRPC is done with it. `Response` is a oneof of a header and
// `data`.
template <typename Response>
class DownloadStream final : public grpc::ServerWriteReactor<Response> {
 public:
  // Opens what is asked for and fills the first message; on a worker.
  using Begin = std::function<absl::StatusOr<DownloadPlan>(const Calls::Call&, Response*)>;

  DownloadStream(Transfers& transfers, Calls::Context* context, std::string_view method,
                 Begin begin)
      : transfers_(transfers),
        begin_(std::move(begin)),
        call_(transfers.calls().Begin(*context, method)) {
    if (!call_.ok()) {
      End(call_.status());
      return;
    }
    transfers_.workers().Post([this] {
      absl::StatusOr<DownloadPlan> plan = begin_(*call_, &message_);
      if (!plan.ok()) {
        End(plan.status());
        return;
      }
      plan_ = *std::move(plan);
      this->StartWrite(&message_);
    });
  }

  void OnWriteDone(bool ok) override {
    if (!ok) {
      this->Finish(grpc::Status::CANCELLED);
      return;
    }
    transfers_.workers().Post([this] { Next(); });
  }

  void OnDone() override { delete this; }

 private:
  void Next() {
    absl::StatusOr<std::string> chunk = plan_->reader.Read();
    if (!chunk.ok() || chunk->empty()) {
      End(chunk.status());
      return;
    }
    message_.set_data(*std::move(chunk));
    this->StartWrite(&message_);
  }

  void End(const absl::Status& status) {
    if (call_.ok()) Calls::Log(*call_, status);
    this->Finish(ToGrpc(status));
  }

  Transfers& transfers_;
  Begin begin_;
  absl::StatusOr<Calls::Call> call_;
  Response message_;
  std::optional<DownloadPlan> plan_;
};

}  // namespace kalends::server
