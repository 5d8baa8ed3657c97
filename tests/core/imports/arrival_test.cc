#include "core/imports/arrival.h"

#include <gtest/gtest.h>

#include "core/base/error.h"

namespace kalends::core {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using enum AppointmentStatus;

constexpr Instant kNow{std::chrono::seconds(1'800'000'000)};

TEST(StatusOnArrival, SettlesWhatTheSystemWouldSettleAndLeavesTheRest) {
  const struct {
    const char* name;
    AppointmentStatus there;
    minutes start;  // From now on.
    AppointmentStatus here;
  } kCases[] = {
      {"a request to come", kPending, hours(1), kPending},
      {"a request whose start has come", kPending, minutes(0), kRejected},
      {"accepted to come", kAccepted, hours(1), kAccepted},
      {"accepted and running", kAccepted, minutes(-59), kAccepted},
      {"accepted and just over", kAccepted, minutes(-60), kCompleted},
      {"completed", kCompleted, hours(-48), kCompleted},
      {"missed while it runs", kMissed, minutes(0), kMissed},
      {"cancelled to come", kCancelled, hours(1), kCancelled},
      {"rejected long ago", kRejected, hours(-9000), kRejected},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.name);
    const auto status = StatusOnArrival(c.there, {kNow + c.start, kNow + c.start + hours(1)}, kNow);
    ASSERT_TRUE(status.ok());
    EXPECT_EQ(*status, c.here);
  }
}

TEST(StatusOnArrival, NothingIsCompletedOrMissedBeforeItsStart) {
  for (const AppointmentStatus status : {kCompleted, kMissed}) {
    const auto settled = StatusOnArrival(status, {kNow + minutes(1), kNow + hours(1)}, kNow);
    EXPECT_EQ(ReasonOf(settled.status()), Reason::kNotStarted);
  }
}

TEST(FirstStatusOf, WasARequestWhereNobodyAcceptedIt) {
  EXPECT_EQ(FirstStatusOf(kPending), kPending);
  EXPECT_EQ(FirstStatusOf(kRejected), kPending);
  for (const AppointmentStatus status : {kAccepted, kCompleted, kMissed, kCancelled}) {
    EXPECT_EQ(FirstStatusOf(status), kAccepted);
  }
}

TEST(CheckImportedTime, IsWholeMinutesWithinADay) {
  EXPECT_TRUE(CheckImportedTime({kNow, kNow + minutes(1)}).ok());
  EXPECT_TRUE(CheckImportedTime({kNow, kNow + hours(24)}).ok());
  EXPECT_FALSE(CheckImportedTime({kNow, kNow}).ok());
  EXPECT_FALSE(CheckImportedTime({kNow, kNow - hours(1)}).ok());
  EXPECT_FALSE(CheckImportedTime({kNow, kNow + hours(24) + minutes(1)}).ok());
  EXPECT_FALSE(CheckImportedTime({kNow, kNow + std::chrono::seconds(90)}).ok());
}

TEST(CheckExternalId, IsPrintableAsciiWithoutBlanks) {
  EXPECT_TRUE(CheckExternalId("easyappointments/user/3").ok());
  EXPECT_TRUE(CheckExternalId(std::string(90, 'x')).ok());
  for (const std::string& bad :
       {std::string(), std::string("a b"), std::string("ä"), std::string(91, 'x')}) {
    EXPECT_FALSE(CheckExternalId(bad).ok()) << bad;
  }
}

}  // namespace
}  // namespace kalends::core
