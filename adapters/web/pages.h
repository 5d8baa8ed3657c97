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

struct Page {
  std::string html;
  std::string policy;  // The Content-Security-Policy under which it works.
};
// The public page of a provider, with `times` at which its services can be booked next. `preview`:
// the token by which it is seen before it is published; empty: it is.
Page ProfilePage(const v1::PublicProfile& profile, const v1::ListPublicTimesResponse& times,
                 const Texts& texts, const Languages& languages, const Site& site,
                 const std::string& preview = {});

// A page that only says something: texts by the keys `title` and `text`; `next`, what to do now,
// may be nullptr.
Page MessagePage(const Texts& texts, const char* title, const char* text,
                 const char* next = nullptr);

}  // namespace kalends::web
