#include "core/timezone/place_names.h"

#include <unicode/locdspnm.h>
#include <unicode/locid.h>
#include <unicode/timezone.h>
#include <unicode/translit.h>
#include <unicode/tznames.h>

#include <algorithm>
#include <cassert>
#include <map>
#include <memory>

#include "core/timezone/zone_catalog.h"

namespace kalends::core {
namespace {

constexpr const char* kLanguages[] = {"de", "en", "fr", "ru", "uk", "es"};
// Accents away, letters such as ø and ß spelled out, all small, letters and digits only.
constexpr char kFolding[] = "NFKD; [:Mn:] Remove; Latin-ASCII; Lower; [^[:L:][:N:]] Remove";

using Names = std::unique_ptr<icu::TimeZoneNames>;

// By language; made once. ICU's names can be read by many threads at once.
const icu::TimeZoneNames* NamesOf(std::string_view language) {
  static const auto* const all = [] {
    auto* const made = new std::map<std::string, Names, std::less<>>;
    for (const char* const code : kLanguages) {
      UErrorCode status = U_ZERO_ERROR;
      Names names(icu::TimeZoneNames::createInstance(icu::Locale(code), status));
      if (U_SUCCESS(status)) made->emplace(code, std::move(names));
    }
    return made;
  }();
  const auto found = all->find(language);
  return found == all->end() ? nullptr : found->second.get();
}

// In every language, in full and in short; made once.
const std::vector<std::unique_ptr<icu::LocaleDisplayNames>>& DisplayNames() {
  static const auto* const all = [] {
    auto* const made = new std::vector<std::unique_ptr<icu::LocaleDisplayNames>>;
    for (const char* const code : kLanguages) {
      for (UDisplayContext length : {UDISPCTX_LENGTH_FULL, UDISPCTX_LENGTH_SHORT}) {
        made->emplace_back(icu::LocaleDisplayNames::createInstance(icu::Locale(code), &length, 1));
      }
    }
    return made;
  }();
  return *all;
}

std::string ToUtf8(const icu::UnicodeString& text) {
  std::string utf8;
  return text.toUTF8String(utf8);
}

void AddOnce(std::vector<std::string>& names, std::string name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
}

icu::UnicodeString FromUtf8(std::string_view text) {
  return icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())});
}

}  // namespace

std::string CityName(std::string_view zone_name, std::string_view language) {
  const icu::TimeZoneNames* const names = NamesOf(language);
  // English says it as the tz database does, which is newer than ICU's copy of it.
  if (names == nullptr || language == "en") return CityOf(zone_name);
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString canonical;
  icu::TimeZone::getCanonicalID(FromUtf8(zone_name), canonical, status);
  if (U_FAILURE(status)) return CityOf(zone_name);
  icu::UnicodeString city;
  names->getExemplarLocationName(canonical, city);
  return city.isEmpty() ? CityOf(zone_name) : ToUtf8(city);
}

std::vector<std::string> CityNames(std::string_view zone_name) {
  std::vector<std::string> cities;
  for (const char* const language : kLanguages) AddOnce(cities, CityName(zone_name, language));
  return cities;
}

std::vector<std::string> CountryNames(std::string_view region) {
  std::vector<std::string> countries;
  if (region.empty()) return countries;
  for (const auto& names : DisplayNames()) {
    icu::UnicodeString country;
    names->regionDisplayName(std::string(region).c_str(), country);
    AddOnce(countries, ToUtf8(country));
  }
  return countries;
}

std::string FoldName(std::string_view text) {
  static const icu::Transliterator* const folding = [] {
    UErrorCode status = U_ZERO_ERROR;
    const auto* const made = icu::Transliterator::createInstance(kFolding, UTRANS_FORWARD, status);
    assert(U_SUCCESS(status));
    return made;
  }();
  icu::UnicodeString folded = FromUtf8(text);
  folding->transliterate(folded);
  return ToUtf8(folded);
}

}  // namespace kalends::core
