// Slugs: what names a provider in the address of its page, as in /p/marie-weber.
#pragma once

#include <string>
#include <string_view>

#include "core/accounts/account.h"

namespace kalends::core {

// kSlugCharsMin to kSlugCharsMax of a-z, 0-9 and hyphens; a hyphen stands alone and between others.
bool IsSlug(std::string_view slug);

// The slug that a name suggests, read as somebody of that language spells it in Latin letters:
// "Müller & Söhne" is mueller-soehne in German, "Ольга Щукіна" olha-shchukina in Ukrainian. At most
// 40 characters. A name without anything to spell, such as of emoji, gives "profile".
std::string SlugFromName(std::string_view name, Language language);

// `slug` with a suffix that tells it from others, cut where both together would be too long.
std::string SlugWithSuffix(std::string_view slug, std::string_view suffix);

}  // namespace kalends::core
