#include "core/base/id.h"

#include <algorithm>

namespace kalends::core {
namespace {

// Crockford's base 32 (https://www.crockford.com/base32.html): no i, l, o, u.
constexpr std::string_view kDigits = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr int kBitsPerDigit = 5;
constexpr int kRandomBits = 30;
constexpr std::int64_t kSecond = std::int64_t{1} << kRandomBits;
constexpr std::int64_t kReservedAhead = 60 * kSecond;
// A clock may show any year. Ids of the last days before 2242 are not taken from it, so that there
// are always more above.
constexpr std::int64_t kClockMax = (std::int64_t{1} << 33) - (std::int64_t{1} << 20);  // Seconds.

}  // namespace

std::string EncodeId(std::int64_t value) {
  // One below 0 comes from a damaged row alone. It gets a text, too, which is nobody's name.
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

void IdSource::GoOnAbove(std::int64_t reserved) { last_ = std::max(last_, reserved); }

std::int64_t IdSource::Reserved() const { return last_ + kReservedAhead; }

std::int64_t IdSource::NextValue(Instant now) {
  // Seconds in the high 33 bits, randomness below; always above the last one.
  const std::int64_t second = std::clamp<std::int64_t>(ToUnixSeconds(now), 0, kClockMax);
  const std::int64_t fresh =
      second * kSecond + static_cast<std::int64_t>(random_() & (std::uint64_t{kSecond} - 1));
  last_ = std::max(fresh, last_ + 1);
  return last_;
}

}  // namespace kalends::core
