#include "adapters/web/server.h"

#include <spdlog/spdlog.h>

#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/serializer.hpp>
#include <boost/beast/http/write.hpp>
#include <csignal>
#include <set>

#include "adapters/web/connection.h"
#include "adapters/web/handler.h"
#include "core/operate/metrics.h"

namespace kalends::web {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

// Out of file descriptors, say: the next connection may have more luck.
constexpr std::chrono::milliseconds kAcceptPause{50};
constexpr unsigned kHttp11 = 11;

operate::Gauge connections_open("kalends_web_connections", "Connections that are open.");
operate::Family<operate::Count> connections_refused(
    "kalends_web_connections_refused_total",
    "Visitors for whom there was no place: hung_up on before they asked anything, turned_away with "
    "an answer, or dropped.",
    {"how"});

// Tells a visitor who is one too many, and reads what they send: closing with that unread would
// take the answer back from them.
asio::awaitable<void> TurnAway(tcp::socket socket, const Site& site) {
  boost::beast::tcp_stream stream(std::move(socket));
  stream.expires_after(kLingerTimeout);
  Reply reply = TextReply(http::status::service_unavailable, "too many visitors\n");
  reply.headers.emplace_back("Retry-After", "5");
  auto response = ToResponse(reply, site.public_url, kHttp11, false);
  http::response_serializer<http::string_body> serializer(response);
  error_code error;
  co_await http::async_write(stream, serializer, asio::redirect_error(asio::use_awaitable, error));
  stream.socket().shutdown(tcp::socket::shutdown_send, error);
  std::array<char, 4096> unread{};
  while (!error) {
    co_await stream.async_read_some(asio::buffer(unread),
                                    asio::redirect_error(asio::use_awaitable, error));
  }
}

}  // namespace

struct Server::Impl {
  Impl(const ServerOptions& given, const CoreClient& core, const Languages& languages)
      : options(given),
        handler{core, languages, options.site},
        guests(options.proxies, options.visitor_requests_max) {}

  asio::awaitable<void> Accept() {
    while (acceptor.is_open()) {
      tcp::socket socket(context);
      error_code error;
      co_await acceptor.async_accept(socket, asio::redirect_error(asio::use_awaitable, error));
      if (error) {
        if (!acceptor.is_open()) co_return;
        asio::steady_timer pause(context, kAcceptPause);
        co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
        continue;
      }
      try {
        TakeIn(std::move(socket));
      } catch (const std::exception& failure) {  // Out of memory, say; the next one may fit.
        spdlog::error("a visitor was not let in: {}", failure.what());
      }
    }
  }

  void TakeIn(tcp::socket socket) {
    if (static_cast<int>(connections.size()) < options.connections_max || GiveWay()) {
      error_code ignored;
      socket.set_option(tcp::no_delay(true), ignored);
      socket.set_option(tcp::socket::send_buffer_size(kSendBufferBytes), ignored);
      asio::co_spawn(context, Serve(std::move(socket)), asio::detached);
    } else if (turned_away < kTurnedAwayMax) {
      ++turned_away;
      connections_refused.With({"turned_away"}).Add();
      asio::co_spawn(context, TurnAway(std::move(socket), options.site),
                     [this](const std::exception_ptr&) { --turned_away; });
    } else {
      connections_refused.With({"dropped"}).Add();
    }
  }

  // Hangs up on one who has not asked anything yet. False: nobody is so.
  bool GiveWay() {
    Connection* const first = guests.waiting.FirstToGo();
    if (first == nullptr) return false;
    guests.waiting.Leave(first);
    first->Abort();
    connections_refused.With({"hung_up"}).Add();
    return true;
  }

  asio::awaitable<void> Serve(tcp::socket socket) {
    Connection connection(std::move(socket), handler, guests);
    connections.insert(&connection);
    connections_open.Set(static_cast<double>(connections.size()));
    try {
      co_await connection.Serve();
    } catch (const std::exception& error) {
      spdlog::error("a request failed: {}", error.what());
    }
    connections.erase(&connection);
    connections_open.Set(static_cast<double>(connections.size()));
    if (stopping && connections.empty()) context.stop();
  }

  // The first signal lets answers under way end, the second does not.
  asio::awaitable<void> AwaitSignals() {
    error_code error;
    co_await signals.async_wait(asio::redirect_error(asio::use_awaitable, error));
    spdlog::info("stopping");
    stopping = true;
    acceptor.close(error);
    for (Connection* connection : std::set(connections)) connection->Finish();
    if (connections.empty()) context.stop();
    grace.expires_after(kStopGrace);
    grace.async_wait([this](error_code cancelled) {
      if (!cancelled) context.stop();
    });
    co_await signals.async_wait(asio::redirect_error(asio::use_awaitable, error));
    context.stop();
  }

  const ServerOptions options;
  const Handler handler;
  Guests guests;  // Outlives the connections, which end with the context.
  asio::io_context context{1};
  tcp::acceptor acceptor{context};
  asio::signal_set signals{context, SIGINT, SIGTERM};
  asio::steady_timer grace{context};
  std::set<Connection*> connections;
  int turned_away = 0;
  bool stopping = false;
};

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::~Server() = default;

absl::StatusOr<std::unique_ptr<Server>> Server::Listen(const ServerOptions& options,
                                                       const CoreClient& core,
                                                       const Languages& languages) {
  error_code error;
  const auto address = asio::ip::make_address(options.host, error);
  if (error) return absl::InvalidArgumentError(options.host + " is not a numeric address");
  auto impl = std::make_unique<Impl>(options, core, languages);
  const tcp::endpoint endpoint(address, options.port);
  impl->acceptor.open(endpoint.protocol(), error);
  if (!error) impl->acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) impl->acceptor.bind(endpoint, error);
  if (!error) impl->acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error) return absl::UnavailableError("cannot listen: " + error.message());
  asio::co_spawn(impl->context, impl->Accept(), asio::detached);
  asio::co_spawn(impl->context, impl->AwaitSignals(), asio::detached);
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

unsigned short Server::port() const { return impl_->acceptor.local_endpoint().port(); }

void Server::Run() { impl_->context.run(); }

}  // namespace kalends::web
