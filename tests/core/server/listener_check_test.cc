// Whether a listener still takes callers.
#include "core/server/listener_check.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/support/test_server.h"

namespace kalends::server {
namespace {

constexpr std::chrono::milliseconds kSoon{300};
constexpr std::chrono::milliseconds kEver{20'000};

// A listener that nobody accepts from: the system itself still takes connections in its name.
class DeafListener {
 public:
  DeafListener() : descriptor_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    EXPECT_EQ(bind(descriptor_, any, sizeof address), 0);
    EXPECT_EQ(listen(descriptor_, 8), 0);
    socklen_t length = sizeof address;
    EXPECT_EQ(getsockname(descriptor_, any, &length), 0);
    address_ = fmt::format("127.0.0.1:{}", ntohs(address.sin_port));
  }
  ~DeafListener() { close(descriptor_); }
  DeafListener(const DeafListener&) = delete;
  DeafListener& operator=(const DeafListener&) = delete;
  const std::string& address() const { return address_; }

 private:
  int descriptor_;
  std::string address_;
};

TEST(ListenerAnswers, ACoreDoes) {
  test::TestServer server;
  EXPECT_TRUE(ListenerAnswers(server.address(), false, kEver));
}

TEST(ListenerAnswers, WhereNobodyListensThereIsNoAnswer) {
  std::string address;
  {
    const DeafListener gone;
    address = gone.address();
  }
  EXPECT_FALSE(ListenerAnswers(address, false, kEver));
  EXPECT_FALSE(ListenerAnswers(address, true, kSoon));
}

TEST(ListenerAnswers, OneThatNobodyAcceptsFromDoesNot) {
  const DeafListener deaf;
  EXPECT_FALSE(ListenerAnswers(deaf.address(), false, kSoon));
  EXPECT_FALSE(ListenerAnswers(deaf.address(), true, kSoon));
}

TEST(OwnAddress, IsOneThatCanBeCalled) {
  EXPECT_EQ(OwnAddress("127.0.0.1:0", 50051), "127.0.0.1:50051");
  EXPECT_EQ(OwnAddress("0.0.0.0:50051", 50051), "127.0.0.1:50051");
  EXPECT_EQ(OwnAddress("[::]:0", 50051), "[::1]:50051");
  EXPECT_EQ(OwnAddress("[2001:db8::1]:50051", 50051), "[2001:db8::1]:50051");
  EXPECT_EQ(OwnAddress("core.example:50051", 50051), "core.example:50051");
  EXPECT_EQ(OwnAddress("unix:/run/kalends.sock", 0), "unix:/run/kalends.sock");
}

}  // namespace
}  // namespace kalends::server
