#include "core/operate/exposer.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <prometheus/exposer.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

#include "core/operate/metrics.h"

namespace kalends::operate {
namespace {

struct Address {
  std::string host;  // Without brackets.
  bool v6 = false;
  bool loopback = false;
  std::uint16_t port = 0;
};

std::optional<Address> AddressOf(const std::string& listen) {
  const std::size_t colon = listen.rfind(':');
  if (colon == std::string::npos) return std::nullopt;
  Address address;
  address.host = listen.substr(0, colon);
  const char* const end = listen.data() + listen.size();
  const auto parsed = std::from_chars(listen.data() + colon + 1, end, address.port);
  if (parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
  if (address.host.starts_with('[') && address.host.ends_with(']')) {
    address.host = address.host.substr(1, address.host.size() - 2);
    address.v6 = true;
    in6_addr bytes{};
    if (inet_pton(AF_INET6, address.host.c_str(), &bytes) != 1) return std::nullopt;
    address.loopback = IN6_IS_ADDR_LOOPBACK(&bytes);
  } else {
    in_addr bytes{};
    if (inet_pton(AF_INET, address.host.c_str(), &bytes) != 1) return std::nullopt;
    address.loopback = (ntohl(bytes.s_addr) >> 24) == IN_LOOPBACKNET;
  }
  return address;
}

// Two threads: one reader who stalls does not keep the other out, and neither for long. It keeps
// and reads no files: without a document root civetweb has only what is registered.
std::vector<std::string> OptionsFor(const std::string& listen) {
  return {
      "listening_ports",   listen, "num_threads",      "2",    "request_timeout_ms",       "5000",
      "enable_keep_alive", "no",   "max_request_size", "8192", "enable_directory_listing", "no"};
}

}  // namespace

struct Exposer::Impl {
  explicit Impl(const std::string& listen) : exposer(OptionsFor(listen)) {
    exposer.RegisterCollectable(metrics);
  }

  std::shared_ptr<Metrics> metrics = std::make_shared<Metrics>();
  prometheus::Exposer exposer;
};

absl::Status CheckMetricsListen(const std::string& listen, bool may_be_public) {
  if (listen.empty()) return absl::OkStatus();
  const auto address = AddressOf(listen);
  if (!address) {
    return absl::InvalidArgumentError(
        "--metrics-listen must be a numeric address and a port, such as 127.0.0.1:9464 or "
        "[::1]:9464");
  }
  if (address->loopback || may_be_public) return absl::OkStatus();
  return absl::InvalidArgumentError(fmt::format(
      "--metrics-listen {} can be reached from other machines, and tells whoever asks how much is "
      "done here: listen on 127.0.0.1, or say --metrics-public, too",
      listen));
}

absl::StatusOr<std::unique_ptr<Exposer>> Exposer::Serve(const std::string& listen,
                                                        bool may_be_public) {
  const absl::Status allowed = CheckMetricsListen(listen, may_be_public);
  if (!allowed.ok()) return allowed;
  if (listen.empty()) return std::unique_ptr<Exposer>();
  try {
    std::unique_ptr<Exposer> exposer(new Exposer(std::make_unique<Impl>(listen)));
    spdlog::info("metrics at http://{}:{}/metrics", listen.substr(0, listen.rfind(':')),
                 exposer->port());
    return exposer;
  } catch (const std::exception&) {  // civetweb's own says less.
    return absl::UnavailableError(fmt::format("cannot listen on {} for metrics", listen));
  }
}

Exposer::Exposer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Exposer::~Exposer() = default;

int Exposer::port() const { return impl_->exposer.GetListeningPorts().front(); }

}  // namespace kalends::operate
