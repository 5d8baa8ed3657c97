// Calls to the core that do not block: one channel, a deadline and the credentials on each.
#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>

#include "adapters/web/awaitable.h"
#include "adapters/web/download.h"
#include "kalends/v1/profile_service.grpc.pb.h"

namespace kalends::web {

// "DOWNLOAD_EXPIRED" and so on; empty when the core sent none (it could not be reached).
std::string ReasonOf(const grpc::Status& status);
// What the core says beside the reason, such as "language_code"; empty: nothing.
std::string MetadataOf(const grpc::Status& status, const std::string& key);

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

  struct DownloadAnswer {
    grpc::Status status;
    std::shared_ptr<const v1::Download> download;
  };
  // What a token downloads.
  boost::asio::awaitable<DownloadAnswer> GetDownload(const std::string& token) const;
  // Its bytes from `offset`, `length` of them, for coroutines of `executor`.
  std::unique_ptr<Download> StartDownload(const std::string& token, std::int64_t offset,
                                          std::int64_t length,
                                          const boost::asio::any_io_executor& executor) const;

  // OK when the core answers, reads its database and accepts our key.
  boost::asio::awaitable<grpc::Status> Check() const;

 private:
  std::unique_ptr<grpc::ClientContext> NewContext() const;

  std::string authorization_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::ProfileService::Stub> profiles_;
  std::unique_ptr<v1::DocumentService::Stub> documents_;
};

}  // namespace kalends::web
