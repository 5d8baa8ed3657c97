#include "core/pictures/exif.h"

#include <cstddef>
#include <cstdint>

namespace kalends::core {
namespace {

constexpr std::string_view kExif{"Exif\0\0", 6};
constexpr std::uint32_t kOrientationTag = 0x0112;
constexpr std::uint32_t kEntryBytes = 12;

// Numbers of a TIFF header's byte order; 0 beyond its end.
struct Tiff {
  std::string_view bytes;
  bool little = true;

  std::uint32_t Number(std::size_t at, std::size_t count) const {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t place = little ? count - 1 - i : i;
      const std::size_t index = at + place;
      value = value << 8U | (index < bytes.size() ? static_cast<unsigned char>(bytes[index]) : 0U);
    }
    return value;
  }
};

}  // namespace

int OrientationIn(std::string_view app1) {
  if (!app1.starts_with(kExif)) return 1;
  Tiff tiff{app1.substr(kExif.size())};
  if (tiff.bytes.starts_with("MM")) {
    tiff.little = false;
  } else if (!tiff.bytes.starts_with("II")) {
    return 1;
  }
  const std::size_t directory = tiff.Number(4, 4);
  const std::uint32_t entries = tiff.Number(directory, 2);
  for (std::uint32_t i = 0; i < entries; ++i) {
    const std::size_t entry = directory + 2 + std::size_t{i} * kEntryBytes;
    if (entry + kEntryBytes > tiff.bytes.size()) break;
    if (tiff.Number(entry, 2) != kOrientationTag) continue;
    const std::uint32_t orientation = tiff.Number(entry + 8, 2);
    return orientation >= 1 && orientation <= 8 ? static_cast<int>(orientation) : 1;
  }
  return 1;
}

}  // namespace kalends::core
