// Serves /metrics to Prometheus.
#pragma once

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace kalends::operate {

// Serves while it lives, on threads of its own.
class Exposer {
 public:
  // `listen` as address:port, the address numeric, port 0 for a free one; empty: nothing is served,
  // and nullptr returned. INVALID_ARGUMENT, with a sentence: it is none, or it is not of this
  // machine alone and `may_be_public` is false: whoever reads metrics learns how much is booked.
  // UNAVAILABLE: it cannot be had.
  static absl::StatusOr<std::unique_ptr<Exposer>> Serve(const std::string& listen,
                                                        bool may_be_public);
  ~Exposer();
  int port() const;

 private:
  struct Impl;
  explicit Exposer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// OK: `listen` may be given to Serve.
absl::Status CheckMetricsListen(const std::string& listen, bool may_be_public);

}  // namespace kalends::operate
