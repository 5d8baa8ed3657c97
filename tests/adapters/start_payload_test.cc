#include "adapters/shared/start_payload.h"

#include <gtest/gtest.h>

namespace kalends {
namespace {

TEST(StartMinute, IsReadAsItWasWritten) {
  for (const std::int64_t minutes : {0L, 1L, 35L, 36L, 29'836'980L, 68'000'000L}) {
    EXPECT_EQ(DecodeStartMinute(EncodeStartMinute(minutes)), minutes);
  }
}

TEST(StartMinute, IsNothingElse) {
  for (const char* text : {"", "A", "-1", "hrd vk", "zzzzzz", "0000000"}) {
    EXPECT_EQ(DecodeStartMinute(text), std::nullopt) << text;
  }
}

TEST(BookingPayload, FitsIntoADeepLink) {
  const std::string code(22, 'A');
  EXPECT_EQ(BookingPayload("code", "0srv000000001"), "code-0srv000000001");
  const std::string payload = BookingPayload(code, "0srv000000001", 29'836'980);
  EXPECT_EQ(payload, code + "-0srv000000001-" + EncodeStartMinute(29'836'980));
  EXPECT_LE(payload.size(), 64U);
}

}  // namespace
}  // namespace kalends
