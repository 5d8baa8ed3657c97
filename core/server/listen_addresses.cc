#include "core/server/listen_addresses.h"

#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <optional>

namespace kalends::server {
namespace {

using Found = std::unique_ptr<addrinfo, decltype(&freeaddrinfo)>;

enum class Place { kFree, kTaken, kNotHere };

// Only a socket that listens keeps others away from its address when all allow it to be used again.
Place PlaceAt(const addrinfo& to) {
  const int descriptor = socket(to.ai_family, to.ai_socktype | SOCK_CLOEXEC, to.ai_protocol);
  if (descriptor < 0) return Place::kNotHere;
  constexpr int kOn = 1;
  setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &kOn, sizeof(kOn));
  const int failed = bind(descriptor, to.ai_addr, to.ai_addrlen) == 0 ? 0 : errno;
  close(descriptor);
  if (failed == 0) return Place::kFree;
  return failed == EADDRINUSE ? Place::kTaken : Place::kNotHere;
}

Found Resolve(const std::string& host, const std::string& port) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE;
  addrinfo* found = nullptr;
  if (getaddrinfo(host.c_str(), port.c_str(), &hints, &found) != 0) found = nullptr;
  return {found, &freeaddrinfo};
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
  const std::vector<std::string> as_it_is = {listen};
  const std::size_t colon = listen.rfind(':');
  if (listen.starts_with("unix") || colon == std::string::npos) return as_it_is;
  std::string host = listen.substr(0, colon);
  const std::string port = listen.substr(colon + 1);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  if (host.empty() || port.empty() || port == "0") return as_it_is;
  // Both mean all addresses of both families to gRPC.
  const bool all = host == "0.0.0.0" || host == "::";
  std::vector<std::string> addresses;
  for (const std::string& name :
       all ? std::vector<std::string>{"::", "0.0.0.0"} : std::vector<std::string>{host}) {
    const Found found = Resolve(name, port);
    for (const addrinfo* to = found.get(); to != nullptr; to = to->ai_next) {
      const Place place = PlaceAt(*to);
      if (place == Place::kNotHere) continue;
      const std::optional<std::string> address = Written(*to);
      if (place == Place::kTaken) {
        return absl::UnavailableError(fmt::format(
            "cannot listen on {}: is another server running there?", address.value_or(listen)));
      }
      // Some names lead to one address twice.
      const bool known = std::find(addresses.begin(), addresses.end(), address) != addresses.end();
      if (address && !known) addresses.push_back(*address);
    }
  }
  return all || addresses.empty() ? as_it_is : addresses;
}

}  // namespace kalends::server
