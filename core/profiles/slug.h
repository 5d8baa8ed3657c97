// Slugs: what names a provider in the address of its page, as in /p/marie-weber.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/accounts/account.h"
#include "core/base/id.h"

namespace kalends::core {

// kSlugCharsMin to kSlugCharsMax of a-z, 0-9 and hyphens; a hyphen stands alone and between others.
bool IsSlug(std::string_view slug);

// The slug that a name suggests, read as somebody of that language spells it in Latin letters:
// "Müller & Söhne" is mueller-soehne in German, "Ольга Щукіна" olha-shchukina in Ukrainian. At most
// 40 characters. A name without anything to spell, such as of emoji, gives "profile".
std::string SlugFromName(std::string_view name, Language language);

// `slug` with a suffix that tells it from others, cut where both together would be too long.
std::string SlugWithSuffix(std::string_view slug, std::string_view suffix);

// What to try for a provider, the best first: what its name suggests, as it is and numbered. The
// last one, with its id in it, is nobody else's.
std::vector<std::string> SlugSuggestions(std::string_view name, Language language, ProviderId id);

}  // namespace kalends::core
