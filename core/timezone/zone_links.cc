#include "core/timezone/zone_links.h"

#include <fstream>
#include <sstream>
#include <utility>

#include "core/timezone/zone_files.h"

namespace kalends::core {
namespace {

using Links = std::map<std::string, std::string, std::less<>>;

// Lines "L <target> <link>".
Links ReadLinks() {
  Links links;
  std::ifstream file(ZoneFolder() + "/tzdata.zi");
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with("L ")) continue;
    std::istringstream fields(line.substr(2));
    std::string target, link;
    if (fields >> target >> link) links.emplace(std::move(link), std::move(target));
  }
  return links;
}

}  // namespace

const Links& ZoneLinks() {
  static const auto* const links = new Links(ReadLinks());
  return *links;
}

}  // namespace kalends::core
