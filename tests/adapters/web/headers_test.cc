// What kalends-web reads from requests, and the header by which it names a file.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapters/web/byte_range.h"
#include "adapters/web/disposition.h"
#include "adapters/web/language.h"
#include "adapters/web/route.h"

namespace kalends::web {
namespace {

const std::vector<std::string> kSpoken = {"de", "en", "es", "fr", "ru", "uk"};

std::string Preferred(std::string_view header) {
  const std::string* language = PreferredLanguage(header, kSpoken);
  return language == nullptr ? "" : *language;
}

TEST(PreferredLanguage, IsTheOneOfTheHighestQuality) {
  const struct {
    const char* header;
    const char* language;
  } kCases[] = {
      {"de", "de"},
      {"de-AT", "de"},
      {"DE-at,en;q=0.5", "de"},
      {"pt-BR,pt;q=0.9,fr;q=0.8,en;q=0.7", "fr"},
      {"en;q=0.2, uk ; q=0.9", "uk"},
      {"en;q=0.5,ru;q=0.5", "en"},
      {"*", "de"},
      {"xx,*;q=0.1", "de"},
      {"fr;q=0,en", "en"},
      {"en;q=0.001,es;q=0.0009", "en"},
  };
  for (const auto& c : kCases) EXPECT_EQ(Preferred(c.header), c.language) << c.header;
}

TEST(PreferredLanguage, IsNoneWhereNothingFitsOrCanBeRead) {
  for (const char* header :
       {"", "xx", "de;q=0", "de;q=x", "de;quality=1", ",,,;;;", "de;q=2", "d"}) {
    EXPECT_EQ(Preferred(header), "") << header;
  }
  EXPECT_EQ(Preferred(std::string(501, 'a') + ",de"), "");
}

TEST(ParseRange, UnderstandsOneRangeOfBytes) {
  using Kind = WantedRange::Kind;
  const struct {
    const char* header;
    Kind kind;
    ByteRange range;
  } kCases[] = {
      {"", Kind::kWhole, {0, 100}},
      {"bytes=0-", Kind::kPart, {0, 100}},
      {"bytes=0-0", Kind::kPart, {0, 1}},
      {"bytes=10-19", Kind::kPart, {10, 20}},
      {"bytes=99-", Kind::kPart, {99, 100}},
      {"bytes=50-5000", Kind::kPart, {50, 100}},
      {"bytes=-1", Kind::kPart, {99, 100}},
      {"bytes=-5000", Kind::kPart, {0, 100}},
      {"bytes=0-99999999999999999999999", Kind::kPart, {0, 100}},
      {"bytes=0-9223372036854775807", Kind::kPart, {0, 100}},
      {"bytes=100-", Kind::kUnsatisfiable, {}},
      {"bytes=99999999999999999999999-", Kind::kUnsatisfiable, {}},
      {"bytes=-0", Kind::kUnsatisfiable, {}},
      // What cannot be understood is as if it were not there.
      {"bytes=20-10", Kind::kWhole, {0, 100}},
      {"bytes=0-1,5-6", Kind::kWhole, {0, 100}},
      {"bytes=a-b", Kind::kWhole, {0, 100}},
      {"bytes=-", Kind::kWhole, {0, 100}},
      {"bytes=--1", Kind::kWhole, {0, 100}},
      {"bytes=", Kind::kWhole, {0, 100}},
      {"bytes= 0-1", Kind::kWhole, {0, 100}},
      {"lines=0-1", Kind::kWhole, {0, 100}},
  };
  for (const auto& c : kCases) {
    const WantedRange wanted = ParseRange(c.header, 100);
    EXPECT_EQ(wanted.kind, c.kind) << c.header;
    EXPECT_EQ(wanted.range, c.range) << c.header;
  }
}

TEST(ParseRange, OfAnEmptyDocumentHasNoPart) {
  EXPECT_EQ(ParseRange("bytes=0-", 0).kind, WantedRange::Kind::kUnsatisfiable);
  EXPECT_EQ(ParseRange("bytes=-1", 0).kind, WantedRange::Kind::kUnsatisfiable);
  EXPECT_EQ(ParseRange("", 0).kind, WantedRange::Kind::kWhole);
}

TEST(AttachmentDisposition, NamesTheFileTwiceWhereAsciiIsNotEnough) {
  EXPECT_EQ(AttachmentDisposition("report.pdf"), "attachment; filename=\"report.pdf\"");
  EXPECT_EQ(AttachmentDisposition("Prüfung 😀.pdf"),
            "attachment; filename=\"Pr_fung _.pdf\"; "
            "filename*=UTF-8''Pr%C3%BCfung%20%F0%9F%98%80.pdf");
  EXPECT_EQ(AttachmentDisposition("100%41.pdf"),
            "attachment; filename=\"100_41.pdf\"; filename*=UTF-8''100%2541.pdf");
}

TEST(AttachmentDisposition, LetsNothingOutOfTheHeaderAndNoPathIn) {
  EXPECT_EQ(AttachmentDisposition("a\"; x=\"b"), "attachment; filename=\"a_; x=_b\"");
  EXPECT_EQ(AttachmentDisposition("a\r\nSet-Cookie: b"), "attachment; filename=\"aSet-Cookie_ b\"");
  EXPECT_EQ(AttachmentDisposition("../../etc/passwd"), "attachment; filename=\"_.._etc_passwd\"");
  EXPECT_EQ(AttachmentDisposition("C:\\x.txt"), "attachment; filename=\"C__x.txt\"");
  // Reads as "annexexe.pdf" otherwise.
  EXPECT_EQ(AttachmentDisposition("annex\u202efdp.exe"), "attachment; filename=\"annexfdp.exe\"");
  for (const char* name : {"", ".", "..", "\x01\x02", "\u202e", "  "}) {
    EXPECT_EQ(AttachmentDisposition(name), "attachment; filename=\"document\"") << name;
  }
}

TEST(AttachmentDisposition, OfBytesThatAreNoTextIsStillAHeader) {
  for (int byte = 0; byte < 256; ++byte) {
    const std::string value = AttachmentDisposition(std::string("x") + static_cast<char>(byte));
    EXPECT_THAT(value, testing::MatchesRegex("[ -~]+")) << byte;
  }
}

std::string Describe(std::string_view target) {
  const Route route = RouteOf(target);
  if (const auto* profile = std::get_if<ProfileRoute>(&route)) {
    return "profile " + profile->slug + " " + profile->language;
  }
  if (const auto* download = std::get_if<DownloadRoute>(&route)) {
    return "download " + download->token;
  }
  if (const auto* moved = std::get_if<MovedRoute>(&route)) return "moved " + moved->path;
  constexpr const char* kNames[] = {"nothing", "", "", "health", "icon", "robots", "", "about"};
  return kNames[route.index()];
}

TEST(RouteOf, KnowsItsAddressesAndNoOthers) {
  const std::string token(43, 'A');
  const struct {
    std::string target;
    std::string route;
  } kCases[] = {
      {"/", "about"},
      {"/?utm=x", "about"},
      {"https://example.com", "about"},
      {"/healthz", "health"},
      {"/healthz?x", "health"},
      {"/icon.svg", "icon"},
      {"/favicon.ico", "icon"},
      {"/robots.txt", "robots"},
      {"/p/marie-weber", "profile marie-weber "},
      {"/p/marie-weber?lang=de", "profile marie-weber de"},
      {"/p/marie-weber?a=b&lang=fr&lang=de", "profile marie-weber fr"},
      {"/p/Marie-Weber", "moved /p/marie-weber"},
      {"/p/marie-weber/", "moved /p/marie-weber"},
      {"/d/" + token, "download " + token},
      {"/d/" + token + "?x=y", "download " + token},
      {"/d/short", "download "},
      {"/d/" + token + "A", "download "},
      {"/d/" + std::string(42, 'A') + "%", "download "},
      {"/d/", "download "},
      {"", "nothing"},
      {"*", "nothing"},
      {"/p", "nothing"},
      {"/p/", "nothing"},
      {"/p//", "nothing"},
      {"/p/..", "nothing"},
      {"/p/../healthz", "nothing"},
      {"/p/%2e%2e", "nothing"},
      {"/p/a b", "nothing"},
      {"/p/" + std::string(61, 'a'), "nothing"},
      {"//evil.example/p/x", "nothing"},
      {"http://kalends.example/p/x?lang=de", "profile x de"},
      {"HTTPS://kalends.example:8443/p/x", "profile x "},
      {"http://other.example/p/X", "moved /p/x"},
      {"http://kalends.example/d/" + token, "download " + token},
      {"http://[::1]:80/healthz", "health"},
      {"http://kalends.example", "about"},
      {"http://kalends.example?/p/x", "about"},
      {"http:/p/x", "nothing"},
      {"ftp://kalends.example/p/x", "nothing"},
      {"kalends.example:443", "nothing"},
      {"/p/marie%2Dweber", "profile marie-weber "},
      {"/p/marie%2dw%65ber", "profile marie-weber "},
      {"/p/%4Darie", "moved /p/marie"},
      {"/%70/x", "profile x "},
      {"/p/x?l%61ng=%64e", "profile x de"},
      {"/d/" + std::string(42, 'A') + "%2D", "download " + std::string(42, 'A') + "-"},
      {"/p%2Fmarie", "nothing"},
      {"/p/marie%", "nothing"},
      {"/p/marie%2", "nothing"},
      {"/p/marie%2Gx", "nothing"},
      {"/p/m%C3%A4rie", "nothing"},
      {"/p/x%00", "nothing"},
      {"/P/marie", "nothing"},
      {"/healthz/", "nothing"},
      {"/.env", "nothing"},
      {std::string("/p/a\0b", 6), "nothing"},
  };
  for (const auto& c : kCases) EXPECT_EQ(Describe(c.target), c.route) << c.target;
}

}  // namespace
}  // namespace kalends::web
