#include "tools/telegram_sim/qr.h"

#include <qrencode.h>

#include <cstddef>
#include <memory>

namespace kalends::sim {
namespace {

constexpr std::size_t kQrTextBytesMax = 1000;
constexpr int kQuietModules = 4;

}  // namespace

std::optional<std::string> QrSvg(const std::string& text) {
  if (text.empty() || text.size() > kQrTextBytesMax) return std::nullopt;
  const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
      QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_M), QRcode_free);
  if (code == nullptr) return std::nullopt;
  const std::string size = std::to_string(code->width + 2 * kQuietModules);
  std::string path;
  for (int y = 0; y < code->width; ++y) {
    const unsigned char* row = code->data + static_cast<std::ptrdiff_t>(y) * code->width;
    for (int x = 0; x < code->width; ++x) {
      if ((row[x] & 1) == 0) continue;
      path += "M" + std::to_string(x + kQuietModules) + " " + std::to_string(y + kQuietModules) +
              "h1v1h-1z";
    }
  }
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + size + " " + size +
         "\" shape-rendering=\"crispEdges\"><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>"
         "<path d=\"" +
         path + "\"/></svg>";
}

}  // namespace kalends::sim
