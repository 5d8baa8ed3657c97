#include "adapters/web/connection.h"

#include <spdlog/spdlog.h>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/serializer.hpp>
#include <boost/beast/http/write.hpp>

#include "adapters/web/limits.h"

namespace kalends::web {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using boost::system::error_code;
using std::chrono::steady_clock;

// For how long we listen to a refused client that is still sending.
constexpr std::chrono::seconds kLingerTimeout{2};

auto Into(error_code& error) { return asio::redirect_error(asio::use_awaitable, error); }

void Log(const Request& request, std::string_view route, http::status status,
         steady_clock::time_point begun) {
  const auto elapsed =
      std::chrono::duration_cast<std::chrono::microseconds>(steady_clock::now() - begun);
  spdlog::debug("{} {} {} {} us", request.method() == http::verb::head ? "HEAD" : "GET", route,
                static_cast<unsigned>(status), elapsed.count());
}

}  // namespace

Connection::Connection(asio::ip::tcp::socket socket, const Handler& handler)
    : stream_(std::move(socket)), handler_(handler) {}

asio::awaitable<void> Connection::Serve() {
  bool more = true;
  while (more && !finishing_) {
    Parser parser;
    parser.header_limit(kHeaderBytesMax);
    more = co_await Read(parser);
    if (more) more = co_await Respond(parser);
  }
  error_code ignored;
  stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
}

// A whole header, however slowly it comes, in kHeaderTimeout. False: the connection is over.
asio::awaitable<bool> Connection::Read(Parser& parser) {
  idle_ = true;
  stream_.expires_after(kHeaderTimeout);
  error_code error;
  co_await http::async_read_header(stream_, buffer_, parser, Into(error));
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
  const bool written = co_await Write(unread, reply, false);
  if (written) co_await Linger();
}

// Answers the request that `parser` has read. False: the connection is over.
asio::awaitable<bool> Connection::Respond(Parser& parser) {
  const auto begun = steady_clock::now();
  const Request& request = parser.get();
  const Route route = RouteOf({request.target().data(), request.target().size()});
  if (const auto refusal = handler_.Refuse(request, !parser.is_done())) {
    const bool written = co_await Write(request, *refusal, false);
    if (written) co_await Linger();
    Log(request, NameOf(route), refusal->status, begun);
    co_return false;
  }
  stream_.expires_never();  // Ours to answer now; the core's deadline holds.
  const Reply reply = co_await handler_.Answer(request, route);
  const bool keep_alive = request.keep_alive() && !finishing_;
  const bool written = co_await Write(request, reply, keep_alive);
  Log(request, NameOf(route), reply.status, begun);
  const bool more = written && keep_alive;
  co_return more;
}

asio::awaitable<bool> Connection::Write(const Request& request, const Reply& reply,
                                        bool keep_alive) {
  auto response = ToResponse(reply, request.version(), keep_alive);
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
