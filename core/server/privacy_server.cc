#include "core/server/privacy_server.h"

#include "core/app/privacy.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "core/server/decode.h"
#include "core/server/encode_talk.h"
#include "core/server/export.h"
#include "core/server/status.h"

namespace kalends::server {
namespace {

// Reads the next part when the wire took the one before. Deletes itself when gRPC is done with it.
class ExportStream final : public grpc::ServerWriteReactor<v1::ExportAccountResponse> {
 public:
  ExportStream(Transfers& transfers, Calls::Context* context, Calls::Call call,
               const v1::ExportAccountRequest& request, std::atomic<int>& running)
      : transfers_(transfers),
        call_(call),
        export_(transfers, std::move(call), request),
        // A status would wait behind the bytes that nobody takes.
        wait_(transfers.idle(), [context] { context->TryCancel(); }),
        running_(running) {
    // What is on the wire ends first: OnWriteDone comes.
    auto opened = transfers.calls().OpenStream(
        call_, context, [this](const absl::Status& why) { wait_.Stop(why); });
    if (!opened.ok()) {
      End(opened.status());
      return;
    }
    opened_ = *std::move(opened);
    PostNext();
  }

  void OnWriteDone(bool ok) override {
    if (!wait_.End()) {
      End(wait_.Why());
    } else if (ok) {
      PostNext();
    } else {
      End(absl::CancelledError("the export was broken off"));
    }
  }

  void OnDone() override {
    --running_;
    delete this;
  }

 private:
  // Database, disk and cipher are not for the threads of the wire.
  void PostNext() {
    transfers_.workers().Post([this] { WriteNext(); });
  }
  void WriteNext() {
    absl::StatusOr<std::string> next = export_.Next();
    if (!next.ok() || next->empty()) {
      End(next.status());
      return;
    }
    response_.set_data(*std::move(next));
    const absl::Status begun = wait_.Begin([this] { StartWrite(&response_); });
    if (!begun.ok()) End(begun);
  }
  void End(const absl::Status& status) {
    Calls::Log(call_, status);
    Finish(ToGrpc(status));
  }

  Transfers& transfers_;
  const Calls::Call call_;
  Export export_;
  IdleWait wait_;
  std::atomic<int>& running_;
  v1::ExportAccountResponse response_;
  Calls::StreamPlace opened_;  // Last, so that it goes first: its end uses all of the above.
};

// A stream that ends at once with an error.
class RefusedExport final : public grpc::ServerWriteReactor<v1::ExportAccountResponse> {
 public:
  explicit RefusedExport(const absl::Status& status) { Finish(ToGrpc(status)); }
  void OnDone() override { delete this; }
};

}  // namespace

grpc::ServerWriteReactor<v1::ExportAccountResponse>* PrivacyServer::ExportAccount(
    Calls::Context* context, const v1::ExportAccountRequest* request) {
  auto call = calls_.Begin(*context, "kalends.v1.PrivacyService.ExportAccount");
  if (!call.ok()) {
    calls_.LogRefused("kalends.v1.PrivacyService.ExportAccount", call.status());
    return new RefusedExport(call.status());
  }
  absl::Status place = Calls::CheckScopes(*call);
  if (place.ok() && ++exports_ > core::kExportsMax) {
    --exports_;
    place = core::Error(core::Reason::kLimitReached,
                        "There are too many exports at the moment; try later.");
  }
  if (!place.ok()) {
    Calls::Log(*call, place);
    return new RefusedExport(place);
  }
  return new ExportStream(transfers_, context, *std::move(call), *request, exports_);
}

Calls::Reactor* PrivacyServer::PreviewAccountDeletion(
    Calls::Context* context, const v1::PreviewAccountDeletionRequest* request,
    v1::AccountDeletionPreview* response) {
  return calls_.Read(context, "kalends.v1.PrivacyService.PreviewAccountDeletion",
                     [&](const app::ReadContext& cx) -> absl::Status {
                       ASSIGN_OR_RETURN(const auto id, DecodeAccount(cx, "name", request->name()));
                       ASSIGN_OR_RETURN(const auto preview, app::PreviewDeletion(cx, id));
                       Encode(preview, response);
                       return absl::OkStatus();
                     });
}

Calls::Reactor* PrivacyServer::DeleteAccount(Calls::Context* context,
                                             const v1::DeleteAccountRequest* request,
                                             v1::DeleteAccountResponse* response) {
  return calls_.WriteOutlivingAccount(
      context, "kalends.v1.PrivacyService.DeleteAccount", request, response,
      [=, this](app::WriteContext& cx) -> absl::Status {
        ASSIGN_OR_RETURN(const auto id, DecodeAccount(cx.AsRead(), "name", request->name()));
        return app::DeleteAccount(cx, transfers_.blobs(), id, request->etag());
      });
}

}  // namespace kalends::server
