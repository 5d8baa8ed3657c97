// What a provider shows of itself to everybody.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/id.h"

namespace kalends::core {

struct WebLink {
  std::string label;  // Empty: the name of the site is shown.
  std::string url;

  friend bool operator==(const WebLink&, const WebLink&) = default;
};

// The colours of a page, in light and in dark; what they are is the page's.
enum class Theme { kForest, kOcean, kPlum, kSand, kGraphite };

// Texts that are empty are not shown.
struct Profile {
  ProviderId provider;
  std::string slug;  // As IsSlug (slug.h) wants it; empty before the first change only.
  bool published = false;
  std::string about;
  std::map<std::string, std::string> about_translations;  // By language: "de", "en", ...
  std::string website;
  std::string email;
  std::string phone;
  std::string address;
  std::string map_link;
  std::vector<WebLink> social_profiles;
  std::optional<InvitationId> invitation;
  Theme theme = Theme::kForest;
  std::string accent;  // "#0b6b63", in place of the theme's; empty: the theme's.
  bool hours_shown = false;
  std::int64_t version = 0;  // 0: never changed, so there is nothing in the database.
  // Those of before, which lead to the page, too: what changes of `slug` leave behind.
  std::vector<std::string> former_slugs;
};

// Whether a browser may be sent there from a public page: https, a host name with a dot in it, at
// most a port beside it, no user, no blanks, and nothing invisible or fit to end an attribute.
bool IsPublicUrl(std::string_view url);

// "name@host" of printable ASCII, with a dot in the host. What mail servers accept beyond that,
// such as quoted names, is refused: nobody types it on a phone.
bool IsEmailAddress(std::string_view email);

// Digits, 3 to 20 of them, with the usual signs between, and at most an extension of up to 8 digits
// behind kExtension (contacts.h).
bool IsPhoneNumber(std::string_view phone);

}  // namespace kalends::core
