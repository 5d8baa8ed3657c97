#include "tools/telegram_sim/server.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <csignal>
#include <utility>

#include "adapters/shared/http_framing.h"
#include "tools/telegram_sim/bot_side.h"
#include "tools/telegram_sim/json_text.h"
#include "tools/telegram_sim/limits.h"
#include "tools/telegram_sim/page.h"
#include "tools/telegram_sim/params.h"
#include "tools/telegram_sim/sim_api.h"
#include "tools/telegram_sim/text.h"
#include "tools/telegram_sim/webhook.h"

namespace kalends::sim {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

// An upload and its form around it, or a file of as much in base64.
constexpr std::uint64_t kBodyBytesMax = 80ULL << 20;
constexpr auto kHeartbeat = seconds(15);  // Of an event stream.

using HttpRequest = http::request<http::string_body>;

std::string ToString(boost::string_view text) { return {text.data(), text.size()}; }

// Pages of other sites must not reach in by a name that resolves to this machine.
bool IsLocalHost(const std::string& host) {
  const std::string name =
      host.starts_with('[') ? host.substr(0, host.find(']') + 1) : host.substr(0, host.find(':'));
  return name == "127.0.0.1" || name == "localhost" || name == "[::1]";
}

Answer Plain(int code, const std::string& text) { return {code, "text/plain", text, "", 0, false}; }

Request ToRequest(const HttpRequest& message) {
  Request request;
  request.verb = ToString(message.method_string());
  const std::string target = ToString(message.target());
  const std::size_t mark = target.find('?');
  request.path = target.substr(0, mark);
  if (mark != std::string::npos) request.query = target.substr(mark + 1);
  request.content_type = ToString(message[http::field::content_type]);
  request.body = message.body();
  return request;
}

http::response<http::string_body> ToResponse(const Answer& answer, const HttpRequest& message) {
  http::response<http::string_body> response(static_cast<http::status>(answer.code),
                                             message.version());
  response.set(http::field::content_type, answer.type);
  response.set(http::field::cache_control, "no-store");
  response.set("X-Content-Type-Options", "nosniff");
  if (answer.retry_after > 0) {
    response.set(http::field::retry_after, std::to_string(answer.retry_after));
  }
  if (!answer.file_name.empty()) {
    response.set(http::field::content_disposition,
                 "attachment; filename*=UTF-8''" + EncodePercent(answer.file_name));
  }
  response.keep_alive(message.keep_alive());
  response.body() = answer.body;
  response.prepare_payload();
  return response;
}

}  // namespace

struct Server::Impl {
  Impl(const ServerOptions& given, World& of) : options(given), world(of) {
    world.on_change = [this] { bell.Ring(); };
  }
  ~Impl() { world.on_change = nullptr; }

  asio::awaitable<void> Accept() {
    while (true) {
      tcp::socket socket = co_await acceptor.async_accept(asio::use_awaitable);
      socket.set_option(tcp::no_delay(true));
      asio::co_spawn(context, Serve(std::move(socket)), asio::detached);
    }
  }

  // One connection, until either side has enough. What breaks it ends the coroutine.
  asio::awaitable<void> Serve(tcp::socket socket) {
    boost::beast::flat_buffer buffer;
    bool more = true;
    while (more) {
      http::request_parser<http::string_body> parser;
      parser.body_limit(kBodyBytesMax);
      boost::system::error_code error;
      co_await http::async_read_header(socket, buffer, parser,
                                       asio::redirect_error(asio::use_awaitable, error));
      // Beast refuses some of it before the field is there to be looked at.
      const bool framed = IsFramedPlainly(parser.get()) &&
                          error != http::error::bad_transfer_encoding &&
                          error != http::error::bad_content_length;
      if (!error && framed) {
        co_await http::async_read(socket, buffer, parser,
                                  asio::redirect_error(asio::use_awaitable, error));
      }
      if (framed && error && error != http::error::body_limit) co_return;
      const HttpRequest message = parser.release();
      if (!error && framed && message.target().starts_with("/sim/events")) {
        co_await StreamEvents(socket);
        co_return;
      }
      Answer answer;
      if (!framed) {
        answer = Plain(400, "Bad Request\n");
      } else if (error) {
        answer = ToAnswer(Failure(TooLarge()));
      } else {
        answer = co_await Handle(message);
      }
      if (answer.hang_up) co_return;
      auto response = ToResponse(answer, message);
      more = !error && framed && response.keep_alive();
      response.keep_alive(more);
      co_await http::async_write(socket, response, asio::use_awaitable);
    }
    boost::system::error_code ignored;
    socket.shutdown(tcp::socket::shutdown_send, ignored);
  }

  asio::awaitable<Answer> Handle(const HttpRequest& message) {
    if (!IsLocalHost(ToString(message[http::field::host]))) {
      co_return Plain(403, "The simulator answers to 127.0.0.1 and localhost only.\n");
    }
    if (message.method() == http::verb::post && !message.has_content_length() &&
        !message.chunked()) {
      co_return Plain(411, "Length Required\n");
    }
    const Request request = ToRequest(message);
    if (request.path.starts_with("/bot")) {
      Answer answer = co_await CallBot(world, bell, options.tokens, request);
      co_return answer;
    }
    if (request.path.starts_with("/file/")) {
      co_return DownloadFile(world, options.tokens, request);
    }
    if (request.path.starts_with("/sim/")) {
      Answer answer = co_await CallSim(request);
      co_return answer;
    }
    if (const PageFile* file = FindPageFile(request.path)) {
      co_return Answer{200, std::string(file->type), std::string(file->text), "", 0, false};
    }
    co_return Plain(404, "There is nothing here. The page is at /.\n");
  }

  asio::awaitable<Answer> CallSim(const Request& request) {
    Args args = DecodeForm(request.query);
    std::string path = request.path;
    if (path.starts_with("/sim/chat/")) {
      args["user"] = path.substr(10);
      path = "/sim/chat";
    }
    const SimRoute* route = FindSimRoute(path);
    if (route == nullptr) co_return Refused(404, "There is no " + path + ".");
    if (route->verb != request.verb) {
      co_return Refused(405, path + " wants " + std::string(route->verb) + ".");
    }
    if (!Trim(request.body).empty()) {
      const nlohmann::json body = ReadJson(request.body);
      if (!body.is_object()) co_return Refused(400, "The body must be a JSON object.");
      args.update(body);
    }
    const std::int64_t wait_ms =
        std::clamp<std::int64_t>(ArgInt(args, "timeout_ms", kWaitMsDefault), 0, kWaitMsMax);
    const auto deadline = steady_clock::now() + milliseconds(wait_ms);
    std::optional<Answer> reply = route->handle(world, args);
    while (!reply && steady_clock::now() < deadline) {
      co_await bell.Wait(deadline);
      reply = route->handle(world, args);
    }
    if (!reply) reply = route->time_out(world, args);
    co_return *std::move(reply);
  }

  // Server-sent events: the revision after each change, for as long as the page listens.
  asio::awaitable<void> StreamEvents(tcp::socket& socket) {
    const std::string head =
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n"
        "Connection: close\r\n\r\n";
    co_await asio::async_write(socket, asio::buffer(head), asio::use_awaitable);
    std::int64_t sent = -1;
    while (true) {
      std::string event = ": still here\n\n";
      if (sent != world.revision()) {
        sent = world.revision();
        event = "data: {\"revision\":" + std::to_string(sent) + "}\n\n";
      }
      co_await asio::async_write(socket, asio::buffer(event), asio::use_awaitable);
      if (sent == world.revision()) co_await bell.Wait(steady_clock::now() + kHeartbeat);
    }
  }

  ServerOptions options;
  World& world;
  Bell bell;
  asio::io_context context{1};
  tcp::acceptor acceptor{context};
  asio::signal_set signals{context};
};

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::~Server() = default;

absl::StatusOr<std::unique_ptr<Server>> Server::Listen(const ServerOptions& options, World& world) {
  boost::system::error_code error;
  const auto address =
      asio::ip::make_address(options.host == "localhost" ? "127.0.0.1" : options.host, error);
  if (error || !address.is_loopback()) {
    return absl::InvalidArgumentError(options.host + " is not a loopback address");
  }
  auto impl = std::make_unique<Impl>(options, world);
  const tcp::endpoint endpoint(address, options.port);
  impl->acceptor.open(endpoint.protocol());
  impl->acceptor.set_option(tcp::acceptor::reuse_address(true));
  impl->acceptor.bind(endpoint, error);
  if (!error) impl->acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error) return absl::UnavailableError("cannot listen: " + error.message());
  asio::co_spawn(impl->context, impl->Accept(), asio::detached);
  asio::co_spawn(impl->context, DeliverToWebhook(world, impl->bell), asio::detached);
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

unsigned short Server::port() const { return impl_->acceptor.local_endpoint().port(); }

void Server::Run() { impl_->context.run(); }

void Server::Stop() { impl_->context.stop(); }

void Server::StopOnSignals() {
  impl_->signals.add(SIGINT);
  impl_->signals.add(SIGTERM);
  impl_->signals.async_wait([this](boost::system::error_code error, int) {
    if (!error) Stop();
  });
}

}  // namespace kalends::sim
