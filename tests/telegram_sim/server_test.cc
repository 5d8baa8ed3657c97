// The real server on a free port, over sockets.
#include "tools/telegram_sim/server.h"

#include <gtest/gtest.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <future>
#include <nlohmann/json.hpp>
#include <optional>
#include <thread>

namespace kalends::sim {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using nlohmann::json;
using Response = http::response<http::string_body>;
using HttpRequest = http::request<http::string_body>;

constexpr char kToken[] = "77:test-token";

std::int64_t NowMs() {
  using std::chrono::milliseconds;
  return std::chrono::duration_cast<milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

class ServerTest : public testing::Test {
 protected:
  ServerTest() : world_({"kalends_demo_bot", 77, Limits::kTelegram, 1}, NowMs) {
    server_ = *Server::Listen({"127.0.0.1", 0, {kToken}}, world_);
    port_ = server_->port();
    thread_ = std::thread([this] { server_->Run(); });
  }
  ~ServerTest() override {
    server_->Stop();
    thread_.join();
  }

  tcp::socket Connect() {
    tcp::socket socket(context_);
    socket.connect({asio::ip::make_address("127.0.0.1"), port_});
    return socket;
  }

  // Nothing if the server hangs up instead of answering.
  std::optional<Response> Exchange(HttpRequest request) {
    tcp::socket socket = Connect();
    if (request[http::field::host].empty()) request.set(http::field::host, "127.0.0.1");
    request.prepare_payload();
    http::write(socket, request);
    boost::beast::flat_buffer buffer;
    Response response;
    boost::system::error_code error;
    http::read(socket, buffer, response, error);
    return error ? std::nullopt : std::optional(response);
  }

  std::optional<Response> Post(const std::string& target, const json& body) {  // null: no body.
    HttpRequest request(http::verb::post, target, 11);
    request.set(http::field::content_type, "application/json");
    if (!body.is_null()) request.body() = body.dump();
    return Exchange(std::move(request));
  }
  std::optional<Response> Get(const std::string& target) {
    return Exchange(HttpRequest(http::verb::get, target, 11));
  }
  json Bot(const std::string& method, const json& body) {
    return json::parse(Post(BotPath(method), body)->body());
  }
  json SimPost(const std::string& path, const json& body) {
    return json::parse(Post(path, body)->body());
  }
  json SimGet(const std::string& target) { return json::parse(Get(target)->body()); }
  std::string BotPath(const std::string& method) {
    return "/bot" + std::string(kToken) + "/" + method;
  }

  std::int64_t AddStarted() {
    const std::int64_t id = SimPost("/sim/user", {{"first_name", "Anna"}})["id"];
    SimPost("/sim/start", {{"user", id}});
    return id;
  }

  asio::io_context context_;
  World world_;
  std::unique_ptr<Server> server_;
  unsigned short port_ = 0;
  std::thread thread_;
};

// What follows is not taken for a second request.
TEST_F(ServerTest, RefusesBodiesWhoseLengthIsToldInTwoWays) {
  for (const char* framing :
       {"Transfer-Encoding: xchunked\r\n", "Transfer-Encoding: gzip, chunked\r\n",
        "Content-Length: 0\r\nTransfer-Encoding: identity\r\n"}) {
    tcp::socket socket = Connect();
    const std::string second = "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
    asio::write(socket,
                asio::buffer("POST " + BotPath("getMe") + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" +
                             framing + "\r\n" + second));
    std::string answer;
    boost::system::error_code error;
    asio::read_until(socket, asio::dynamic_buffer(answer), "\r\n\r\n", error);
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 400 ")) << framing << answer;
    EXPECT_NE(answer.find("Connection: close"), std::string::npos) << framing << answer;
    EXPECT_EQ(answer.find("HTTP/1.1", 1), std::string::npos) << framing << answer;
  }
}

TEST_F(ServerTest, KnowsItsTokensAndPaths) {
  EXPECT_EQ(Bot("getMe", {})["result"]["id"], 77);
  const auto wrong = Get("/bot1:x/getMe");
  EXPECT_EQ(wrong->result_int(), 401u);
  EXPECT_EQ(json::parse(wrong->body())["description"], "Unauthorized: invalid token specified");
  EXPECT_EQ(Get("/bot77")->result_int(), 404u);
  EXPECT_EQ(Get("/nowhere")->result_int(), 404u);
  EXPECT_EQ(Get("/")->result_int(), 200u);
  EXPECT_EQ(Get("/sim/message")->result_int(), 405u);
}

TEST_F(ServerTest, ALongPollReturnsAsSoonAsThereIsAnUpdate) {
  const std::int64_t anna = SimPost("/sim/user", {{"first_name", "Anna"}})["id"];
  auto poll = std::async(std::launch::async, [&] { return Bot("getUpdates", {{"timeout", 50}}); });
  SimPost("/sim/start", {{"user", anna}});
  ASSERT_EQ(poll.wait_for(std::chrono::seconds(20)), std::future_status::ready);
  EXPECT_EQ(poll.get()["result"][0]["message"]["text"], "/start");
}

TEST_F(ServerTest, ManyWaitsNeedNoThreads) {
  const std::int64_t anna = AddStarted();
  std::vector<std::future<json>> waits;
  const std::string target =
      "/sim/wait?user=" + std::to_string(anna) + "&contains=ready&timeout_ms=60000";
  for (int i = 0; i < 40; ++i) {
    waits.push_back(std::async(std::launch::async, [&] { return SimGet(target); }));
  }
  Bot("sendMessage", {{"chat_id", anna}, {"text", "ready"}});
  for (auto& wait : waits) EXPECT_EQ(wait.get()["ok"], true);
}

TEST_F(ServerTest, ANewerPollTakesOver) {
  auto older = std::async(std::launch::async, [&] { return Bot("getUpdates", {{"timeout", 50}}); });
  json newer;
  // The older one may not have arrived yet: then the "newer" poll, answered at once by an update,
  // leaves it waiting, and the next one takes over.
  while (older.wait_for(std::chrono::milliseconds(1)) != std::future_status::ready) {
    SimPost("/sim/limits", {{"profile", "off"}});
    newer = Bot("getUpdates", {{"timeout", 0}});
  }
  EXPECT_EQ(older.get()["error_code"], 409);
  EXPECT_EQ(newer["ok"], true);
}

TEST_F(ServerTest, TooManyRequestsCarryAHeader) {
  const std::int64_t anna = AddStarted();
  std::optional<Response> response;
  for (int i = 0; i < 10 && (!response || response->result_int() == 200); ++i) {
    response = Post(BotPath("sendMessage"), {{"chat_id", anna}, {"text", "hi"}});
  }
  EXPECT_EQ(response->result_int(), 429u);
  EXPECT_EQ((*response)[http::field::retry_after], "1");
}

TEST_F(ServerTest, FaultsStrikeInEveryMode) {
  SimPost("/sim/limits", {{"profile", "off"}});
  const std::int64_t anna = AddStarted();
  const json hello = {{"chat_id", anna}, {"text", "hello"}};
  const auto sent = [&] {
    return SimGet("/sim/chat/" + std::to_string(anna))["chat"]["messages"].size();
  };
  SimPost("/sim/fault", {{"method", "sendMessage"}, {"code", 502}});
  EXPECT_EQ(Bot("sendMessage", hello)["description"], "Bad Gateway");
  EXPECT_EQ(sent(), 1u);
  SimPost("/sim/fault",
          {{"method", "sendmessage"}, {"code", 429}, {"retry_after", 7}, {"mode", "after"}});
  EXPECT_EQ(Bot("sendMessage", hello)["parameters"]["retry_after"], 7);
  EXPECT_EQ(sent(), 2u);
  SimPost("/sim/fault", {{"contains", "hello"}, {"mode", "drop_answer"}});
  EXPECT_EQ(Bot("getMe", {})["ok"], true);
  EXPECT_EQ(Post(BotPath("sendMessage"), hello), std::nullopt);
  EXPECT_EQ(sent(), 3u);
  SimPost("/sim/fault", {{"mode", "close"}, {"times", 2}});
  EXPECT_EQ(Post(BotPath("sendMessage"), hello), std::nullopt);
  EXPECT_EQ(Post(BotPath("getMe"), {}), std::nullopt);
  EXPECT_EQ(sent(), 3u);
  SimPost("/sim/fault", {{"mode", "delay"}, {"delay_ms", 20}});
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(Bot("sendMessage", hello)["ok"], true);
  EXPECT_GE(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(20));
}

TEST_F(ServerTest, TheOutboxShowsWhatTheBotDid) {
  const std::int64_t anna = AddStarted();
  Bot("sendMessage", {{"chat_id", anna}, {"text", "hi"}});
  Bot("sendMessage", {{"chat_id", anna}});
  const json calls = SimGet("/sim/outbox?method=sendMessage")["calls"];
  ASSERT_EQ(calls.size(), 2u);
  EXPECT_EQ(calls[0]["params"], json({{"chat_id", anna}, {"text", "hi"}}));
  EXPECT_EQ(calls[1]["code"], 400);
  const std::string seq = calls[1]["seq"].dump();
  EXPECT_TRUE(SimGet("/sim/outbox?since=" + seq)["calls"].empty());
}

TEST_F(ServerTest, FilesGoInByMultipartAndOutByPath) {
  const std::int64_t anna = AddStarted();
  HttpRequest request(http::verb::post, BotPath("sendDocument"), 11);
  request.set(http::field::content_type, "multipart/form-data; boundary=b");
  request.body() = "--b\r\nContent-Disposition: form-data; name=\"chat_id\"\r\n\r\n" +
                   std::to_string(anna) +
                   "\r\n--b\r\nContent-Disposition: form-data; name=\"document\"\r\n\r\nattach://f"
                   "\r\n--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.ics\"\r\n"
                   "Content-Type: text/calendar\r\n\r\nBEGIN\r\n--b--\r\n";
  const json sent = json::parse(Exchange(std::move(request))->body());
  const std::string id = sent["result"]["document"]["file_id"];
  const std::string path = Bot("getFile", {{"file_id", id}})["result"]["file_path"];
  EXPECT_EQ(Get("/file/bot" + std::string(kToken) + "/" + path)->body(), "BEGIN");
  const auto shown = Get("/sim/file?id=" + id);
  EXPECT_EQ(shown->body(), "BEGIN");
  EXPECT_TRUE((*shown)[http::field::content_disposition].starts_with("attachment"));
}

TEST_F(ServerTest, AnswersToThisMachineOnly) {
  HttpRequest request(http::verb::get, "/sim/state", 11);
  request.set(http::field::host, "evil.example:80");
  EXPECT_EQ(Exchange(std::move(request))->result_int(), 403u);
  EXPECT_FALSE(Server::Listen({"0.0.0.0", 0, {kToken}}, world_).ok());
}

TEST_F(ServerTest, APostNeedsALength) {
  tcp::socket socket = Connect();
  const std::string head = "POST " + BotPath("getMe") + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
  asio::write(socket, asio::buffer(head));
  boost::beast::flat_buffer buffer;
  Response response;
  http::read(socket, buffer, response);
  EXPECT_EQ(response.result_int(), 411u);
}

TEST_F(ServerTest, ThePageHearsOfChanges) {
  tcp::socket socket = Connect();
  const std::string head = "GET /sim/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
  asio::write(socket, asio::buffer(head));
  std::string read;
  asio::read_until(socket, asio::dynamic_buffer(read), "}\n\n");
  read.clear();
  SimPost("/sim/user", {{"first_name", "Anna"}});
  EXPECT_GT(asio::read_until(socket, asio::dynamic_buffer(read), "}\n\n"), 0u);
  EXPECT_TRUE(read.starts_with("data: {\"revision\":")) << read;
}

// A bot's web server that answers the posts it gets, one by one.
class HookServer {
 public:
  explicit HookServer(asio::io_context& context)
      : acceptor_(context, {asio::ip::make_address("127.0.0.1"), 0}) {}
  std::string url() const {
    return "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port()) + "/hook";
  }
  HttpRequest Answer(unsigned status, const std::string& body) {
    tcp::socket socket = acceptor_.accept();
    boost::beast::flat_buffer buffer;
    HttpRequest request;
    http::read(socket, buffer, request);
    Response response(static_cast<http::status>(status), 11);
    response.set(http::field::content_type, "application/json");
    response.set(http::field::retry_after, "1");
    response.body() = body;
    response.prepare_payload();
    http::write(socket, response);
    return request;
  }

 private:
  tcp::acceptor acceptor_;
};

TEST_F(ServerTest, AWebhookGetsUpdatesUntilItTakesThem) {
  HookServer hook(context_);
  Bot("setWebhook", {{"url", hook.url()}, {"secret_token", "s3cret"}});
  const std::int64_t anna = AddStarted();
  const HttpRequest first = hook.Answer(500, "");
  EXPECT_EQ(first["X-Telegram-Bot-Api-Secret-Token"], "s3cret");
  const json reply = {{"method", "sendMessage"}, {"chat_id", anna}, {"text", "from the reply"}};
  const HttpRequest second = hook.Answer(200, reply.dump());
  EXPECT_EQ(first.body(), second.body());
  const std::string wait = "/sim/wait?contains=from+the+reply&user=" + std::to_string(anna);
  EXPECT_EQ(SimGet(wait)["ok"], true);
  EXPECT_EQ(SimGet("/sim/settled")["ok"], true);
  const json info = Bot("getWebhookInfo", {})["result"];
  EXPECT_EQ(info["pending_update_count"], 0);
  EXPECT_EQ(info["last_error_message"],
            "Wrong response from the webhook: 500 Internal Server Error");
  EXPECT_EQ(Bot("getUpdates", {})["error_code"], 409);
  Bot("deleteWebhook", {});
  EXPECT_EQ(Bot("getUpdates", {})["ok"], true);
}

}  // namespace
}  // namespace kalends::sim
