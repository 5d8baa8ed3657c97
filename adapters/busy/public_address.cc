#include "adapters/busy/public_address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>

namespace kalends::busy {
namespace {

// IANA's registries of special addresses.
struct Network {
  std::array<std::uint8_t, 16> bytes;
  int bits;
};
constexpr Network kNotPublic4[] = {{{0}, 8},
                                   {{10}, 8},
                                   {{100, 64}, 10},
                                   {{127}, 8},
                                   {{169, 254}, 16},
                                   {{172, 16}, 12},
                                   {{192, 0, 0}, 24},
                                   {{192, 0, 2}, 24},
                                   {{192, 88, 99}, 24},
                                   {{192, 168}, 16},
                                   {{198, 18}, 15},
                                   {{198, 51, 100}, 24},
                                   {{203, 0, 113}, 24},
                                   {{224}, 4},
                                   {{240}, 4}};
// Of 2000::/3, which alone is given out: Teredo, ORCHID and what else 2001::/23 has, documentation,
// 6to4, documentation again.
constexpr Network kPublic6{{0x20}, 3};
constexpr Network kNotPublic6[] = {
    {{0x20, 0x01}, 23}, {{0x20, 0x01, 0x0d, 0xb8}, 32}, {{0x20, 0x02}, 16}, {{0x3f, 0xff}, 20}};
constexpr Network kLink4{{169, 254}, 16};
constexpr Network kLink6{{0xfe, 0x80}, 10};
constexpr std::array<std::uint8_t, 12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

bool IsIn(const Network& network, const std::uint8_t* address) {
  for (int bit = 0; bit < network.bits; bit += 8) {
    const int left = std::min(network.bits - bit, 8);
    const auto mask = static_cast<std::uint8_t>(0xFF << (8 - left));
    if ((address[bit / 8] & mask) != (network.bytes[static_cast<std::size_t>(bit / 8)] & mask)) {
      return false;
    }
  }
  return true;
}

template <std::size_t kSize>
bool IsInAny(const Network (&networks)[kSize], const std::uint8_t* address) {
  return std::any_of(std::begin(networks), std::end(networks),
                     [&](const Network& network) { return IsIn(network, address); });
}

bool IsPublic4(const std::uint8_t* address) { return !IsInAny(kNotPublic4, address); }

bool IsPublic6(const std::uint8_t* address) {
  if (std::equal(kMapped.begin(), kMapped.end(), address)) return IsPublic4(address + 12);
  return IsIn(kPublic6, address) && !IsInAny(kNotPublic6, address);
}

// An IPv4 address as one of IPv6.
std::optional<std::array<std::uint8_t, 16>> InIpv6(const sockaddr& address) {
  std::array<std::uint8_t, 16> bytes{};
  if (address.sa_family == AF_INET) {
    sockaddr_in four;
    std::memcpy(&four, &address, sizeof(four));
    std::copy(kMapped.begin(), kMapped.end(), bytes.begin());
    std::memcpy(bytes.data() + kMapped.size(), &four.sin_addr, sizeof(four.sin_addr));
    return bytes;
  }
  if (address.sa_family != AF_INET6) return std::nullopt;
  sockaddr_in6 six;
  std::memcpy(&six, &address, sizeof(six));
  std::memcpy(bytes.data(), &six.sin6_addr, bytes.size());
  return bytes;
}

}  // namespace

bool IsPublic(const sockaddr& address) {
  const auto six = InIpv6(address);
  return six && IsPublic6(six->data());
}

bool IsLinkLocal(const sockaddr& address) {
  const auto six = InIpv6(address);
  if (!six) return false;
  const bool is_four = std::equal(kMapped.begin(), kMapped.end(), six->begin());
  return is_four ? IsIn(kLink4, six->data() + kMapped.size()) : IsIn(kLink6, six->data());
}

bool IsPublicAddress(std::string_view text) {
  std::array<std::uint8_t, 16> bytes;
  const std::string whole(text);
  if (inet_pton(AF_INET, whole.c_str(), bytes.data()) == 1) return IsPublic4(bytes.data());
  return inet_pton(AF_INET6, whole.c_str(), bytes.data()) == 1 && IsPublic6(bytes.data());
}

}  // namespace kalends::busy
