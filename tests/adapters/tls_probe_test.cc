// Whoever is at the core's address, asking why there is no TLS ends in an answer.
#include <arpa/inet.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <thread>

#include "adapters/shared/core_tls.h"

namespace kalends {
namespace {

// A record of TLS whose message there is not: it is answered by an alert.
constexpr std::array<unsigned char, 9> kNonsense = {0x16, 3, 3, 0, 4, 0x63, 0, 0, 0};

// Says nonsense to each caller and hangs up, until it goes.
class RudeServer {
 public:
  RudeServer() : listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof(address);
    auto* const to = reinterpret_cast<sockaddr*>(&address);
    EXPECT_EQ(bind(listener_, to, length), 0);
    EXPECT_EQ(listen(listener_, 1), 0);
    EXPECT_EQ(getsockname(listener_, to, &length), 0);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { Serve(); });
  }
  ~RudeServer() {
    shutdown(listener_, SHUT_RDWR);
    thread_.join();
    close(listener_);
  }
  RudeServer(const RudeServer&) = delete;
  RudeServer& operator=(const RudeServer&) = delete;

  std::string address() const { return fmt::format("127.0.0.1:{}", port_); }

 private:
  void Serve() const {
    for (int caller = 0; (caller = accept(listener_, nullptr, nullptr)) >= 0; close(caller)) {
      send(caller, kNonsense.data(), kNonsense.size(), MSG_NOSIGNAL);
      shutdown(caller, SHUT_RDWR);
    }
  }

  int listener_;
  int port_ = 0;
  std::thread thread_;
};

TEST(TlsProbe, WhoeverHangsUpOnItDoesNotEndTheProgram) {
  // As it is in a program that pipes of a shell shall end.
  auto* const before = std::signal(SIGPIPE, SIG_DFL);
  const RudeServer server;
  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(WhyNoTls(server.address(), {.ca = "none.crt", .certificate = "", .key = ""}),
              "it does not speak TLS at that address");
  }
  std::signal(SIGPIPE, before);
}

}  // namespace
}  // namespace kalends
