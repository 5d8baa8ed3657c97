// A detail goes with its status, typed, however often that is copied and wherever it goes.
#include "core/base/detail.h"

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "core/base/error.h"
#include "core/base/status_macros.h"
#include "gtest/gtest.h"

namespace kalends::core {
namespace {

struct Names {
  std::vector<std::string> names;
};

// Counts how many there are of it.
struct Held {
  std::shared_ptr<int> token;
};

absl::Status Refused() {
  return WithDetail(Error(Reason::kSlotTaken), Names{{"Ada", "Grace", "a name beyond any buffer"}});
}

absl::StatusOr<int> Number() { return Refused(); }
absl::StatusOr<std::string> Text() {
  ASSIGN_OR_RETURN(const int number, Number());
  return std::to_string(number);
}

TEST(Detail, IsReadAsItWasPutIn) {
  const absl::Status status = Refused();
  EXPECT_EQ(ReasonOf(status), Reason::kSlotTaken);
  EXPECT_EQ(DetailOf<Names>(status).value().names.at(2), "a name beyond any buffer");
}

TEST(Detail, GoesUpWithTheStatusAndOutlivesTheFirst) {
  absl::Status last;
  {
    const absl::StatusOr<std::string> text = Text();
    const absl::Status copy = text.status();
    last = copy;
  }
  EXPECT_EQ(DetailOf<Names>(last).value().names.at(1), "Grace");
  const absl::Status moved = std::move(last);
  EXPECT_EQ(DetailOf<Names>(moved).value().names.size(), 3U);
}

TEST(Detail, StaysWhenACopyGetsAnotherPayload) {
  const absl::Status plain = Refused();
  const absl::Status more = WithMetadata(plain, "language_code", "de");
  EXPECT_EQ(DetailOf<Names>(plain).value().names.at(0), "Ada");
  EXPECT_EQ(DetailOf<Names>(more).value().names.at(0), "Ada");
}

TEST(Detail, IsOnlyOfTheTypeThatWasPutIn) {
  const absl::Status status = WithDetail(Error(Reason::kRateLimited), RetryInfo{});
  EXPECT_TRUE(DetailOf<RetryInfo>(status));
  EXPECT_FALSE(DetailOf<Names>(status));
  EXPECT_FALSE(DetailOf<RetryInfo>(Error(Reason::kRateLimited)));
  EXPECT_FALSE(DetailOf<RetryInfo>(absl::OkStatus()));
}

TEST(Detail, TakesThePlaceOfTheOneBefore) {
  const absl::Status status = WithDetail(Refused(), RetryInfo{std::chrono::seconds(3)});
  EXPECT_FALSE(DetailOf<Names>(status));
  EXPECT_EQ(DetailOf<RetryInfo>(status).value().retry_delay.count(), 3);
}

TEST(Detail, IsNoFactAndNoReason) {
  EXPECT_TRUE(MetadataOf(Refused()).empty());
  EXPECT_EQ(ReasonName(Refused()), "SLOT_TAKEN");
}

TEST(Detail, IsDeletedWithTheLastStatusThatHasIt) {
  const auto token = std::make_shared<int>(0);
  EXPECT_TRUE(WithDetail(absl::OkStatus(), Held{token}).ok());
  EXPECT_EQ(token.use_count(), 1);
  {
    absl::Status first = WithDetail(Error(Reason::kBusy), Held{token});
    const absl::Status second = first;
    EXPECT_EQ(token.use_count(), 2);
    first = absl::OkStatus();
    EXPECT_EQ(token.use_count(), 2);
  }
  EXPECT_EQ(token.use_count(), 1);
}

TEST(Detail, IsReadByManyThreadsAtOnce) {
  const absl::Status status = Refused();
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([copy = status] {
      for (int n = 0; n < 1000; ++n) {
        const absl::Status mine = copy;
        ASSERT_EQ(DetailOf<Names>(mine).value().names.at(0), "Ada");
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace kalends::core
