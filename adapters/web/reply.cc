#include "adapters/web/reply.h"

#include <sodium.h>

#include <algorithm>
#include <array>

#include "adapters/web/templates.h"

namespace kalends::web {
namespace {

constexpr std::size_t kTagBytes = 16;

bool Names(std::string_view if_none_match, std::string_view tag) {
  return if_none_match == "*" || if_none_match.find(tag) != std::string_view::npos;
}

}  // namespace

Reply PageReply(http::status status, Page page, const std::string& language) {
  Reply reply{status, "text/html; charset=utf-8", std::move(page.html), {}};
  reply.headers = {{"Content-Language", language},
                   {"Content-Security-Policy", std::move(page.policy)},
                   {"Vary", "Accept-Language"},
                   {"Cache-Control", "no-cache"}};
  return reply;
}

Reply PictureReply(std::string type, std::string bytes) {
  return {http::status::ok,
          std::move(type),
          std::move(bytes),
          {{"Cache-Control", "public, max-age=3600"},
           {"Content-Security-Policy", "default-src 'none'; sandbox"}}};
}

Reply CalendarReply(std::string text) {
  return {http::status::ok,
          "text/calendar; charset=utf-8; method=PUBLISH",
          std::move(text),
          {{"Cache-Control", "private, no-cache"},
           {"Content-Disposition", "attachment; filename=\"kalends.ics\""},
           {"Content-Security-Policy", "default-src 'none'; sandbox"},
           {"X-Robots-Tag", "noindex"}}};
}

Reply TextReply(http::status status, std::string text) {
  return {status, "text/plain; charset=utf-8", std::move(text), {{"Cache-Control", "no-store"}}};
}

Reply RedirectReply(const std::string& path) {
  return {http::status::moved_permanently,
          "text/plain; charset=utf-8",
          "Moved to " + path + "\n",
          {{"Location", path}, {"Cache-Control", "no-cache"}}};
}

Reply IconReply() {
  return {http::status::ok,
          "image/svg+xml",
          std::string(EmbeddedFile("icon.svg")),
          {{"Cache-Control", "public, max-age=86400"},
           {"Content-Security-Policy", "default-src 'none'; sandbox"}}};
}

std::string EntityTag(std::string_view bytes) {
  std::array<unsigned char, kTagBytes> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                     bytes.size(), nullptr, 0);
  std::string hex(2 * kTagBytes + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
  hex.pop_back();  // The zero at its end.
  return '"' + hex + '"';
}

Reply WithEntityTag(Reply reply, std::string_view if_none_match) {
  const std::string tag = EntityTag(reply.body);
  reply.headers.emplace_back("ETag", tag);
  if (Names(if_none_match, tag)) {
    reply.status = http::status::not_modified;
    reply.type.clear();
    reply.body.clear();
  }
  return reply;
}

void SetSafeHeaders(http::fields& fields, std::string_view public_url) {
  fields.set(http::field::server, "Kalends");
  fields.set("X-Content-Type-Options", "nosniff");
  fields.set("X-Frame-Options", "DENY");
  fields.set("Referrer-Policy", "no-referrer");
  fields.set("Cross-Origin-Opener-Policy", "same-origin");
  fields.set("Cross-Origin-Resource-Policy", "same-origin");
  fields.set("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
  fields.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
  // Of this host alone: others of the domain are not ours to decide on.
  if (public_url.starts_with("https://")) {
    fields.set("Strict-Transport-Security", "max-age=15552000");
  }
}

http::response<http::string_body> ToResponse(const Reply& reply, std::string_view public_url,
                                             unsigned version, bool keep_alive) {
  http::response<http::string_body> response(reply.status, version);
  SetSafeHeaders(response, public_url);
  if (!reply.type.empty()) response.set(http::field::content_type, reply.type);
  for (const auto& [name, value] : reply.headers) response.set(name, value);
  response.body() = reply.body;
  response.keep_alive(keep_alive);
  // The length of a 304 would have to be that of the page which is not sent.
  if (reply.status != http::status::not_modified) response.prepare_payload();
  return response;
}

}  // namespace kalends::web
