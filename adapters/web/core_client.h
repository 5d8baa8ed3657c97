// Calls to the core that do not block: one channel, a deadline and the credentials on each.
#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>

#include "adapters/shared/core_channel.h"
#include "adapters/shared/error_details.h"
#include "adapters/web/awaitable.h"
#include "adapters/web/download.h"
#include "kalends/v1/document_service.pb.h"
#include "kalends/v1/feed_service.pb.h"
#include "kalends/v1/picture_service.pb.h"
#include "kalends/v1/profile_service.pb.h"

namespace kalends::web {

// What the core says beside the reason, such as "language_code"; empty: nothing.
std::string MetadataOf(const grpc::Status& status, const std::string& key);

// For coroutines of one thread's io_context, on which they also go on. Destroy it after that thread
// has ended its last one; calls still under way are cancelled then.
class CoreClient {
 public:
  // `address` as host:port; `api_key` of scope `web`. What `options` say of arguments is ours.
  CoreClient(const std::string& address, std::string_view api_key, CoreOptions options = {});
  ~CoreClient();

  // How a call ended, and what the core answered where that is OK.
  template <typename Response>
  struct Answer {
    grpc::Status status;
    std::shared_ptr<const Response> response;
  };
  // `preview`, here and below: the token of a page that is not published; empty: none.
  boost::asio::awaitable<Answer<v1::PublicProfile>> GetPublicProfile(
      const std::string& slug, const std::string& preview = {}) const;
  // The next free times of its services.
  boost::asio::awaitable<Answer<v1::ListPublicTimesResponse>> ListPublicTimes(
      const std::string& slug, const std::string& preview) const;
  // A picture, in the size that is nearest to `width`.
  boost::asio::awaitable<Answer<v1::PictureFile>> GetPictureFile(const std::string& name, int width,
                                                                 const std::string& preview) const;
  // What a token subscribes to.
  boost::asio::awaitable<Answer<v1::FeedCalendar>> GetFeedCalendar(const std::string& token) const;
  // What a token downloads.
  boost::asio::awaitable<Answer<v1::Download>> GetDownload(const std::string& token) const;
  // Its bytes from `offset`, `length` of them, for coroutines of `executor`.
  std::unique_ptr<Download> StartDownload(const std::string& token, std::int64_t offset,
                                          std::int64_t length,
                                          const boost::asio::any_io_executor& executor) const;

  // Calls the core once, and does not wait: whether it is there and takes our key shall be known
  // before the first visitor comes.
  void Greet() const;
  // OK when the core answers, reads its database and accepts our key.
  boost::asio::awaitable<grpc::Status> Check() const;

 private:
  template <typename Response, typename Request>
  boost::asio::awaitable<Answer<Response>> Ask(Request request) const;
  std::unique_ptr<grpc::ClientContext> NewContext() const;

  CoreChannel channel_;
};

}  // namespace kalends::web
