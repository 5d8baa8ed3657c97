#include "core/server/call_numbers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/error.h"

namespace kalends::server {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::chrono::milliseconds kTook{2};

TEST(CallNumbers, CountsHowCallsOfAMethodEndedAndHowLongTheyTook) {
  const CallNumbers numbers("TestService.Count");
  numbers.Ended(absl::OkStatus(), kTook);
  numbers.Ended(absl::OkStatus(), kTook);
  numbers.Ended(core::Error(core::Reason::kSlotTaken), kTook);
  const std::string text = operate::MetricsText();
  EXPECT_THAT(text,
              HasSubstr("kalends_core_calls_total{method=\"TestService.Count\",code=\"OK\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("kalends_core_calls_total{method=\"TestService.Count\","
                              "code=\"FAILED_PRECONDITION\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("kalends_core_call_seconds_count{method=\"TestService.Count\"} 3\n"));
  EXPECT_THAT(text, HasSubstr("kalends_core_call_seconds_bucket{method=\"TestService.Count\","
                              "le=\"0.003\"} 3\n"));
}

// Without a 0 to begin with, Prometheus would not take the first for an increase.
TEST(CallNumbers, ShowsEveryReasonOfTheContractFromZeroOn) {
  const std::string text = operate::MetricsText();
  for (int i = 0; i < core::kReasonCount; ++i) {
    const std::string name(NameOf(static_cast<core::Reason>(i)));
    EXPECT_THAT(text, HasSubstr("kalends_core_refusals_total{reason=\"" + name + "\"} "));
  }
}

TEST(CallNumbers, TakesAFaultOfOursForInternalAndWhoLeavesForNoRefusal) {
  const CallNumbers numbers("TestService.Fail");
  const auto internal = [] {
    const std::string text = operate::MetricsText();
    const std::string line = "kalends_core_refusals_total{reason=\"INTERNAL\"} ";
    return std::stod(text.substr(text.find(line) + line.size()));
  };
  const double before = internal();
  numbers.Ended(absl::UnknownError("no reason"), kTook);
  EXPECT_EQ(internal(), before + 1);
  numbers.Ended(absl::CancelledError("the caller has gone"), kTook);
  EXPECT_EQ(internal(), before + 1);
}

TEST(CallNumbers, OfAMethodThatIsNotServedCountNothing) {
  const CallNumbers none;
  none.Ended(absl::OkStatus(), kTook);
  EXPECT_THAT(operate::MetricsText(), Not(HasSubstr("method=\"\"")));
}

}  // namespace
}  // namespace kalends::server
