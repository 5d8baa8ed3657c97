// A connection to the core that calls with the API key of a file.
#pragma once

#include <grpcpp/grpcpp.h>

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "adapters/shared/core_channel.h"
#include "tools/kalends/arguments.h"

namespace kalends::cli {

class Connection {
 public:
  // Reads the key of `arguments.admin_key_file`, and the files for TLS. Does not call the core yet.
  static absl::StatusOr<Connection> Open(const Arguments& arguments);

  // Calls the method whose request is `Request` for `account` (an identity or `accounts/{account}`;
  // empty: with the rights of the key alone) and waits for the answer at most kCallTimeout. An
  // error is the server's sentence, then its reason.
  template <typename Answer, typename Request>
  absl::StatusOr<Answer> Call(const Request& request, const std::string& account = "") const {
    grpc::ClientContext context;
    Prepare(context, account);
    Answer answer;
    const grpc::Status status = channel_.Call(context, request, &answer);
    if (!status.ok()) return Explain(status);
    return answer;
  }

  // Reads the stream whose request is `Request` until `take` returns false, or kCallTimeout is
  // over: that is no error.
  template <typename Message, typename Request>
  absl::Status Read(const Request& request, const std::function<bool(const Message&)>& take) const {
    grpc::ClientContext context;
    Prepare(context, "");
    CoreStream stream = channel_.Open<Request, Message>(context);
    stream.WriteLast(request);
    bool wanted = true;
    for (Message message; wanted && stream.Read(&message);) wanted = take(message);
    if (!wanted) context.TryCancel();
    const grpc::Status status = stream.Finish();
    const bool over = !wanted || status.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED;
    return status.ok() || over ? absl::OkStatus() : Explain(status);
  }

 private:
  Connection(CoreChannel channel, const Arguments& arguments)
      : channel_(std::move(channel)), core_(arguments.core), core_tls_(arguments.core_tls) {}
  void Prepare(grpc::ClientContext& context, const std::string& account) const;
  absl::Status Explain(const grpc::Status& status) const;

  CoreChannel channel_;
  std::string core_;
  CoreTlsFiles core_tls_;
};

// A new request_id: 32 hexadecimal digits.
std::string NewRequestId();

}  // namespace kalends::cli
