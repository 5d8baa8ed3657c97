#include "core/feeds/feed.h"

#include <gtest/gtest.h>

namespace kalends::core {
namespace {

using std::chrono::days;
using std::chrono::seconds;

const Instant kMidnight = FromUnixSeconds(std::int64_t{20'000} * 86'400);

TEST(Feeds, ATokenIsAllOfItsRandomBytes) {
  EXPECT_EQ(FeedToken(std::string(32, '\0')), std::string(43, 'A'));
  EXPECT_EQ(FeedToken(std::string(32, '\xff')), std::string(42, '_') + "8");
}

TEST(Feeds, ARoleHasAName) {
  for (const FeedRole role : {FeedRole::kCustomer, FeedRole::kProvider}) {
    EXPECT_EQ(ParseFeedRole(NameOf(role)), role);
  }
  EXPECT_FALSE(ParseFeedRole("customer"));
}

TEST(Feeds, ShowTheSameDaysAllDayLong) {
  EXPECT_EQ(FeedWindow(kMidnight).start, kMidnight - days(90));
  EXPECT_EQ(FeedWindow(kMidnight + days(1) - seconds(1)), FeedWindow(kMidnight));
  EXPECT_NE(FeedWindow(kMidnight + days(1)), FeedWindow(kMidnight));
}

TEST(Feeds, TellOfWhatIsOffFor90Days) {
  for (const auto status : {AppointmentStatus::kCancelled, AppointmentStatus::kRejected}) {
    EXPECT_TRUE(IsToldOf(status, kMidnight - days(90), kMidnight));
    EXPECT_TRUE(IsToldOf(status, kMidnight - days(90), kMidnight + seconds(86'399)));
    EXPECT_FALSE(IsToldOf(status, kMidnight - days(90) - seconds(1), kMidnight));
  }
  for (const auto status : {AppointmentStatus::kPending, AppointmentStatus::kAccepted,
                            AppointmentStatus::kCompleted, AppointmentStatus::kMissed}) {
    EXPECT_TRUE(IsToldOf(status, kMidnight - days(1000), kMidnight));
  }
}

}  // namespace
}  // namespace kalends::core
