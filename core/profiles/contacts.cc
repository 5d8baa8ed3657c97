#include "core/profiles/contacts.h"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cassert>

#include "core/base/text.h"
#include "core/base/web_address.h"

namespace kalends::core {
namespace {

constexpr UChar32 kMinus = 0x2212;
// How people write that an extension follows, in small letters, without blanks, dots and colons.
constexpr std::string_view kExtensionWords[] = {
    "#",          "ext",         "extension", ";ext=",   "x",          "durchwahl",
    "dw",         "nebenstelle", "apparat",   "app",     "poste",      "p",
    "доб",        "добавочный",  "вн",        "внутр",   "внутренний", "дод",
    "додатковий", "внутрішній",  "extensión", "interno", "int",        "anexo"};

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// In the compatible forms of Unicode: full-width digits and blanks of all widths become plain ones.
icu::UnicodeString Compatible(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfkc = icu::Normalizer2::getNFKCInstance(status);
  assert(U_SUCCESS(status));
  return nfkc->normalize(
      icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())}), status);
}

std::string WithPlainDigitsAndDashes(std::string_view text) {
  icu::UnicodeString plain;
  const icu::UnicodeString compatible = Compatible(text);
  for (std::int32_t i = 0; i < compatible.length(); i = compatible.moveIndex32(i, 1)) {
    const UChar32 point = compatible.char32At(i);
    if (u_charType(point) == U_DECIMAL_DIGIT_NUMBER) {
      plain.append(static_cast<UChar32>('0' + u_charDigitValue(point)));
    } else if (u_charType(point) == U_DASH_PUNCTUATION || point == kMinus) {
      plain.append(static_cast<UChar32>('-'));
    } else {
      plain.append(point);
    }
  }
  std::string utf8;
  return plain.toUTF8String(utf8);
}

// Whether `text`, between a number and digits, says that an extension follows.
bool AnnouncesExtension(std::string_view text) {
  icu::UnicodeString small =
      icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
  small.toLower(icu::Locale::getRoot());
  std::string word;
  small.toUTF8String(word);
  std::erase_if(word,
                [](char c) { return std::string_view(" .:,()").find(c) != std::string::npos; });
  return std::find(std::begin(kExtensionWords), std::end(kExtensionWords), word) !=
         std::end(kExtensionWords);
}

}  // namespace

std::string NormalEmail(std::string_view email) {
  std::string clean = CleanLine(email);
  const std::size_t at = clean.rfind('@');
  if (at == std::string::npos) return clean;
  const auto host = AsciiHost(std::string_view(clean).substr(at + 1));
  return host ? clean.substr(0, at + 1) + *host : clean;
}

std::string NormalPhone(std::string_view phone) {
  std::string plain = CleanLine(WithPlainDigitsAndDashes(phone));
  // The last run of digits, and what stands before it back to the digit before.
  const std::size_t last = plain.find_last_of("0123456789");
  if (last == std::string::npos) return plain;
  std::size_t first = last;
  while (first > 0 && IsDigit(plain[first - 1])) --first;
  const std::size_t before = std::string_view(plain).substr(0, first).find_last_of("0123456789");
  if (before == std::string::npos) return plain;
  const std::string_view between = std::string_view(plain).substr(before + 1, first - before - 1);
  if (!AnnouncesExtension(between)) return plain;
  std::string normal = plain.substr(0, before + 1);
  return normal.append(kExtension).append(plain, first, last + 1 - first);
}

}  // namespace kalends::core
