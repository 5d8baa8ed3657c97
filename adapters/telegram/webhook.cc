#include "adapters/telegram/webhook.h"

#include <spdlog/spdlog.h>

#include <atomic>
#include <boost/asio.hpp>
#include <boost/beast.hpp>
#include <thread>

#include "adapters/telegram/json_reader.h"

namespace kalends::telegram {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;

constexpr std::chrono::seconds kReadTimeout{30};
constexpr std::size_t kDrainBytes = 64U << 10U;
constexpr char kSecretHeader[] = "X-Telegram-Bot-Api-Secret-Token";

// One connection: a request after the other. Runs on the server's one thread.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(tcp::socket socket, Inbox& inbox, const std::string& secret,
             std::atomic<std::size_t>& count)
      : stream_(std::move(socket)), inbox_(inbox), secret_(secret), count_(count) {
    ++count_;
  }
  ~Connection() { --count_; }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void Read() {
    parser_.emplace();
    parser_->body_limit(kWebhookBytesMax);
    stream_.expires_after(kReadTimeout);
    http::async_read(stream_, buffer_, *parser_,
                     [self = shared_from_this()](beast::error_code error, std::size_t) {
                       if (error == http::error::body_limit) {
                         self->PassOver();
                       } else if (!error) {
                         self->Handle();
                       }
                     });
  }

 private:
  // What is wrong with the header; ok: nothing.
  http::status Check() const {
    const auto& request = parser_->get();
    if (request.method() != http::verb::post) return http::status::method_not_allowed;
    const auto given = request[kSecretHeader];
    return SameSecret({given.data(), given.size()}, secret_) ? http::status::ok
                                                             : http::status::unauthorized;
  }

  void Handle() {
    if (const http::status status = Check(); status != http::status::ok) {
      Answer(status);
      return;
    }
    const std::string& body = parser_->get().body();
    const nlohmann::json update = ReadJson(body);
    if (!update.is_object()) {
      // Refused, it would come again and again, and never be better to read.
      inbox_.CountSetAside(FindUpdateId(body));
      Answer(http::status::ok);
      return;
    }
    stream_.expires_never();  // Ours to answer now.
    inbox_.TakeIn(update, [self = shared_from_this()] {
      asio::post(self->stream_.get_executor(), [self] { self->Answer(http::status::ok); });
    });
  }

  // The body is longer than we take.
  void PassOver() {
    const http::status status = Check();
    const auto read = buffer_.cdata();
    if (status == http::status::ok) {
      inbox_.CountSetAside(FindUpdateId({static_cast<const char*>(read.data()), read.size()}));
    }
    response_ = {status, 11};
    response_.keep_alive(false);
    response_.prepare_payload();
    stream_.expires_after(kReadTimeout);
    http::async_write(stream_, response_,
                      [self = shared_from_this()](beast::error_code error, std::size_t) {
                        if (!error) self->Drain();
                      });
  }

  // Takes the rest of the body: who still sends does not read the answer of a closed connection.
  void Drain() {
    buffer_.clear();
    stream_.async_read_some(buffer_.prepare(kDrainBytes),
                            [self = shared_from_this()](beast::error_code error, std::size_t) {
                              if (!error) self->Drain();
                            });
  }

  void Answer(http::status status) {
    const bool keep_alive = parser_->get().keep_alive();
    response_ = {status, 11};
    response_.keep_alive(keep_alive);
    response_.prepare_payload();
    stream_.expires_after(kReadTimeout);
    http::async_write(
        stream_, response_,
        [self = shared_from_this(), keep_alive](beast::error_code error, std::size_t) {
          if (!error && keep_alive) self->Read();
        });
  }

  beast::tcp_stream stream_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  http::response<http::empty_body> response_;
  Inbox& inbox_;
  const std::string& secret_;
  std::atomic<std::size_t>& count_;
};

}  // namespace

bool SameSecret(std::string_view given, std::string_view expected) {
  unsigned difference = given.size() == expected.size() ? 0U : 1U;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const char c = i < given.size() ? given[i] : '\0';
    difference |= static_cast<unsigned char>(c) ^ static_cast<unsigned char>(expected[i]);
  }
  return difference == 0 && !expected.empty();
}

class WebhookServer::Server {
 public:
  Server(Inbox& inbox, const std::string& address, int port, std::string secret)
      : inbox_(inbox), secret_(std::move(secret)), acceptor_(io_) {
    const tcp::endpoint endpoint(asio::ip::make_address(address), static_cast<std::uint16_t>(port));
    acceptor_.open(endpoint.protocol());
    acceptor_.set_option(asio::socket_base::reuse_address(true));
    acceptor_.bind(endpoint);
    acceptor_.listen();
    Accept();
    thread_ = std::thread([this] { io_.run(); });
  }

  ~Server() {
    Stop();
    io_.stop();
    thread_.join();
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  int port() const { return acceptor_.local_endpoint().port(); }

  void Stop() {
    asio::post(io_, [this] {
      beast::error_code ignored;
      acceptor_.close(ignored);
    });
  }

 private:
  void Accept() {
    acceptor_.async_accept([this](beast::error_code error, tcp::socket socket) {
      if (!acceptor_.is_open()) return;
      // Beyond the limit a connection is closed; Telegram tries again.
      if (!error && connections_ < kWebhookConnectionsMax) {
        std::make_shared<Connection>(std::move(socket), inbox_, secret_, connections_)->Read();
      }
      Accept();
    });
  }

  Inbox& inbox_;
  const std::string secret_;
  std::atomic<std::size_t> connections_ = 0;
  asio::io_context io_;
  tcp::acceptor acceptor_;
  std::thread thread_;
};

WebhookServer::WebhookServer(Inbox& inbox, const std::string& address, int port,
                             std::string secret) {
  try {
    server_ = std::make_unique<Server>(inbox, address, port, std::move(secret));
  } catch (const boost::system::system_error& error) {
    throw std::runtime_error("cannot listen on " + address + ": " + error.code().message());
  }
}

WebhookServer::~WebhookServer() = default;
int WebhookServer::port() const { return server_->port(); }
void WebhookServer::Stop() { server_->Stop(); }

}  // namespace kalends::telegram
