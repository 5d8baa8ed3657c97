#include "adapters/web/disposition.h"

#include <algorithm>

#include "adapters/shared/safe_text.h"

namespace kalends::web {
namespace {

constexpr std::string_view kNameless = "document";
constexpr std::string_view kForbidden = "/\\:*?\"<>|";  // In the file names of some system.

bool IsAsciiLetterOrDigit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Without what has no place in a file's name: paths, controls, signs that turn the direction.
std::string CleanName(std::string_view file_name) {
  std::string name = LoneText(file_name);
  std::replace_if(
      name.begin(), name.end(), [](char c) { return kForbidden.find(c) != std::string_view::npos; },
      '_');
  const std::size_t end = name.find_last_not_of(' ');
  name.resize(end == std::string::npos ? 0 : end + 1);
  const std::size_t visible = name.find_first_not_of(". ");  // No hidden files, no "..".
  return visible == std::string::npos ? std::string(kNameless) : name.substr(visible);
}

// One underscore for each character that is not ASCII.
std::string AsciiName(std::string_view name) {
  std::string ascii;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      ascii += c == '%' ? '_' : c;  // Some programs decode percent signs here.
    } else if ((byte & 0xC0U) != 0x80) {
      ascii += '_';
    }
  }
  return ascii;
}

std::string Percent(std::string_view name) {
  constexpr std::string_view kPlain = "!#$&+-.^_`|~";
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : name) {
    if (IsAsciiLetterOrDigit(c) || kPlain.find(c) != std::string_view::npos) {
      encoded += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    encoded += '%';
    encoded += kHex[byte >> 4U];
    encoded += kHex[byte & 0x0FU];
  }
  return encoded;
}

}  // namespace

std::string AttachmentDisposition(std::string_view file_name) {
  const std::string name = CleanName(file_name);
  const std::string ascii = AsciiName(name);
  std::string value = "attachment; filename=\"";
  value.append(ascii).append("\"");
  if (ascii != name) value.append("; filename*=UTF-8''").append(Percent(name));
  return value;
}

}  // namespace kalends::web
