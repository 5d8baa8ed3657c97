// The way to the core: one channel, the credentials on each call, every method by its request's
// type.
#pragma once

#include <grpcpp/grpcpp.h>
#include <grpcpp/support/client_callback.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "adapters/shared/core_method.h"
#include "adapters/shared/core_standing.h"
#include "adapters/shared/core_stream.h"

namespace kalends {

// How long the line to the core may be silent before it is asked whether it is there; after as long
// again without an answer it is given up. The core takes pings that are five seconds apart.
inline constexpr std::chrono::milliseconds kKeepaliveDefault{15'000};
// Of calls that come without a deadline of their own.
inline constexpr std::chrono::seconds kCallDeadlineMax{30};

struct CoreOptions {
  std::chrono::milliseconds keepalive = kKeepaliveDefault;
  // Told how calls and streams end; nullptr: nobody is.
  std::shared_ptr<CoreStanding> standing = nullptr;
  // As CoreCredentials makes them; nullptr: no TLS.
  std::shared_ptr<grpc::ChannelCredentials> credentials = nullptr;
  grpc::ChannelArguments arguments = {};
};

// Safe to share between threads.
class CoreChannel {
 public:
  // `address` as host:port; `api_key` as the core's operator made it. Connects with the first call,
  // and again within two seconds once a core that was away is back. A line on which nothing comes
  // any more, with or without calls on it, is given up after twice `options.keepalive`.
  CoreChannel(const std::string& address, std::string_view api_key, CoreOptions options = {});
  // Over a channel made otherwise.
  CoreChannel(std::shared_ptr<grpc::Channel> channel, std::string_view api_key);

  // Adds the credentials, the id of the request that this thread answers (core/operate/request.h),
  // and for whom the call is: a resource name or an identity; empty: nobody.
  void Authorize(grpc::ClientContext& context, std::string_view account) const;

  // How long the core has been away, as far as the options' standing knows.
  std::chrono::steady_clock::duration AwayFor() const;

  // Waits for the answer, until the context's deadline or, where it has none, kCallDeadlineMax.
  template <typename Request, typename Response>
  grpc::Status Call(grpc::ClientContext& context, const Request& request,
                    Response* response) const {
    return CallAny(context, MethodOf<Request, Response>(), request, response);
  }

  // Does not wait: `done` is called on a thread of gRPC's. All that is pointed to outlives the
  // call. The deadline is as for Call.
  template <typename Request, typename Response>
  void Start(grpc::ClientContext* context, const Request* request, Response* response,
             std::function<void(grpc::Status)> done) const {
    StartAny(context, MethodOf<Request, Response>(), request, response, std::move(done));
  }

  // A stream that calls `reactor` on threads of gRPC's, once it is started.
  using AnyReactor = grpc::ClientBidiReactor<CoreStream::AnyMessage, CoreStream::AnyMessage>;
  template <typename Request, typename Response>
  void Prepare(grpc::ClientContext* context, AnyReactor* reactor) const {
    PrepareAny(context, MethodOf<Request, Response>().path(), reactor);
  }

  // A stream for a thread that waits.
  template <typename Request, typename Response>
  CoreStream Open(grpc::ClientContext& context) const {
    return CoreStream(channel_, context, MethodOf<Request, Response>().path(), standing_);
  }

 private:
  using AnyMessage = CoreStream::AnyMessage;
  grpc::Status CallAny(grpc::ClientContext& context, const CoreMethod& method,
                       const AnyMessage& request, AnyMessage* response) const;
  void StartAny(grpc::ClientContext* context, const CoreMethod& method, const AnyMessage* request,
                AnyMessage* response, std::function<void(grpc::Status)> done) const;
  void PrepareAny(grpc::ClientContext* context, const std::string& path, AnyReactor* reactor) const;

  std::shared_ptr<grpc::Channel> channel_;
  std::shared_ptr<CoreStanding> standing_;
  std::string authorization_;
};

}  // namespace kalends
