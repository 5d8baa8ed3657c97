#include "adapters/telegram/webhook.h"

#include <gtest/gtest.h>

#include <boost/asio.hpp>
#include <boost/beast.hpp>

#include "tests/adapters/telegram/support.h"

namespace kalends::telegram {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;

TEST(SameSecret, ComparesWholeSecretsAndNeverTakesAnEmptyOne) {
  EXPECT_TRUE(SameSecret("s3cret", "s3cret"));
  EXPECT_FALSE(SameSecret("s3cre", "s3cret"));
  EXPECT_FALSE(SameSecret("s3cretx", "s3cret"));
  EXPECT_FALSE(SameSecret("", "s3cret"));
  EXPECT_FALSE(SameSecret("", ""));
}

class Webhook : public testing::Test {
 protected:
  unsigned Post(http::verb verb, const std::string& secret, const std::string& body) {
    asio::io_context io;
    tcp::socket socket(io);
    socket.connect({asio::ip::address_v4::loopback(), static_cast<std::uint16_t>(server_.port())});
    http::request<http::string_body> request{verb, "/", 11, body};
    request.set("X-Telegram-Bot-Api-Secret-Token", secret);
    request.prepare_payload();
    http::write(socket, request);
    boost::beast::flat_buffer buffer;
    http::response<http::string_body> response;
    http::read(socket, buffer, response);
    return response.result_int();
  }

  Client client_{"127.0.0.1:1", "key"};
  BotApi api_{"http://127.0.0.1:1", "1:TOKEN"};
  Sender sender_{api_};
  Sessions sessions_{client_};
  Cards cards_{client_, 1};
  Strands strands_{1};
  Context context_{
      client_,         api_, sender_, sessions_, cards_, strands_, strands_,
      TestLanguages(), 1,    "bot",   "",        0,      "en",     [] { return Instant(); }};
  Backlog backlog_{client_};
  Inbox inbox_{context_, backlog_};
  WebhookServer server_{inbox_, "127.0.0.1", 0, "s3cret"};
};

TEST_F(Webhook, TakesUpdatesThatCarryTheSecret) {
  // Not for us, hence handled at once.
  EXPECT_EQ(Post(http::verb::post, "s3cret", R"({"update_id":1,"poll":{}})"), 200U);
}

TEST_F(Webhook, RefusesAllElse) {
  EXPECT_EQ(Post(http::verb::post, "wrong", R"({"update_id":1})"), 401U);
  EXPECT_EQ(Post(http::verb::get, "s3cret", ""), 405U);
  EXPECT_EQ(Post(http::verb::post, "wrong", std::string(kWebhookBytesMax + 1, 'x')), 401U);
}

// Refused, they would come again for as long as Telegram keeps them, and all others wait.
TEST_F(Webhook, WhatNobodyCanReadIsTakenAndSetAside) {
  const std::string deep(100'000, '[');
  const std::string arrays = deep + std::string(100'000, ']');
  std::string objects;
  for (int i = 0; i < 100'000; ++i) objects += R"({"a":)";
  objects += "1" + std::string(100'000, '}');
  const std::string bodies[] = {
      "no json",
      "",
      "[1]",
      R"({"update_id":7,)",
      R"({"update_id":1e999,"poll":{}})",
      deep,
      R"({"update_id":7,"poll":)" + deep,
      arrays,
      objects,
      R"({"update_id":9,"poll":)" + arrays + "}",
      R"({"update_id":9,"message":{"text":)" + objects + "}}",
      R"({"update_id":8,"message":{"text":")" + std::string(3 * kWebhookBytesMax, 'x') + R"("}})"};
  for (const std::string& body : bodies) {
    EXPECT_EQ(Post(http::verb::post, "s3cret", body), 200U) << body.substr(0, 40);
  }
}

}  // namespace
}  // namespace kalends::telegram
