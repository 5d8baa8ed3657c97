#include "tools/telegram_sim/webhook.h"

#include <algorithm>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <optional>
#include <string>

#include "tools/telegram_sim/json_text.h"
#include "tools/telegram_sim/methods.h"
#include "tools/telegram_sim/text.h"

namespace kalends::sim {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr auto kAnswerTimeout = seconds(30);
constexpr int kBackoffMaxSeconds = 60;
constexpr auto kForever = std::chrono::hours(24);

struct Url {
  std::string host;
  std::string authority;
  unsigned short port = 80;
  std::string target = "/";
};

// Of an http:// URL.
std::optional<Url> ParseUrl(std::string_view text) {
  if (!text.starts_with("http://")) return std::nullopt;
  text.remove_prefix(7);
  const std::size_t slash = std::min(text.find('/'), text.size());
  Url url;
  url.authority = std::string(text.substr(0, slash));
  if (slash < text.size()) url.target = std::string(text.substr(slash));
  const std::size_t colon = url.authority.rfind(':');
  const bool has_port = colon != std::string::npos && !url.authority.ends_with(']');
  url.host = url.authority.substr(0, has_port ? colon : std::string::npos);
  if (has_port) {
    const auto port = ToInt(url.authority.substr(colon + 1));
    if (!port || *port < 1 || *port > 65535) return std::nullopt;
    url.port = static_cast<unsigned short>(*port);
  }
  if (url.host == "localhost") url.host = "127.0.0.1";
  if (url.host == "[::1]") url.host = "::1";
  return url;
}

struct Delivery {
  bool good = false;
  std::string error;
  int retry_after = 0;  // Seconds; 0: not said.
  std::string body;
};

asio::awaitable<Delivery> PostUpdate(Url url, std::string secret, std::string body) {
  boost::system::error_code error;
  const auto address = asio::ip::make_address(url.host, error);
  if (error || !address.is_loopback()) {
    co_return Delivery{false, "The simulator delivers to loopback addresses only", 0, ""};
  }
  beast::tcp_stream stream(co_await asio::this_coro::executor);
  stream.expires_after(kAnswerTimeout);
  const auto token = [&] { return asio::redirect_error(asio::use_awaitable, error); };
  co_await stream.async_connect(asio::ip::tcp::endpoint(address, url.port), token());
  if (error) co_return Delivery{false, "Connection refused", 0, ""};
  http::request<http::string_body> request(http::verb::post, url.target, 11);
  request.set(http::field::host, url.authority);
  request.set(http::field::content_type, "application/json");
  request.set(http::field::connection, "close");
  if (!secret.empty()) request.set("X-Telegram-Bot-Api-Secret-Token", secret);
  request.body() = std::move(body);
  request.prepare_payload();
  co_await http::async_write(stream, request, token());
  beast::flat_buffer buffer;
  http::response<http::string_body> response;
  if (!error) co_await http::async_read(stream, buffer, response, token());
  if (error) co_return Delivery{false, "Connection closed or timed out", 0, ""};
  Delivery delivery;
  delivery.good = response.result_int() / 100 == 2;
  if (!delivery.good) {
    const auto reason = response.reason();
    delivery.error = "Wrong response from the webhook: " + std::to_string(response.result_int()) +
                     " " + std::string(reason.data(), reason.size());
  }
  const auto retry = response[http::field::retry_after];
  delivery.retry_after = static_cast<int>(ToInt({retry.data(), retry.size()}).value_or(0));
  delivery.body = response.body();
  co_return delivery;
}

// The webhook's answer may be a method call; its result goes nowhere.
void CallFromReply(World& world, const std::string& body) {
  Params params;
  params.values = ReadJson(body);
  if (!params.values.is_object() || !params.values.contains("method")) return;
  const std::string method = params.Text("method");
  params.values.erase("method");
  const nlohmann::json described = Describe(params);
  const Reply reply = CallMethod(world, method, std::move(params));
  world.Log({0, 0, method, described, reply.code, reply.body});
}

}  // namespace

asio::awaitable<void> DeliverToWebhook(World& world, Bell& bell) {
  int failures = 0;
  while (true) {
    if (world.webhook.url.empty() || world.updates.size() == 0) {
      co_await bell.Wait(steady_clock::now() + kForever);
      continue;
    }
    const std::string set_url = world.webhook.url;
    const nlohmann::json update = world.updates.Take(1).front();
    const std::optional<Url> url = ParseUrl(set_url);
    Delivery delivery{false, "The simulator delivers over http:// only", 0, ""};
    if (url) delivery = co_await PostUpdate(*url, world.webhook.secret_token, Dump(update));
    if (delivery.good) {
      failures = 0;
      CallFromReply(world, delivery.body);
      world.updates.Drop(update["update_id"].get<std::int64_t>());
      world.Bump();
      continue;
    }
    world.webhook.last_error = delivery.error;
    world.webhook.last_error_s = world.now_ms() / 1000;
    world.Bump();
    const int backoff = std::min(1 << std::min(failures++, 6), kBackoffMaxSeconds);
    const auto again =
        steady_clock::now() + seconds(delivery.retry_after > 0 ? delivery.retry_after : backoff);
    while (steady_clock::now() < again && world.webhook.url == set_url) co_await bell.Wait(again);
  }
}

}  // namespace kalends::sim
