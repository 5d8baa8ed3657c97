#include "core/profiles/colors.h"

#include <gtest/gtest.h>

namespace kalends::core {
namespace {

TEST(ParseColor, ReadsSixDigitsAndNothingElse) {
  EXPECT_EQ(ParseColor("#0b6B63"), (Color{0x0B, 0x6B, 0x63}));
  for (const char* text : {"", "#", "0b6b63", "#0b6b6", "#0b6b633", "#0b6b6g", "red", "#0B6 63"}) {
    EXPECT_EQ(ParseColor(text), std::nullopt) << text;
  }
}

TEST(ToText, IsReadBack) {
  for (const char* text : {"#000000", "#0b6b63", "#ffffff"}) {
    EXPECT_EQ(ToText(*ParseColor(text)), text);
  }
}

TEST(ContrastOf, IsThatOfWcag) {
  EXPECT_NEAR(ContrastOf({0, 0, 0}, {255, 255, 255}), 21, 0.001);
  EXPECT_NEAR(ContrastOf({255, 255, 255}, {255, 255, 255}), 1, 0.001);
  // The grey that just passes on white, and the one that just does not.
  EXPECT_GE(ContrastOf({0x76, 0x76, 0x76}, {255, 255, 255}), kTextContrastMin);
  EXPECT_LT(ContrastOf({0x77, 0x77, 0x77}, {255, 255, 255}), kTextContrastMin);
  EXPECT_EQ(ContrastOf({1, 2, 3}, {4, 5, 6}), ContrastOf({4, 5, 6}, {1, 2, 3}));
}

TEST(ReadableAccent, KeepsWhatCanBeReadAndDarkensTheRestUntilItCan) {
  const Color dark{0x0B, 0x5B, 0x53};
  EXPECT_TRUE(IsReadable(dark));
  EXPECT_EQ(ReadableAccent(dark), dark);
  const Color yellow{0xFF, 0xE0, 0x00};
  EXPECT_FALSE(IsReadable(yellow));
  const Color fitting = ReadableAccent(yellow);
  EXPECT_TRUE(IsReadable(fitting));
  EXPECT_GT(fitting.red, fitting.blue) << "it is still yellow";
}

TEST(AccentsOfAnyColour, CanBeReadOnLightAndOnDarkPages) {
  for (int red = 0; red < 256; red += 15) {
    for (int green = 0; green < 256; green += 15) {
      for (int blue = 0; blue < 256; blue += 15) {
        const Color color{static_cast<std::uint8_t>(red), static_cast<std::uint8_t>(green),
                          static_cast<std::uint8_t>(blue)};
        EXPECT_TRUE(IsReadable(ReadableAccent(color))) << ToText(color);
        EXPECT_GE(ContrastOf(DarkPageAccent(color), kLightestDarkGround), kTextContrastMin)
            << ToText(color);
      }
    }
  }
}

}  // namespace
}  // namespace kalends::core
