// Whom limits count, whoever brings the request; and how slow a reader may be.
#include "adapters/web/visitor.h"

#include <gtest/gtest.h>

#include "adapters/web/pace.h"

namespace kalends::web {
namespace {

using boost::asio::ip::make_address;

TEST(Proxies, AreAddressesAndNetworks) {
  const auto proxies = Proxies::Parse("127.0.0.1, ::1 ,172.16.0.0/12,2001:db8::/33");
  ASSERT_TRUE(proxies.ok());
  for (const char* address : {"127.0.0.1", "::ffff:127.0.0.1", "::1", "172.16.0.1",
                              "172.31.255.255", "2001:db8:7fff::1"}) {
    EXPECT_TRUE(proxies->Has(make_address(address))) << address;
  }
  for (const char* address : {"127.0.0.2", "::2", "172.15.0.1", "172.32.0.1", "2001:db8:8000::1"}) {
    EXPECT_FALSE(proxies->Has(make_address(address))) << address;
  }
  EXPECT_FALSE(Proxies::Parse("")->Has(make_address("127.0.0.1")));
  EXPECT_TRUE(Proxies::Parse("0.0.0.0/0")->Has(make_address("192.0.2.1")));
  EXPECT_FALSE(Proxies::Parse("0.0.0.0/0")->Has(make_address("2001:db8::1")));
  for (const char* wrong :
       {"localhost", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/8x"}) {
    EXPECT_FALSE(Proxies::Parse(wrong).ok()) << wrong;
  }
}

TEST(VisitorOf, TakesTheWordOfProxiesOnly) {
  const Proxies proxies = *Proxies::Parse("127.0.0.1,10.0.0.0/8");
  const struct {
    const char* peer;
    std::vector<const char*> forwarded;
    const char* visitor;
  } kCases[] = {
      {"192.0.2.1", {}, "192.0.2.1"},
      {"192.0.2.1", {"198.51.100.1"}, "192.0.2.1"},
      {"127.0.0.1", {}, ""},
      {"127.0.0.1", {"198.51.100.1"}, "198.51.100.1"},
      {"127.0.0.1", {"203.0.113.9, 198.51.100.1"}, "198.51.100.1"},
      {"127.0.0.1", {"203.0.113.9", "198.51.100.1, 10.1.2.3"}, "198.51.100.1"},
      {"127.0.0.1", {"198.51.100.1:4711"}, "198.51.100.1"},
      {"127.0.0.1", {"2001:db8:1:2:3::4"}, "2001:db8:1:2::"},
      {"127.0.0.1", {"[2001:db8:1:2:3::4]:4711"}, "2001:db8:1:2::"},
      {"::ffff:127.0.0.1", {"198.51.100.1"}, "198.51.100.1"},
      {"127.0.0.1", {"::ffff:198.51.100.1"}, "198.51.100.1"},
      {"127.0.0.1", {"[::ffff:198.51.100.1]:4711"}, "198.51.100.1"},
      {"127.0.0.1", {"198.51.100.1, ::ffff:10.1.2.3"}, "198.51.100.1"},
      {"127.0.0.1", {"[2001:db8:1:2:3::4"}, "2001:db8:1:2::"},
      {"127.0.0.1", {"198.51.100.1, unknown"}, "somewhere"},
      {"127.0.0.1", {",,"}, "somewhere"},
      {"127.0.0.1", {""}, "somewhere"},
      {"127.0.0.1", {"10.1.2.3"}, "somewhere"},
      {"192.0.2.1", {"unknown"}, "192.0.2.1"},
  };
  for (const auto& c : kCases) {
    boost::beast::http::fields headers;
    for (const char* value : c.forwarded) headers.insert("X-Forwarded-For", value);
    EXPECT_EQ(VisitorOf(make_address(c.peer), headers, proxies), c.visitor)
        << c.peer << " " << (c.forwarded.empty() ? "" : c.forwarded.front());
  }
}

TEST(Pace, IsMeasuredOverAWindowOfWaiting) {
  using std::chrono::seconds;
  Pace pace;
  EXPECT_EQ(pace.left(), kPaceWindow);
  pace.Took(kPaceBytes / 2, kPaceWindow - seconds(1));
  EXPECT_EQ(pace.left(), seconds(1));
  pace.Took(kPaceBytes / 2, seconds(0));  // A new window.
  EXPECT_EQ(pace.left(), kPaceWindow);
  // Trickling is no help: what is taken in small pieces counts together.
  for (std::size_t i = 0; i < 30; ++i) pace.Took(kPaceBytes / 31, kPaceWindow / 30);
  EXPECT_LE(pace.left(), seconds(0));
}

}  // namespace
}  // namespace kalends::web
