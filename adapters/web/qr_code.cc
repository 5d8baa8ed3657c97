#include "adapters/web/qr_code.h"

#include <fmt/format.h>
#include <qrencode.h>

#include <cassert>
#include <iterator>
#include <memory>

namespace kalends::web {
namespace {

constexpr int kQuietModules = 4;  // ISO/IEC 18004 asks for four.

}  // namespace

QrCode MakeQrCode(std::string_view text) {
  const std::string terminated(text);
  const std::unique_ptr<QRcode, void (*)(QRcode*)> code(
      QRcode_encodeString8bit(terminated.c_str(), 0, QR_ECLEVEL_M), &QRcode_free);
  assert(code != nullptr);
  QrCode qr;
  qr.side = code->width + 2 * kQuietModules;
  for (int y = 0; y < code->width; ++y) {
    const unsigned char* row = code->data + static_cast<std::ptrdiff_t>(y) * code->width;
    for (int x = 0; x < code->width;) {
      const int start = x;
      while (x < code->width && (row[x] & 1U) != 0) ++x;
      // One shape for each run, which keeps hairlines out between its modules.
      if (x > start) {
        fmt::format_to(std::back_inserter(qr.path), "M{} {}h{}v1h-{}z", start + kQuietModules,
                       y + kQuietModules, x - start, x - start);
      }
      if (x == start) ++x;
    }
  }
  return qr;
}

}  // namespace kalends::web
