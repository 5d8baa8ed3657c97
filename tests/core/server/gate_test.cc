// Who has a place at the core, and who is hung up on.
#include "core/server/gate.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <memory>
#include <vector>

#include "tests/support/http2.h"

namespace kalends::server {
namespace {

using namespace test::http2;  // NOLINT(google-build-using-namespace): a test of its own words.

constexpr Gate::Time kNow{std::chrono::hours(1)};
constexpr Gate::Limits kSmall{.connections = 4,
                              .connections_per_peer = 2,
                              .stranger_bytes = 1 << 20,
                              .strangers_bytes = 3 << 20};

sockaddr_storage V4(const char* address, int port) {
  sockaddr_storage storage{};
  auto& in = reinterpret_cast<sockaddr_in&>(storage);
  in.sin_family = AF_INET;
  in.sin_port = htons(static_cast<std::uint16_t>(port));
  EXPECT_EQ(inet_pton(AF_INET, address, &in.sin_addr), 1);
  return storage;
}

sockaddr_storage V6(const char* address, int port) {
  sockaddr_storage storage{};
  auto& in = reinterpret_cast<sockaddr_in6&>(storage);
  in.sin6_family = AF_INET6;
  in.sin6_port = htons(static_cast<std::uint16_t>(port));
  EXPECT_EQ(inet_pton(AF_INET6, address, &in.sin6_addr), 1);
  return storage;
}

// Both ends of a connection; the core has the first.
class Caller {
 public:
  Caller() { EXPECT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, ends_), 0); }
  ~Caller() {
    for (const int end : ends_) close(end);
  }
  Caller(const Caller&) = delete;
  Caller& operator=(const Caller&) = delete;
  int descriptor() const { return ends_[0]; }
  // Whether the core has hung up.
  bool Hears() const {
    char byte = 0;
    return recv(ends_[1], &byte, 1, MSG_DONTWAIT) != 0;
  }

 private:
  int ends_[2] = {-1, -1};
};

std::string CallsOf(int from, int count) {
  std::string bytes;
  for (int i = from; i < from + count; ++i) {
    bytes += MakeFrame(kHeaders, kEndHeaders, static_cast<std::uint32_t>(2 * i + 1), CallFields());
  }
  return bytes;
}
const std::string kBegin = kPreface + MakeFrame(kSettings, 0, 0);

TEST(Gate, ANewcomerTakesThePlaceOfTheStrangerWhoCameFirst) {
  Gate gate(kSmall);
  std::vector<std::unique_ptr<Caller>> callers;
  for (int i = 0; i < 5; ++i) {
    callers.push_back(std::make_unique<Caller>());
    const std::string address = "192.0.2." + std::to_string(i + 1);
    EXPECT_TRUE(gate.Admit(callers.back()->descriptor(), V4(address.c_str(), 5000), kNow));
  }
  EXPECT_FALSE(callers[0]->Hears());
  EXPECT_FALSE(gate.Received(callers[0]->descriptor(), kBegin, kNow));
  for (int i = 1; i < 5; ++i) {
    EXPECT_TRUE(callers[static_cast<std::size_t>(i)]->Hears());
    EXPECT_TRUE(gate.Received(callers[static_cast<std::size_t>(i)]->descriptor(), kBegin, kNow));
  }
}

TEST(Gate, ManyFromOneAddressTakePlacesOfEachOtherAlone) {
  Gate gate(kSmall);
  Caller other, first, second, third;
  EXPECT_TRUE(gate.Admit(other.descriptor(), V4("192.0.2.9", 1), kNow));
  EXPECT_TRUE(gate.Admit(first.descriptor(), V4("192.0.2.1", 1), kNow));
  EXPECT_TRUE(gate.Admit(second.descriptor(), V4("192.0.2.1", 2), kNow));
  EXPECT_TRUE(gate.Admit(third.descriptor(), V4("192.0.2.1", 3), kNow));
  EXPECT_TRUE(other.Hears());
  EXPECT_FALSE(first.Hears());
  EXPECT_TRUE(second.Hears());
}

TEST(Gate, WhoHasShownAKeyKeepsThePlace) {
  Gate gate(kSmall);
  Caller first, second, third;
  EXPECT_TRUE(gate.Admit(first.descriptor(), V4("192.0.2.1", 1), kNow));
  EXPECT_TRUE(gate.Admit(second.descriptor(), V4("192.0.2.1", 2), kNow));
  gate.ShowsKey("ipv4:192.0.2.1:1");
  EXPECT_TRUE(gate.Admit(third.descriptor(), V4("192.0.2.1", 3), kNow));
  EXPECT_TRUE(first.Hears());
  EXPECT_FALSE(second.Hears());
  gate.ShowsKey("ipv4:192.0.2.1:3");
  Caller fourth;
  EXPECT_FALSE(gate.Admit(fourth.descriptor(), V4("192.0.2.1", 4), kNow));
  EXPECT_EQ(gate.counts().refused, 1);
  gate.Closed(first.descriptor(), kNow);
  EXPECT_TRUE(gate.Admit(fourth.descriptor(), V4("192.0.2.1", 4), kNow));
}

TEST(Gate, OneStrangerMayWeighSoMuch) {
  Gate gate(kSmall);
  Caller caller;
  EXPECT_TRUE(gate.Admit(caller.descriptor(), V4("192.0.2.1", 1), kNow));
  EXPECT_TRUE(gate.Received(caller.descriptor(), kBegin + CallsOf(0, 20), kNow));
  EXPECT_FALSE(gate.Received(caller.descriptor(), CallsOf(20, 40), kNow));
  EXPECT_FALSE(caller.Hears());
  EXPECT_EQ(gate.counts().hung_up, 1);
}

TEST(Gate, OneWithAKeyMayWeighMore) {
  Gate gate(kSmall);
  Caller caller;
  EXPECT_TRUE(gate.Admit(caller.descriptor(), V4("192.0.2.1", 1), kNow));
  EXPECT_TRUE(gate.Received(caller.descriptor(), kBegin + CallsOf(0, 20), kNow));
  gate.ShowsKey("ipv4:192.0.2.1:1");
  EXPECT_TRUE(gate.Received(caller.descriptor(), CallsOf(20, 400), kNow));
  EXPECT_TRUE(caller.Hears());
}

TEST(Gate, StrangersTogetherMayWeighSoMuchAndTheHeaviestGoes) {
  Gate gate({.connections = 40,
             .connections_per_peer = 20,
             .stranger_bytes = 1 << 20,
             .strangers_bytes = 3 << 20});
  std::vector<std::unique_ptr<Caller>> heavy;
  Caller light;
  EXPECT_TRUE(gate.Admit(light.descriptor(), V4("192.0.2.1", 1), kNow));
  EXPECT_TRUE(gate.Received(light.descriptor(), kBegin + CallsOf(0, 3), kNow));
  for (int i = 0; i < 15; ++i) {
    heavy.push_back(std::make_unique<Caller>());
    EXPECT_TRUE(gate.Admit(heavy.back()->descriptor(), V4("192.0.2.1", 2 + i), kNow));
    gate.Received(heavy.back()->descriptor(), kBegin + CallsOf(0, 30), kNow);
  }
  EXPECT_TRUE(light.Hears());
  EXPECT_TRUE(gate.Received(light.descriptor(), CallsOf(3, 1), kNow));
  int hung_up = 0;
  for (const auto& caller : heavy) hung_up += caller->Hears() ? 0 : 1;
  EXPECT_GT(hung_up, 8);
}

TEST(Gate, WhatThoseWhoLeftWeighedCountsForAMoment) {
  Gate gate({.connections = 40,
             .connections_per_peer = 20,
             .stranger_bytes = 1 << 20,
             .strangers_bytes = 3 << 20});
  const auto come_and_go = [&](Gate::Time now) {
    Caller caller;
    EXPECT_TRUE(gate.Admit(caller.descriptor(), V4("192.0.2.1", 1), now));
    const bool taken = gate.Received(caller.descriptor(), kBegin + CallsOf(0, 30), now);
    gate.Closed(caller.descriptor(), now);
    return taken;
  };
  int taken = 0;
  for (int i = 0; i < 20; ++i) taken += come_and_go(kNow) ? 1 : 0;
  EXPECT_LT(taken, 6);
  EXPECT_TRUE(come_and_go(kNow + std::chrono::seconds(5)));
}

// A connection of TCP: the core's end, which nobody reads, and the peer's.
class UnreadCaller {
 public:
  UnreadCaller() {
    const int listener = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    socklen_t length = sizeof address;
    EXPECT_EQ(bind(listener, any, length), 0);
    EXPECT_EQ(listen(listener, 1), 0);
    EXPECT_EQ(getsockname(listener, any, &length), 0);
    peer_ = socket(AF_INET, SOCK_STREAM, 0);
    EXPECT_EQ(connect(peer_, any, length), 0);
    core_ = accept(listener, nullptr, nullptr);
    close(listener);
  }
  ~UnreadCaller() {
    close(core_);
    close(peer_);
  }
  UnreadCaller(const UnreadCaller&) = delete;
  UnreadCaller& operator=(const UnreadCaller&) = delete;
  int descriptor() const { return core_; }
  // Sends until no more is taken. Whether it has to wait now, instead of being told of an end.
  bool Waits() const {
    const std::string bytes(1 << 16, 'x');
    while (send(peer_, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL) > 0) {
    }
    return errno == EAGAIN;
  }

 private:
  int core_ = -1;
  int peer_ = -1;
};

// gRPC closes the descriptor only when it is through with all calls.
TEST(Gate, WhoIsHungUpOnIsToldAlthoughNobodyReads) {
  Gate gate({.connections = 1, .connections_per_peer = 1});
  const UnreadCaller unread;
  EXPECT_TRUE(gate.Admit(unread.descriptor(), V4("192.0.2.1", 1), kNow));
  EXPECT_TRUE(unread.Waits());
  const Caller newcomer;
  EXPECT_TRUE(gate.Admit(newcomer.descriptor(), V4("192.0.2.1", 2), kNow));
  EXPECT_FALSE(unread.Waits());
}

TEST(Gate, EncryptedBytesAreNotWeighed) {
  Gate::Limits limits = kSmall;
  limits.frames = false;
  Gate gate(limits);
  Caller caller;
  EXPECT_TRUE(gate.Admit(caller.descriptor(), V4("192.0.2.1", 1), kNow));
  EXPECT_TRUE(gate.Received(caller.descriptor(), "\x16\x03\x01 and so on", kNow));
}

TEST(Gate, OtherSocketsAreNobodysBusiness) {
  Gate gate(kSmall);
  EXPECT_TRUE(gate.Received(7, "anything", kNow));
  gate.Sent(7, "anything");
  gate.Closed(7, kNow);
  EXPECT_EQ(gate.counts().connections, 0);
}

TEST(Gate, WhoeverWasHungUpOnKeepsADescriptorUntilItIsClosed) {
  Gate gate(kSmall);
  int descriptor = 1'000'000;  // Nobody's, so that hanging up reaches nobody.
  int admitted = 0;
  while (admitted < 10'000 &&
         gate.Admit(descriptor + admitted, V4("192.0.2.1", 1 + admitted), kNow)) {
    ++admitted;
  }
  EXPECT_EQ(admitted, kSmall.connections + core::kLeavingMax);
  gate.Closed(descriptor, kNow);
  EXPECT_TRUE(gate.Admit(descriptor, V4("192.0.2.1", 1), kNow));
}

TEST(PeerName, IsWhatGrpcWrites) {
  EXPECT_EQ(PeerName(V4("192.0.2.1", 50051)), "ipv4:192.0.2.1:50051");
  EXPECT_EQ(PeerName(V6("2001:db8::1", 50051)), "ipv6:[2001:db8::1]:50051");
  EXPECT_EQ(PeerName(V6("::ffff:192.0.2.1", 50051)), "ipv4:192.0.2.1:50051");
}

TEST(PeerHost, IsOneCustomerOfANetwork) {
  EXPECT_EQ(PeerHost(V4("192.0.2.1", 1)), PeerHost(V6("::ffff:192.0.2.1", 2)));
  EXPECT_NE(PeerHost(V4("192.0.2.1", 1)), PeerHost(V4("192.0.2.2", 1)));
  EXPECT_EQ(PeerHost(V6("2001:db8::1", 1)), PeerHost(V6("2001:db8::ffff:1", 1)));
  EXPECT_NE(PeerHost(V6("2001:db8::1", 1)), PeerHost(V6("2001:db8:0:1::1", 1)));
}

TEST(PeerHost, IsReadFromTheNameThatGrpcGivesAPeer) {
  EXPECT_EQ(PeerHost("ipv4:192.0.2.1:50051"), "192.0.2.1");
  EXPECT_EQ(PeerHost("ipv6:[2001:db8::1]:1"), PeerHost(V6("2001:db8::1", 2)));
  EXPECT_EQ(PeerHost("ipv6:%5B2001:db8::1%5D:1"), PeerHost("ipv6:%5B2001:db8::ffff:1%5D:2"));
  for (const char* other : {"", "unix:", "unix:/run/kalends.sock", "ipv4:", "ipv4:x:1", ":::"}) {
    EXPECT_EQ(PeerHost(std::string_view(other)), other);
  }
}

}  // namespace
}  // namespace kalends::server
