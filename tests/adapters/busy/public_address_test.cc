#include "adapters/busy/public_address.h"

#include <gtest/gtest.h>

namespace kalends::busy {
namespace {

TEST(PublicAddress, WhatIsOfTheInternetIs) {
  for (const char* address :
       {"1.1.1.1", "8.8.8.8", "172.15.255.255", "172.32.0.1", "100.63.0.1", "100.128.0.1",
        "2606:4700::1111", "2a00:1450:4001::1", "::ffff:8.8.8.8"}) {
    EXPECT_TRUE(IsPublicAddress(address)) << address;
  }
}

TEST(PublicAddress, WhatLeadsInwardsIsNot) {
  for (const char* address : {"127.0.0.1",
                              "127.8.8.8",
                              "0.0.0.0",
                              "10.0.0.1",
                              "172.16.0.1",
                              "172.31.255.255",
                              "192.168.1.1",
                              "169.254.169.254",
                              "100.64.0.1",
                              "224.0.0.1",
                              "255.255.255.255",
                              "198.18.0.1",
                              "192.0.2.1",
                              "::1",
                              "::",
                              "fe80::1",
                              "fc00::1",
                              "fd12:3456::1",
                              "ff02::1",
                              "::ffff:127.0.0.1",
                              "::ffff:169.254.169.254",
                              "::127.0.0.1",
                              "64:ff9b::7f00:1",
                              "2002:7f00:1::",
                              "2001:0:7f00:1::",
                              "2001:db8::1"}) {
    EXPECT_FALSE(IsPublicAddress(address)) << address;
  }
}

TEST(PublicAddress, WhatIsNoneIsNot) {
  for (const char* address : {"", "localhost", "1.1.1", "0x7f000001", "1.1.1.1 "}) {
    EXPECT_FALSE(IsPublicAddress(address)) << address;
  }
}

}  // namespace
}  // namespace kalends::busy
