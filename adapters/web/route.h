// The addresses that kalends-web answers.
#pragma once

#include <string>
#include <string_view>
#include <variant>

namespace kalends::web {

struct ProfileRoute {
  std::string slug;
  std::string language;  // Of "?lang="; may be anything, or empty.
};
struct DownloadRoute {
  std::string token;
};
struct HealthRoute {};
struct IconRoute {};
struct RobotsRoute {};
// The same page by its right address.
struct MovedRoute {
  std::string path;
};
struct NoRoute {};

using Route = std::variant<NoRoute, ProfileRoute, DownloadRoute, HealthRoute, IconRoute,
                           RobotsRoute, MovedRoute>;

// Decides by the target of the request line. Nothing is decoded: slugs and tokens need no percent
// signs, so what has one is no address of ours.
Route RouteOf(std::string_view target);

// "/p/marie?lang=de"; without the language where it does not look like one.
std::string ProfilePath(std::string_view slug, std::string_view language);

}  // namespace kalends::web
