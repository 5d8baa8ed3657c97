// QR codes as shapes for an inline SVG.
#pragma once

#include <string>
#include <string_view>

namespace kalends::web {

struct QrCode {
  int side = 0;      // Of the square, in modules, with the quiet zone around.
  std::string path;  // The dark modules, as the `d` of an SVG path.
};

// `text` is at most 1000 bytes.
QrCode MakeQrCode(std::string_view text);

}  // namespace kalends::web
