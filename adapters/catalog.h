// A compiled gettext catalog of an adapter, as boost::locale::translate reads it.
#pragma once

#include <boost/locale/gnu_gettext.hpp>
#include <filesystem>
#include <locale>
#include <string>

namespace kalends {

// Of `directory`/<language>/LC_MESSAGES/<domain>.mo, in UTF-8. Where there is no such file, a text
// is its own key. The catalog and nothing else: Boost's generator would bring ICU's collation,
// calendars and boundaries of each language too, and its names of what to leave out differ by
// release.
inline std::locale Catalog(const std::filesystem::path& directory, const std::string& domain,
                           const std::string& language) {
  boost::locale::gnu_gettext::messages_info info;
  info.language = language;
  info.encoding = "UTF-8";
  info.paths.push_back(directory.string());
  info.domains.emplace_back(domain);
  return {std::locale::classic(), boost::locale::gnu_gettext::create_messages_facet<char>(info)};
}

}  // namespace kalends
