// The one thing of EXIF that is needed to show a picture.
#pragma once

#include <string_view>

namespace kalends::core {

// The orientation, 1 to 8, that the content of a JPEG's APP1 marker says; 1 where it says none.
int OrientationIn(std::string_view app1);

}  // namespace kalends::core
