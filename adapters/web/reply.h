// Answers of kalends-web before they are written.
#pragma once

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/web/pages.h"

namespace kalends::web {

namespace http = boost::beast::http;

struct Reply {
  http::status status = http::status::ok;
  std::string type;  // Content-Type; empty: there is no body.
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
};

// A page in `language`; the same to everybody who reads it until it changes, so a browser may keep
// it and ask.
Reply PageReply(http::status status, Page page, const std::string& language);
// The bytes of a picture. Its address is that of these bytes, so a browser may keep them; not for
// long, as who withdraws a page wants it gone.
Reply PictureReply(std::string type, std::string bytes);
// A calendar that is one person's: kept by nobody between, and asked for anew each time.
Reply CalendarReply(std::string text);
// A short text for machines and people.
Reply TextReply(http::status status, std::string text);
Reply RedirectReply(const std::string& path);
Reply IconReply();

// A strong entity tag of `bytes`, with its quotation marks.
std::string EntityTag(std::string_view bytes);
// With an entity tag of the body, or 304 without it where `if_none_match` has that tag.
Reply WithEntityTag(Reply reply, std::string_view if_none_match);

// The headers that every answer has: no sniffing, no frames, no referrers, nothing loaded (what a
// page needs, its own policy allows); and where `public_url` is https, no way back to http for half
// a year.
void SetSafeHeaders(http::fields& fields, std::string_view public_url);

http::response<http::string_body> ToResponse(const Reply& reply, std::string_view public_url,
                                             unsigned version, bool keep_alive);

}  // namespace kalends::web
