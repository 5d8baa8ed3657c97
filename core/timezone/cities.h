// The cities of the world with 15 000 people or more, and those that zones are named after: what
// people look for when they look for a time zone. The data are GeoNames' (CC BY 4.0), from Debian's
// libgeonames, with the names of other_names.tsv; zones and countries are brought up to date by the
// tz database.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/timezone/zone_catalog.h"

namespace kalends::core {

// Names as FoldName leaves them, between bars: "|koln|cologne|".
using FoldedNames = std::string_view;

struct City {
  const CatalogZone* zone = nullptr;
  std::string_view region = {};  // Its country, "DE"; may be empty.
  std::uint16_t country = 0;     // Of Places(); 0 is a place without a name.
  std::uint16_t part = 0;        // Such as England or Texas; the same.
  bool is_example = false;       // The zone is named after it.
  std::uint32_t population = 0;
  FoldedNames names = {};
  // Of the zone, where it is named after it; folded as well.
  FoldedNames other_names = {};
  std::string_view labels = {};  // For LabelOf.
};

// The largest first; what has no number of people is last. Read once, at the first call.
const std::vector<City>& Cities();

// A country or a part of one.
struct Place {
  FoldedNames names = {};
  std::string_view labels = {};  // Of a part.
};

const std::vector<Place>& Places();

// What `city` is called in `language` ("de"); where there is no word for it, what people there call
// it, or its English name.
std::string LabelOf(const City& city, std::string_view language);

// The same of the part of its country that `city` lies in ("Illinois"); may be empty.
std::string PartLabelOf(const City& city, std::string_view language);

}  // namespace kalends::core
