#include "adapters/telegram/currencies.h"

#include <unicode/locid.h>
#include <unicode/ucurr.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "adapters/telegram/formats.h"

namespace kalends::telegram {
namespace {

constexpr const char* kLocales[] = {"de", "en", "en_GB", "fr", "ru", "uk", "es"};
constexpr UCurrNameStyle kStyles[] = {UCURR_SYMBOL_NAME, UCURR_NARROW_SYMBOL_NAME,
                                      UCURR_FORMAL_SYMBOL_NAME, UCURR_VARIANT_SYMBOL_NAME,
                                      UCURR_LONG_NAME};
constexpr const char* kPlurals[] = {"one", "few", "many", "other"};
constexpr std::size_t kWordUnitsMin = 3;  // Of UTF-16: "of" and "de" name nothing.
// Abbreviations of every day that ICU does not have.
constexpr std::pair<std::string_view, std::string_view> kShort[] = {
    {"р", "RUB"}, {"руб", "RUB"}, {"fr", "CHF"}, {"sfr", "CHF"}, {"тг", "KZT"}, {"дол", "USD"}};
// Whose "$", "£", "francs" and "рублей" it is, where nothing else tells.
constexpr std::string_view kMostMeant[] = {"EUR", "USD", "GBP", "CHF", "RUB", "UAH", "PLN", "JPY"};

using Codes = std::vector<std::string>;
using Names = std::unordered_map<std::string, Codes>;

std::string InUtf8(const icu::UnicodeString& text) {
  std::string utf8;
  return text.toUTF8String(utf8);
}

// In small letters, with plain blanks, none at the ends, and without full stops there.
icu::UnicodeString Plain(icu::UnicodeString name) {
  name.toLower(icu::Locale::getRoot());
  name.findAndReplace(u"\u00a0", u" ").findAndReplace(u"\u202f", u" ");
  name.trim();
  while (name.endsWith(u".")) name.truncate(name.length() - 1);
  return name;
}

void Add(Names& names, const icu::UnicodeString& name, const std::string& code) {
  Codes& codes = names[InUtf8(name)];
  if (std::find(codes.begin(), codes.end(), code) == codes.end()) codes.push_back(code);
}

// A name and, of a name of several words, each word.
void AddName(Names& names, const UChar* name, std::int32_t length, const std::string& code) {
  const icu::UnicodeString plain = Plain(icu::UnicodeString(name, length));
  Add(names, plain, code);
  for (std::int32_t start = 0; start < plain.length();) {
    std::int32_t end = plain.indexOf(u' ', start);
    if (end < 0) end = plain.length();
    if (end - start >= static_cast<std::int32_t>(kWordUnitsMin)) {
      Add(names, plain.tempSubStringBetween(start, end), code);
    }
    start = end + 1;
  }
}

void AddCurrency(Names& names, const std::string& code) {
  icu::UnicodeString iso = icu::UnicodeString::fromUTF8(code);
  const UChar* const currency = iso.getTerminatedBuffer();
  for (const char* locale : kLocales) {
    std::int32_t length = 0;
    UBool is_choice = 0;
    for (const UCurrNameStyle style : kStyles) {
      UErrorCode status = U_ZERO_ERROR;
      const UChar* name = ucurr_getName(currency, locale, style, &is_choice, &length, &status);
      if (U_SUCCESS(status)) AddName(names, name, length, code);
    }
    for (const char* plural : kPlurals) {
      UErrorCode status = U_ZERO_ERROR;
      const UChar* name =
          ucurr_getPluralName(currency, locale, &is_choice, plural, &length, &status);
      if (U_SUCCESS(status)) AddName(names, name, length, code);
    }
  }
}

Names ReadNames() {
  Names names;
  for (const auto& [name, code] : kShort) names[std::string(name)] = {std::string(code)};
  for (const std::string& code : CurrenciesInUse()) AddCurrency(names, code);
  return names;
}

bool Holds(std::span<const std::string> codes, std::string_view code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

}  // namespace

std::optional<std::string> CurrencyCalled(std::string_view typed, std::string_view likely) {
  static const Names kNames = ReadNames();
  const icu::UnicodeString plain =
      Plain(icu::UnicodeString::fromUTF8({typed.data(), static_cast<std::int32_t>(typed.size())}));
  icu::UnicodeString capitals(plain);
  std::string code = InUtf8(capitals.toUpper(icu::Locale::getRoot()));
  if (IsCurrency(code)) return code;
  const auto found = kNames.find(InUtf8(plain));
  if (found == kNames.end()) return std::nullopt;
  const Codes& codes = found->second;
  if (codes.size() == 1) return codes.front();
  if (Holds(codes, likely)) return std::string(likely);
  for (const std::string_view most : kMostMeant) {
    if (Holds(codes, most)) return std::string(most);
  }
  return std::nullopt;
}

}  // namespace kalends::telegram
