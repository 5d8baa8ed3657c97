#include "adapters/web/disposition.h"

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <cstdint>

namespace kalends::web {
namespace {

constexpr std::string_view kNameless = "document";
constexpr std::string_view kForbidden = "/\\:*?\"<>|";  // In the file names of some system.

bool IsAsciiLetterOrDigit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Without what has no place in a file's name: paths, controls, signs that turn the direction.
std::string CleanName(std::string_view file_name) {
  const icu::UnicodeString text = icu::UnicodeString::fromUTF8(
      icu::StringPiece(file_name.data(), static_cast<std::int32_t>(file_name.size())));
  icu::UnicodeString clean;
  for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const UChar32 point = text.char32At(i);
    const auto type = u_charType(point);
    if (type == U_CONTROL_CHAR || type == U_SURROGATE || type == U_LINE_SEPARATOR ||
        type == U_PARAGRAPH_SEPARATOR) {
      continue;
    }
    // Of the format characters, the joiner holds emoji and some scripts' letters together.
    if (type == U_FORMAT_CHAR && point != 0x200D && point != 0x200C) continue;
    const bool forbidden =
        point < 0x80 && kForbidden.find(static_cast<char>(point)) != std::string_view::npos;
    clean.append(forbidden ? static_cast<UChar32>('_') : point);
  }
  clean.trim();
  std::string name;
  clean.toUTF8String(name);
  const std::size_t visible = name.find_first_not_of('.');  // No hidden files, no "..".
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
