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
  ExportStream(app::Engine& engine, Calls::Call call, const std::string& name,
               std::atomic<int>& running)
      : call_(call), export_(engine, std::move(call), name), running_(running) {
    WriteNext();
  }

  void OnWriteDone(bool ok) override {
    if (ok) {
      WriteNext();
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
  return new ExportStream(calls_.engine(), *std::move(call), request->name(), exports_);
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
      [=](app::WriteContext& cx) -> absl::Status {
        ASSIGN_OR_RETURN(const auto id, DecodeAccount(cx.AsRead(), "name", request->name()));
        return app::DeleteAccount(cx, id, request->etag());
      });
}

}  // namespace kalends::server
