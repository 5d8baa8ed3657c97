// One server for each address that is meant, or none.
#include "core/server/listen_addresses.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>

namespace kalends::server {
namespace {

using testing::ElementsAre;

// Somebody who listens on a free port of 127.0.0.1.
class Neighbour {
 public:
  Neighbour() : descriptor_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof(address);
    auto* const to = reinterpret_cast<sockaddr*>(&address);
    EXPECT_EQ(bind(descriptor_, to, length), 0);
    EXPECT_EQ(listen(descriptor_, 1), 0);
    EXPECT_EQ(getsockname(descriptor_, to, &length), 0);
    port_ = ntohs(address.sin_port);
  }
  ~Neighbour() { Leave(); }
  Neighbour(const Neighbour&) = delete;
  Neighbour& operator=(const Neighbour&) = delete;

  int port() const { return port_; }
  void Leave() {
    if (descriptor_ >= 0) close(descriptor_);
    descriptor_ = -1;
  }

 private:
  int descriptor_;
  int port_ = 0;
};

TEST(AddressesToListenOn, AreNotThoseOfAnotherServerByWhateverName) {
  const Neighbour neighbour;
  for (const char* host : {"127.0.0.1", "localhost", "0.0.0.0", "[::]", "[::ffff:127.0.0.1]"}) {
    const auto addresses = AddressesToListenOn(fmt::format("{}:{}", host, neighbour.port()));
    EXPECT_EQ(addresses.status().code(), absl::StatusCode::kUnavailable) << host;
    EXPECT_NE(addresses.status().message().find("is another server running there?"),
              std::string::npos);
  }
}

TEST(AddressesToListenOn, AreWhatTheNameMeansOnceEach) {
  Neighbour neighbour;
  const int port = neighbour.port();
  neighbour.Leave();
  EXPECT_THAT(*AddressesToListenOn(fmt::format("127.0.0.1:{}", port)),
              ElementsAre(fmt::format("127.0.0.1:{}", port)));
  auto local = *AddressesToListenOn(fmt::format("localhost:{}", port));
  EXPECT_THAT(local, testing::Contains(fmt::format("127.0.0.1:{}", port)));
  std::sort(local.begin(), local.end());
  EXPECT_EQ(std::unique(local.begin(), local.end()), local.end());
}

TEST(AddressesToListenOn, AreLeftToGrpcWhereNothingCanBeTaken) {
  for (const char* listen : {"127.0.0.1:0", "localhost:0", "unix:/tmp/socket"}) {
    EXPECT_THAT(*AddressesToListenOn(listen), ElementsAre(listen));
  }
}

TEST(AddressesToListenOn, AreRefusedWithTheCauseWhereNobodyCanListen) {
  const struct {
    const char* listen;
    const char* why;
  } kCases[] = {
      {"x", "--listen must be address:port"},
      {":50051", "--listen must be address:port"},
      {"127.0.0.1:", "a port is a number from 1 to 65535"},
      {"127.0.0.1:99999", "a port is a number from 1 to 65535"},  // Not port 34463.
      {"127.0.0.1:-1", "a port is a number from 1 to 65535"},
      {"127.0.0.1:http", "a port is a number from 1 to 65535"},
      {"::1:50051", "an IPv6 address stands in brackets"},
      {"192.0.2.1:50051", "Cannot assign requested address"},  // Of documentation: nobody's.
      {"192.0.2.1:0", "Cannot assign requested address"},
      {"no-such-host.invalid:50051", "cannot listen on no-such-host.invalid:50051: "},
  };
  for (const auto& [listen, why] : kCases) {
    const auto addresses = AddressesToListenOn(listen);
    EXPECT_EQ(addresses.status().code(), absl::StatusCode::kInvalidArgument) << listen;
    EXPECT_THAT(std::string(addresses.status().message()), testing::HasSubstr(why)) << listen;
    EXPECT_THAT(std::string(addresses.status().message()),
                testing::Not(testing::HasSubstr("another server")));
  }
}

TEST(IsLoopback, IsNoSocketThatIsAFile) {
  for (const char* listen : {"127.0.0.1:1", "127.8.0.1:1", "localhost:1", "[::1]:1"}) {
    EXPECT_TRUE(IsLoopback(listen)) << listen;
  }
  for (const char* listen : {"unix:/s", "unix-abstract:s", "0.0.0.0:1", "[::]:1", "10.0.0.1:1"}) {
    EXPECT_FALSE(IsLoopback(listen)) << listen;
  }
}

TEST(IsOfThisMachine, OnlyWhatNobodyElseReaches) {
  for (const char* listen : {"127.0.0.1:1", "127.8.0.1:1", "localhost:1", "[::1]:1", "unix:/s"}) {
    EXPECT_TRUE(IsOfThisMachine(listen)) << listen;
  }
  for (const char* listen : {"0.0.0.0:1", "[::]:1", "10.0.0.1:1", "kalends.example:1"}) {
    EXPECT_FALSE(IsOfThisMachine(listen)) << listen;
  }
}

TEST(AddressesToListenOn, AreAllAtOnceWhereAllAreMeant) {
  Neighbour neighbour;
  const int port = neighbour.port();
  neighbour.Leave();
  for (const char* host : {"0.0.0.0", "[::]"}) {
    const std::string listen = fmt::format("{}:{}", host, port);
    EXPECT_THAT(*AddressesToListenOn(listen), ElementsAre(listen));
  }
}

}  // namespace
}  // namespace kalends::server
