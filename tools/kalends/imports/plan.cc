#include "tools/kalends/imports/plan.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <iterator>

namespace kalends::cli {
namespace {

constexpr std::size_t kPlainIdMax = 40;
constexpr std::size_t kHashBytes = 16;  // Of SHA-256; enough that no two of a practice meet.

bool IsPlain(std::string_view id) {
  return !id.empty() && id.size() <= kPlainIdMax && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.' || c == '/';
  });
}

std::string HashOf(std::string_view id) {
  unsigned char hash[crypto_hash_sha256_BYTES];
  crypto_hash_sha256(hash, reinterpret_cast<const unsigned char*>(id.data()), id.size());
  std::string text = "sha256-";
  for (std::size_t i = 0; i < kHashBytes; ++i) text += fmt::format("{:02x}", hash[i]);
  return text;
}

}  // namespace

bool IsSourceName(std::string_view source) {
  return !source.empty() && source.size() <= kSourceCharsMax &&
         std::all_of(source.begin(), source.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
         });
}

std::string ExternalId(std::string_view source, std::string_view kind, std::string_view id) {
  return fmt::format("{}/{}/{}", source, kind, IsPlain(id) ? std::string(id) : HashOf(id));
}

bool PlannedHolds::Fits(const std::string& specialist, const core::Interval& interval,
                        const std::string& service, int capacity) const {
  const auto found = held_.find(specialist);
  if (found == held_.end()) return true;
  const std::map<core::Instant, Held>& held = found->second;
  const auto next = held.lower_bound(interval.start);
  if (next != held.end() && next->first == interval.start) {
    return capacity > 1 && !service.empty() && next->second.service == service &&
           next->second.end == interval.end && next->second.seats < capacity;
  }
  if (next != held.end() && next->first < interval.end) return false;
  return next == held.begin() || std::prev(next)->second.end <= interval.start;
}

void PlannedHolds::Take(const std::string& specialist, const core::Interval& interval,
                        const std::string& service, int capacity) {
  if (!Fits(specialist, interval, service, capacity)) return;
  const auto [held, is_first] =
      held_[specialist].emplace(interval.start, Held{interval.end, service, 1});
  if (!is_first) ++held->second.seats;
}

}  // namespace kalends::cli
