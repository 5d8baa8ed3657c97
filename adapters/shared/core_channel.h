// The way to the core: one channel, the credentials on each call, every method by its request's
// type.
#pragma once

#include <grpcpp/grpcpp.h>
#include <grpcpp/support/client_callback.h>

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
    return CallAny(context, Path<Request, Response>(), request, response);
  }

  // Does not wait: `done` is called on a thread of gRPC's. All that is pointed to outlives the
  // call.
  template <typename Request, typename Response>
  void Start(grpc::ClientContext* context, const Request* request, Response* response,
             std::function<void(grpc::Status)> done) const {
    StartAny(context, Path<Request, Response>(), request, response, std::move(done));
  }

  // A stream that calls `reactor` on threads of gRPC's, once it is started.
  using AnyReactor = grpc::ClientBidiReactor<CoreStream::AnyMessage, CoreStream::AnyMessage>;
  template <typename Request, typename Response>
  void Prepare(grpc::ClientContext* context, AnyReactor* reactor) const {
    PrepareAny(context, Path<Request, Response>(), reactor);
  }

  // A stream for a thread that waits.
  template <typename Request, typename Response>
  CoreStream Open(grpc::ClientContext& context) const {
    return CoreStream(channel_, context, Path<Request, Response>());
  }

 private:
  using AnyMessage = CoreStream::AnyMessage;
  grpc::Status CallAny(grpc::ClientContext& context, const std::string& path,
                       const AnyMessage& request, AnyMessage* response) const;
  void StartAny(grpc::ClientContext* context, const std::string& path, const AnyMessage* request,
                AnyMessage* response, std::function<void(grpc::Status)> done) const;
  void PrepareAny(grpc::ClientContext* context, const std::string& path, AnyReactor* reactor) const;

  std::shared_ptr<grpc::Channel> channel_;
  std::string authorization_;
};

}  // namespace kalends
