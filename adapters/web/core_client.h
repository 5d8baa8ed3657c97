// Calls to the core that do not block: one channel, a deadline and the credentials on each.
#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>

#include "adapters/web/awaitable.h"
#include "kalends/v1/profile_service.grpc.pb.h"

namespace kalends::web {

// "LINK_EXPIRED" and so on; empty when the core sent none (it could not be reached).
std::string ReasonOf(const grpc::Status& status);

// For coroutines of one thread's io_context, on which they also go on. Destroy it after that thread
// has ended its last one; calls still under way are cancelled then.
class CoreClient {
 public:
  // `address` as host:port; `api_key` of scope `web`.
  CoreClient(const std::string& address, std::string api_key);
  ~CoreClient();

  struct ProfileAnswer {
    grpc::Status status;
    std::shared_ptr<const v1::PublicProfile> profile;
  };
  boost::asio::awaitable<ProfileAnswer> GetPublicProfile(const std::string& slug) const;

  // OK when the core answers, reads its database and accepts our key.
  boost::asio::awaitable<grpc::Status> Check() const;

 private:
  std::unique_ptr<grpc::ClientContext> NewContext() const;

  std::string authorization_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::ProfileService::Stub> profiles_;
};

}  // namespace kalends::web
