// One upload.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "core/server/names_in.h"
#include "core/server/rpcs.h"
#include "core/server/transfers.h"

namespace kalends::server {

// What the first message of an upload asks for.
struct UploadPlan {
  std::string request_id;  // Checked.
  // Whether so many bytes may come: LIMIT_REACHED. Empty: as many as a file may have.
  std::function<absl::Status(std::int64_t bytes)> check_size;
  // Runs on a worker when all bytes are on disk; afterwards the file goes, for what is saved is
  // what this has made of it. Empty: the file itself is saved.
  std::function<absl::Status(const storage::NewBlob&)> prepare;
  // Takes back what `prepare` made, where it is not saved.
  std::function<void()> give_up;
  // The write once the bytes are on disk; its `make` fills the response.
  std::function<absl::Status(app::WriteContext&, const storage::NewBlob&)> save;
  // What is done to the response before it is kept for a repeat, and to one that was kept; empty:
  // nothing. A repeat brings the first message again.
  std::function<void()> strip;
  std::function<void()> restore;
};

// Deletes itself when gRPC is done with it. `Request` is a oneof of a header and `data`.
template <typename Request, typename Response>
class UploadStream final : public Rpcs::ReadReactor {
 public:
  // Looks at the first message, on a worker; `response` is filled by the plan's save.
  using Begin = std::function<absl::StatusOr<UploadPlan>(const Calls::Call&, const Request&)>;

  UploadStream(Transfers& transfers, const StreamCall& stream, Response* response, Begin begin)
      : transfers_(transfers),
        context_(stream.context),
        rules_(stream.rules),
        response_(response),
        begin_(std::move(begin)),
        call_(stream.call),
        wait_(transfers.idle(), transfers.paces().file,
              [this] { End(core::Error(core::Reason::kStreamIdle)); }) {
    const absl::Status status = TakePlace();
    if (status.ok()) {
      StartNext();
    } else {
      End(status);
    }
  }

  void OnReadDone(bool ok) override {
    if (!wait_.End(ok ? bytes_.Length() : 0)) return;
    transfers_.workers().Post([this, ok] {
      const absl::Status status = ok ? Take() : Save();
      if (!status.ok()) {
        End(status);
      } else if (ok) {
        StartNext();
      }
    });
  }

  void OnDone() override { delete this; }

 private:
  absl::Status TakePlace() {
    auto opened = transfers_.calls().OpenStream(call_, context_, [this](const absl::Status& why) {
      if (wait_.Stop(why)) EndUnfinished(why);
    });
    if (!opened.ok()) return opened.status();
    opened_ = *std::move(opened);
    const auto account = transfers_.AccountOf(call_);
    if (!account.ok()) return account.status();
    // Who the place is for is looked up once more behind this.
    if (*account) opened_->Watch(app::StreamOf(**account));
    auto place = transfers_.PlaceForUpload(call_, *context_, transfers_.HolderOf(opened_, wait_));
    if (!place.ok()) return place.status();
    place_ = *std::move(place);
    return absl::OkStatus();
  }

  void StartNext() {
    const absl::Status begun = wait_.Begin([this] { this->StartRead(&bytes_); });
    if (!begun.ok()) End(begun);
  }

  absl::Status Take() {
    RETURN_IF_ERROR(Parse(bytes_, &message_));
    bytes_.Clear();
    const bool is_data = message_.content_case() == Request::kData;
    if (!plan_) {
      if (is_data) return core::InvalidField("content", "must begin with what is uploaded");
      return Start();
    }
    if (!is_data) return core::InvalidField("content", "must be data after the first message");
    const auto size = writer_->size_bytes() + static_cast<std::int64_t>(message_.data().size());
    if (size > core::kFileBytesMax) return core::Error(core::Reason::kFileTooLarge);
    if (plan_->check_size) {
      if (absl::Status fits = plan_->check_size(size); !fits.ok()) return fits;
    }
    uploaded_bytes.Add(static_cast<std::int64_t>(message_.data().size()));
    return writer_->Append(message_.data());
  }

  absl::Status Start() {
    if (absl::Status right = rules_.CleanAndCheck(message_); !right.ok()) return right;
    absl::StatusOr<UploadPlan> plan = begin_(call_, message_);
    if (!plan.ok()) return plan.status();
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
    if (absl::Status prepared = Prepare(); !prepared.ok()) return prepared;
    // The request is the header and the bytes together: a repeat brings both again.
    app::Repeatable repeatable{plan_->request_id,
                               Calls::DigestOf(*call_.method, header_, blob_.sha256)};
    Calls& calls = transfers_.calls();
    calls.engine().Write(call_.credentials, call_.method->rule, std::move(repeatable), Answer(),
                         [this, &calls](absl::Status status) {
                           calls.completions().Post([this, status = std::move(status)] {
                             // A repeat got the first answer: these bytes are not needed.
                             if (!status.ok() || !kept_) GiveUp();
                             End(status);
                           });
                         });
    return absl::OkStatus();
  }

  absl::Status Prepare() {
    if (!plan_->prepare) return absl::OkStatus();
    absl::Status prepared = plan_->prepare(blob_);
    transfers_.blobs().Remove(blob_.id);
    return prepared;
  }

  void GiveUp() {
    if (plan_->give_up) {
      plan_->give_up();
    } else {
      transfers_.blobs().Remove(blob_.id);
    }
  }

  app::Answer Answer() {
    app::Answer answer{
        [this](app::WriteContext& cx) {
          absl::Status saved = plan_->save(cx, blob_);
          // On the writer's thread, before the commit; only then it is looked at.
          kept_ = saved.ok();
          if (kept_) Calls::Audit(cx, *call_.method, header_, *response_);
          return saved;
        },
        [this] { return response_->SerializeAsString(); }, [this] { return NamesIn(*response_); },
        [this](const std::string& kept) { return response_->ParseFromString(kept); }};
    if (plan_->strip) {
      answer.serialize = [this] {
        plan_->strip();
        std::string kept = response_->SerializeAsString();
        plan_->restore();
        return kept;
      };
      answer.parse = [this](const std::string& kept) {
        if (!response_->ParseFromString(kept)) return false;
        plan_->restore();
        return true;
      };
    }
    return answer;
  }

  // The thread that ends keys does not wait for the disk.
  void EndUnfinished(const absl::Status& why) {
    const auto writer = std::make_shared<std::optional<storage::BlobWriter>>(std::move(writer_));
    transfers_.workers().Post([writer] { writer->reset(); });
    End(why);
  }

  void End(const absl::Status& status) {
    writer_.reset();
    place_.reset();
    this->Finish(Calls::EndStream(call_, opened_, status));
  }

  Transfers& transfers_;
  Calls::Context* context_;
  const FieldRules& rules_;
  Response* response_;
  Begin begin_;
  const Calls::Call call_;
  IdleWait wait_;
  Transfers::Place place_;
  grpc::ByteBuffer bytes_;  // The last message, as it came.
  Request message_;
  Request header_;  // The first message.
  std::optional<UploadPlan> plan_;
  std::optional<storage::BlobWriter> writer_;
  storage::NewBlob blob_;
  bool kept_ = false;
  Calls::StreamPlace opened_;  // Last, so that it goes first: its end uses all of the above.
};

}  // namespace kalends::server
