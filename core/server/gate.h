// Who is connected, and how much those who have shown no key may make the core hold.
#pragma once

#include <sys/socket.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/base/limits.h"
#include "core/server/frame_guard.h"

namespace kalends::server {

// Thread-safe. Knows the accepted connections by their descriptors: each is admitted, may have
// bytes received and sent, and is closed. Whoever has shown no key in force yet is a stranger.
// Strangers give way: where there is no place for a newcomer, the one who came first is hung up on,
// and where strangers together weigh too much, the heaviest is. So a newcomer has as long as it
// takes to call once, also beside any number of others from the same address.
class Gate {
 public:
  struct Limits {
    int connections = core::kConnectionsMax;
    int connections_per_peer = core::kConnectionsPerPeerMax;
    std::int64_t stranger_bytes = core::kStrangerBytesMax;
    std::int64_t strangers_bytes = core::kStrangersBytesMax;
    bool frames = true;  // Off for TLS: what is encrypted cannot be weighed.
  };
  using Time = FrameGuard::Time;

  explicit Gate(Limits limits) : limits_(limits) {}

  // Whether there is a place; if not, the caller closes the connection.
  bool Admit(int descriptor, const sockaddr_storage& address, Time now);
  // What a peer sent; false: it is hung up on, and nobody may see these bytes. Connections that
  // were not admitted here are nobody's business.
  bool Received(int descriptor, std::string_view bytes, Time now);
  void Sent(int descriptor, std::string_view bytes);
  // Before the descriptor is free for another.
  void Closed(int descriptor, Time now);
  // A call with a key in force came from this peer, named as gRPC does: it is no stranger.
  void ShowsKey(std::string_view peer);
  // Whether that would tell anything. Costs no lock, so that it may be asked with every call.
  bool knows_strangers() const { return knows_strangers_.load(std::memory_order_acquire); }

  struct Counts {
    int connections = 0;
    int strangers = 0;
    std::int64_t admitted = 0;  // These three: ever.
    std::int64_t refused = 0;
    std::int64_t hung_up = 0;
  };
  Counts counts() const;

 private:
  struct Connection {
    std::int64_t number = 0;  // In the order of their coming.
    std::string name;         // Address and port, as gRPC writes them.
    std::string host;
    std::optional<FrameGuard> guard;  // Of a stranger.
    bool hung_up = false;
  };
  using Connections = std::unordered_map<int, Connection>;

  bool MakePlace(const std::string& host, Time now);
  void Lighten(Time now);
  void HangUp(int descriptor, Connection& connection, Time now);
  void LeavePlace(Connection& connection, Time now);
  void Forget(Connections::iterator connection, Time now);
  std::int64_t Departed(Time now);

  const Limits limits_;
  mutable std::mutex mutex_;
  Connections connections_;
  std::unordered_map<std::string, int> by_name_;
  std::unordered_map<std::string, int> per_host_;
  std::map<std::int64_t, int> strangers_;  // By number, the oldest first.
  std::atomic<bool> knows_strangers_ = false;
  int places_taken_ = 0;  // Without those who were hung up on.
  std::int64_t last_number_ = 0;
  std::int64_t weight_ = 0;    // Of all strangers when each was last looked at: no less than now.
  std::int64_t departed_ = 0;  // What those weighed who are gone: gRPC has to clear it away.
  Time departed_as_of_{};
  Counts counts_;
};

// How gRPC names a peer: `ipv4:192.0.2.1:50000`, `ipv6:[2001:db8::1]:50000`.
std::string PeerName(const sockaddr_storage& address);
// Whom a limit per peer counts: the address; of IPv6 its first half, which is one customer's.
std::string PeerHost(const sockaddr_storage& address);
// The same of a peer as gRPC names it; of what is no address of the Internet, all of it.
std::string PeerHost(std::string_view peer);

}  // namespace kalends::server
