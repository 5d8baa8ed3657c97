// QR codes as pictures.
#pragma once

#include <optional>
#include <string>

namespace kalends::sim {

// An SVG of `text`, black on white with its quiet zone. Nothing if it is empty or over 1000 bytes.
std::optional<std::string> QrSvg(const std::string& text);

}  // namespace kalends::sim
