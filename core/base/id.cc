#include "core/base/id.h"

#include <algorithm>
#include <cassert>

namespace kalends::core {
namespace {

// Crockford's base 32 (https://www.crockford.com/base32.html): no i, l, o, u.
constexpr std::string_view kDigits = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr int kBitsPerDigit = 5;
constexpr int kRandomBits = 30;

}  // namespace

std::string EncodeId(std::int64_t value) {
  assert(value >= 0);
  std::string text(kIdLength, '0');
  for (std::size_t i = kIdLength; i-- > 0; value >>= kBitsPerDigit) {
    text[i] = kDigits[static_cast<std::size_t>(value & 31)];
  }
  return text;
}

std::optional<std::int64_t> DecodeId(std::string_view text) {
  if (text.size() != kIdLength) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : text) {
    const std::size_t digit = kDigits.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    // 13 digits hold 65 bits; the first may use three of its five.
    if (value >> (63 - kBitsPerDigit) != 0) return std::nullopt;
    value = value << kBitsPerDigit | digit;
  }
  return static_cast<std::int64_t>(value);
}

std::int64_t IdSource::NextValue(Instant now) {
  // Seconds in the high 33 bits, randomness below; always above the last one, so unique here.
  const std::int64_t fresh = (ToUnixSeconds(now) << kRandomBits) |
                             static_cast<std::int64_t>(random_() & ((1U << kRandomBits) - 1));
  last_ = std::max(fresh, last_ + 1);
  return last_;
}

}  // namespace kalends::core
