#include "core/base/web_address.h"

#include <unicode/idna.h>

#include <algorithm>
#include <memory>

namespace kalends::core {
namespace {

bool IsAscii(char c) { return static_cast<unsigned char>(c) < 0x80; }
char ToLower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string Lower(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), ToLower);
  return lower;
}

// Immutable, and shared by all threads.
const icu::IDNA& Idna() {
  static const std::unique_ptr<icu::IDNA> kIdna = [] {
    UErrorCode status = U_ZERO_ERROR;
    return std::unique_ptr<icu::IDNA>(icu::IDNA::createUTS46Instance(
        UIDNA_USE_STD3_RULES | UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ |
            UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_NONTRANSITIONAL_TO_UNICODE,
        status));
  }();
  return *kIdna;
}

std::string_view WithoutBlanks(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
  return text.substr(0, text.find_last_not_of(kBlanks) + 1);
}

}  // namespace

std::optional<std::string> AsciiHost(std::string_view host) {
  if (std::all_of(host.begin(), host.end(), IsAscii)) return Lower(host);
  std::string ascii;
  icu::StringByteSink<std::string> sink(&ascii);
  icu::IDNAInfo info;
  UErrorCode status = U_ZERO_ERROR;
  Idna().nameToASCII_UTF8({host.data(), static_cast<std::int32_t>(host.size())}, sink, info,
                          status);
  if (U_FAILURE(status) || info.hasErrors()) return std::nullopt;
  return ascii;
}

std::string NormalUrl(std::string_view url) {
  constexpr std::string_view kBehindScheme = "://";
  url = WithoutBlanks(url);
  const std::size_t colon = url.find(kBehindScheme);
  if (colon == std::string_view::npos) return std::string(url);
  const std::string_view behind = url.substr(colon + kBehindScheme.size());
  const std::string_view authority = behind.substr(0, behind.find_first_of("/?#"));
  const std::string_view name = authority.substr(0, authority.find(':'));
  const auto host = AsciiHost(name);
  if (!host || authority.find('@') != std::string_view::npos) return std::string(url);
  return Lower(url.substr(0, colon))
      .append(kBehindScheme)
      .append(*host)
      .append(behind.substr(name.size()));
}

}  // namespace kalends::core
