#include "core/chat/chat.h"

#include <gtest/gtest.h>

#include "core/base/error.h"

namespace kalends::core {
namespace {

TEST(AddMessage, CountsUpAndWhoAnswersHasReadWhatCameBefore) {
  Thread thread;
  EXPECT_EQ(AddMessage(thread, {Side::kCustomer, FromUnixSeconds(1), {11}}), 1);
  EXPECT_EQ(AddMessage(thread, {Side::kCustomer, FromUnixSeconds(2), {12}}), 2);
  EXPECT_EQ(thread.customer_read, 2);
  EXPECT_EQ(thread.provider_read, 0);
  EXPECT_EQ(AddMessage(thread, {Side::kProvider, FromUnixSeconds(3), {13}}), 3);
  EXPECT_EQ(thread.customer_read, 2);
  EXPECT_EQ(thread.provider_read, 3);
  EXPECT_EQ(thread.last_number, 3);
  EXPECT_EQ(thread.last_message, FromUnixSeconds(3));
  EXPECT_EQ(thread.activity, ActivityId{13});
}

TEST(MarkRead, GoesForwardUpToTheLastMessage) {
  const struct {
    const char* name;
    std::int64_t number;
    const char* refusal;
    std::int64_t read;
  } kCases[] = {
      {"further", 3, "", 3}, {"the last", 5, "", 5},      {"the same", 2, "", 2},
      {"back", 1, "", 2},    {"none", 0, "NOT_FOUND", 2}, {"one to come", 6, "NOT_FOUND", 2},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.name);
    Thread thread;
    thread.last_number = 5;
    thread.customer_read = 2;
    const auto changed = MarkRead(thread, Side::kCustomer, c.number);
    EXPECT_EQ(ReasonName(changed.status()), c.refusal);
    if (changed.ok()) {
      EXPECT_EQ(*changed, c.read != 2);
    }
    EXPECT_EQ(thread.customer_read, c.read);
    EXPECT_EQ(thread.provider_read, 0);
  }
}

}  // namespace
}  // namespace kalends::core
