#include "core/catalog/checks.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "core/base/error.h"
#include "core/base/limits.h"

namespace kalends::core {
namespace {

TEST(CheckRules, KeepsEachNumberInItsRange) {
  using Change = std::function<void(BookingRules&)>;
  const struct {
    const char* name;
    Change change;
    bool allowed;
  } kCases[] = {
      {"as they are", [](BookingRules&) {}, true},
      {"the shortest", [](BookingRules& r) { r.duration = kDurationMin; }, true},
      {"too short", [](BookingRules& r) { r.duration = kDurationMin - Minutes(1); }, false},
      {"the longest", [](BookingRules& r) { r.duration = kDurationMax; }, true},
      {"too long", [](BookingRules& r) { r.duration = kDurationMax + Minutes(1); }, false},
      {"a buffer below nothing", [](BookingRules& r) { r.buffer_before = Minutes(-1); }, false},
      {"the longest buffer", [](BookingRules& r) { r.buffer_after = kBufferMax; }, true},
      {"too long a buffer", [](BookingRules& r) { r.buffer_after = kBufferMax + Minutes(1); },
       false},
      {"too small a step", [](BookingRules& r) { r.step = kStepMin - Minutes(1); }, false},
      {"no notice", [](BookingRules& r) { r.minimum_notice = Minutes(0); }, true},
      {"too long a notice", [](BookingRules& r) { r.minimum_notice = kNoticeMax + Minutes(1); },
       false},
      {"no horizon", [](BookingRules& r) { r.horizon = Minutes(0); }, false},
      {"too late a deadline",
       [](BookingRules& r) { r.cancellation_deadline = kNoticeMax + Minutes(1); }, false},
      {"nobody", [](BookingRules& r) { r.capacity = 0; }, false},
      {"the largest group", [](BookingRules& r) { r.capacity = kCapacityMax; }, true},
      {"too large a group", [](BookingRules& r) { r.capacity = kCapacityMax + 1; }, false},
  };
  for (const auto& c : kCases) {
    BookingRules rules;
    c.change(rules);
    EXPECT_EQ(CheckRules(rules).ok(), c.allowed) << c.name;
  }
}

TEST(CheckPrice, NeedsACurrencyUnlessItIsFree) {
  const struct {
    const char* name;
    Money price;
    bool allowed;
  } kCases[] = {
      {"free", {0, ""}, true},
      {"free in a currency", {0, "EUR"}, true},
      {"some euros", {4000, "EUR"}, true},
      {"no currency", {4000, ""}, false},
      {"a currency in small letters", {4000, "eur"}, false},
      {"less than nothing", {-1, "EUR"}, false},
      {"the most", {kPaymentMinorMax, "EUR"}, true},
      {"more than that", {kPaymentMinorMax + 1, "EUR"}, false},
  };
  for (const auto& c : kCases) EXPECT_EQ(CheckPrice(c.price).ok(), c.allowed) << c.name;
}

}  // namespace
}  // namespace kalends::core
