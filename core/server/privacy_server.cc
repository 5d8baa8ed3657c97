#include <google/protobuf/message.h>

#include <cassert>
#include <optional>
#include <utility>

#include "core/app/privacy.h"
#include "core/base/status_macros.h"
#include "core/server/decode.h"
#include "core/server/privacy_export.h"
#include "core/server/services.h"

namespace kalends::server {
namespace {

// Reads the next part when the wire took the one before. Deletes itself when gRPC is done with it.
class ExportStream final : public grpc::ServerWriteReactor<v1::ExportAccountResponse> {
 public:
  ExportStream(Transfers& transfers, const StreamCall& stream, v1::ExportAccountRequest request)
      : transfers_(transfers),
        call_(stream.call),
        export_(std::in_place, transfers, call_, std::move(request)),
        // A status would wait behind the bytes that nobody takes.
        wait_(transfers.idle(), transfers.paces().whole_export,
              [context = stream.context] { context->TryCancel(); }) {
    const absl::Status taken = TakePlace(stream.context);
    if (!taken.ok()) {
      End(taken);
      return;
    }
    export_->Watch([this](core::AccountId account) { opened_->Watch(app::StreamOf(account)); });
    PostNext();
  }

  void OnWriteDone(bool ok) override {
    if (!wait_.End(response_.ByteSizeLong())) {
      End(wait_.Why());
    } else if (ok) {
      PostNext();
    } else {
      End(absl::CancelledError("the export was broken off"));
    }
  }

  void OnDone() override { delete this; }

 private:
  absl::Status TakePlace(Calls::Context* context) {
    // What is on the wire ends first: OnWriteDone comes.
    ASSIGN_OR_RETURN(opened_,
                     transfers_.calls().OpenStream(
                         call_, context, [this](const absl::Status& why) { wait_.Stop(why); }));
    ASSIGN_OR_RETURN(
        place_, transfers_.PlaceForExport(call_, *context, transfers_.HolderOf(opened_, wait_)));
    return absl::OkStatus();
  }

  // Database, disk and cipher are not for the threads of the wire.
  void PostNext() {
    transfers_.workers().Post([this] { WriteNext(); });
  }
  void WriteNext() {
    absl::StatusOr<std::string> next = export_->Next();
    if (!next.ok() || next->empty()) {
      End(next.status());
      return;
    }
    response_.set_data(*std::move(next));
    const absl::Status begun = wait_.Begin([this] { StartWrite(&response_); });
    if (!begun.ok()) End(begun);
  }
  void End(const absl::Status& status) {
    export_.reset();
    place_.reset();
    Finish(Calls::EndStream(call_, opened_, status));
  }

  Transfers& transfers_;
  const Calls::Call call_;
  std::optional<Export> export_;
  IdleWait wait_;
  Transfers::Place place_;
  v1::ExportAccountResponse response_;
  Calls::StreamPlace opened_;  // Last, so that it goes first: its end uses all of the above.
};

void SetCount(google::protobuf::Message& message, const storage::TraceCount& count) {
  const auto* field = message.GetDescriptor()->FindFieldByName(std::string(count.field));
  assert(field != nullptr);
  message.GetReflection()->SetInt32(&message, field, count.count);
}

void EncodePreview(const app::DeletionPreview& preview, v1::AccountDeletionPreview* message) {
  if (preview.provider) message->mutable_of_provider();
  for (const storage::TraceCount& count : preview.counts) {
    if (count.of == core::Side::kCustomer) {
      SetCount(*message, count);
    } else {
      SetCount(*message->mutable_of_provider(), count);
    }
  }
  message->set_etag(app::EtagOf(preview.account.version));
}

absl::Status PreviewAccountDeletion(const app::ReadContext& cx,
                                    const v1::PreviewAccountDeletionRequest& request,
                                    v1::AccountDeletionPreview* response) {
  ASSIGN_OR_RETURN(const auto id, DecodeAccount(cx, "name", request.name()));
  ASSIGN_OR_RETURN(const auto preview, app::PreviewDeletion(cx, id));
  EncodePreview(preview, response);
  return absl::OkStatus();
}

absl::Status DeleteAccount(app::WriteContext& cx, const v1::DeleteAccountRequest& request,
                           v1::DeleteAccountResponse*, storage::BlobStore& blobs) {
  ASSIGN_OR_RETURN(const auto id, DecodeAccount(cx.AsRead(), "name", request.name()));
  return app::DeleteAccount(cx, blobs, id, request.etag());
}

}  // namespace

Served MakePrivacyService(const Serving& serving) {
  Transfers& transfers = serving.transfers;
  const auto export_account = [&transfers](const StreamCall& stream,
                                           v1::ExportAccountRequest request) {
    return new ExportStream(transfers, stream, std::move(request));
  };
  return Rpcs(serving.calls, "kalends.v1.PrivacyService")
      .WriteStream<v1::ExportAccountRequest, v1::ExportAccountResponse>(export_account)
      .Read(PreviewAccountDeletion)
      .WriteOutlivingAccount(DeleteAccount, transfers.blobs())
      .Build();
}

}  // namespace kalends::server
