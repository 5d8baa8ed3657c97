// The other names of zones in the tz database: old spellings and names from before it.
#pragma once

#include <functional>
#include <map>
#include <string>

namespace kalends::core {

// By link, the zone it stands for ("Europe/Kiev" -> "Europe/Kyiv"), of the tz database's tzdata.zi;
// empty without that file. Read once, at the first call: links hardly ever change.
const std::map<std::string, std::string, std::less<>>& ZoneLinks();

}  // namespace kalends::core
