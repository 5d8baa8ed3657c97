// Calls to the core: a deadline and the credentials on each.
#pragma once

#include <functional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "adapters/shared/core_channel.h"
#include "adapters/telegram/status.h"

namespace kalends::telegram {

inline constexpr std::chrono::seconds kCallDeadline{8};  // A restart of the core fits in.
// Once it has been away for longer than that: everybody else's updates wait behind the one that
// waits.
inline constexpr std::chrono::seconds kAwayDeadline{1};
inline constexpr std::chrono::seconds kStreamDeadline{120};  // A file of 20 MB at 200 kB/s.

// Safe to share between threads.
class Client {
 public:
  // As CoreChannel has it.
  Client(const std::string& address, std::string_view api_key, CoreOptions options = {})
      : channel_(address, api_key, std::move(options)) {}

  // Calls the method whose request is `Request` for `account` (a resource name or an identity;
  // empty: for nobody). Waits for an unreachable core until the deadline; then the status has no
  // reason.
  template <typename Response, typename Request>
  absl::StatusOr<Response> Call(std::string_view account, const Request& request) const {
    grpc::ClientContext context;
    channel_.Authorize(context, account);
    context.set_wait_for_ready(true);
    const bool away = channel_.AwayFor() > kCallDeadline;
    context.set_deadline(std::chrono::system_clock::now() + (away ? kAwayDeadline : kCallDeadline));
    Response response;
    const grpc::Status status = channel_.Call(context, request, &response);
    if (!status.ok()) return FromGrpc(status);
    return response;
  }

  // Reads a stream to its end, or until `take` returns false.
  template <typename Response, typename Request>
  absl::Status Read(std::string_view account, const Request& request,
                    const std::function<bool(const Response&)>& take) const {
    grpc::ClientContext context;
    SetUpStream(context, account);
    auto stream = channel_.Open<Request, Response>(context);
    stream.WriteLast(request);
    Response response;
    while (stream.Read(&response)) {
      if (take(response)) continue;
      context.TryCancel();
      stream.Finish();
      return absl::OkStatus();
    }
    return FromGrpc(stream.Finish());
  }

  // Writes a stream: `send` gets a function that writes a message, false once the core takes no
  // more. The status of `send`, where it fails, breaks the stream off.
  template <typename Response, typename Request>
  absl::StatusOr<Response> Write(
      std::string_view account,
      const std::function<absl::Status(const std::function<bool(const Request&)>&)>& send) const {
    grpc::ClientContext context;
    SetUpStream(context, account);
    auto stream = channel_.Open<Request, Response>(context);
    absl::Status sent = send([&](const Request& request) { return stream.Write(request); });
    if (!sent.ok()) {
      context.TryCancel();
      stream.Finish();
      return sent;
    }
    stream.WritesDone();
    Response response;
    stream.Read(&response);
    const grpc::Status status = stream.Finish();
    if (!status.ok()) return FromGrpc(status);
    return response;
  }

  const CoreChannel& channel() const { return channel_; }

 private:
  void SetUpStream(grpc::ClientContext& context, std::string_view account) const {
    channel_.Authorize(context, account);
    context.set_deadline(std::chrono::system_clock::now() + kStreamDeadline);
  }

  CoreChannel channel_;
};

}  // namespace kalends::telegram
