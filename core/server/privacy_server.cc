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
  ExportStream(Transfers& transfers, Calls::Call call, const v1::ExportAccountRequest& request,
               std::atomic<int>& running)
      : transfers_(transfers),
        call_(call),
        export_(transfers, std::move(call), request),
        running_(running) {
    PostNext();
  }

  void OnWriteDone(bool ok) override {
    if (ok) {
      PostNext();
    } else {
      // The client is gone.
      Finish(grpc::Status(grpc::StatusCode::CANCELLED, "The stream was cancelled."));
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
      Calls::Log(call_, next.status());
      Finish(ToGrpc(next.status()));
      return;
    }
    response_.set_data(*std::move(next));
    StartWrite(&response_);
  }

  Transfers& transfers_;
  const Calls::Call call_;
  Export export_;
  std::atomic<int>& running_;
  v1::ExportAccountResponse response_;
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
  if (!call.ok()) return new RefusedExport(call.status());
  if (++exports_ > core::kExportsMax) {
    --exports_;
    const absl::Status full = core::Error(core::Reason::kLimitReached,
                                          "There are too many exports at the moment; try later.");
    Calls::Log(*call, full);
    return new RefusedExport(full);
  }
  return new ExportStream(transfers_, *std::move(call), *request, exports_);
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
