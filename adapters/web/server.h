// kalends-web as an HTTP server: profile pages, downloads, health. TLS is a reverse proxy's.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "adapters/web/core_client.h"
#include "adapters/web/limits.h"
#include "adapters/web/pages.h"
#include "adapters/web/texts.h"
#include "adapters/web/visitor.h"

namespace kalends::web {

struct ServerOptions {
  std::string host = "127.0.0.1";  // A numeric address.
  unsigned short port = 0;         // 0: any free one.
  int connections_max = kConnectionsDefault;
  int visitor_requests_max = kVisitorRequestsDefault;
  Proxies proxies = {};
  Site site;
};

// One thread serves all connections; none waits for another.
class Server {
 public:
  // Listens at once. `core` and `languages` must outlive the server.
  // INVALID_ARGUMENT for what is no address, UNAVAILABLE if the port is taken.
  static absl::StatusOr<std::unique_ptr<Server>> Listen(const ServerOptions& options,
                                                        const CoreClient& core,
                                                        const Languages& languages);
  ~Server();

  unsigned short port() const;
  // Serves until SIGINT or SIGTERM; then idle connections are closed, and answers under way get
  // kStopGrace to end. A second signal ends them at once.
  void Run();

 private:
  struct Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace kalends::web
