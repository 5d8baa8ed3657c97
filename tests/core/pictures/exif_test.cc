#include "core/pictures/exif.h"

#include <gtest/gtest.h>

#include <string>

namespace kalends::core {
namespace {

using namespace std::string_literals;

const std::string kLittle = "Exif\0\0II*\0\x08\0\0\0"s;
const std::string kBig = "Exif\0\0MM\0*\0\0\0\x08"s;
// Two entries, of which the second is the orientation 6.
const std::string kLittleEntries =
    "\x02\0"
    "\x0f\x01\x02\0\x01\0\0\0\0\0\0\0"
    "\x12\x01\x03\0\x01\0\0\0\x06\0\0\0"s;
const std::string kBigEntry =
    "\0\x01"
    "\x01\x12\0\x03\0\0\0\x01\0\x03\0\0"s;

TEST(OrientationIn, ReadsBothByteOrders) {
  EXPECT_EQ(OrientationIn(kLittle + kLittleEntries), 6);
  EXPECT_EQ(OrientationIn(kBig + kBigEntry), 3);
}

TEST(OrientationIn, IsUprightWhereNothingIsSaid) {
  EXPECT_EQ(OrientationIn(""), 1);
  EXPECT_EQ(OrientationIn("http://ns.adobe.com/xap/1.0/"), 1);
  EXPECT_EQ(OrientationIn("Exif\0\0XX*\0\x08\0\0\0"s + kLittleEntries), 1);
  EXPECT_EQ(OrientationIn(kLittle + "\0\0"s), 1);
  EXPECT_EQ(OrientationIn(kBig + "\0\x01\x01\x12\0\x03\0\0\0\x01\0\x09\0\0"s), 1);
}

TEST(OrientationIn, ReadsNothingBeyondTheEnd) {
  for (const std::string& whole : {kLittle + kLittleEntries, kBig + kBigEntry}) {
    for (std::size_t length = 0; length < whole.size(); ++length) {
      const int orientation = OrientationIn(whole.substr(0, length));
      EXPECT_TRUE(orientation == 1 || length + 4 >= whole.size()) << length;
    }
  }
  EXPECT_EQ(OrientationIn("Exif\0\0II*\0\xff\xff\xff\xff"s + kLittleEntries), 1);
  EXPECT_EQ(OrientationIn(kLittle + "\xff\xff"s), 1);
}

}  // namespace
}  // namespace kalends::core
