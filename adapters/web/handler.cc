#include "adapters/web/handler.h"

#include "adapters/shared/core_standing.h"
#include "adapters/shared/http_framing.h"
#include "adapters/web/feed.h"
#include "adapters/web/limits.h"
#include "kalends/v1/profile_service.pb.h"

namespace kalends::web {
namespace {

namespace asio = boost::asio;

Reply Closing(Reply reply) {
  reply.headers.emplace_back("Cache-Control", "no-store");
  return reply;
}

// What only its owner's link shows: it is kept nowhere, and found by nobody.
Reply OfPreview(Reply reply) {
  reply.headers.emplace_back("X-Robots-Tag", "noindex, nofollow");
  return Closing(std::move(reply));
}

bool IsBookedFrom(const v1::PublicProfile& profile, const Site& site) {
  return !profile.invitation_code().empty() && profile.missing().empty() &&
         !profile.services().empty() && !site.bot_url.empty();
}

}  // namespace

std::string_view HeaderOf(const Request& request, http::field field) {
  const auto value = request[field];
  return {value.data(), value.size()};
}

std::string_view NameOf(const Route& route) {
  constexpr std::string_view kNames[] = {"nothing", "profile", "download", "health",  "icon",
                                         "robots",  "moved",   "about",    "picture", "feed"};
  static_assert(std::size(kNames) == std::variant_size_v<Route>);
  return kNames[route.index()];
}

const Texts& Handler::TextsFor(const Request& request) const {
  return languages.For("", HeaderOf(request, http::field::accept_language));
}

Reply Handler::Message(const Request& request, http::status status, const char* title,
                       const char* text, const char* next) const {
  const Texts& texts = TextsFor(request);
  Reply reply = PageReply(status, MessagePage(texts, title, text, next), texts.language());
  reply.headers.emplace_back("X-Robots-Tag", "noindex");
  return Closing(std::move(reply));
}

Reply Handler::Unavailable(const Request& request) const {
  Reply reply = Message(request, http::status::service_unavailable, "error.unavailable",
                        "error.unavailable_text");
  reply.headers.emplace_back("Retry-After", "60");
  return reply;
}

std::optional<Reply> Handler::Refuse(const Request& request, bool has_body) const {
  const auto refuse = [&](http::status status) {
    return Message(request, status, "error.request", "error.request_text");
  };
  if (!IsFramedPlainly(request)) return refuse(http::status::bad_request);
  if (request.method() != http::verb::get && request.method() != http::verb::head) {
    Reply reply = refuse(http::status::method_not_allowed);
    reply.headers.emplace_back("Allow", "GET, HEAD");
    return reply;
  }
  if (has_body) return refuse(http::status::payload_too_large);
  if (request.target().size() > kTargetBytesMax) return refuse(http::status::uri_too_long);
  const auto hosts = request.count(http::field::host);
  if (hosts > 1 || (hosts == 0 && request.version() >= 11)) {
    return refuse(http::status::bad_request);
  }
  return std::nullopt;
}

asio::awaitable<Reply> Handler::Answer(const Request& request, const Route& route) const {
  if (const auto* profile = std::get_if<ProfileRoute>(&route)) {
    Reply reply = co_await AnswerProfile(request, *profile);
    co_return reply;
  }
  if (const auto* picture = std::get_if<PictureRoute>(&route)) {
    Reply reply = co_await AnswerPicture(request, *picture);
    co_return reply;
  }
  if (const auto* feed = std::get_if<FeedRoute>(&route)) {
    Reply reply = co_await AnswerFeed(request, *feed);
    co_return reply;
  }
  if (std::holds_alternative<HealthRoute>(route)) {
    Reply reply = co_await AnswerHealth();
    co_return reply;
  }
  if (std::holds_alternative<IconRoute>(route)) {
    co_return WithEntityTag(IconReply(), HeaderOf(request, http::field::if_none_match));
  }
  if (std::holds_alternative<RobotsRoute>(route)) {
    co_return TextReply(http::status::ok, "User-agent: *\nDisallow: /d/\nDisallow: /c/\n");
  }
  if (std::holds_alternative<AboutRoute>(route)) {
    const Texts& texts = TextsFor(request);
    co_return PageReply(http::status::ok,
                        MessagePage(texts, "about.title", "about.text", "about.next"),
                        texts.language());
  }
  if (const auto* moved = std::get_if<MovedRoute>(&route)) co_return RedirectReply(moved->path);
  co_return Message(request, http::status::not_found, "error.not_found", "error.not_found_text");
}

asio::awaitable<Reply> Handler::AnswerProfile(const Request& request,
                                              const ProfileRoute& route) const {
  const CoreClient::Answer<v1::PublicProfile> answer =
      co_await core.GetPublicProfile(route.slug, route.preview);
  if (answer.status.error_code() == grpc::StatusCode::NOT_FOUND) {
    co_return Message(request, http::status::not_found, "error.not_found", "error.not_found_text");
  }
  if (!answer.status.ok()) {
    WarnOf("no profile from the core", answer.status);
    co_return Unavailable(request);
  }
  // An earlier slug leads to the present one.
  const v1::PublicProfile& profile = *answer.response;
  if (profile.slug() != route.slug && route.preview.empty())
    co_return RedirectReply(ProfilePath(profile.slug(), route.language));
  const Texts& texts = languages.For(
      route.language, HeaderOf(request, http::field::accept_language), profile.language_code());
  v1::ListPublicTimesResponse times;
  if (IsBookedFrom(profile, site)) {
    const CoreClient::Answer<v1::ListPublicTimesResponse> found =
        co_await core.ListPublicTimes(route.slug, route.preview);
    // Without them the page is still worth having.
    if (found.status.ok()) times = *found.response;
  }
  Reply page = PageReply(http::status::ok,
                         ProfilePage(profile, times, texts, languages, site, route.preview),
                         texts.language());
  if (!route.preview.empty()) co_return OfPreview(std::move(page));
  co_return WithEntityTag(std::move(page), HeaderOf(request, http::field::if_none_match));
}

asio::awaitable<Reply> Handler::AnswerPicture(const Request& request,
                                              const PictureRoute& route) const {
  const CoreClient::Answer<v1::PictureFile> answer =
      co_await core.GetPictureFile(route.name, route.width, route.preview);
  if (answer.status.ok() && !route.preview.empty()) {
    co_return OfPreview(PictureReply(answer.response->content_type(), answer.response->data()));
  }
  if (answer.status.ok()) {
    co_return WithEntityTag(PictureReply(answer.response->content_type(), answer.response->data()),
                            HeaderOf(request, http::field::if_none_match));
  }
  if (answer.status.error_code() == grpc::StatusCode::NOT_FOUND) {
    co_return Message(request, http::status::not_found, "error.not_found", "error.not_found_text");
  }
  WarnOf("no picture from the core", answer.status);
  co_return Unavailable(request);
}

asio::awaitable<Reply> Handler::AnswerFeed(const Request& request, const FeedRoute& route) const {
  const CoreClient::Answer<v1::FeedCalendar> answer = co_await core.GetFeedCalendar(route.token);
  if (answer.status.error_code() == grpc::StatusCode::NOT_FOUND) {
    // Just as an address that never was.
    co_return Message(request, http::status::not_found, "error.not_found", "error.not_found_text");
  }
  if (!answer.status.ok()) {
    WarnOf("no feed from the core", answer.status);
    co_return Unavailable(request);
  }
  const v1::FeedCalendar& feed = *answer.response;
  Reply reply = CalendarReply(CalendarText(CalendarOf(feed)));
  if (const auto changed = LastChangeOf(feed)) {
    reply.headers.emplace_back("Last-Modified", HttpDate(*changed));
  }
  co_return WithEntityTag(std::move(reply), HeaderOf(request, http::field::if_none_match));
}

Reply Handler::NoDownload(const Request& request, const grpc::Status& status) const {
  const v1::Reason reason = ReasonOf(status);
  const auto page = [&](http::status code, const char* title, const char* text, const char* next) {
    const Texts& texts = languages.For("", HeaderOf(request, http::field::accept_language),
                                       MetadataOf(status, "language_code"));
    Reply reply = PageReply(code, MessagePage(texts, title, text, next), texts.language());
    reply.headers.emplace_back("X-Robots-Tag", "noindex");
    return Closing(std::move(reply));
  };
  if (reason == v1::REASON_DOWNLOAD_EXPIRED) {
    return page(http::status::gone, "download.expired", "download.expired_text", "download.new");
  }
  if (reason == v1::REASON_DOWNLOAD_DELETED) {
    return page(http::status::gone, "download.deleted", "download.deleted_text", nullptr);
  }
  if (reason == v1::REASON_DOWNLOAD_UNKNOWN) {
    return page(http::status::not_found, "download.unknown", "download.unknown_text",
                "download.new");
  }
  WarnOf("no download from the core", status);
  Reply reply = page(http::status::service_unavailable, "error.unavailable",
                     "error.unavailable_text", nullptr);
  reply.headers.emplace_back("Retry-After", "60");
  return reply;
}

asio::awaitable<Reply> Handler::AnswerHealth() const {
  const grpc::Status status = co_await core.Check();
  if (status.ok()) co_return TextReply(http::status::ok, "ok\n");
  WarnOf("the core is not well", status);
  co_return TextReply(http::status::service_unavailable, "the core does not answer as it should\n");
}

}  // namespace kalends::web
