#include "core/catalog/checks.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "tests/support/violation.h"

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

TEST(CheckService, KeepsEachFieldInItsRange) {
  const ProviderId staff{2};
  const ProviderId left{3};
  const ProviderId stranger{4};
  const struct {
    const char* name;
    std::function<void(Service&)> change;
    const char* field;  // That is refused; "": none.
  } kCases[] = {
      {"as it is", [](Service&) {}, ""},
      {"no name", [](Service& s) { s.name = ""; }, "service.display_name"},
      {"a long name", [](Service& s) { s.name = std::string(kNameCharsMax + 1, 'a'); },
       "service.display_name"},
      {"lines in the description", [](Service& s) { s.description = "a\nb"; }, ""},
      {"a long description",
       [](Service& s) { s.description = std::string(kDescriptionCharsMax + 1, 'a'); },
       "service.description"},
      {"a translation of nothing", [](Service& s) { s.translations["uk"] = {}; }, ""},
      {"a language that is not spoken here", [](Service& s) { s.translations["it"] = {}; },
       "service.translations[it]"},
      {"lines in a translated name", [](Service& s) { s.translations["fr"].name = "a\nb"; },
       "service.translations[fr].display_name"},
      {"a long translated description",
       [](Service& s) {
         s.translations["fr"].description = std::string(kDescriptionCharsMax + 1, 'a');
       },
       "service.translations[fr].description"},
      {"too short", [](Service& s) { s.rules.duration = Minutes(4); }, "service.duration"},
      {"a price without a currency", [](Service& s) { s.price.minor_units = 1; },
       "service.price.currency_code"},
      {"a long place", [](Service& s) { s.place = std::string(kPlaceCharsMax + 1, 'a'); },
       "service.place"},
      {"a link that is none", [](Service& s) { s.payment_link = "pay me"; },
       "service.payment_link"},
      {"staff", [&](Service& s) { s.specialists = {staff}; }, ""},
      {"one who left and was named before", [&](Service& s) { s.specialists = {left, staff}; }, ""},
      {"a stranger", [&](Service& s) { s.specialists = {staff, stranger}; },
       "service.specialists[1]"},
  };
  for (const auto& c : kCases) {
    Service service;
    service.name = "Cut";
    c.change(service);
    const absl::Status status =
        CheckService(service, std::vector{left}, std::vector{ProviderId{1}, staff});
    EXPECT_EQ(test::FieldOf(status), c.field) << c.name;
  }
}

}  // namespace
}  // namespace kalends::core
