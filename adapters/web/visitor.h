// Who asks, so far as limits have to know it.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <boost/beast/http/fields.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace kalends::web {

// Reverse proxies whose word on where a request comes from is taken.
class Proxies {
 public:
  // Addresses with commas between them, each alone or as a network such as 172.16.0.0/12.
  // INVALID_ARGUMENT.
  static absl::StatusOr<Proxies> Parse(const std::string& list);

  bool Has(const boost::asio::ip::address& address) const;

 private:
  struct Network {
    boost::asio::ip::address_v6 address;  // IPv4 as mapped into IPv6.
    int bits = 128;
  };
  std::vector<Network> networks_;
};

// All visitors of whom a proxy tells nothing that can be read: they share one share.
inline constexpr std::string_view kSomewhere = "somewhere";

// The network (NetworkOf) from which `peer` brings a request with these headers. Of a proxy's it is
// the last address of X-Forwarded-For that is no proxy, and kSomewhere where there is none or it
// cannot be read; empty where the proxy has no such header: those are not counted. Anybody else's
// X-Forwarded-For means nothing.
std::string VisitorOf(const boost::asio::ip::address& peer,
                      const boost::beast::http::fields& headers, const Proxies& proxies);

}  // namespace kalends::web
