#include "adapters/web/route.h"

#include <algorithm>

namespace kalends::web {
namespace {

constexpr std::string_view kProfile = "/p/";
constexpr std::string_view kDownload = "/d/";
constexpr std::string_view kFeed = "/c/";
constexpr std::string_view kFeedEnd = ".ics";
constexpr std::string_view kPicture = "/i/";
constexpr std::string_view kPictureEnd = ".jpg";
constexpr std::size_t kIdChars = 13;
constexpr std::size_t kWidthDigitsMax = 4;
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

// A token that shows a page before it is published; what is none is left out.
std::string PreviewIn(std::string_view query) {
  const std::string_view token = Parameter(query, "preview");
  const bool fits =
      token.size() == kTokenChars && std::all_of(token.begin(), token.end(), IsTokenChar);
  return fits ? std::string(token) : std::string();
}

char ToLower(char c) { return IsUpper(c) ? static_cast<char>(c - 'A' + 'a') : c; }

bool StartsWithIgnoringCase(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && std::equal(prefix.begin(), prefix.end(), text.begin(),
                                                    [](char a, char b) { return a == ToLower(b); });
}

// Path and query of "http://host/p/x"; other forms as they are.
std::string_view OriginForm(std::string_view target) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!StartsWithIgnoringCase(target, scheme)) continue;
    target.remove_prefix(scheme.size());
    return target.substr(std::min(target.find_first_of("/?"), target.size()));
  }
  return target;
}

// The value of a hexadecimal digit; -1: it is none.
int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = ToLower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

bool NeedsNoEncoding(char c) { return IsTokenChar(c) || c == '.' || c == '~'; }

// "%2D" is "-": what needs no encoding is the same with it and without.
std::string WithoutNeedlessEncoding(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    plain += text[i];
    if (text[i] != '%' || i + 2 >= text.size()) continue;
    const int high = HexValue(text[i + 1]);
    const int low = HexValue(text[i + 2]);
    const char stands_for = static_cast<char>(high * 16 + low);
    if (high < 0 || low < 0 || !NeedsNoEncoding(stands_for)) continue;
    plain.back() = stands_for;
    i += 2;
  }
  return plain;
}

Route ProfileAt(std::string_view slug, std::string_view query) {
  std::string lower(slug);
  std::transform(lower.begin(), lower.end(), lower.begin(), ToLower);
  if (lower.ends_with('/')) lower.pop_back();
  const bool fits = !lower.empty() && lower.size() <= kSlugCharsMax &&
                    std::all_of(lower.begin(), lower.end(), IsSlugChar);
  if (!fits) return NoRoute{};
  // As people type it from paper.
  const std::string_view language = Parameter(query, "lang");
  if (lower != slug) return MovedRoute{ProfilePath(lower, language)};
  return ProfileRoute{lower, std::string(language), PreviewIn(query)};
}

bool IsToken(std::string_view text) {
  return text.size() == kTokenChars && std::all_of(text.begin(), text.end(), IsTokenChar);
}

// "{token}.ics". What cannot be a token is answered as one that does not exist.
Route FeedAt(std::string_view file) {
  if (!file.ends_with(kFeedEnd)) return NoRoute{};
  file.remove_suffix(kFeedEnd.size());
  return IsToken(file) ? Route(FeedRoute{std::string(file)}) : Route(NoRoute{});
}

// "{provider}-{picture}-{width}.jpg".
Route PictureAt(std::string_view file, std::string_view query) {
  if (!file.ends_with(kPictureEnd)) return NoRoute{};
  file.remove_suffix(kPictureEnd.size());
  if (file.size() < 2 * kIdChars + 3 || file[kIdChars] != '-' || file[2 * kIdChars + 1] != '-') {
    return NoRoute{};
  }
  const std::string_view provider = file.substr(0, kIdChars);
  const std::string_view picture = file.substr(kIdChars + 1, kIdChars);
  const std::string_view width = file.substr(2 * kIdChars + 2);
  const auto is_id = [](std::string_view id) {
    return std::all_of(id.begin(), id.end(), [](char c) { return IsSlugChar(c) && c != '-'; });
  };
  const bool fits =
      is_id(provider) && is_id(picture) && width.size() <= kWidthDigitsMax &&
      std::all_of(width.begin(), width.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!fits) return NoRoute{};
  int pixels = 0;
  for (const char c : width) pixels = pixels * 10 + (c - '0');
  return PictureRoute{"providers/" + std::string(provider) + "/pictures/" + std::string(picture),
                      pixels, PreviewIn(query)};
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

Route RouteOf(std::string_view request_target) {
  if (request_target.empty()) return NoRoute{};
  const std::string plain = WithoutNeedlessEncoding(OriginForm(request_target));
  const std::string_view target = plain;
  const std::string_view path = target.substr(0, target.find('?'));
  const std::string_view query = target.substr(std::min(path.size() + 1, target.size()));
  if (path == "/" || path.empty()) return AboutRoute{};
  if (path == "/healthz") return HealthRoute{};
  if (path == "/icon.svg" || path == "/favicon.ico") return IconRoute{};
  if (path == "/robots.txt") return RobotsRoute{};
  if (path.starts_with(kProfile)) return ProfileAt(path.substr(kProfile.size()), query);
  if (path.starts_with(kPicture)) return PictureAt(path.substr(kPicture.size()), query);
  if (path.starts_with(kFeed)) return FeedAt(path.substr(kFeed.size()));
  if (path.starts_with(kDownload)) {
    const std::string_view token = path.substr(kDownload.size());
    // What cannot be a token gets the same page as one that does not exist.
    return DownloadRoute{IsToken(token) ? std::string(token) : std::string()};
  }
  return NoRoute{};
}

}  // namespace kalends::web
