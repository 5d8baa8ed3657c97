// Which calls stay on this machine.
#include "adapters/shared/tls_address.h"

#include <gtest/gtest.h>

#include "adapters/shared/core_tls.h"

namespace kalends {
namespace {

TEST(TlsAddress, IsAHostAndAPortOrGrpcsToRead) {
  const auto parts = [](const char* address) {
    const auto split = SplitAddress(address);
    return split ? split->host + " " + split->port : "";
  };
  EXPECT_EQ(parts("127.0.0.1:50051"), "127.0.0.1 50051");
  EXPECT_EQ(parts("[::1]:50051"), "::1 50051");
  EXPECT_EQ(parts("core.example:1"), "core.example 1");
  for (const char* address : {"core", "unix:/run/core", "unix:core", "dns:///core:1", "::1:1", ":1",
                              "core:", "ipv4:10.0.0.1:1"}) {
    EXPECT_EQ(parts(address), "") << address;
  }
}

TEST(PlainCalls, AreWarnedOfWhereOthersCanReadThem) {
  for (const char* near : {"127.0.0.1:1", "127.9.9.9:1", "localhost:1", "[::1]:1", "unix:/run/c"}) {
    EXPECT_EQ(WarningOfPlainCalls(near, {}), "") << near;
  }
  for (const char* far : {"10.0.0.5:1", "core.example:1", "0.0.0.0:1", "127.0.0.1.example:1",
                          "[2001:db8::1]:1", "dns:///core:1"}) {
    EXPECT_NE(WarningOfPlainCalls(far, {}).find("the API key"), std::string::npos) << far;
    EXPECT_EQ(WarningOfPlainCalls(far, {.ca = "ca.crt", .certificate = "", .key = ""}), "") << far;
  }
}

}  // namespace
}  // namespace kalends
