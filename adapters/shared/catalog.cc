#include "adapters/shared/catalog.h"

#include <boost/locale/gnu_gettext.hpp>
#include <stdexcept>

namespace kalends {
namespace {

// The catalog and nothing else: Boost's generator would bring ICU's collation, calendars and
// boundaries of each language too, and its names of what to leave out differ by release.
std::locale Read(const std::filesystem::path& directory, const std::string& domain,
                 const std::string& language) {
  boost::locale::gnu_gettext::messages_info info;
  info.language = language;
  info.encoding = "UTF-8";
  info.paths.push_back(directory.string());
  info.domains.emplace_back(domain);
  return {std::locale::classic(), boost::locale::gnu_gettext::create_messages_facet<char>(info)};
}

}  // namespace

std::map<std::string, std::locale> ReadCatalogs(const std::filesystem::path& directory,
                                                const std::string& domain) {
  std::map<std::string, std::locale> catalogs;
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(directory, none)) {
    if (!std::filesystem::exists(entry.path() / "LC_MESSAGES" / (domain + ".mo"))) continue;
    const std::string language = entry.path().filename().string();
    catalogs.emplace(language, Read(directory, domain, language));
  }
  if (!catalogs.contains(std::string(kFallbackLanguage))) {
    throw std::runtime_error("no message catalogs in " + directory.string());
  }
  return catalogs;
}

}  // namespace kalends
