// The way to the core: one channel, the credentials on each call, every method by its request's
// type.
#pragma once

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/codegen/proto_utils.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "adapters/shared/core_method.h"
#include "adapters/shared/core_stream.h"

namespace kalends {

// Safe to share between threads.
class CoreChannel {
 public:
  // `address` as host:port; `api_key` as the core's operator made it. Connects with the first call,
  // and again within two seconds once a core that was away is back.
  CoreChannel(const std::string& address, std::string_view api_key,
              grpc::ChannelArguments arguments = {});
  // Over a channel made otherwise.
  CoreChannel(std::shared_ptr<grpc::Channel> channel, std::string_view api_key);

  // Adds the credentials, and for whom the call is: a resource name or an identity; empty: nobody.
  void Authorize(grpc::ClientContext& context, std::string_view account) const;

  // Waits for the answer.
  template <typename Request, typename Response>
  grpc::Status Call(grpc::ClientContext& context, const Request& request,
                    Response* response) const {
    // A queue of its own, so that this very thread takes the answer off the wire.
    grpc::CompletionQueue queue;
    const auto reader = grpc::TemplatedGenericStub<Request, Response>(channel_).PrepareUnaryCall(
        &context, Path<Request, Response>(), request, &queue);
    grpc::Status status;
    reader->StartCall();
    reader->Finish(response, &status, nullptr);
    void* tag = nullptr;
    bool ok = false;
    queue.Next(&tag, &ok);
    return status;
  }

  // Does not wait: `done` is called on a thread of gRPC's. All that is pointed to outlives the
  // call.
  template <typename Request, typename Response>
  void Start(grpc::ClientContext* context, const Request* request, Response* response,
             std::function<void(grpc::Status)> done) const {
    grpc::TemplatedGenericStub<Request, Response>(channel_).UnaryCall(
        context, Path<Request, Response>(), {}, request, response, std::move(done));
  }

  // A stream that calls `reactor` on threads of gRPC's, once it is started.
  template <typename Request, typename Response>
  void Prepare(grpc::ClientContext* context,
               grpc::ClientBidiReactor<Request, Response>* reactor) const {
    grpc::TemplatedGenericStub<Request, Response>(channel_).PrepareBidiStreamingCall(
        context, Path<Request, Response>(), {}, reactor);
  }

  // A stream for a thread that waits.
  template <typename Response, typename Request>
  CoreStream<Request, Response> Open(grpc::ClientContext& context) const {
    return CoreStream<Request, Response>(channel_, context);
  }

 private:
  std::shared_ptr<grpc::Channel> channel_;
  std::string authorization_;
};

}  // namespace kalends
