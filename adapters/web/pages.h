// The pages: pure functions from what the core said to HTML.
#pragma once

#include <string>

#include "adapters/web/texts.h"
#include "kalends/v1/profile_service.pb.h"

namespace kalends::web {

// Where this Kalends is.
struct Site {
  std::string public_url;  // "https://kalends.example", without a slash at its end; empty: unknown.
  std::string bot_url;     // "https://t.me/my_bot", to which "?start=<code>" is added; empty: none.
};

// The public page of a provider.
std::string ProfilePage(const v1::PublicProfile& profile, const Texts& texts,
                        const Languages& languages, const Site& site);

// A page that only says something: texts by the keys `title` and `text`; `next`, what to do now,
// may be nullptr.
std::string MessagePage(const Texts& texts, const char* title, const char* text,
                        const char* next = nullptr);

}  // namespace kalends::web
