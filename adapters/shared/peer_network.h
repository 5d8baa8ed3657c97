// From which network somebody connects, for limits that are to hold whoever it is.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <string>

namespace kalends {

// What one household or server has to itself: an IPv4 address, also one written as IPv6, or the
// first 64 bits of an IPv6 address. Not for the log.
inline std::string NetworkOf(const boost::asio::ip::address& address) {
  namespace ip = boost::asio::ip;
  if (address.is_v4()) return address.to_string();
  const ip::address_v6 whole = address.to_v6();
  if (whole.is_v4_mapped()) return ip::make_address_v4(ip::v4_mapped, whole).to_string();
  ip::address_v6::bytes_type bytes = whole.to_bytes();
  for (std::size_t i = 8; i < bytes.size(); ++i) bytes[i] = 0;
  return ip::address_v6(bytes).to_string();
}

}  // namespace kalends
