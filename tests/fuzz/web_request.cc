// What a browser, or something else, sends to kalends-web.
#include <array>
#include <string>

#include "adapters/web/byte_range.h"
#include "adapters/web/language.h"
#include "adapters/web/route.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kalends;
  const std::string_view text = fuzz::Text(data, size);
  const web::Route route = web::RouteOf(text);
  if (const auto* profile = std::get_if<web::ProfileRoute>(&route)) {
    fuzz::Require(!profile->slug.empty() && profile->slug.size() <= 60, "a slug is one");
  } else if (const auto* download = std::get_if<web::DownloadRoute>(&route)) {
    fuzz::Require(download->token.empty() || download->token.size() == 43, "a token is one");
  } else if (const auto* moved = std::get_if<web::MovedRoute>(&route)) {
    fuzz::Require(std::holds_alternative<web::ProfileRoute>(web::RouteOf(moved->path)),
                  "nobody is sent round in circles, or elsewhere");
  }
  constexpr std::int64_t kSize = 1000;
  const web::WantedRange wanted = web::ParseRange(text, kSize);
  if (wanted.kind != web::WantedRange::Kind::kUnsatisfiable) {
    fuzz::Require(wanted.range.start >= 0 && wanted.range.start < wanted.range.end &&
                      wanted.range.end <= kSize,
                  "a range lies within the file");
  }
  const std::array<std::string, 2> spoken{"de", "en"};
  const std::string* language = web::PreferredLanguage(text, spoken);
  fuzz::Require(language == nullptr || language == &spoken[0] || language == &spoken[1],
                "a language is one that is spoken");
  return 0;
}
