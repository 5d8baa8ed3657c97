#include "adapters/shared/core_channel.h"

#include <utility>

namespace kalends {
namespace {

constexpr int kReconnectMaxMs = 2'000;

std::shared_ptr<grpc::Channel> Connect(const std::string& address,
                                       grpc::ChannelArguments arguments) {
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, kReconnectMaxMs);
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
}

}  // namespace

CoreChannel::CoreChannel(const std::string& address, std::string_view api_key,
                         grpc::ChannelArguments arguments)
    : CoreChannel(Connect(address, std::move(arguments)), api_key) {}

CoreChannel::CoreChannel(std::shared_ptr<grpc::Channel> channel, std::string_view api_key)
    : channel_(std::move(channel)), authorization_("Bearer ") {
  authorization_.append(api_key);
}

void CoreChannel::Authorize(grpc::ClientContext& context, std::string_view account) const {
  context.AddMetadata("authorization", authorization_);
  if (!account.empty()) context.AddMetadata("kalends-account", std::string(account));
}

}  // namespace kalends
