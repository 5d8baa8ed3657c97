#include "adapters/telegram/webhook.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <boost/asio.hpp>
#include <boost/beast.hpp>
#include <ctime>

#include "tests/adapters/telegram/support.h"
#include "tests/support/await.h"

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

constexpr char kHead[] =
    "POST / HTTP/1.1\r\nHost: x\r\nX-Telegram-Bot-Api-Secret-Token: s3cret\r\n";
constexpr char kUpdate[] = R"({"update_id":1,"poll":{}})";

class Webhook : public testing::Test {
 protected:
  tcp::socket Connect(asio::io_context& io) {
    tcp::socket socket(io);
    socket.connect({asio::ip::address_v4::loopback(), static_cast<std::uint16_t>(server_.port())});
    return socket;
  }

  // All that comes to these bytes until the server hangs up.
  std::string Exchange(const std::string& bytes) {
    asio::io_context io;
    tcp::socket socket = Connect(io);
    asio::write(socket, asio::buffer(bytes));
    return Rest(socket);
  }
  static std::string Rest(tcp::socket& socket) {
    std::string answer;
    boost::system::error_code error;
    asio::read(socket, asio::dynamic_buffer(answer), error);
    return answer;
  }

  unsigned Post(http::verb verb, const std::string& secret, const std::string& body) {
    asio::io_context io;
    tcp::socket socket = Connect(io);
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
  Context context_{client_,
                   api_,
                   sender_,
                   sessions_,
                   cards_,
                   strands_,
                   strands_,
                   TestLanguages(),
                   1,
                   "bot",
                   false,
                   "",
                   0,
                   "en",
                   [] { return Instant(); }};
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

// The system says at once that no file can be opened, as often as it is asked.
TEST_F(Webhook, WaitsForAFileWithoutAskingForItAllTheWhile) {
  constexpr std::chrono::milliseconds kWait{300};
  asio::io_context io;
  tcp::socket socket(io);
  socket.open(tcp::v4());
  rlimit files{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &files), 0);
  const int next = dup(STDERR_FILENO);
  ASSERT_EQ(close(next), 0);
  const rlimit none{static_cast<rlim_t>(next), files.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &none), 0);
  socket.connect({asio::ip::address_v4::loopback(), static_cast<std::uint16_t>(server_.port())});
  const std::clock_t begun = std::clock();
  EXPECT_FALSE(test::Eventually([&] { return socket.available() > 0; }, kWait));
  const auto worked = std::chrono::milliseconds(1000 * (std::clock() - begun) / CLOCKS_PER_SEC);
  EXPECT_LT(worked, kWait / 2);
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &files), 0);
  asio::write(socket, asio::buffer(std::string("GET / HTTP/1.1\r\nHost: x\r\n\r\n")));
  EXPECT_NE(Rest(socket).find("405"), std::string::npos);
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

// What two servers could read differently is not read at all: after it comes what one of them would
// take for a second request.
TEST_F(Webhook, RefusesBodiesWhoseLengthIsToldInTwoWays) {
  const std::string second = std::string(kHead) + "Content-Length: 0\r\n\r\n";
  for (const char* framing :
       {"Transfer-Encoding: xchunked\r\n", "Transfer-Encoding: identity\r\n",
        "Transfer-Encoding: gzip\r\n", "Transfer-Encoding:\r\n",
        "Transfer-Encoding: gzip, chunked\r\n", "Transfer-Encoding: chunked, identity\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        "Content-Length: 0\r\nTransfer-Encoding: xchunked\r\n",
        "Content-Length: 0\r\nContent-Length: 0\r\n", "Content-Length: 0\r\nContent-Length: 5\r\n",
        "Content-Length: -1\r\n", "Content-Length: 1x\r\n"}) {
    const std::string answer = Exchange(kHead + std::string(framing) + "\r\n" + second);
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 400 ")) << framing << answer;
    EXPECT_EQ(answer.find("HTTP/1.1", 1), std::string::npos) << framing << answer;
  }
  EXPECT_TRUE(Exchange(std::string(kHead) +
                       "Transfer-Encoding: Chunked\r\nConnection: close\r\n\r\n19\r\n" + kUpdate +
                       "\r\n0\r\n\r\n")
                  .starts_with("HTTP/1.1 200 "));
}

TEST_F(Webhook, AnswersAStrangerBeforeTheBody) {
  const std::string answer = Exchange("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n");
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 401 ")) << answer;
}

TEST_F(Webhook, LetsTelegramInHoweverManyStrangersAreSlow) {
  asio::io_context io;
  tcp::socket telegram = Connect(io);
  const std::string update = std::string(kHead) + "Content-Length: 25\r\n\r\n" + kUpdate;
  const auto tell = [&] {
    asio::write(telegram, asio::buffer(update));
    boost::beast::flat_buffer buffer;
    http::response<http::string_body> response;
    http::read(telegram, buffer, response);
    return response.result_int();
  };
  EXPECT_EQ(tell(), 200U);
  std::vector<tcp::socket> strangers;
  for (std::size_t i = 0; i < kWebhookStrangersMax + 150; ++i) {
    strangers.push_back(Connect(io));
    asio::write(strangers.back(), asio::buffer(std::string("POST / HTTP/1.1\r\nX-Slow: ")));
  }
  EXPECT_EQ(tell(), 200U) << "on the connection that is known";
  EXPECT_EQ(Post(http::verb::post, "s3cret", kUpdate), 200U) << "on a new one";
  EXPECT_EQ(Rest(strangers.front()), "") << "who waited longest has been hung up on";
}

}  // namespace
}  // namespace kalends::telegram
