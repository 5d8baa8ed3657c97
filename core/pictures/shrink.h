// Makes pictures that strangers send into ones that can be shown: the decoders of the program
// kalends-picture, which alone has them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kalends::core {

// What the program ends with where it was given no picture.
inline constexpr int kNoPictureExit = 65;

struct ShrunkPicture {
  int width = 0;
  int height = 0;
  std::string jpeg;
};

// `bytes` (JPEG or PNG) upright, on white, without whatever was written about it, at most 1280 wide
// and twice as high, and in two smaller sizes; the smallest first. None is larger than the
// original. Ends the program with kNoPictureExit where that cannot be done.
std::vector<ShrunkPicture> Shrink(std::string_view bytes);

}  // namespace kalends::core
