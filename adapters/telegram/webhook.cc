#include "adapters/telegram/webhook.h"

#include <spdlog/spdlog.h>

#include <boost/asio.hpp>
#include <boost/beast.hpp>
#include <limits>
#include <thread>

#include "adapters/shared/http_framing.h"
#include "adapters/shared/peer_network.h"
#include "adapters/shared/waiting_room.h"
#include "adapters/telegram/json_reader.h"

namespace kalends::telegram {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;

// For a whole header of who has not shown the secret, and for the rest of what was refused.
constexpr std::chrono::seconds kStrangerTimeout{10};
constexpr std::chrono::seconds kReadTimeout{30};
// Out of file descriptors, say: asked again at once, the system would say the same, for ever.
constexpr std::chrono::milliseconds kAcceptPause{50};
constexpr std::uint32_t kRequestHeaderBytesMax = 16U << 10U;
constexpr std::size_t kDrainBytes = 64U << 10U;
constexpr char kSecretHeader[] = "X-Telegram-Bot-Api-Secret-Token";

// What is no HTTP, unlike a connection that has ended.
bool IsMalformed(beast::error_code error) {
  return error.category() == http::make_error_code(http::error::bad_value).category() &&
         error != http::error::end_of_stream && error != http::error::partial_message;
}

// One connection: a request after the other. A stranger until a header has shown the secret; no
// body of a stranger's is taken in. Runs on the server's one thread.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  using Strangers = WaitingRoom<Connection>;

  Connection(tcp::socket socket, const std::string& network, Inbox& inbox,
             const std::string& secret, Strangers& strangers)
      : stream_(std::move(socket)), inbox_(inbox), secret_(secret), strangers_(strangers) {
    strangers_.Enter(this, network);
  }
  // Who is known ends on any thread: the inbox may be the last to let go.
  ~Connection() {
    if (!known_) strangers_.Leave(this);
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void Read() {
    parser_.emplace();
    parser_->header_limit(kRequestHeaderBytesMax);
    // Looked at once the secret is: the parser would refuse before.
    parser_->body_limit(std::numeric_limits<std::uint64_t>::max());
    stream_.expires_after(known_ ? kReadTimeout : kStrangerTimeout);
    http::async_read_header(stream_, buffer_, *parser_,
                            [self = shared_from_this()](beast::error_code error, std::size_t) {
                              if (IsMalformed(error)) {
                                self->Close(http::status::bad_request, kStrangerTimeout);
                              } else if (!error) {
                                self->OnHeader();
                              }
                            });
  }

  // A stranger is hung up on, for another's sake.
  void GiveWay() {
    strangers_.Leave(this);
    stream_.close();
  }

 private:
  // What is wrong with the header; ok: nothing.
  http::status Check() const {
    const auto& request = parser_->get();
    if (!IsFramedPlainly(request)) return http::status::bad_request;
    if (request.method() != http::verb::post) return http::status::method_not_allowed;
    const auto given = request[kSecretHeader];
    return SameSecret({given.data(), given.size()}, secret_) ? http::status::ok
                                                             : http::status::unauthorized;
  }

  void OnHeader() {
    if (const http::status status = Check(); status != http::status::ok) {
      Close(status, kStrangerTimeout);
      return;
    }
    strangers_.Leave(this);
    known_ = true;
    if (parser_->content_length().value_or(0) > kWebhookBytesMax) {
      PassOver();
      return;
    }
    parser_->body_limit(kWebhookBytesMax);
    stream_.expires_after(kReadTimeout);
    http::async_read(stream_, buffer_, *parser_,
                     [self = shared_from_this()](beast::error_code error, std::size_t) {
                       if (error == http::error::body_limit) {
                         self->PassOver();
                       } else if (IsMalformed(error)) {
                         self->Close(http::status::bad_request, kStrangerTimeout);
                       } else if (!error) {
                         self->Handle();
                       }
                     });
  }

  void Handle() {
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
    const auto read = buffer_.cdata();
    inbox_.CountSetAside(FindUpdateId({static_cast<const char*>(read.data()), read.size()}));
    Close(http::status::ok, kReadTimeout);
  }

  // Answers, and takes for `timeout` what still comes: who still sends does not read the answer of
  // a closed connection.
  void Close(http::status status, std::chrono::seconds timeout) {
    response_ = {status, 11};
    response_.keep_alive(false);
    response_.prepare_payload();
    stream_.expires_after(timeout);
    http::async_write(stream_, response_,
                      [self = shared_from_this()](beast::error_code error, std::size_t) {
                        if (error) return;
                        self->stream_.socket().shutdown(tcp::socket::shutdown_send, error);
                        self->Drain();
                      });
  }

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
  Strangers& strangers_;
  bool known_ = false;
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
      if (!error) {
        TakeIn(std::move(socket));
        Accept();
        return;
      }
      pause_.expires_after(kAcceptPause);
      pause_.async_wait([this](beast::error_code) {
        if (acceptor_.is_open()) Accept();
      });
    });
  }

  void TakeIn(tcp::socket socket) {
    beast::error_code error;
    const tcp::endpoint peer = socket.remote_endpoint(error);
    if (error) return;  // Gone again.
    if (strangers_.size() >= kWebhookStrangersMax) strangers_.FirstToGo()->GiveWay();
    std::make_shared<Connection>(std::move(socket), NetworkOf(peer.address()), inbox_, secret_,
                                 strangers_)
        ->Read();
  }

  Inbox& inbox_;
  const std::string secret_;
  Connection::Strangers strangers_;  // Outlives the connections, which end with io_.
  asio::io_context io_;
  tcp::acceptor acceptor_;
  asio::steady_timer pause_{io_};
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
