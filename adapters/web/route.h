// The addresses that kalends-web answers.
#pragma once

#include <string>
#include <string_view>
#include <variant>

namespace kalends::web {

struct ProfileRoute {
  std::string slug;
  std::string language;  // Of "?lang="; may be anything, or empty.
  std::string preview;   // Of "?preview=": a token, or empty.
};
struct DownloadRoute {
  std::string token;
};
// A picture of a page in one of its sizes.
struct PictureRoute {
  std::string name;  // "providers/{provider}/pictures/{picture}".
  int width = 0;
  std::string preview;  // As above.
};
// A calendar to subscribe to.
struct FeedRoute {
  std::string token;
};
// What Kalends is.
struct AboutRoute {};
struct HealthRoute {};
struct IconRoute {};
struct RobotsRoute {};
// The same page by its right address.
struct MovedRoute {
  std::string path;
};
struct NoRoute {};

using Route = std::variant<NoRoute, ProfileRoute, DownloadRoute, HealthRoute, IconRoute,
                           RobotsRoute, MovedRoute, AboutRoute, PictureRoute, FeedRoute>;

// Decides by the target of the request line, in origin or absolute form (RFC 9112, 3.2), whatever
// its host: a proxy in front knows which hosts are ours. Percent-encoded letters, digits and "-._~"
// are what they stand for (RFC 3986, 6.2.2.2). Nothing else is decoded, and no dots are resolved:
// slugs and tokens need neither, so what has them is no address of ours.
Route RouteOf(std::string_view target);

// "/p/marie?lang=de"; without the language where it does not look like one.
std::string ProfilePath(std::string_view slug, std::string_view language);

}  // namespace kalends::web
