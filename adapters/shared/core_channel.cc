#include "adapters/shared/core_channel.h"

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/impl/codegen/proto_utils.h>

#include <utility>

namespace kalends {
namespace {

constexpr int kReconnectMaxMs = 2'000;

std::shared_ptr<grpc::Channel> Connect(const std::string& address,
                                       grpc::ChannelArguments arguments) {
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, kReconnectMaxMs);
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
}

using AnyStub = grpc::TemplatedGenericStub<CoreStream::AnyMessage, CoreStream::AnyMessage>;

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

grpc::Status CoreChannel::CallAny(grpc::ClientContext& context, const std::string& path,
                                  const AnyMessage& request, AnyMessage* response) const {
  // A queue of its own, so that this very thread takes the answer off the wire.
  grpc::CompletionQueue queue;
  const auto reader = AnyStub(channel_).PrepareUnaryCall(&context, path, request, &queue);
  grpc::Status status;
  reader->StartCall();
  reader->Finish(response, &status, nullptr);
  void* tag = nullptr;
  bool ok = false;
  queue.Next(&tag, &ok);
  return status;
}

void CoreChannel::StartAny(grpc::ClientContext* context, const std::string& path,
                           const AnyMessage* request, AnyMessage* response,
                           std::function<void(grpc::Status)> done) const {
  AnyStub(channel_).UnaryCall(context, path, {}, request, response, std::move(done));
}

void CoreChannel::PrepareAny(grpc::ClientContext* context, const std::string& path,
                             AnyReactor* reactor) const {
  AnyStub(channel_).PrepareBidiStreamingCall(context, path, {}, reactor);
}

}  // namespace kalends
