#include "adapters/shared/start_payload.h"

#include <algorithm>

namespace kalends {
namespace {

constexpr std::string_view kDigits = "0123456789abcdefghijklmnopqrstuvwxyz";
constexpr std::int64_t kBase = 36;
constexpr std::size_t kCharsMax = 6;
constexpr std::int64_t kMinutesMax = std::int64_t{131} * 366 * 24 * 60;

}  // namespace

std::string EncodeStartMinute(std::int64_t minutes) {
  std::string text;
  for (; minutes > 0 || text.empty(); minutes /= kBase) {
    text += kDigits[static_cast<std::size_t>(minutes % kBase)];
  }
  std::reverse(text.begin(), text.end());
  return text;
}

std::optional<std::int64_t> DecodeStartMinute(std::string_view text) {
  if (text.empty() || text.size() > kCharsMax) return std::nullopt;
  std::int64_t minutes = 0;
  for (const char c : text) {
    const std::size_t digit = kDigits.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    minutes = minutes * kBase + static_cast<std::int64_t>(digit);
  }
  return minutes <= kMinutesMax ? std::optional(minutes) : std::nullopt;
}

std::string BookingPayload(std::string_view code, std::string_view service,
                           std::optional<std::int64_t> start_minutes) {
  std::string payload = std::string(code).append("-").append(service);
  if (start_minutes) payload.append("-").append(EncodeStartMinute(*start_minutes));
  return payload;
}

}  // namespace kalends
