// What cameras, or attackers, write about a picture.
#include "core/pictures/exif.h"

#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kalends;
  const int orientation = core::OrientationIn(fuzz::Text(data, size));
  fuzz::Require(orientation >= 1 && orientation <= 8, "a picture can be turned by it");
  return 0;
}
