#include "adapters/shared/core_channel.h"

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/impl/codegen/proto_utils.h>

#include <utility>

#include "core/operate/request.h"

namespace kalends {
namespace {

constexpr int kReconnectMaxMs = 2'000;
constexpr int kConnectMaxMs = 5'000;  // gRPC names it after the pause, and gives up after it, too.

std::shared_ptr<grpc::Channel> Connect(const std::string& address, CoreOptions options) {
  grpc::ChannelArguments& arguments = options.arguments;
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, kConnectMaxMs);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, kReconnectMaxMs);
  const int keepalive_ms = static_cast<int>(options.keepalive.count());
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, keepalive_ms);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, keepalive_ms);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  // gRPC would stop after two pings on a stream on which nothing is said.
  arguments.SetInt(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);
  if (!options.credentials) options.credentials = grpc::InsecureChannelCredentials();
  return grpc::CreateCustomChannel(address, options.credentials, arguments);
}

void Bound(grpc::ClientContext& context) {
  if (context.deadline() != std::chrono::system_clock::time_point::max()) return;
  context.set_deadline(std::chrono::system_clock::now() + kCallDeadlineMax);
}

using AnyStub = grpc::TemplatedGenericStub<CoreStream::AnyMessage, CoreStream::AnyMessage>;

}  // namespace

CoreChannel::CoreChannel(const std::string& address, std::string_view api_key, CoreOptions options)
    : CoreChannel(Connect(address, options), api_key) {
  standing_ = std::move(options.standing);
}

CoreChannel::CoreChannel(std::shared_ptr<grpc::Channel> channel, std::string_view api_key)
    : channel_(std::move(channel)), authorization_("Bearer ") {
  authorization_.append(api_key);
}

void CoreChannel::Authorize(grpc::ClientContext& context, std::string_view account) const {
  context.AddMetadata("authorization", authorization_);
  const std::string& request = operate::CurrentRequest();
  if (!request.empty()) context.AddMetadata(operate::kRequestIdKey, request);
  if (!account.empty()) context.AddMetadata("kalends-account", std::string(account));
}

std::chrono::steady_clock::duration CoreChannel::AwayFor() const {
  return standing_ ? standing_->AwayFor() : std::chrono::steady_clock::duration();
}

grpc::Status CoreChannel::CallAny(grpc::ClientContext& context, const CoreMethod& method,
                                  const AnyMessage& request, AnyMessage* response) const {
  Bound(context);
  const auto begun = std::chrono::steady_clock::now();
  // A queue of its own, so that this very thread takes the answer off the wire.
  grpc::CompletionQueue queue;
  const auto reader = AnyStub(channel_).PrepareUnaryCall(&context, method.path(), request, &queue);
  grpc::Status status;
  reader->StartCall();
  reader->Finish(response, &status, nullptr);
  void* tag = nullptr;
  bool ok = false;
  queue.Next(&tag, &ok);
  method.Ended(status, std::chrono::steady_clock::now() - begun);
  if (standing_) standing_->Note(status);
  return status;
}

void CoreChannel::StartAny(grpc::ClientContext* context, const CoreMethod& method,
                           const AnyMessage* request, AnyMessage* response,
                           std::function<void(grpc::Status)> done) const {
  Bound(*context);
  const auto begun = std::chrono::steady_clock::now();
  AnyStub(channel_).UnaryCall(
      context, method.path(), {}, request, response,
      [standing = standing_, &method, begun, done = std::move(done)](grpc::Status status) {
        method.Ended(status, std::chrono::steady_clock::now() - begun);
        if (standing) standing->Note(status);
        done(std::move(status));
      });
}

void CoreChannel::PrepareAny(grpc::ClientContext* context, const std::string& path,
                             AnyReactor* reactor) const {
  AnyStub(channel_).PrepareBidiStreamingCall(context, path, {}, reactor);
}

}  // namespace kalends
