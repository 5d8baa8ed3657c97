#include "core/timezone/cities.h"

#include <charconv>
#include <deque>
#include <map>
#include <unordered_map>

#include "core/timezone/city_table.h"
#include "core/timezone/fold_name.h"
#include "core/timezone/place_names.h"

namespace kalends::core {
namespace {

// As the table has them after the name that is for all.
constexpr std::string_view kLabelLanguages[] = {"de", "en", "fr", "ru", "uk", "es"};

// Takes what stands before the first `end` off `text`.
std::string_view TakeUntil(std::string_view& text, char end) {
  const std::size_t at = text.find(end);
  const std::string_view taken = text.substr(0, at);
  text.remove_prefix(at == std::string_view::npos ? text.size() : at + 1);
  return taken;
}

template <typename Each>
void ForEachName(FoldedNames names, Each each) {
  while (!names.empty()) {
    const std::string_view name = TakeUntil(names, '|');
    if (!name.empty()) each(name);
  }
}

class Atlas {
 public:
  Atlas() {
    places_.emplace_back();
    for (const CatalogZone& zone : ZoneCatalog()) {
      zones_.emplace(zone.name, &zone);
      for (const std::string& alias : zone.aliases) zones_.emplace(alias, &zone);
    }
    for (std::string_view rest = kCityTable; !rest.empty();) ReadLine(TakeUntil(rest, '\n'));
    for (std::size_t i = 0; i < cities_.size(); ++i) {
      ForEachName(cities_[i].names, [&](std::string_view name) { by_name_.emplace(name, i); });
    }
    for (const CatalogZone& zone : ZoneCatalog()) AddExample(zone);
    by_name_.clear();
  }

  const std::vector<City>& cities() const { return cities_; }
  const std::vector<Place>& places() const { return places_; }

 private:
  void ReadLine(std::string_view line) {
    if (line.starts_with('@')) {
      const std::string_view code = TakeUntil(line, '\t').substr(1);
      place_of_.emplace(code, static_cast<std::uint16_t>(places_.size()));
      const std::size_t names = line.rfind('\t') + 1;
      places_.push_back({.names = line.substr(names), .labels = line.substr(0, names)});
      return;
    }
    // A zone that this machine's tz database does not have cannot be chosen.
    const auto zone = zones_.find(TakeUntil(line, '\t'));
    if (zone == zones_.end()) return;
    City city{.zone = zone->second, .region = TakeUntil(line, '\t')};
    city.country = PlaceOf(city.region);
    city.part = PlaceOf(std::string(city.region) + "." + std::string(TakeUntil(line, '\t')));
    const std::string_view population = TakeUntil(line, '\t');
    std::from_chars(population.data(), population.data() + population.size(), city.population);
    const std::size_t names = line.rfind('\t') + 1;
    city.labels = line.substr(0, names);
    city.names = line.substr(names);
    cities_.push_back(city);
  }

  std::uint16_t PlaceOf(std::string_view code) const {
    const auto place = place_of_.find(code);
    return place == place_of_.end() ? 0 : place->second;
  }

  // The city that `zone` is named after. Cities get zones of their own now and then, of which the
  // data do not know yet: its zone is the one that has its name.
  void AddExample(const CatalogZone& zone) {
    std::string names = "|" + FoldName(zone.city) + "|";
    for (const std::string& name : CityNames(zone.name)) Append(names, FoldName(name));
    City* example = nullptr;
    ForEachName(names, [&](std::string_view name) {
      for (auto [it, end] = by_name_.equal_range(name); it != end; ++it) {
        City& city = cities_[it->second];
        if (city.region != zone.region) continue;
        city.zone = &zone;
        if (example == nullptr || city.population > example->population) example = &city;
      }
    });
    std::string& other = kept_.emplace_back("|" + FoldName(zone.name) + "|");
    for (const std::string& alias : zone.aliases) {
      Append(other, FoldName(alias));
      const std::string city = FoldName(CityOf(alias));
      if (!IsCityOf(zone, city)) Append(other, city);
    }
    if (example == nullptr) {
      example = &cities_.emplace_back(City{.zone = &zone,
                                           .region = zone.region,
                                           .country = PlaceOf(zone.region),
                                           .names = kept_.emplace_back(std::move(names))});
    }
    example->is_example = true;
    example->other_names = other;
  }

  static void Append(std::string& names, const std::string& name) {
    if (!name.empty() && names.find("|" + name + "|") == std::string::npos) names += name + "|";
  }

  // "Europe/Belfast" leads to London's zone, and Belfast is a city of its own.
  bool IsCityOf(const CatalogZone& zone, const std::string& name) const {
    for (auto [it, end] = by_name_.equal_range(name); it != end; ++it) {
      if (cities_[it->second].zone == &zone) return true;
    }
    return false;
  }

  std::vector<City> cities_;
  std::vector<Place> places_;
  std::deque<std::string> kept_;  // What the table does not have.
  std::unordered_map<std::string_view, const CatalogZone*> zones_;
  std::map<std::string, std::uint16_t, std::less<>> place_of_;
  std::unordered_multimap<std::string_view, std::size_t> by_name_;  // While this is made.
};

const Atlas& TheAtlas() {
  static const auto* const atlas = new Atlas;
  return *atlas;
}

std::string LabelIn(std::string_view labels, std::string_view language) {
  const std::string_view name = TakeUntil(labels, '\t');
  for (const std::string_view known : kLabelLanguages) {
    const std::string_view label = TakeUntil(labels, '\t');
    if (known == language && !label.empty()) return std::string(label);
  }
  return std::string(name);
}

}  // namespace

const std::vector<City>& Cities() { return TheAtlas().cities(); }

const std::vector<Place>& Places() { return TheAtlas().places(); }

std::string LabelOf(const City& city, std::string_view language) {
  // ICU's words for the cities of zones are those of all other screens.
  if (city.is_example) return CityName(city.zone->name, language);
  return LabelIn(city.labels, language);
}

std::string PartLabelOf(const City& city, std::string_view language) {
  return LabelIn(Places()[city.part].labels, language);
}

}  // namespace kalends::core
