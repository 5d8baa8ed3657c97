// A download: the bytes of a document out of the core, in pieces, as fast as the viewer takes them.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "adapters/shared/core_channel.h"
#include "adapters/web/awaitable.h"
#include "kalends/v1/document_service.pb.h"

namespace kalends::web {

// The stream of one download. At most one piece waits here: the next one is read when it is asked
// for, so a slow viewer slows the core down instead of filling memory. For coroutines of one
// thread's io_context. Letting go of it ends the call.
class Download {
 public:
  // `context` has the credentials; deadlines are set for each piece.
  static std::unique_ptr<Download> Start(const CoreChannel& core,
                                         std::unique_ptr<grpc::ClientContext> context,
                                         const v1::FetchDownloadRequest& request,
                                         const boost::asio::any_io_executor& executor);
  ~Download();

  // The next piece, valid until the next call; nullptr at the end, which `status` explains.
  boost::asio::awaitable<const v1::FetchDownloadResponse*> Next();
  // After the end only. CANCELLED also where the core was too slow.
  const grpc::Status& status() const;

 private:
  class Reader;
  explicit Download(std::shared_ptr<Reader> reader);
  std::shared_ptr<Reader> reader_;
};

}  // namespace kalends::web
