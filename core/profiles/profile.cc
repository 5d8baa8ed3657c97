#include "core/profiles/profile.h"

#include <algorithm>

#include "core/base/limits.h"
#include "core/base/web_address.h"
#include "core/profiles/contacts.h"

namespace kalends::core {
namespace {

constexpr std::string_view kHttps = "https://";
constexpr std::size_t kPortDigitsMax = 5;
constexpr std::size_t kEmailNameBytesMax = 64;
constexpr std::ptrdiff_t kPhoneDigitsMin = 3;
constexpr std::ptrdiff_t kPhoneDigitsMax = 20;
constexpr std::size_t kExtensionDigitsMax = 8;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsAlphanumeric(char c) {
  return IsDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool IsAscii(char c) { return static_cast<unsigned char>(c) < 0x80; }

// Code points without a glyph, in UTF-8: those that turn the direction of text, blanks, C1
// controls.
bool HasInvisible(std::string_view text) {
  const auto at = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const unsigned first = at(i);
    const unsigned second = at(i + 1);
    const unsigned third = at(i + 2);
    if (first == 0xC2 && second <= 0xA0) return true;
    if (first == 0xE2 && second == 0x80 && third <= 0xAF) return true;  // U+2000 to U+202F.
    if (first == 0xE2 && second == 0x81 && third >= 0x9F) return true;  // U+205F to U+207F.
    if (first == 0xE3 && second == 0x80 && third == 0x80) return true;  // U+3000.
    if (first == 0xEF && second == 0xBB && third == 0xBF) return true;  // U+FEFF.
  }
  return false;
}

// "praxis.example": labels of letters, digits and inner hyphens; other scripts are welcome.
bool IsHostName(std::string_view host) {
  if (host.find('.') == std::string_view::npos || !AsciiHost(host)) return false;
  std::size_t start = 0;
  while (true) {
    const std::size_t dot = std::min(host.find('.', start), host.size());
    const std::string_view label = host.substr(start, dot - start);
    const bool letters = std::all_of(label.begin(), label.end(), [](char c) {
      return IsAlphanumeric(c) || c == '-' || !IsAscii(c);
    });
    if (label.empty() || !letters || label.front() == '-' || label.back() == '-') return false;
    if (dot == host.size()) return true;
    start = dot + 1;
  }
}

bool IsExtension(std::string_view digits) {
  return !digits.empty() && digits.size() <= kExtensionDigitsMax &&
         std::all_of(digits.begin(), digits.end(), IsDigit);
}

bool IsPort(std::string_view port) {
  return !port.empty() && port.size() <= kPortDigitsMax &&
         std::all_of(port.begin(), port.end(), IsDigit);
}

}  // namespace

bool IsPublicUrl(std::string_view url) {
  if (url.size() > kUrlBytesMax || !url.starts_with(kHttps) || HasInvisible(url)) return false;
  constexpr std::string_view kRefused = "\"'<>\\^`{|} \x7f";
  const bool clean = std::all_of(url.begin(), url.end(), [&](char c) {
    return !(c >= 0 && c < ' ') && kRefused.find(c) == std::string_view::npos;
  });
  if (!clean) return false;
  url.remove_prefix(kHttps.size());
  const std::string_view authority = url.substr(0, url.find_first_of("/?#"));
  const std::size_t colon = authority.find(':');
  if (colon != std::string_view::npos && !IsPort(authority.substr(colon + 1))) return false;
  return IsHostName(authority.substr(0, colon));
}

bool IsEmailAddress(std::string_view email) {
  const std::size_t at = email.find('@');
  if (email.size() > kEmailBytesMax || at == std::string_view::npos || at == 0 ||
      at > kEmailNameBytesMax) {
    return false;
  }
  const std::string_view name = email.substr(0, at);
  constexpr std::string_view kSigns = ".!#$%&'*+/=?^_`{|}~-";
  const bool named = std::all_of(name.begin(), name.end(), [&](char c) {
    return IsAlphanumeric(c) || kSigns.find(c) != std::string_view::npos;
  });
  const std::string_view host = email.substr(at + 1);
  return named && !name.starts_with('.') && !name.ends_with('.') &&
         std::all_of(host.begin(), host.end(), IsAscii) && IsHostName(host);
}

bool IsPhoneNumber(std::string_view phone) {
  if (phone.size() > kPhoneCharsMax) return false;
  const std::size_t extension = phone.find(kExtension);
  if (extension != std::string_view::npos) {
    if (!IsExtension(phone.substr(extension + kExtension.size()))) return false;
    phone = phone.substr(0, extension);
  }
  const auto digits = std::count_if(phone.begin(), phone.end(), IsDigit);
  constexpr std::string_view kSigns = " +-./()";
  const bool usual = std::all_of(phone.begin(), phone.end(), [&](char c) {
    return IsDigit(c) || kSigns.find(c) != std::string_view::npos;
  });
  const std::size_t plus = phone.rfind('+');
  return usual && digits >= kPhoneDigitsMin && digits <= kPhoneDigitsMax &&
         (plus == std::string_view::npos || plus == 0);
}

}  // namespace kalends::core
