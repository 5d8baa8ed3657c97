#include "adapters/web/connection.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/serializer.hpp>
#include <boost/beast/http/write.hpp>
#include <limits>

#include "adapters/shared/core_standing.h"
#include "adapters/shared/peer_network.h"
#include "adapters/web/byte_range.h"
#include "adapters/web/disposition.h"
#include "adapters/web/limits.h"
#include "adapters/web/pace.h"
#include "core/operate/log.h"
#include "core/operate/metrics.h"
#include "core/operate/request.h"
#include "kalends/v1/document_service.pb.h"

namespace kalends::web {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using boost::system::error_code;
using std::chrono::steady_clock;

auto Into(error_code& error) { return asio::redirect_error(asio::use_awaitable, error); }

// "application/pdf"; what is none cannot be sent as one.
std::string ContentType(const std::string& type) {
  constexpr std::string_view kSigns = "!#$&^_.+-/;= ";
  const bool clean = std::all_of(type.begin(), type.end(), [&](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           kSigns.find(c) != std::string_view::npos;
  });
  return clean && type.find('/') != std::string::npos ? type : "application/octet-stream";
}

void SetDate(http::fields& fields) {
  const auto now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  fields.set(http::field::date, fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(now)));
}

// What a token downloads never changes, so the token stands for the bytes.
std::string TagOf(const DownloadRoute& route) { return EntityTag(route.token); }

// The part that is asked for. A range of what may have changed is a wish for the whole, and to any
// other method than GET ranges mean nothing (RFC 9110, 14.2).
WantedRange RangeOf(const Request& request, const DownloadRoute& route, std::int64_t size) {
  const std::string_view only_if = HeaderOf(request, http::field::if_range);
  const bool counts =
      request.method() == http::verb::get && (only_if.empty() || only_if == TagOf(route));
  return ParseRange(counts ? HeaderOf(request, http::field::range) : std::string_view(), size);
}

std::string_view NameOf(http::verb method) {
  if (method == http::verb::get) return "GET";
  return method == http::verb::head ? "HEAD" : "other";
}

// The header of a download. Whoever opens it, it is saved and not shown, and stays in no cache.
http::response<http::empty_body> DownloadHead(const v1::FileInfo& file, const WantedRange& wanted,
                                              const std::string& tag, const Site& site,
                                              unsigned version, bool keep_alive) {
  const bool part = wanted.kind == WantedRange::Kind::kPart;
  http::response<http::empty_body> head(part ? http::status::partial_content : http::status::ok,
                                        version);
  SetSafeHeaders(head, site.public_url);
  SetDate(head);
  head.set(http::field::content_type, ContentType(file.content_type()));
  head.set(http::field::content_disposition, AttachmentDisposition(file.file_name()));
  head.set(http::field::accept_ranges, "bytes");
  head.set(http::field::etag, tag);
  head.set(http::field::cache_control, "no-store");
  head.set("Content-Security-Policy", "default-src 'none'; sandbox");
  head.set("X-Robots-Tag", "noindex");
  if (part) {
    head.set(http::field::content_range, fmt::format("bytes {}-{}/{}", wanted.range.start,
                                                     wanted.range.end - 1, file.size_bytes()));
  }
  head.content_length(static_cast<std::uint64_t>(wanted.range.size()));
  head.keep_alive(keep_alive);
  return head;
}

// To who asks for more than one may, at a time or of late.
Reply TooMany(std::chrono::seconds wait = kRetryAfter) {
  Reply reply = TextReply(http::status::too_many_requests, "too many requests at a time\n");
  reply.headers.emplace_back("Retry-After", std::to_string(wait.count()));
  return reply;
}

operate::Family<operate::Count> requests_answered(
    "kalends_web_requests_total", "Requests that were answered, by page and HTTP status.",
    {"route", "status"});
operate::Family<operate::Spread> request_seconds(
    "kalends_web_request_seconds", "What answering took, downloads as a whole, in seconds.",
    {"route"}, operate::Unseen::kShown,
    [] { return std::make_unique<operate::Spread>(operate::Latencies()); });

operate::Counter sent_bytes("kalends_web_downloaded_bytes_total", "Bytes of downloads sent.");

// The id that a proxy of ours has given the request, or one of our own: anybody else's may be made
// up.
std::string RequestIdIn(const Request& request, const asio::ip::address& peer,
                        const Proxies& proxies) {
  const auto given = request["X-Request-Id"];
  const bool counts = proxies.Has(peer);
  return operate::RequestIdOf(counts ? std::string_view(given.data(), given.size())
                                     : std::string_view());
}

// The one thread of the pages is also the one that takes the families' locks.
void Log(const Request& request, std::string_view route, http::status status,
         steady_clock::time_point begun) {
  const auto took = steady_clock::now() - begun;
  const std::string code = std::to_string(static_cast<unsigned>(status));
  requests_answered.With({std::string(route), code}).Add();
  request_seconds.With({std::string(route)}).Observe(std::chrono::duration<double>(took).count());
  const std::string method = fmt::format("{} {}", NameOf(request.method()), route);
  operate::LogEnded(
      spdlog::level::debug,
      {method, code, "", "", std::chrono::duration_cast<std::chrono::microseconds>(took)});
}

}  // namespace

Connection::Connection(asio::ip::tcp::socket socket, const Handler& handler, Guests& guests)
    : stream_(std::move(socket)), handler_(handler), guests_(guests) {
  error_code gone;  // Then there is no address, and the first read fails.
  peer_ = stream_.socket().remote_endpoint(gone).address();
}

Connection::~Connection() { guests_.waiting.Leave(this); }

asio::awaitable<void> Connection::Serve() {
  bool more = true;
  while (more && !finishing_) {
    Parser parser;
    parser.header_limit(kHeaderBytesMax);
    // No body is read; what is announced is for Handler::Refuse. (`none` is less than any length.)
    parser.body_limit(std::numeric_limits<std::uint64_t>::max());
    more = co_await Read(parser);
    if (more) more = co_await Respond(parser);
  }
  error_code ignored;
  stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
}

// A whole header, however slowly it comes, in kHeaderTimeout. False: the connection is over.
asio::awaitable<bool> Connection::Read(Parser& parser) {
  idle_ = true;
  guests_.waiting.Enter(this, NetworkOf(peer_));
  stream_.expires_after(kHeaderTimeout);
  error_code error;
  co_await http::async_read_header(stream_, buffer_, parser, Into(error));
  guests_.waiting.Leave(this);
  idle_ = false;
  if (!error) co_return true;
  const bool theirs =
      error.category() == http::make_error_code(http::error::bad_value).category() &&
      error != http::error::end_of_stream && error != http::error::partial_message;
  if (theirs) co_await RefuseHeader(parser, error);
  co_return false;
}

// Answers what could not be read as a header at all.
asio::awaitable<void> Connection::RefuseHeader(Parser& parser, error_code error) {
  const http::status status = error == http::error::header_limit
                                  ? http::status::request_header_fields_too_large
                                  : http::status::bad_request;
  const Reply reply =
      handler_.Message(parser.release(), status, "error.request", "error.request_text");
  const Request unread(http::verb::get, "/", 11);
  co_await Refuse(unread, reply);
}

// Answers, and ends the connection.
asio::awaitable<void> Connection::Refuse(const Request& request, const Reply& reply) {
  const bool written = co_await Write(request, reply, false);
  if (written) co_await Linger();
}

// Answers the request that `parser` has read. False: the connection is over.
asio::awaitable<bool> Connection::Respond(Parser& parser) {
  const auto begun = steady_clock::now();
  const Request& request = parser.get();
  const std::string request_id = RequestIdIn(request, peer_, guests_.proxies);
  operate::SetCurrentRequest(request_id);
  const Route route = RouteOf({request.target().data(), request.target().size()});
  if (const auto refusal = handler_.Refuse(request, !parser.is_done())) {
    co_await Refuse(request, *refusal);
    operate::SetCurrentRequest(request_id);
    Log(request, NameOf(route), refusal->status, begun);
    co_return false;
  }
  const std::string visitor = VisitorOf(peer_, request, guests_.proxies);
  const auto share = visitor.empty() ? std::nullopt : guests_.requests.Take(visitor);
  if (!share && !visitor.empty()) {
    co_await Refuse(request, TooMany());
    operate::SetCurrentRequest(request_id);
    Log(request, NameOf(route), http::status::too_many_requests, begun);
    co_return false;
  }
  stream_.expires_never();  // Ours to answer now; the core's deadline holds.
  const bool keep_alive = request.keep_alive() && !finishing_;
  const Sent sent = co_await Answer(request, route, keep_alive);
  operate::SetCurrentRequest(request_id);
  Log(request, NameOf(route), sent.status, begun);
  const bool more = sent.complete && keep_alive;
  co_return more;
}

asio::awaitable<Connection::Sent> Connection::Answer(const Request& request, const Route& route,
                                                     bool keep_alive) {
  Sent sent;
  Reply reply;
  if (const auto* download = std::get_if<DownloadRoute>(&route)) {
    if (const auto share = guests_.downloads.Take(download->token)) {
      sent = co_await RespondWithDownload(request, *download, keep_alive);
      co_return sent;
    }
    reply = TooMany();
  } else if (const auto* feed = std::get_if<FeedRoute>(&route)) {
    reply = co_await AnswerFeed(request, route, feed->token);
  } else {
    reply = co_await handler_.Answer(request, route);
  }
  sent.status = reply.status;
  sent.complete = co_await Write(request, reply, keep_alive);
  co_return sent;
}

asio::awaitable<Reply> Connection::AnswerFeed(const Request& request, const Route& route,
                                              const std::string& token) {
  const std::chrono::seconds wait = guests_.feed_rate.Wait(token, steady_clock::now());
  const auto share = guests_.feeds.Take(token);
  if (!share || wait.count() > 0) co_return TooMany(std::max(wait, kRetryAfter));
  Reply reply = co_await handler_.Answer(request, route);
  const bool read = reply.status == http::status::ok || reply.status == http::status::not_modified;
  if (read) guests_.feed_rate.Count(token, steady_clock::now());
  co_return reply;
}

asio::awaitable<Connection::Sent> Connection::RespondWithDownload(const Request& request,
                                                                  const DownloadRoute& route,
                                                                  bool keep_alive) {
  Sent sent;
  const CoreClient::Answer<v1::Download> answer = co_await handler_.core.GetDownload(route.token);
  if (!answer.status.ok()) {
    const Reply reply = handler_.NoDownload(request, answer.status);
    sent.status = reply.status;
    sent.complete = co_await Write(request, reply, keep_alive);
    co_return sent;
  }
  const v1::FileInfo& file = answer.response->file();
  const WantedRange wanted = RangeOf(request, route, file.size_bytes());
  if (wanted.kind == WantedRange::Kind::kUnsatisfiable) {
    Reply reply = TextReply(http::status::range_not_satisfiable, "");
    reply.headers.emplace_back("Content-Range", fmt::format("bytes */{}", file.size_bytes()));
    sent.status = reply.status;
    sent.complete = co_await Write(request, reply, keep_alive);
    co_return sent;
  }
  std::unique_ptr<Download> download;
  if (request.method() == http::verb::get) {
    download = handler_.core.StartDownload(route.token, wanted.range.start, wanted.range.size(),
                                           stream_.get_executor());
    // The first message has no bytes. Until it is there, the core may still refuse; once our header
    // is out, a refusal could only look like a download that broke off.
    const v1::FetchDownloadResponse* first = co_await download->Next();
    if (first == nullptr) {
      const Reply reply = handler_.NoDownload(request, download->status());
      sent.status = reply.status;
      sent.complete = co_await Write(request, reply, keep_alive);
      co_return sent;
    }
  }
  auto head =
      DownloadHead(file, wanted, TagOf(route), handler_.site, request.version(), keep_alive);
  sent.status = head.result();
  http::response_serializer<http::empty_body> serializer(head);
  stream_.expires_after(kWriteTimeout);
  error_code error;
  co_await http::async_write_header(stream_, serializer, Into(error));
  sent.complete = !error;
  if (!error && download) sent.complete = co_await SendPart(*download, wanted.range.size());
  co_return sent;
}

// False: the connection is over, because what was promised by the header did not come whole.
asio::awaitable<bool> Connection::SendPart(Download& download, std::int64_t size) {
  std::int64_t left = size;
  Pace pace;
  while (left > 0) {
    const v1::FetchDownloadResponse* piece = co_await download.Next();
    if (piece == nullptr) break;
    const std::string& data = piece->data();
    left -= static_cast<std::int64_t>(data.size());
    if (left < 0) co_return false;
    const auto begun = steady_clock::now();
    stream_.expires_after(pace.left());
    error_code error;
    co_await asio::async_write(stream_, asio::buffer(data), Into(error));
    if (error) co_return false;
    sent_bytes.Add(static_cast<std::int64_t>(data.size()));
    pace.Took(data.size(), steady_clock::now() - begun);
  }
  if (left == 0) co_return true;
  WarnOf("a download broke off", download.status());
  co_return false;
}

asio::awaitable<bool> Connection::Write(const Request& request, const Reply& reply,
                                        bool keep_alive) {
  auto response = ToResponse(reply, handler_.site.public_url, request.version(), keep_alive);
  SetDate(response);
  http::response_serializer<http::string_body> serializer(response);
  stream_.expires_after(kWriteTimeout);
  error_code error;
  if (request.method() == http::verb::head) {
    co_await http::async_write_header(stream_, serializer, Into(error));
  } else {
    co_await http::async_write(stream_, serializer, Into(error));
  }
  co_return !error;
}

// Reads on for a moment: closing with unread bytes would take the answer back from the client.
asio::awaitable<void> Connection::Linger() {
  error_code error;
  stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_send, error);
  guests_.waiting.Enter(this, NetworkOf(peer_));
  stream_.expires_after(kLingerTimeout);
  std::array<char, 16384> ignored{};
  while (!error) co_await stream_.async_read_some(asio::buffer(ignored), Into(error));
}

void Connection::Finish() {
  finishing_ = true;
  if (idle_) Abort();
}

void Connection::Abort() { stream_.close(); }

}  // namespace kalends::web
