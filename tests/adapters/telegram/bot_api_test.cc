// The client against a server of a few lines on a free port.
#include "adapters/telegram/bot_api.h"

#include <gtest/gtest.h>

#include <boost/asio.hpp>
#include <boost/beast.hpp>
#include <thread>

namespace kalends::telegram {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;

// Answers each connection's one request with `body`; keeps the requests.
class OneAnswerServer {
 public:
  explicit OneAnswerServer(std::string body)
      : body_(std::move(body)),
        acceptor_(io_, tcp::endpoint(asio::ip::address_v4::loopback(), 0)),
        thread_([this] { Serve(); }) {}
  ~OneAnswerServer() {
    boost::system::error_code ignored;
    // Wakes the accept.
    tcp::socket(io_).connect(acceptor_.local_endpoint(), ignored);
    thread_.join();
  }

  std::string url() const {
    return "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port());
  }
  const http::request<http::string_body>& request() const { return request_; }

 private:
  void Serve() {
    for (;;) {
      tcp::socket socket = acceptor_.accept();
      boost::beast::flat_buffer buffer;
      boost::system::error_code error;
      http::request<http::string_body> request;
      http::read(socket, buffer, request, error);
      if (error) return;
      request_ = request;
      http::response<http::string_body> response{http::status::ok, 11, body_};
      response.keep_alive(false);
      response.prepare_payload();
      http::write(socket, response, error);
    }
  }

  std::string body_;
  asio::io_context io_;
  tcp::acceptor acceptor_;
  http::request<http::string_body> request_;
  std::thread thread_;
};

TEST(BotApi, SendsJsonToTheMethodBelowTheToken) {
  OneAnswerServer server(R"({"ok":true,"result":{"message_id":7}})");
  BotApi api(server.url() + "/", "1:TOKEN");
  const ApiResult answer =
      api.Call({.method = "sendMessage", .params = {{"chat_id", 5}, {"text", "Häre\xff"}}});
  EXPECT_EQ(answer.outcome, Outcome::kOk);
  EXPECT_EQ(answer.result["message_id"], 7);
  EXPECT_EQ(server.request().target(), "/bot1:TOKEN/sendMessage");
  EXPECT_EQ(server.request()[http::field::content_type], "application/json");
  EXPECT_EQ(nlohmann::json::parse(server.request().body())["chat_id"], 5);
}

TEST(BotApi, TakesAnAnswerThatIsNestedDeep) {
  std::string objects;
  for (int i = 0; i < 100'000; ++i) objects += R"({"a":)";
  objects += "1" + std::string(100'000, '}');
  const std::string arrays = std::string(100'000, '[') + std::string(100'000, ']');
  for (const std::string& deep : {arrays, objects}) {
    OneAnswerServer server(R"({"ok":true,"result":{"message_id":7,"more":)" + deep + "}}");
    BotApi api(server.url(), "1:TOKEN");
    const ApiResult answer = api.Call({.method = "getMe", .params = {}});
    EXPECT_EQ(answer.outcome, Outcome::kOk);
    const nlohmann::json copy = answer.result;
    EXPECT_EQ(copy["message_id"], 7);
  }
}

TEST(BotApi, SendsFilesAsMultipart) {
  OneAnswerServer server(R"({"ok":true,"result":{}})");
  BotApi api(server.url(), "1:TOKEN");
  api.Call({.method = "sendPhoto",
            .params = {{"chat_id", 5}, {"caption", "QR"}},
            .file = std::make_shared<const ApiFile>(
                ApiFile{"photo", "a.png", "image/png", std::string("\x89PNG\0x", 6)})});
  const std::string& body = server.request().body();
  EXPECT_NE(body.find("name=\"chat_id\"\r\n\r\n5\r\n"), std::string::npos);
  EXPECT_NE(body.find("name=\"photo\"; filename=\"a.png\""), std::string::npos);
  EXPECT_NE(body.find(std::string("\x89PNG\0x", 6)), std::string::npos);
}

TEST(BotApi, AFileHasTimeForItsSizeAtASlowLine) {
  ApiCall call{.method = "sendDocument"};
  EXPECT_EQ(TimeoutOf(call), std::chrono::seconds(30));
  const std::pair<std::size_t, int> kCases[] = {{0, 30}, {99'999, 30}, {10'000'000, 130}};
  for (const auto& [bytes, seconds] : kCases) {
    call.file = std::make_shared<const ApiFile>(
        ApiFile{"document", "a.zip", "application/zip", std::string(bytes, 'x')});
    EXPECT_EQ(TimeoutOf(call), std::chrono::seconds(seconds)) << bytes;
  }
}

TEST(BotApi, NobodyThereIsTriedAgainLater) {
  BotApi api("http://127.0.0.1:1", "1:TOKEN");
  const ApiResult answer = api.Call({.method = "getMe"});
  EXPECT_EQ(answer.outcome, Outcome::kRetry);
  EXPECT_EQ(answer.description.find("TOKEN"), std::string::npos);
}

TEST(BotApi, AfterStopEveryCallEndsAtOnce) {
  BotApi api("http://127.0.0.1:1", "1:TOKEN");
  api.Stop();
  EXPECT_EQ(api.Call({.method = "getMe"}).outcome, Outcome::kRetry);
}

}  // namespace
}  // namespace kalends::telegram
