#include "adapters/web/weblinks.h"

#include <unicode/brkiter.h>
#include <unicode/idna.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>

namespace kalends::web {
namespace {

constexpr std::size_t kSiteNameCharsMax = 40;

struct Network {
  std::string_view host;
  std::string_view name;
};
constexpr Network kNetworks[] = {
    {"bsky.app", "Bluesky"},
    {"facebook.com", "Facebook"},
    {"github.com", "GitHub"},
    {"instagram.com", "Instagram"},
    {"linkedin.com", "LinkedIn"},
    {"mastodon.social", "Mastodon"},
    {"ok.ru", "OK"},
    {"pinterest.com", "Pinterest"},
    {"t.me", "Telegram"},
    {"threads.net", "Threads"},
    {"tiktok.com", "TikTok"},
    {"twitter.com", "X"},
    {"vk.com", "VK"},
    {"wa.me", "WhatsApp"},
    {"x.com", "X"},
    {"xing.com", "XING"},
    {"youtube.com", "YouTube"},
};

std::string_view WithoutScheme(std::string_view url) {
  constexpr std::string_view kHttps = "https://";
  return url.starts_with(kHttps) ? url.substr(kHttps.size()) : url;
}

bool IsUnreserved(char c) {
  constexpr std::string_view kSigns = "-._~";
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         kSigns.find(c) != std::string_view::npos;
}

// "müller.example" of "xn--mller-kva.example"; what cannot be read so stays as it is.
std::string InItsLetters(std::string_view host) {
  if (host.find("xn--") == std::string_view::npos) return std::string(host);
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::IDNA> idna(
      icu::IDNA::createUTS46Instance(UIDNA_USE_STD3_RULES | UIDNA_CHECK_BIDI |
                                         UIDNA_CHECK_CONTEXTJ | UIDNA_NONTRANSITIONAL_TO_UNICODE,
                                     status));
  if (U_FAILURE(status)) return std::string(host);
  std::string letters;
  icu::StringByteSink<std::string> sink(&letters);
  icu::IDNAInfo info;
  idna->nameToUnicodeUTF8({host.data(), static_cast<std::int32_t>(host.size())}, sink, info,
                          status);
  return U_FAILURE(status) || info.hasErrors() ? std::string(host) : letters;
}

// Whether `host` is `domain` or below it.
bool IsWithin(std::string_view host, std::string_view domain) {
  return host == domain || (host.size() > domain.size() && host.ends_with(domain) &&
                            host[host.size() - domain.size() - 1] == '.');
}

}  // namespace

std::string SiteName(std::string_view url) {
  const std::string_view behind = WithoutScheme(url);
  const std::string_view host = behind.substr(0, behind.find_first_of(":/?#"));
  std::string name = InItsLetters(host);
  name += behind.substr(host.size(), behind.find_first_of("?#") - host.size());
  if (name.ends_with('/')) name.pop_back();
  const icu::UnicodeString text = icu::UnicodeString::fromUTF8(
      icu::StringPiece(name.data(), static_cast<std::int32_t>(name.size())));
  std::string cut = name;
  if (text.countChar32() > static_cast<std::int32_t>(kSiteNameCharsMax)) {
    cut.clear();
    text.tempSubString(0, text.moveIndex32(0, kSiteNameCharsMax - 1)).toUTF8String(cut);
    cut += "…";
  }
  return cut;
}

std::string NetworkName(std::string_view url) {
  const std::string_view site = WithoutScheme(url);
  std::string host(site.substr(0, site.find_first_of("/?#:")));
  std::transform(host.begin(), host.end(), host.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  for (const Network& network : kNetworks) {
    if (IsWithin(host, network.host)) return std::string(network.name);
  }
  return SiteName(url);
}

std::string MailName(std::string_view email) {
  const std::size_t host = email.rfind('@') + 1;
  return std::string(email.substr(0, host)).append(InItsLetters(email.substr(host)));
}

std::string DialedDigits(std::string_view phone) {
  constexpr std::string_view kExtension = " ext. ";
  const std::size_t end = std::min(phone.find(kExtension), phone.size());
  std::string digits;
  std::copy_if(phone.begin(), phone.begin() + static_cast<std::ptrdiff_t>(end),
               std::back_inserter(digits),
               [](char c) { return c == '+' || (c >= '0' && c <= '9'); });
  if (end == phone.size()) return digits;
  return digits.append(";ext=").append(phone.substr(end + kExtension.size()));
}

std::string EncodePart(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    if (IsUnreserved(c)) {
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

std::string MapSearch(std::string_view address) {
  std::string line(address);
  std::replace(line.begin(), line.end(), '\n', ' ');
  return "https://www.openstreetmap.org/search?query=" + EncodePart(line);
}

std::string Initial(std::string_view name, std::string_view language) {
  const icu::UnicodeString text = icu::UnicodeString::fromUTF8(
      icu::StringPiece(name.data(), static_cast<std::int32_t>(name.size())));
  const icu::Locale locale(std::string(language).c_str());
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> characters(
      icu::BreakIterator::createCharacterInstance(locale, status));
  if (U_FAILURE(status)) return "";
  characters->setText(text);
  std::int32_t start = characters->first();
  for (std::int32_t end = characters->next(); end != icu::BreakIterator::DONE;
       start = end, end = characters->next()) {
    if (!u_isalnum(text.char32At(start))) continue;
    std::string initial;
    icu::UnicodeString(text, start, end - start).toUpper(locale).toUTF8String(initial);
    return initial;
  }
  return "";
}

}  // namespace kalends::web
