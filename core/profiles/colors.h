// Colours of a public page, and whether they can be read (WCAG 2.2, 1.4.3).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kalends::core {

struct Color {
  std::uint8_t red = 0;
  std::uint8_t green = 0;
  std::uint8_t blue = 0;

  friend bool operator==(const Color&, const Color&) = default;
};

// "#0b6b63", in either case; nullopt: it is none.
std::optional<Color> ParseColor(std::string_view text);
std::string ToText(const Color& color);

// From 1 to 21, whichever of the two is the lighter.
double ContrastOf(const Color& one, const Color& other);

// What text must have to its ground.
inline constexpr double kTextContrastMin = 4.5;
// The darkest ground of a light page on which links stand, and the lightest of a dark one: no theme
// goes beyond them.
inline constexpr Color kDarkestLightGround{0xE4, 0xE6, 0xE8};
inline constexpr Color kLightestDarkGround{0x2E, 0x33, 0x38};

// Whether text of the colour can be read on light pages.
bool IsReadable(const Color& accent);
// The nearest darker colour that can; the colour itself where it can.
Color ReadableAccent(const Color& accent);
// A lighter one of the same hue that can be read on dark pages.
Color DarkPageAccent(const Color& accent);

}  // namespace kalends::core
