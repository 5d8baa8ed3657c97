#include "core/timezone/zone_links.h"

#include <fstream>
#include <sstream>
#include <unordered_map>
#include <utility>

#include "core/timezone/zone_files.h"

namespace kalends::core {
namespace {

using Links = std::map<std::string, std::string, std::less<>>;

constexpr std::size_t kNameBytesMax = 64;  // More than the longest has.

std::string ToLower(std::string_view name) {
  std::string lower(name);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

struct ZoneNames {
  Links links;
  std::unordered_map<std::string, std::string> spellings;  // By the name in small letters.
};

// Lines "Z <zone> ..." and "L <target> <link>".
ZoneNames ReadNames() {
  ZoneNames names;
  std::ifstream file(ZoneFolder() + "/tzdata.zi");
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with("L ") && !line.starts_with("Z ")) continue;
    std::istringstream fields(line.substr(2));
    std::string name, link;
    fields >> name;
    if (line[0] == 'L' && fields >> link) names.links.emplace(link, std::exchange(name, link));
    names.spellings.emplace(ToLower(name), name);
  }
  return names;
}

const ZoneNames& AllNames() {
  static const auto* const names = new ZoneNames(ReadNames());
  return *names;
}

}  // namespace

const Links& ZoneLinks() { return AllNames().links; }

std::optional<std::string> SpellingOf(std::string_view name) {
  const auto& spellings = AllNames().spellings;
  const auto found = spellings.find(ToLower(name.substr(0, kNameBytesMax)));
  return found == spellings.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace kalends::core
