#include "core/server/listen_addresses.h"

#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>

#include "core/base/status_macros.h"

namespace kalends::server {
namespace {

using Found = std::unique_ptr<addrinfo, decltype(&freeaddrinfo)>;

// 0: free; otherwise the errno that says why not. Only a socket that listens keeps others away from
// its address when all allow it to be used again.
int TryToBind(const addrinfo& to) {
  const int descriptor = socket(to.ai_family, to.ai_socktype | SOCK_CLOEXEC, to.ai_protocol);
  if (descriptor < 0) return errno;
  constexpr int kOn = 1;
  setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &kOn, sizeof(kOn));
  const int failed = bind(descriptor, to.ai_addr, to.ai_addrlen) == 0 ? 0 : errno;
  close(descriptor);
  return failed;
}

// The text of a failure of getaddrinfo, or what was found.
absl::StatusOr<Found> Resolve(const std::string& host, const std::string& port) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE;
  addrinfo* found = nullptr;
  const int failed = getaddrinfo(host.c_str(), port.c_str(), &hints, &found);
  if (failed != 0) return absl::NotFoundError(gai_strerror(failed));
  return Found(found, &freeaddrinfo);
}

absl::Status CannotListen(const std::string& listen, std::string_view why) {
  return absl::InvalidArgumentError(fmt::format("cannot listen on {}: {}", listen, why));
}

struct HostAndPort {
  std::string host;
  std::string port;
};

absl::StatusOr<HostAndPort> Split(const std::string& listen) {
  const std::size_t colon = listen.rfind(':');
  std::string host = listen.substr(0, colon);
  if (colon == std::string::npos || host.empty()) {
    return absl::InvalidArgumentError("--listen must be address:port, such as 127.0.0.1:50051");
  }
  const std::string port = listen.substr(colon + 1);
  std::uint16_t number = 0;
  const auto parsed = std::from_chars(port.data(), port.data() + port.size(), number);
  if (parsed.ec != std::errc() || parsed.ptr != port.data() + port.size()) {
    return CannotListen(listen, "a port is a number from 1 to 65535, or 0 for a free one");
  }
  const bool bracketed = host.starts_with('[') && host.ends_with(']');
  if (bracketed) host = host.substr(1, host.size() - 2);
  if (!bracketed && host.find(':') != std::string::npos) {
    return CannotListen(listen, "an IPv6 address stands in brackets, such as [::1]:50051");
  }
  return HostAndPort{std::move(host), port};
}

// "127.0.0.1:50051", "[::1]:50051"; nullopt: it cannot be written.
std::optional<std::string> Written(const addrinfo& to) {
  std::array<char, NI_MAXHOST> host{};
  std::array<char, NI_MAXSERV> port{};
  if (getnameinfo(to.ai_addr, to.ai_addrlen, host.data(), host.size(), port.data(), port.size(),
                  NI_NUMERICHOST | NI_NUMERICSERV) != 0) {
    return std::nullopt;
  }
  const char* form = to.ai_family == AF_INET6 ? "[{}]:{}" : "{}:{}";
  return fmt::format(fmt::runtime(form), host.data(), port.data());
}

}  // namespace

absl::StatusOr<std::vector<std::string>> AddressesToListenOn(const std::string& listen) {
  std::vector<std::string> as_it_is = {listen};
  if (listen.starts_with("unix:") || listen.starts_with("unix-abstract:")) return as_it_is;
  ASSIGN_OR_RETURN(const HostAndPort parts, Split(listen));
  // Both mean all addresses of both families to gRPC.
  const bool all = parts.host == "0.0.0.0" || parts.host == "::";
  std::vector<std::string> addresses;
  std::string why;
  for (const std::string& name :
       all ? std::vector<std::string>{"::", "0.0.0.0"} : std::vector<std::string>{parts.host}) {
    const absl::StatusOr<Found> found = Resolve(name, parts.port);
    if (!found.ok()) why = std::string(found.status().message());
    for (const addrinfo* to = found.ok() ? found->get() : nullptr; to != nullptr;
         to = to->ai_next) {
      const int failed = TryToBind(*to);
      const std::optional<std::string> address = Written(*to);
      if (failed == EADDRINUSE) {
        return absl::UnavailableError(fmt::format(
            "cannot listen on {}: is another server running there?", address.value_or(listen)));
      }
      if (failed != 0) why = std::strerror(failed);
      // Some names lead to one address twice.
      const bool known = std::find(addresses.begin(), addresses.end(), address) != addresses.end();
      if (failed == 0 && address && !known) addresses.push_back(*address);
    }
  }
  if (addresses.empty()) return CannotListen(listen, why);
  return all || parts.port == "0" ? as_it_is : addresses;
}

bool IsLoopback(std::string_view listen) {
  const std::string_view host = listen.substr(0, listen.rfind(':'));
  return host.starts_with("127.") || host == "localhost" || host == "[::1]";
}

bool IsOfThisMachine(std::string_view listen) {
  return listen.starts_with("unix:") || listen.starts_with("unix-abstract:") || IsLoopback(listen);
}

}  // namespace kalends::server
