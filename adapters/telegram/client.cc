#include "adapters/telegram/client.h"

namespace kalends::telegram {

Client::Client(const std::string& address, std::string api_key)
    : authorization_("Bearer " + std::move(api_key)) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 2'000);
  const auto channel =
      grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
  stubs_ = {v1::AccountService::NewStub(channel),      v1::BookingService::NewStub(channel),
            v1::CatalogService::NewStub(channel),      v1::InvitationService::NewStub(channel),
            v1::NotificationService::NewStub(channel), v1::ProviderService::NewStub(channel),
            v1::ScheduleService::NewStub(channel),     v1::SessionService::NewStub(channel),
            v1::ChatService::NewStub(channel),         v1::ConsentService::NewStub(channel),
            v1::DocumentService::NewStub(channel),     v1::LinkService::NewStub(channel),
            v1::PrivacyService::NewStub(channel),      v1::ProfileService::NewStub(channel),
            v1::SupportService::NewStub(channel)};
}

void Client::Authorize(grpc::ClientContext& context, std::string_view account) const {
  context.AddMetadata("authorization", authorization_);
  if (!account.empty()) context.AddMetadata("kalends-account", std::string(account));
}

void Client::Prepare(grpc::ClientContext& context, std::string_view account) const {
  Authorize(context, account);
  context.set_wait_for_ready(true);
  context.set_deadline(std::chrono::system_clock::now() + kCallDeadline);
}

}  // namespace kalends::telegram
