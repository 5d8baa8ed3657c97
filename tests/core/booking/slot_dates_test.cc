#include "core/booking/slot_dates.h"

#include "core/base/error.h"
#include "core/base/limits.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/times.h"

namespace kalends::core {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(RangeOf, IsOfWholeDaysOfTheZoneAndNotTooLong) {
  const TimeZone berlin = *TimeZone::Find("Europe/Berlin");
  const date::local_days first = Day("2026-03-29");
  const auto range = [&](int days) { return RangeOf({first, first + date::days(days)}, berlin); };
  // The clocks go forward.
  EXPECT_EQ(*range(0), UtcInterval("2026-03-28 23:00", "2026-03-29 22:00"));
  EXPECT_EQ(ReasonOf(range(-1).status()), Reason::kInvalidField);
  const int most = static_cast<int>(kSlotRangeMax.count());
  EXPECT_TRUE(range(most - 1).ok());
  EXPECT_EQ(ReasonOf(range(most).status()), Reason::kInvalidField);
}

std::vector<std::string> Dates(const std::vector<Instant>& starts, const std::string& zone) {
  std::vector<std::string> texts;
  for (const SlotDay& day : ByDate(starts, *TimeZone::Find(zone))) {
    texts.push_back(date::format("%F", day.date) + ": " + std::to_string(day.count) + " from " +
                    std::to_string(day.first));
  }
  return texts;
}

TEST(ByDate, GroupsByTheWallClock) {
  EXPECT_THAT(Dates({}, "UTC"), IsEmpty());
  const std::vector<Instant> starts = {Utc("2026-06-01 08:00"), Utc("2026-06-01 22:30"),
                                       Utc("2026-06-03 08:00")};
  EXPECT_THAT(Dates(starts, "UTC"), ElementsAre("2026-06-01: 2 from 0", "2026-06-03: 1 from 2"));
  EXPECT_THAT(Dates(starts, "Europe/Berlin"),
              ElementsAre("2026-06-01: 1 from 0", "2026-06-02: 1 from 1", "2026-06-03: 1 from 2"));
}

TEST(ByDate, StaysOneDateWhereTheClocksGoBackOverMidnight) {
  // Havana, 2026-11-01: 01:00 becomes 00:00.
  EXPECT_THAT(Dates({Utc("2026-11-01 04:30"), Utc("2026-11-01 05:30"), Utc("2026-11-02 05:30")},
                    "America/Havana"),
              ElementsAre("2026-11-01: 2 from 0", "2026-11-02: 1 from 2"));
}

}  // namespace
}  // namespace kalends::core
