#include "core/base/text.h"

#include "core/base/error.h"
#include "core/base/limits.h"

namespace kalends::core {

std::optional<char32_t> TakeCodePoint(std::string_view& text) {
  const auto first = static_cast<unsigned char>(text[0]);
  const int length = first < 0x80       ? 1
                     : first >> 5 == 6  ? 2
                     : first >> 4 == 14 ? 3
                     : first >> 3 == 30 ? 4
                                        : 0;
  if (length == 0 || text.size() < static_cast<std::size_t>(length)) return std::nullopt;
  char32_t point = length == 1 ? first : first & (0x7FU >> length);
  for (int i = 1; i < length; ++i) {
    const auto byte = static_cast<unsigned char>(text[static_cast<std::size_t>(i)]);
    if (byte >> 6 != 2) return std::nullopt;
    point = point << 6 | (byte & 0x3FU);
  }
  constexpr char32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
  if (point < kLeast[length] || surrogate || point > 0x10FFFF) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(length));
  return point;
}

void AppendCodePoint(std::string& text, char32_t point) {
  const auto tail = [&](int shift) {
    text.push_back(static_cast<char>(0x80 | ((point >> shift) & 0x3F)));
  };
  if (point < 0x80) {
    text.push_back(static_cast<char>(point));
  } else if (point < 0x800) {
    text.push_back(static_cast<char>(0xC0 | (point >> 6)));
    tail(0);
  } else if (point < 0x10000) {
    text.push_back(static_cast<char>(0xE0 | (point >> 12)));
    tail(6);
    tail(0);
  } else {
    text.push_back(static_cast<char>(0xF0 | (point >> 18)));
    tail(12);
    tail(6);
    tail(0);
  }
}

absl::Status CheckText(std::string_view field, std::string_view text, std::size_t min,
                       std::size_t max, Lines lines) {
  std::size_t count = 0;
  while (!text.empty()) {
    const std::optional<char32_t> point = TakeCodePoint(text);
    if (!point) return InvalidField(field, "must be valid UTF-8");
    const bool line_break = *point == U'\n' && lines == Lines::kMany;
    if ((*point < 0x20 && !line_break) || *point == 0x7F) {
      return InvalidField(field, "must not hold control characters");
    }
    ++count;
  }
  if (count < min || count > max) {
    return InvalidField(
        field, "must have " + std::to_string(min) + " to " + std::to_string(max) + " characters");
  }
  return absl::OkStatus();
}

absl::Status CheckName(std::string_view field, std::string_view name) {
  return CheckText(field, name, 1, kNameCharsMax);
}

}  // namespace kalends::core
