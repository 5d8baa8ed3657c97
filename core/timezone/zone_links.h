// Names in the tz database: how they are spelled, and the old ones that stand for others.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace kalends::core {

// By link, the zone it stands for ("Europe/Kiev" -> "Europe/Kyiv"), of the tz database's tzdata.zi;
// empty without that file. Read once, at the first call: links hardly ever change.
const std::map<std::string, std::string, std::less<>>& ZoneLinks();

// How the tz database spells `name` ("europe/berlin" -> "Europe/Berlin"), which may be a link.
// nullopt: it has no such name, or there is no tzdata.zi.
std::optional<std::string> SpellingOf(std::string_view name);

}  // namespace kalends::core
