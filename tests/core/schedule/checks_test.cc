#include "core/schedule/checks.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "tests/support/times.h"
#include "tests/support/violation.h"

namespace kalends::core {
namespace {

using date::days;

SpecialDate On(const std::string& date) { return {Day(date), false, {}, ""}; }

// The field that is refused, the reason where it is no field, or "".
std::string Refusal(const absl::Status& status) {
  const std::string field = test::FieldOf(status);
  return field.empty() ? ReasonName(status) : field;
}

TEST(CheckSchedule, KeepsEachPartInItsRange) {
  const LocalHours late{Minutes(22 * 60), Minutes(2 * 60)};
  const struct {
    const char* name;
    std::function<void(Schedule&)> change;
    const char* refusal;
  } kCases[] = {
      {"as it begins", [](Schedule&) {}, ""},
      {"over midnight", [&](Schedule& s) { s.weekly = {{date::Friday, late}}; }, ""},
      {"the whole day", [](Schedule& s) { s.weekly = {{date::Friday, {}}}; }, ""},
      {"until 24:00", [](Schedule& s) { s.weekly = {{date::Friday, {Minutes(0), Minutes(1440)}}}; },
       ""},
      {"until 24:01", [](Schedule& s) { s.weekly = {{date::Friday, {Minutes(0), Minutes(1441)}}}; },
       "schedule.weekly_hours[0].hours"},
      {"from 24:00", [](Schedule& s) { s.weekly = {{date::Friday, {Minutes(1440), Minutes(60)}}}; },
       "schedule.weekly_hours[0].hours"},
      {"from before the day", [](Schedule& s) { s.weekly = {{date::Friday, {Minutes(-1), {}}}}; },
       "schedule.weekly_hours[0].hours"},
      {"the most weekly hours",
       [&](Schedule& s) { s.weekly.assign(kHoursPerScheduleMax, {date::Friday, late}); }, ""},
      {"more than that",
       [&](Schedule& s) { s.weekly.assign(kHoursPerScheduleMax + 1, {date::Friday, late}); },
       "LIMIT_REACHED"},
      {"two dates", [](Schedule& s) { s.special_dates = {On("2026-12-24"), On("2026-12-25")}; },
       ""},
      {"a date twice", [](Schedule& s) { s.special_dates = {On("2026-12-24"), On("2026-12-24")}; },
       "schedule.special_dates[1].date"},
      {"too many dates",
       [](Schedule& s) {
         for (int i = 0; i <= kSpecialDatesPerProviderMax; ++i) {
           s.special_dates.push_back({Day("2026-01-01") + days(i), false, {}, ""});
         }
       },
       "LIMIT_REACHED"},
      {"the most hours of a date",
       [&](Schedule& s) {
         s.special_dates = {On("2026-12-24")};
         s.special_dates[0].hours.assign(kHoursPerDateMax, late);
       },
       ""},
      {"more than that",
       [&](Schedule& s) {
         s.special_dates = {On("2026-12-24")};
         s.special_dates[0].hours.assign(kHoursPerDateMax + 1, late);
       },
       "schedule.special_dates[0].hours"},
      {"hours of a date that are none",
       [&](Schedule& s) {
         s.special_dates = {On("2026-12-24")};
         s.special_dates[0].hours = {late, late, {Minutes(1440), Minutes(0)}};
       },
       "schedule.special_dates[0].hours[2]"},
      {"a long label",
       [](Schedule& s) {
         s.special_dates = {On("2026-12-24")};
         s.special_dates[0].label = std::string(kLabelCharsMax + 1, 'a');
       },
       "schedule.special_dates[0].label"},
      {"another Monday", [](Schedule& s) { s.week_a_monday = Day("2026-06-01"); }, ""},
      {"a Tuesday", [](Schedule& s) { s.week_a_monday = Day("2026-06-02"); },
       "schedule.week_a_monday"},
      {"the least cap", [](Schedule& s) { s.daily_cap = 1; }, ""},
      {"a cap of none", [](Schedule& s) { s.daily_cap = 0; }, "schedule.daily_cap"},
      {"the largest cap", [](Schedule& s) { s.daily_cap = kDailyCapMax; }, ""},
      {"too large a cap", [](Schedule& s) { s.daily_cap = kDailyCapMax + 1; },
       "schedule.daily_cap"},
  };
  for (const auto& c : kCases) {
    Schedule schedule;
    c.change(schedule);
    EXPECT_EQ(Refusal(CheckSchedule(schedule)), c.refusal) << c.name;
  }
}

TEST(CheckClosure, AndCheckOpeningHaveAnEndThatIsNotTooFar) {
  const Instant start = Utc("2026-06-01 10:00");
  const struct {
    const char* name;
    Instant end;
    bool allowed;
  } kCases[] = {
      {"a second", start + std::chrono::seconds(1), true},
      {"nothing", start, false},
      {"backwards", start - std::chrono::seconds(1), false},
      {"the longest", start + kClosureLengthMax, true},
      {"too long", start + kClosureLengthMax + std::chrono::seconds(1), false},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(Refusal(CheckClosure({{}, {start, c.end}, ""})), c.allowed ? "" : "closure.end_time");
    EXPECT_EQ(Refusal(CheckOpening({{}, {start, c.end}})), c.allowed ? "" : "opening.end_time");
  }
}

TEST(CheckClosure, HasAShortLabel) {
  const Interval hour = UtcInterval("2026-06-01 10:00", "2026-06-01 11:00");
  EXPECT_EQ(Refusal(CheckClosure({{}, hour, std::string(kLabelCharsMax, 'a')})), "");
  EXPECT_EQ(Refusal(CheckClosure({{}, hour, std::string(kLabelCharsMax + 1, 'a')})),
            "closure.label");
}

TEST(IsUnset, UntilThereAreHoursOrDates) {
  Schedule schedule;
  schedule.time_zone = "Europe/Berlin";
  EXPECT_TRUE(IsUnset(schedule));
  schedule.special_dates = {On("2026-12-24")};
  EXPECT_FALSE(IsUnset(schedule));
  schedule.special_dates.clear();
  schedule.weekly = {{date::Friday, {}}};
  EXPECT_FALSE(IsUnset(schedule));
}

}  // namespace
}  // namespace kalends::core
