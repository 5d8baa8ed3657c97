// One connection of a viewer: a request after the other, each with its time limits.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <memory>
#include <string>

#include "adapters/web/awaitable.h"
#include "adapters/web/byte_range.h"
#include "adapters/web/guests.h"
#include "adapters/web/handler.h"

namespace kalends::web {

class Connection {
 public:
  // `handler` and `guests` must outlive it.
  Connection(boost::asio::ip::tcp::socket socket, const Handler& handler, Guests& guests);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Serves until either side has enough.
  boost::asio::awaitable<void> Serve();
  // No further request: an idle connection ends at once, an answer under way is ended first.
  void Finish();
  // At once, for the sake of a newcomer or of the end.
  void Abort();

 private:
  struct Sent {
    http::status status = http::status::ok;
    bool complete = false;
  };
  using Parser = http::request_parser<http::empty_body>;

  boost::asio::awaitable<bool> Read(Parser& parser);
  boost::asio::awaitable<bool> Respond(Parser& parser);
  boost::asio::awaitable<Sent> Answer(const Request& request, const Route& route, bool keep_alive);
  boost::asio::awaitable<void> Refuse(const Request& request, const Reply& reply);
  boost::asio::awaitable<Reply> AnswerFeed(const Request& request, const Route& route,
                                           const std::string& token);
  boost::asio::awaitable<Sent> RespondWithDownload(const Request& request,
                                                   const DownloadRoute& route, bool keep_alive);
  boost::asio::awaitable<bool> SendPart(Download& download, std::int64_t size);
  boost::asio::awaitable<bool> Write(const Request& request, const Reply& reply, bool keep_alive);
  boost::asio::awaitable<void> RefuseHeader(Parser& parser, boost::system::error_code error);
  boost::asio::awaitable<void> Linger();

  boost::beast::tcp_stream stream_;
  boost::beast::flat_buffer buffer_;
  const Handler& handler_;
  Guests& guests_;
  boost::asio::ip::address peer_;
  bool idle_ = true;
  bool finishing_ = false;
};

}  // namespace kalends::web
