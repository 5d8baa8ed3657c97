#include "core/timezone/place_names.h"

#include <unicode/locdspnm.h>
#include <unicode/locid.h>
#include <unicode/timezone.h>
#include <unicode/tznames.h>

#include <algorithm>
#include <map>
#include <memory>

#include "core/timezone/zone_catalog.h"

namespace kalends::core {
namespace {

constexpr const char* kLanguages[] = {"de", "en", "fr", "ru", "uk", "es"};
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

using CountriesNames = std::unique_ptr<icu::LocaleDisplayNames>;

// By language; made once, and read by many threads at once like the others.
const icu::LocaleDisplayNames* CountriesNamesOf(std::string_view language) {
  static const auto* const all = [] {
    auto* const made = new std::map<std::string, CountriesNames, std::less<>>;
    UDisplayContext full = UDISPCTX_LENGTH_FULL;
    for (const char* const code : kLanguages) {
      made->emplace(code, icu::LocaleDisplayNames::createInstance(icu::Locale(code), &full, 1));
    }
    return made;
  }();
  const auto found = all->find(language);
  return (found == all->end() ? all->find("en") : found)->second.get();
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
  city.findAndReplace(u"\u00AD", u"");  // Where a line may break: no part of a name.
  return city.isEmpty() ? CityOf(zone_name) : ToUtf8(city);
}

std::vector<std::string> CityNames(std::string_view zone_name) {
  std::vector<std::string> cities;
  for (const char* const language : kLanguages) AddOnce(cities, CityName(zone_name, language));
  return cities;
}

std::string CountryName(std::string_view region, std::string_view language) {
  if (region.empty()) return {};
  icu::UnicodeString country;
  CountriesNamesOf(language)->regionDisplayName(std::string(region).c_str(), country);
  return ToUtf8(country);
}

}  // namespace kalends::core
