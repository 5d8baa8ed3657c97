// What a request may say of the length of its body.
#include "adapters/shared/http_framing.h"

#include <gtest/gtest.h>

#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/verb.hpp>
#include <string>
#include <utility>
#include <vector>

namespace kalends {
namespace {

namespace http = boost::beast::http;

TEST(IsFramedPlainly, TakesOneWayOfTellingTheLength) {
  const struct {
    const char* name;
    unsigned version;
    std::vector<std::pair<http::field, const char*>> fields;
    bool plain;
  } kCases[] = {
      {"no body", 11, {}, true},
      {"a length", 11, {{http::field::content_length, "5"}}, true},
      {"a length in HTTP/1.0", 10, {{http::field::content_length, "5"}}, true},
      {"chunks", 11, {{http::field::transfer_encoding, "chunked"}}, true},
      {"chunks in capitals", 11, {{http::field::transfer_encoding, "Chunked"}}, true},
      {"chunks in HTTP/1.0", 10, {{http::field::transfer_encoding, "chunked"}}, false},
      {"an unknown coding", 11, {{http::field::transfer_encoding, "xchunked"}}, false},
      {"an empty coding", 11, {{http::field::transfer_encoding, ""}}, false},
      {"a list", 11, {{http::field::transfer_encoding, "gzip, chunked"}}, false},
      {"a vertical tab", 11, {{http::field::transfer_encoding, "\vchunked"}}, false},
      {"a length twice in one", 11, {{http::field::content_length, "5, 5"}}, false},
      {"a length with a sign", 11, {{http::field::content_length, "+5"}}, false},
      {"an empty length", 11, {{http::field::content_length, ""}}, false},
      {"two lengths",
       11,
       {{http::field::content_length, "5"}, {http::field::content_length, "5"}},
       false},
      {"two codings",
       11,
       {{http::field::transfer_encoding, "chunked"}, {http::field::transfer_encoding, "chunked"}},
       false},
      {"both",
       11,
       {{http::field::content_length, "5"}, {http::field::transfer_encoding, "chunked"}},
       false},
  };
  for (const auto& c : kCases) {
    http::request<http::empty_body> request(http::verb::post, "/", c.version);
    for (const auto& [name, value] : c.fields) request.insert(name, value);
    EXPECT_EQ(IsFramedPlainly(request), c.plain) << c.name;
  }
}

}  // namespace
}  // namespace kalends
