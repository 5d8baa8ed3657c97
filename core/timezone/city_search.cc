#include "core/timezone/city_search.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <utility>

#include "core/timezone/fold_name.h"
#include "core/timezone/name_match.h"

namespace kalends::core {
namespace {

constexpr std::size_t kPartsMax = 3;  // Of a query: city, part of the country, country.
constexpr std::string_view kSeparators = ",;/()";
constexpr std::string_view kSpaces = " \t.!?:\"'";
// Of a sentence: words that are looked at, and how many bytes make one that may be a name.
constexpr std::size_t kWordsMax = 8;
constexpr std::size_t kWordBytesMin = 3;

// The country that whoever writes in a language means first, as its dates and times are that
// country's, too.
constexpr struct {
  std::string_view language;
  std::string_view region;
} kHomes[] = {{"de", "DE"}, {"en", "GB"}, {"fr", "FR"}, {"ru", "RU"}, {"uk", "UA"}, {"es", "ES"}};
// A city at home counts as so many times as large: Spain's Valencia and Córdoba come before those
// overseas, its Mérida, of which few think, does not.
constexpr std::uint64_t kHomeWeight = 5;

struct Found {
  Fit fit;
  const City* city;
};

enum class Typos { kNone, kOne };

// How each country and part of one fits, in the order of Places().
std::vector<Fit> FitsOfPlaces(const Wanted& wanted, Typos typos) {
  std::vector<Fit> fits;
  for (const Place& place : Places()) {
    Fit fit = wanted.FitOf(place.names);
    if (fit > kTypo && typos == Typos::kOne && wanted.Nearly(place.names)) fit = kTypo;
    fits.push_back(fit);
  }
  return fits;
}

// What fits exactly, or begins so, leaves nothing to be guessed.
void LeaveGuessesOut(std::vector<Found>& found) {
  if (found.empty() || found[0].fit > kBegins) return;
  std::erase_if(found, [](const Found& one) { return one.fit > kBegins; });
}

// Cities whose name fits, and of places that fit the largest city of each zone; best first.
std::vector<Found> FindNamed(const Wanted& wanted, Typos typos) {
  std::vector<Found> found;
  if (wanted.none()) return found;
  const std::vector<Fit> places = FitsOfPlaces(wanted, typos);
  std::set<std::pair<std::uint16_t, const CatalogZone*>> shown;
  for (const City& city : Cities()) {
    Fit fit = std::min(wanted.FitOf(city.names), wanted.FitOf(city.other_names));
    if (fit > kTypo && typos == Typos::kOne && wanted.Nearly(city.names)) fit = kTypo;
    // A city stands for its place also where it has the name itself: after New York, no other city
    // of New York.
    const Fit country = places[city.country];
    if (country != kNoFit && shown.emplace(city.country, city.zone).second) {
      fit = std::min(fit, country);
    }
    // A part of a country is hardly meant where a city has its name: Washington.
    const Fit part = places[city.part] == kWhole ? kWholePart : places[city.part];
    if (part != kNoFit && shown.emplace(city.part, city.zone).second) fit = std::min(fit, part);
    if (fit != kNoFit) found.push_back({fit, &city});
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Found& a, const Found& b) { return a.fit < b.fit; });
  LeaveGuessesOut(found);
  return found;
}

bool IsCertain(const std::vector<Found>& found) {
  return !found.empty() && found[0].fit <= kWholePart;
}

std::vector<Found> FindNamed(std::string_view text) {
  const Wanted wanted(text);
  std::vector<Found> found = FindNamed(wanted, Typos::kNone);
  if (IsCertain(found)) return found;
  if (const std::string saint = FoldSaint(text); !saint.empty()) {
    std::vector<Found> saints = FindNamed(Wanted(saint), Typos::kNone);
    if (IsCertain(saints)) return saints;
  }
  // What begins so needs no guess either.
  return found.empty() || found[0].fit > kBegins ? FindNamed(wanted, Typos::kOne) : found;
}

// Those of `found` that lie in a place named `where`.
std::vector<Found> Within(std::vector<Found> found, std::string_view where) {
  const Wanted wanted(where);
  if (wanted.none()) return {};
  const std::vector<Fit> places = FitsOfPlaces(wanted, Typos::kOne);
  std::erase_if(found, [&](const Found& one) {
    return std::min(places[one.city->country], places[one.city->part]) > kTypo;
  });
  return found;
}

void KeepWhole(std::vector<Found>& found) {
  std::erase_if(found, [](const Found& one) { return one.fit != kWhole; });
}

std::vector<std::string_view> Separated(std::string_view query) {
  std::vector<std::string_view> parts;
  while (!query.empty() && parts.size() < kPartsMax) {
    const std::size_t end = std::min(query.find_first_of(kSeparators), query.size());
    if (end > 0) parts.push_back(query.substr(0, end));
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  return parts;
}

// "Berlin, Deutschland", "Германия, Мюнхен", "Frankfurt (Main)": a city and where it lies. What
// names no place is passed over where the city is certain.
std::vector<Found> FindSeparated(std::string_view query) {
  const std::vector<std::string_view> parts = Separated(query);
  if (parts.size() < 2) return {};
  for (const std::string_view city : parts) {
    const std::vector<Found> cities = FindNamed(city);
    for (const std::string_view place : parts) {
      if (place.data() == city.data()) continue;
      std::vector<Found> within = Within(cities, place);
      if (!within.empty()) return within;
    }
  }
  std::vector<Found> cities = FindNamed(parts[0]);
  KeepWhole(cities);
  return cities;
}

// "Portland Maine": the same without a comma. Without a place that is named, the first words alone.
std::vector<Found> FindSpaced(std::string_view query) {
  std::vector<Found> without_place;
  std::size_t space = query.size();
  for (std::size_t tries = 0; tries < kPartsMax; ++tries) {
    space = space == 0 ? std::string_view::npos : query.rfind(' ', space - 1);
    if (space == std::string_view::npos) break;
    std::vector<Found> cities = FindNamed(query.substr(0, space));
    if (cities.empty()) continue;
    std::vector<Found> within = Within(cities, query.substr(space + 1));
    if (!within.empty()) return within;
    KeepWhole(cities);
    if (without_place.empty()) without_place = std::move(cities);
  }
  return without_place;
}

// Its words without those that have digits: postal codes and numbers of houses.
std::vector<std::string> WordsOf(std::string_view query) {
  std::vector<std::string> words;
  const std::string ends = std::string(kSpaces).append(kSeparators);
  while (!query.empty()) {
    const std::size_t end = std::min(query.find_first_of(ends), query.size());
    const std::string_view word = query.substr(0, end);
    if (!word.empty() && word.find_first_of("0123456789") == std::string_view::npos) {
      words.emplace_back(word);
    }
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  return words;
}

std::string Joined(const std::vector<std::string>& words) {
  std::string joined;
  for (const std::string& word : words) joined += (joined.empty() ? "" : " ") + word;
  return joined;
}

// "Ich wohne in Berlin": the cities that single words name, or pairs of them. What only may be a
// name is one where no other word is: "Я живу в Киеве".
std::vector<Found> FindInSentence(const std::vector<std::string>& words) {
  std::vector<Found> nearly;
  const std::size_t first = words.size() - std::min(words.size(), kWordsMax);
  for (const std::size_t together : {2U, 1U}) {
    std::vector<Found> whole;
    for (std::size_t i = first; i + together <= words.size(); ++i) {
      const std::string text = together == 2 ? words[i] + " " + words[i + 1] : words[i];
      const Wanted wanted(text);
      if (text.size() < kWordBytesMin) continue;
      std::vector<Found> found = FindNamed(wanted, Typos::kNone);
      KeepWhole(found);
      whole.insert(whole.end(), found.begin(), found.end());
      if (together == 2 || !whole.empty()) continue;
      found = FindNamed(wanted, Typos::kOne);
      std::erase_if(found, [](const Found& one) { return one.fit != kTypo; });
      nearly.insert(nearly.end(), found.begin(), found.end());
    }
    if (!whole.empty()) return whole;
  }
  return nearly;
}

// Empty: the language is at home in none.
std::string_view HomeOf(std::string_view language) {
  for (const auto& row : kHomes) {
    if (row.language == language) return row.region;
  }
  return {};
}

std::uint64_t WeightOf(const City& city, std::string_view home) {
  const bool at_home = !home.empty() && city.region == home;
  return std::uint64_t{city.population} * (at_home ? kHomeWeight : 1);
}

std::vector<Found> Find(std::string_view query) {
  std::vector<Found> found = FindNamed(query);
  if (IsCertain(found)) return found;
  std::vector<Found> separated = FindSeparated(query);
  if (!separated.empty()) return separated;
  return found.empty() ? FindSpaced(query) : found;
}

}  // namespace

std::vector<const City*> FindCities(std::string_view query, std::string_view language) {
  if (query.size() > kQueryBytesMax) return {};
  std::vector<Found> found = Find(query);
  if (found.empty()) {
    const std::vector<std::string> words = WordsOf(query);
    const std::string text = Joined(words);
    if (!words.empty() && text != query) found = Find(text);
    if (found.empty() && words.size() > 1) found = FindInSentence(words);
  }
  // Of one name, and of several words, the city that more people know.
  const std::string_view home = HomeOf(language);
  std::stable_sort(found.begin(), found.end(), [&](const Found& a, const Found& b) {
    return std::pair(a.fit, WeightOf(*b.city, home)) < std::pair(b.fit, WeightOf(*a.city, home));
  });
  std::vector<const City*> cities;
  cities.reserve(found.size());
  for (const Found& one : found) cities.push_back(one.city);
  return cities;
}

}  // namespace kalends::core
