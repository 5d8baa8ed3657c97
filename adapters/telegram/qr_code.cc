#include "adapters/telegram/qr_code.h"

#include <png.h>
#include <qrencode.h>

#include <cassert>
#include <memory>
#include <vector>

namespace kalends::telegram {
namespace {

constexpr unsigned kPixelsPerModule = 12;
constexpr unsigned kQuietModules = 4;  // ISO/IEC 18004 asks for four.

}  // namespace

std::string QrCodePng(std::string_view text) {
  const std::string terminated(text);
  const std::unique_ptr<QRcode, void (*)(QRcode*)> code(
      QRcode_encodeString8bit(terminated.c_str(), 0, QR_ECLEVEL_M), &QRcode_free);
  assert(code != nullptr);
  const auto modules = static_cast<unsigned>(code->width);
  const unsigned side = (modules + 2 * kQuietModules) * kPixelsPerModule;
  std::vector<png_byte> pixels(static_cast<std::size_t>(side) * side, 0xFF);
  for (unsigned y = 0; y < side; ++y) {
    for (unsigned x = 0; x < side; ++x) {
      const unsigned column = x / kPixelsPerModule - kQuietModules;  // Wraps in the quiet zone.
      const unsigned row = y / kPixelsPerModule - kQuietModules;
      if (column >= modules || row >= modules) continue;
      const bool dark = (code->data[row * modules + column] & 1U) != 0;
      if (dark) pixels[static_cast<std::size_t>(y) * side + x] = 0;
    }
  }
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = side;
  image.height = side;
  image.format = PNG_FORMAT_GRAY;
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
  std::string png(size, '\0');
  const int written =
      png_image_write_to_memory(&image, png.data(), &size, 0, pixels.data(), 0, nullptr);
  assert(written != 0);
  png.resize(written != 0 ? size : 0);
  return png;
}

}  // namespace kalends::telegram
