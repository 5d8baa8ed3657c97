// QR codes as pictures.
#pragma once

#include <string>
#include <string_view>

namespace kalends::telegram {

// A black and white PNG with a quiet zone, large enough to print. `text` is at most 1000 bytes.
std::string QrCodePng(std::string_view text);

}  // namespace kalends::telegram
