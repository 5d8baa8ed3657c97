#include "adapters/web/route.h"

#include <algorithm>

namespace kalends::web {
namespace {

constexpr std::string_view kProfile = "/p/";
constexpr std::string_view kDownload = "/d/";
constexpr std::size_t kSlugCharsMax = 60;
constexpr std::size_t kTokenChars = 43;  // 256 bits in base64url.

bool IsSlugChar(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; }
bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsTokenChar(char c) { return IsSlugChar(c) || IsUpper(c) || c == '_'; }

// The value of `name` in a query such as "a=1&b=2"; empty: not there.
std::string_view Parameter(std::string_view query, std::string_view name) {
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(pair.size() + 1, query.size()));
    const std::size_t equals = pair.find('=');
    if (equals != std::string_view::npos && pair.substr(0, equals) == name) {
      return pair.substr(equals + 1);
    }
  }
  return {};
}

Route ProfileAt(std::string_view slug, std::string_view query) {
  std::string lower(slug);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return IsUpper(c) ? static_cast<char>(c - 'A' + 'a') : c; });
  if (lower.ends_with('/')) lower.pop_back();
  const bool fits = !lower.empty() && lower.size() <= kSlugCharsMax &&
                    std::all_of(lower.begin(), lower.end(), IsSlugChar);
  if (!fits) return NoRoute{};
  // As people type it from paper.
  const std::string_view language = Parameter(query, "lang");
  if (lower != slug) return MovedRoute{ProfilePath(lower, language)};
  return ProfileRoute{lower, std::string(language)};
}

}  // namespace

std::string ProfilePath(std::string_view slug, std::string_view language) {
  std::string path = std::string(kProfile).append(slug);
  const bool fits =
      language.size() == 2 &&
      std::all_of(language.begin(), language.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  if (fits) path.append("?lang=").append(language);
  return path;
}

Route RouteOf(std::string_view target) {
  const std::string_view path = target.substr(0, target.find('?'));
  const std::string_view query = target.substr(std::min(path.size() + 1, target.size()));
  if (path == "/healthz") return HealthRoute{};
  if (path == "/icon.svg" || path == "/favicon.ico") return IconRoute{};
  if (path == "/robots.txt") return RobotsRoute{};
  if (path.starts_with(kProfile)) return ProfileAt(path.substr(kProfile.size()), query);
  if (path.starts_with(kDownload)) {
    const std::string_view token = path.substr(kDownload.size());
    const bool fits =
        token.size() == kTokenChars && std::all_of(token.begin(), token.end(), IsTokenChar);
    // What cannot be a token gets the same page as one that does not exist.
    return DownloadRoute{fits ? std::string(token) : std::string()};
  }
  return NoRoute{};
}

}  // namespace kalends::web
