#include "tools/telegram_sim/image.h"

#include <cstddef>

namespace kalends::sim {
namespace {

int BigEndian(std::string_view bytes) {
  int value = 0;
  for (const char byte : bytes) value = (value << 8) | static_cast<unsigned char>(byte);
  return value;
}

// Walks the segments of a JPEG to its start of frame.
std::optional<ImageSize> ReadJpeg(std::string_view bytes) {
  std::size_t at = 2;
  while (at + 9 <= bytes.size() && bytes[at] == '\xff') {
    const auto marker = static_cast<unsigned char>(bytes[at + 1]);
    const bool frame =
        marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    if (frame)
      return ImageSize{BigEndian(bytes.substr(at + 7, 2)), BigEndian(bytes.substr(at + 5, 2))};
    at += 2 + static_cast<std::size_t>(BigEndian(bytes.substr(at + 2, 2)));
  }
  return std::nullopt;
}

}  // namespace

std::optional<ImageSize> ReadImageSize(std::string_view bytes) {
  if (bytes.starts_with("\x89PNG\r\n\x1a\n") && bytes.size() >= 24) {
    if ((bytes[16] | bytes[20]) & 0x80) return std::nullopt;
    return ImageSize{BigEndian(bytes.substr(16, 4)), BigEndian(bytes.substr(20, 4))};
  }
  return bytes.starts_with("\xff\xd8") ? ReadJpeg(bytes) : std::nullopt;
}

}  // namespace kalends::sim
