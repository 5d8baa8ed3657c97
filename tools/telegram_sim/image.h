// The size of a picture, read from its first bytes.
#pragma once

#include <optional>
#include <string_view>

namespace kalends::sim {

struct ImageSize {
  int width = 0;
  int height = 0;
};

// Reads PNG and JPEG; nothing if the bytes are neither.
std::optional<ImageSize> ReadImageSize(std::string_view bytes);

}  // namespace kalends::sim
