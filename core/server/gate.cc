#include "core/server/gate.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/un.h>

#include <algorithm>
#include <cstring>

namespace kalends::server {
namespace {

// Nobody is hung up on for less, however much others weigh: about what ten calls do.
constexpr std::int64_t kHarmlessBytes = 256 << 10;
constexpr double kClearedPerSecond = 32 << 20;
constexpr std::size_t kCustomerBytes = 8;  // Of an IPv6 address.

// An address of IPv4 that came to a socket of IPv6 is one of IPv4.
bool IsMapped(const in6_addr& address) { return IN6_IS_ADDR_V4MAPPED(&address); }

const sockaddr_in& V4(const sockaddr_storage& address) {
  return reinterpret_cast<const sockaddr_in&>(address);
}
const sockaddr_in6& V6(const sockaddr_storage& address) {
  return reinterpret_cast<const sockaddr_in6&>(address);
}

std::string Text(int family, const void* address) {
  char text[INET6_ADDRSTRLEN] = "";
  inet_ntop(family, address, text, sizeof text);
  return text;
}

std::string V4Text(const sockaddr_storage& address) {
  if (address.ss_family == AF_INET) return Text(AF_INET, &V4(address).sin_addr);
  return Text(AF_INET, &V6(address).sin6_addr.s6_addr[12]);
}

bool IsV4(const sockaddr_storage& address) {
  return address.ss_family == AF_INET ||
         (address.ss_family == AF_INET6 && IsMapped(V6(address).sin6_addr));
}

// Resets a connection whose descriptor somebody else closes: the peer is told now, and what it has
// sent is dropped. gRPC closes once all calls are cleared away; until then a peer that had filled
// the socket would wait for it to be read, and the kernel keep up to 6 MiB for each.
void Abort(int descriptor) {
  sockaddr nobody{};
  nobody.sa_family = AF_UNSPEC;
  // Where it fails the connection is gone already.
  static_cast<void>(connect(descriptor, &nobody, sizeof nobody));
}

// gRPC writes it as a part of a URI.
std::string PlainPeer(std::string_view peer) {
  std::string name(peer);
  for (const auto& [coded, plain] : {std::pair{"%5B", "["}, {"%5D", "]"}, {"%25", "%"}}) {
    if (const auto at = name.find(coded); at != std::string::npos) name.replace(at, 3, plain);
  }
  return name;
}

}  // namespace

std::string PeerName(const sockaddr_storage& address) {
  // The port lies at the same place in both.
  const int port = ntohs(V4(address).sin_port);
  if (IsV4(address)) return fmt::format("ipv4:{}:{}", V4Text(address), port);
  if (address.ss_family != AF_INET6) return {};
  return fmt::format("ipv6:[{}]:{}", Text(AF_INET6, &V6(address).sin6_addr), port);
}

std::string PeerHost(const sockaddr_storage& address) {
  if (IsV4(address)) return V4Text(address);
  if (address.ss_family != AF_INET6) return "unix";
  in6_addr customer = V6(address).sin6_addr;
  std::fill(std::begin(customer.s6_addr) + kCustomerBytes, std::end(customer.s6_addr), 0);
  return Text(AF_INET6, &customer);
}

std::string PeerHost(std::string_view peer) {
  std::string name = PlainPeer(peer);
  const auto begin = name.find(':') + 1;
  const auto end = name.rfind(':');
  if (begin == 0 || end < begin) return name;
  std::string host = name.substr(begin, end - begin);
  sockaddr_storage address{};
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  if (inet_pton(AF_INET, host.c_str(), &reinterpret_cast<sockaddr_in&>(address).sin_addr) == 1) {
    address.ss_family = AF_INET;
  } else if (inet_pton(AF_INET6, host.c_str(),
                       &reinterpret_cast<sockaddr_in6&>(address).sin6_addr) == 1) {
    address.ss_family = AF_INET6;
  } else {
    return name;
  }
  return PeerHost(address);
}

bool Gate::Admit(int descriptor, const sockaddr_storage& address, Time now) {
  const std::lock_guard lock(mutex_);
  // One whose end was not heard of.
  if (const auto old = connections_.find(descriptor); old != connections_.end()) Forget(old, now);
  std::string host = PeerHost(address);
  if (!MakePlace(host, now)) {
    ++counts_.refused;
    return false;
  }
  ++counts_.admitted;
  ++places_taken_;
  ++per_host_[host];
  Connection connection{++last_number_, PeerName(address), std::move(host), std::nullopt};
  // Who reaches a socket in the file system was let in by its permissions.
  if (address.ss_family != AF_UNIX) {
    connection.guard.emplace();
    strangers_[connection.number] = descriptor;
    knows_strangers_.store(true, std::memory_order_release);
  }
  if (!connection.name.empty()) by_name_[connection.name] = descriptor;
  connections_.emplace(descriptor, std::move(connection));
  return true;
}

bool Gate::Received(int descriptor, std::string_view bytes, Time now) {
  const std::lock_guard lock(mutex_);
  const auto found = connections_.find(descriptor);
  if (found == connections_.end()) return true;
  Connection& connection = found->second;
  if (connection.hung_up) return false;
  if (!connection.guard || !limits_.frames) return true;
  const std::int64_t before = connection.guard->Weight(now);
  const bool sound = connection.guard->Received(bytes, now);
  const std::int64_t weight = connection.guard->Weight(now);
  weight_ += weight - before;
  if (!sound || weight > limits_.stranger_bytes) {
    HangUp(descriptor, connection, now);
  } else if (weight_ + Departed(now) > limits_.strangers_bytes) {
    Lighten(now);
  }
  return !connection.hung_up;
}

void Gate::Sent(int descriptor, std::string_view bytes) {
  const std::lock_guard lock(mutex_);
  const auto found = connections_.find(descriptor);
  if (found == connections_.end() || !found->second.guard || !limits_.frames) return;
  // `weight_` learns of it when it is counted anew.
  found->second.guard->Sent(bytes);
}

void Gate::Closed(int descriptor, Time now) {
  const std::lock_guard lock(mutex_);
  const auto found = connections_.find(descriptor);
  if (found != connections_.end()) Forget(found, now);
}

void Gate::ShowsKey(std::string_view peer) {
  const std::lock_guard lock(mutex_);
  const auto found = by_name_.find(PlainPeer(peer));
  if (found == by_name_.end()) return;
  Connection& connection = connections_.at(found->second);
  if (!connection.guard) return;
  strangers_.erase(connection.number);
  knows_strangers_.store(!strangers_.empty(), std::memory_order_release);
  connection.guard.reset();  // `weight_` learns of it when it is counted anew.
}

Gate::Counts Gate::counts() const {
  const std::lock_guard lock(mutex_);
  Counts counts = counts_;
  counts.connections = static_cast<int>(connections_.size());
  counts.strangers = static_cast<int>(strangers_.size());
  return counts;
}

// Whoever was hung up on keeps a descriptor until gRPC has closed it, beside those who have places.
bool Gate::MakePlace(const std::string& host, Time now) {
  if (connections_.size() >= static_cast<std::size_t>(limits_.connections) + core::kLeavingMax) {
    return false;
  }
  const auto of_host = per_host_.find(host);
  const bool host_full =
      of_host != per_host_.end() && of_host->second >= limits_.connections_per_peer;
  if (!host_full && places_taken_ < limits_.connections) return true;
  for (const auto& [number, descriptor] : strangers_) {
    Connection& oldest = connections_.at(descriptor);
    if (host_full && oldest.host != host) continue;
    HangUp(descriptor, oldest, now);
    return true;
  }
  return false;
}

// Counts anew, and if it is still too much, hangs up on the heaviest.
void Gate::Lighten(Time now) {
  std::int64_t heaviest = 0;
  int descriptor = -1;
  weight_ = 0;
  for (const auto& [number, stranger] : strangers_) {
    const std::int64_t weight = connections_.at(stranger).guard->Weight(now);
    weight_ += weight;
    if (weight <= heaviest) continue;
    heaviest = weight;
    descriptor = stranger;
  }
  if (weight_ + Departed(now) <= limits_.strangers_bytes || heaviest < kHarmlessBytes) return;
  HangUp(descriptor, connections_.at(descriptor), now);
}

void Gate::HangUp(int descriptor, Connection& connection, Time now) {
  LeavePlace(connection, now);
  connection.hung_up = true;
  ++counts_.hung_up;
  // gRPC, which waits for bytes, finds the end of them, and closes.
  shutdown(descriptor, SHUT_RDWR);
  Abort(descriptor);
}

void Gate::Forget(Connections::iterator connection, Time now) {
  if (!connection->second.hung_up) LeavePlace(connection->second, now);
  connections_.erase(connection);
}

void Gate::LeavePlace(Connection& connection, Time now) {
  --places_taken_;
  if (const auto host = per_host_.find(connection.host); --host->second == 0) per_host_.erase(host);
  by_name_.erase(connection.name);
  strangers_.erase(connection.number);
  knows_strangers_.store(!strangers_.empty(), std::memory_order_release);
  if (!connection.guard) return;
  const std::int64_t weight = connection.guard->Weight(now);
  weight_ -= weight;
  departed_ = Departed(now) + weight;
  connection.guard.reset();
}

std::int64_t Gate::Departed(Time now) {
  const std::chrono::duration<double> passed = now - departed_as_of_;
  const double cleared = std::max(0.0, passed.count()) * kClearedPerSecond;
  departed_ -= static_cast<std::int64_t>(std::min(cleared, static_cast<double>(departed_)));
  departed_as_of_ = std::max(now, departed_as_of_);
  return departed_;
}

}  // namespace kalends::server
