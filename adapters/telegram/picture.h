// The bot's picture, a JPEG; picture.jpg, made part of the program by the build.
#pragma once

#include <cstddef>

namespace kalends::telegram {

extern const unsigned char kPicture[];
extern const std::size_t kPictureBytes;

}  // namespace kalends::telegram
