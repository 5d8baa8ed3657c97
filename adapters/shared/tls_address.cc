#include "adapters/shared/tls_address.h"

#include <arpa/inet.h>

namespace kalends {

std::optional<HostAndPort> SplitAddress(const std::string& address) {
  const std::size_t colon = address.rfind(':');
  if (colon == std::string::npos || address.find('/') != std::string::npos) return std::nullopt;
  HostAndPort parts{address.substr(0, colon), address.substr(colon + 1)};
  const bool bracketed = parts.host.starts_with('[') && parts.host.ends_with(']');
  if (bracketed) parts.host = parts.host.substr(1, parts.host.size() - 2);
  // "unix:name", "ipv4:1.2.3.4:5" and the like are gRPC's to read.
  const bool other = parts.host == "unix" || parts.host == "unix-abstract" ||
                     (!bracketed && parts.host.find(':') != std::string::npos);
  if (other || parts.host.empty() || parts.port.empty()) return std::nullopt;
  return parts;
}

bool IsOfThisMachine(const std::string& address) {
  if (address.starts_with("unix:") || address.starts_with("unix-abstract:")) return true;
  const auto parts = SplitAddress(address);
  if (!parts) return false;
  in_addr numbers{};
  if (inet_pton(AF_INET, parts->host.c_str(), &numbers) == 1) {
    constexpr int kFirstByte = 24;
    return ntohl(numbers.s_addr) >> kFirstByte == IN_LOOPBACKNET;
  }
  return parts->host == "localhost" || parts->host == "::1";
}

}  // namespace kalends
