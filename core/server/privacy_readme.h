// What an export says of itself, in the language of the account.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/accounts/account.h"
#include "core/server/privacy_export_sections.h"

namespace kalends::server {

// README.txt of an export with these sections.
std::string ReadmeOf(core::Language language, const std::vector<ExportSection>& sections);

// What stands in a file beside what cannot be read, or in its place.
std::string_view DamageMark(core::Language language);

// What is in a section's file or folder; nullopt: nobody has said it in that language.
std::optional<std::string_view> AboutFile(core::Language language, const ExportSection& section);

}  // namespace kalends::server
