#include "adapters/telegram/channel.h"

#include <gtest/gtest.h>

namespace kalends::telegram {
namespace {

TEST(MessageKey, NamesAMessageOfOneChatAndOneBot) {
  const std::string key = MessageKeyOf(1000000001, -1001234, 567);
  EXPECT_EQ(key, "telegram:-1001234:1000000001:567");
  EXPECT_EQ(MessageOf(key, 1000000001, -1001234), 567);
  EXPECT_EQ(MessageOf(key, 1000000002, -1001234), 0);
  EXPECT_EQ(MessageOf(key, 1000000001, -100123), 0);
  for (const char* other :
       {"", "telegram:-1001234:1000000001:", "x", "telegram:-1001234:1000000001:567x",
        "telegram:-1001234:1000000001:x"}) {
    SCOPED_TRACE(other);
    EXPECT_EQ(MessageOf(other, 1000000001, -1001234), 0);
  }
}

}  // namespace
}  // namespace kalends::telegram
