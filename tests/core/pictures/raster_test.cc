#include "core/pictures/raster.h"

#include <gtest/gtest.h>

#include <string>

namespace kalends::core {
namespace {

// A picture of one letter a pixel, row by row.
Raster Of(int width, int height, std::string_view letters) {
  Raster raster(width, height);
  for (std::size_t i = 0; i < letters.size(); ++i) {
    for (std::size_t c = 0; c < 3; ++c) {
      raster.rgb[3 * i + c] = static_cast<unsigned char>(letters[i]);
    }
  }
  return raster;
}

std::string LettersOf(const Raster& raster) {
  std::string letters;
  for (std::size_t i = 0; i < raster.rgb.size(); i += 3) {
    letters += static_cast<char>(raster.rgb[i]);
  }
  return letters;
}

TEST(Upright, TurnsAsEachOrientationSays) {
  // As cameras store it, of a picture that reads "abc" over "def".
  const struct {
    int orientation;
    int width;
    const char* stored;
  } kCases[] = {{1, 3, "abcdef"}, {2, 3, "cbafed"}, {3, 3, "fedcba"}, {4, 3, "defabc"},
                {5, 2, "adbecf"}, {6, 2, "cfbead"}, {7, 2, "fcebda"}, {8, 2, "daebfc"}};
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.orientation);
    const Raster upright = Upright(Of(c.width, 6 / c.width, c.stored), c.orientation);
    EXPECT_EQ(upright.width, 3);
    EXPECT_EQ(upright.height, 2);
    EXPECT_EQ(LettersOf(upright), "abcdef");
  }
}

TEST(Upright, LeavesWhatIsNoOrientation) {
  for (const int orientation : {-1, 0, 9}) {
    EXPECT_EQ(LettersOf(Upright(Of(3, 1, "abc"), orientation)), "abc");
  }
}

TEST(Reduced, MakesEachPixelTheMeanOfThoseItCovers) {
  EXPECT_EQ(LettersOf(Reduced(Of(4, 2, "aceaacea"), 2, 1)), "bc");
  EXPECT_EQ(LettersOf(Reduced(Of(3, 1, "aba"), 1, 1)), "a");
  EXPECT_EQ(LettersOf(Reduced(Of(2, 2, "abcd"), 2, 2)), "abcd");
}

TEST(Reduced, KeepsAPlainColourPlainAtAnySize) {
  const Raster plain = Of(97, 31, std::string(97 * 31, 'x'));
  for (const int width : {1, 2, 13, 96, 97}) {
    for (const int height : {1, 7, 31}) {
      const Raster reduced = Reduced(plain, width, height);
      EXPECT_EQ(
          LettersOf(reduced),
          std::string(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), 'x'));
    }
  }
}

}  // namespace
}  // namespace kalends::core
