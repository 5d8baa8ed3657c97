// A connection to the core that calls with the API key of a file.
#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace kalends::cli {

class Connection {
 public:
  // Reads the key of `key_file`. Does not call the core yet.
  static absl::StatusOr<Connection> Open(const std::string& core, const std::string& key_file);

  // A stub of `Service`, such as kalends::v1::AdminService.
  template <typename Service>
  std::unique_ptr<typename Service::Stub> Stub() const {
    return Service::NewStub(channel_);
  }

  // Calls `method` of `stub` for `account` (an identity or `accounts/{account}`; empty: with the
  // rights of the key alone) and waits for the answer at most kCallTimeout. An error is the
  // server's sentence, then its reason.
  template <typename Answer, typename StubType, typename Request>
  absl::StatusOr<Answer> Call(StubType& stub,
                              grpc::Status (StubType::*method)(grpc::ClientContext*, const Request&,
                                                               Answer*),
                              const Request& request, const std::string& account = "") const {
    grpc::ClientContext context;
    Prepare(context, account);
    Answer answer;
    const grpc::Status status = (stub.*method)(&context, request, &answer);
    if (!status.ok()) return Explain(status);
    return answer;
  }

 private:
  Connection(std::shared_ptr<grpc::Channel> channel, std::string key)
      : channel_(std::move(channel)), key_(std::move(key)) {}
  void Prepare(grpc::ClientContext& context, const std::string& account) const;
  absl::Status Explain(const grpc::Status& status) const;

  std::shared_ptr<grpc::Channel> channel_;
  std::string key_;
};

// A new request_id: 32 hexadecimal digits.
std::string NewRequestId();

}  // namespace kalends::cli
