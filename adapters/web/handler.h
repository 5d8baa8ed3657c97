// What is answered to a request, apart from downloads.
#pragma once

#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/web/awaitable.h"
#include "adapters/web/core_client.h"
#include "adapters/web/pages.h"
#include "adapters/web/reply.h"
#include "adapters/web/route.h"
#include "adapters/web/texts.h"

namespace kalends::web {

using Request = http::request<http::empty_body>;

// What answers are made from.
struct Handler {
  const CoreClient& core;
  const Languages& languages;
  const Site& site;

  // The viewer's texts for pages that are nobody's.
  const Texts& TextsFor(const Request& request) const;
  // A page of texts by these keys.
  Reply Message(const Request& request, http::status status, const char* title, const char* text,
                const char* next = nullptr) const;
  // What is said while the core does not answer.
  Reply Unavailable(const Request& request) const;
  // Why the request is not looked at; nullopt: it is. These answers end the connection.
  std::optional<Reply> Refuse(const Request& request, bool has_body) const;

  boost::asio::awaitable<Reply> Answer(const Request& request, const Route& route) const;
  // The page for a download that the core refuses.
  Reply NoDownload(const Request& request, const grpc::Status& status) const;

 private:
  boost::asio::awaitable<Reply> AnswerProfile(const Request& request,
                                              const ProfileRoute& route) const;
  boost::asio::awaitable<Reply> AnswerPicture(const Request& request,
                                              const PictureRoute& route) const;
  boost::asio::awaitable<Reply> AnswerFeed(const Request& request, const FeedRoute& route) const;
  boost::asio::awaitable<Reply> AnswerHealth() const;
};

// A header's value; empty: not there.
std::string_view HeaderOf(const Request& request, http::field field);
// "profile", for the log, which never has what comes after it.
std::string_view NameOf(const Route& route);

}  // namespace kalends::web
