#pragma once

#include <atomic>

#include "core/server/transfers.h"
#include "kalends/v1/privacy_service.grpc.pb.h"

namespace kalends::server {

class PrivacyServer final : public v1::PrivacyService::CallbackService {
 public:
  PrivacyServer(Calls& calls, Transfers& transfers) : calls_(calls), transfers_(transfers) {}

  grpc::ServerWriteReactor<v1::ExportAccountResponse>* ExportAccount(
      Calls::Context* context, const v1::ExportAccountRequest* request) override;
  Calls::Reactor* PreviewAccountDeletion(Calls::Context* context,
                                         const v1::PreviewAccountDeletionRequest* request,
                                         v1::AccountDeletionPreview* response) override;
  Calls::Reactor* DeleteAccount(Calls::Context* context, const v1::DeleteAccountRequest* request,
                                v1::DeleteAccountResponse* response) override;

 private:
  Calls& calls_;
  Transfers& transfers_;
  std::atomic<int> exports_ = 0;  // Running ones.
};

}  // namespace kalends::server
