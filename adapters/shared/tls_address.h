// Where the core is, as far as TLS asks.
#pragma once

#include <optional>
#include <string>

namespace kalends {

struct HostAndPort {
  std::string host;  // Without the brackets of IPv6.
  std::string port;
};

// Of "host:port"; nullopt: it is something else, such as a socket in the file system.
std::optional<HostAndPort> SplitAddress(const std::string& address);

// Whether what is said to `address` stays on this machine.
bool IsOfThisMachine(const std::string& address);

}  // namespace kalends
