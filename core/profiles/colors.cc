#include "core/profiles/colors.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace kalends::core {
namespace {

constexpr int kSteps = 256;

std::optional<unsigned> HexValue(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
  return std::nullopt;
}

double Linear(std::uint8_t channel) {
  const double value = channel / 255.0;
  return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double LuminanceOf(const Color& color) {
  return 0.2126 * Linear(color.red) + 0.7152 * Linear(color.green) + 0.0722 * Linear(color.blue);
}

std::uint8_t Between(std::uint8_t from, std::uint8_t to, int step) {
  return static_cast<std::uint8_t>(from + (to - from) * step / kSteps);
}

// The first colour on the way from one to the other that can be read on `ground`.
Color FirstReadable(const Color& from, const Color& to, const Color& ground) {
  for (int step = 0; step < kSteps; ++step) {
    const Color color{Between(from.red, to.red, step), Between(from.green, to.green, step),
                      Between(from.blue, to.blue, step)};
    if (ContrastOf(color, ground) >= kTextContrastMin) return color;
  }
  return to;
}

}  // namespace

std::optional<Color> ParseColor(std::string_view text) {
  if (text.size() != 7 || text[0] != '#') return std::nullopt;
  unsigned number = 0;
  for (const char c : text.substr(1)) {
    const auto digit = HexValue(c);
    if (!digit) return std::nullopt;
    number = number << 4U | *digit;
  }
  return Color{static_cast<std::uint8_t>(number >> 16U), static_cast<std::uint8_t>(number >> 8U),
               static_cast<std::uint8_t>(number)};
}

std::string ToText(const Color& color) {
  return fmt::format("#{:02x}{:02x}{:02x}", color.red, color.green, color.blue);
}

double ContrastOf(const Color& one, const Color& other) {
  const double first = LuminanceOf(one);
  const double second = LuminanceOf(other);
  return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

bool IsReadable(const Color& accent) {
  return ContrastOf(accent, kDarkestLightGround) >= kTextContrastMin;
}

Color ReadableAccent(const Color& accent) {
  return FirstReadable(accent, {0x00, 0x00, 0x00}, kDarkestLightGround);
}

Color DarkPageAccent(const Color& accent) {
  return FirstReadable(accent, {0xFF, 0xFF, 0xFF}, kLightestDarkGround);
}

}  // namespace kalends::core
