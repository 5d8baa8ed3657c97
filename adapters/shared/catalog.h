// The gettext catalogs of an adapter, as boost::locale::translate reads them.
#pragma once

#include <filesystem>
#include <locale>
#include <map>
#include <string>
#include <string_view>

namespace kalends {

inline constexpr std::string_view kFallbackLanguage = "en";

// By language code: `directory`/<language>/LC_MESSAGES/<domain>.mo, in UTF-8. Throws
// std::runtime_error when there is none of kFallbackLanguage.
std::map<std::string, std::locale> ReadCatalogs(const std::filesystem::path& directory,
                                                const std::string& domain);

}  // namespace kalends
