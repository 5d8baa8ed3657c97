#include "adapters/web/visitor.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>

#include "adapters/shared/peer_network.h"

namespace kalends::web {
namespace {

namespace ip = boost::asio::ip;

constexpr char kForwardedFor[] = "X-Forwarded-For";
constexpr int kBitsV4 = 32;
constexpr int kBitsV6 = 128;

ip::address_v6 AsV6(const ip::address& address) {
  return address.is_v6() ? address.to_v6() : ip::make_address_v6(ip::v4_mapped, address.to_v4());
}

bool SameNetwork(const ip::address_v6& a, const ip::address_v6& b, int bits) {
  const auto left = a.to_bytes();
  const auto right = b.to_bytes();
  for (std::size_t i = 0; i < left.size() && bits > 0; ++i, bits -= 8) {
    const unsigned ignored = bits >= 8 ? 0U : 8U - static_cast<unsigned>(bits);
    if (((left[i] ^ right[i]) >> ignored) != 0) return false;
  }
  return true;
}

std::optional<ip::address> AddressIn(std::string_view text) {
  boost::system::error_code error;
  const auto address = ip::make_address(std::string(text), error);
  return error ? std::nullopt : std::optional(address);
}

// What stands between commas, without spaces around it and without what is empty.
std::vector<std::string_view> PartsOf(std::string_view list) {
  constexpr std::string_view kSpace = " \t";
  std::vector<std::string_view> parts;
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(','), list.size());
    std::string_view part = list.substr(0, end);
    part.remove_prefix(std::min(part.find_first_not_of(kSpace), part.size()));
    part = part.substr(0, part.find_last_not_of(kSpace) + 1);
    if (!part.empty()) parts.push_back(part);
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return parts;
}

// Some proxies tell the port, too: "192.0.2.7:4711", "[2001:db8::1]:4711".
std::optional<ip::address> ForwardedAddress(std::string_view text) {
  if (text.starts_with('[')) return AddressIn(text.substr(1, text.find(']') - 1));
  if (const auto address = AddressIn(text)) return address;
  return AddressIn(text.substr(0, text.find(':')));
}

}  // namespace

absl::StatusOr<Proxies> Proxies::Parse(const std::string& list) {
  Proxies proxies;
  for (const std::string_view text : PartsOf(list)) {
    const std::size_t slash = text.find('/');
    const auto address = AddressIn(text.substr(0, slash));
    if (!address) return absl::InvalidArgumentError(std::string(text) + " is no address");
    int bits = address->is_v4() ? kBitsV4 : kBitsV6;
    if (slash != std::string_view::npos) {
      const std::string_view length = text.substr(slash + 1);
      int given = -1;
      const auto read = std::from_chars(length.data(), length.data() + length.size(), given);
      const bool whole = read.ec == std::errc() && read.ptr == length.data() + length.size();
      if (!whole || given < 0 || given > bits) {
        return absl::InvalidArgumentError(std::string(text) + " is no network");
      }
      bits = given;
    }
    if (address->is_v4()) bits += kBitsV6 - kBitsV4;
    proxies.networks_.push_back({AsV6(*address), bits});
  }
  return proxies;
}

bool Proxies::Has(const ip::address& address) const {
  for (const Network& network : networks_) {
    if (SameNetwork(AsV6(address), network.address, network.bits)) return true;
  }
  return false;
}

std::string VisitorOf(const ip::address& peer, const boost::beast::http::fields& headers,
                      const Proxies& proxies) {
  if (!proxies.Has(peer)) return NetworkOf(peer);
  std::string told;
  const auto [begin, end] = headers.equal_range(kForwardedFor);
  for (auto field = begin; field != end; ++field) {
    told.append(field->value().data(), field->value().size()).append(",");
  }
  if (begin == end) return {};
  const std::vector<std::string_view> way = PartsOf(told);
  for (auto stop = way.rbegin(); stop != way.rend(); ++stop) {
    const auto address = ForwardedAddress(*stop);
    if (!address) break;
    if (!proxies.Has(*address)) return NetworkOf(*address);
  }
  return std::string(kSomewhere);
}

}  // namespace kalends::web
