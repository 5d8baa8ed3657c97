// Pictures as cameras and strangers make them.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace kalends::test {

struct Pixel {
  unsigned char red = 0;
  unsigned char green = 0;
  unsigned char blue = 0;
};
using Paint = std::function<Pixel(int x, int y)>;

struct Size {
  int width = 0;
  int height = 0;

  friend bool operator==(const Size&, const Size&) = default;
};

// `app1`: what stands in the file about it; empty: nothing.
std::string JpegOf(const Size& size, const Paint& paint, std::string_view app1 = {});
// `alpha`: of every pixel.
std::string PngOf(const Size& size, const Paint& paint, unsigned char alpha = 255);

// EXIF of a camera that was held so, with a place and the name of who took it.
std::string ExifOf(int orientation);

// A picture that is read again.
struct Image {
  Size size;
  std::string rgb;

  Pixel At(int x, int y) const;
};
// nullopt: it is no JPEG.
std::optional<Image> ReadJpeg(std::string_view bytes);

}  // namespace kalends::test
