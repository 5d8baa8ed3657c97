#include "core/notifications/notification.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/limits.h"
#include "date/date.h"

namespace kalends::core {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

Instant At(int year, unsigned month, unsigned day, int hour, int minute) {
  const date::sys_days midnight{date::year(year) / date::month(month) / date::day(day)};
  return std::chrono::time_point_cast<std::chrono::seconds>(midnight) + hours(hour) +
         minutes(minute);
}

TEST(CheckReminders, AreFewAndInTime) {
  using Leads = std::vector<Minutes>;
  const struct {
    const char* name;
    Leads before;
    bool allowed;
  } kCases[] = {
      {"none", {}, true},
      {"the shortest and the longest", {kReminderLeadMin, kReminderLeadMax}, true},
      {"too short", {kReminderLeadMax, kReminderLeadMin - minutes(1)}, false},
      {"too long", {kReminderLeadMax + minutes(1)}, false},
      {"the most", Leads(kRemindersMax, hours(1)), true},
      {"more than that", Leads(kRemindersMax + 1, hours(1)), false},
  };
  for (const auto& c : kCases) EXPECT_EQ(CheckReminders(c.before).ok(), c.allowed) << c.name;
}

TEST(AfterQuietHours, HoldsFromTenInTheEveningToSevenOfTheRecipientsClock) {
  const TimeZone berlin = *TimeZone::Find("Europe/Berlin");
  const struct {
    const char* name;
    Instant due;
    Instant out;
  } kCases[] = {
      {"by day", At(2026, 1, 5, 12, 0), At(2026, 1, 5, 12, 0)},
      {"21:59 is not quiet", At(2026, 1, 5, 20, 59), At(2026, 1, 5, 20, 59)},
      {"22:00 is", At(2026, 1, 5, 21, 0), At(2026, 1, 6, 6, 0)},
      {"in the small hours", At(2026, 1, 5, 2, 30), At(2026, 1, 5, 6, 0)},
      {"07:00 is not quiet", At(2026, 1, 5, 6, 0), At(2026, 1, 5, 6, 0)},
      {"the night summer time begins", At(2026, 3, 28, 22, 30), At(2026, 3, 29, 5, 0)},
      {"the night it ends", At(2026, 10, 24, 21, 30), At(2026, 10, 25, 6, 0)},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(AfterQuietHours(c.due, berlin), c.out);
  }
}

TEST(ReminderTimes, WhatQuietHoursWouldPushPastTheStartComesBeforeThem) {
  const TimeZone berlin = *TimeZone::Find("Europe/Berlin");
  const struct {
    const char* name;
    Instant start;
    Minutes lead;
    Instant now;
    Instant due;
  } kCases[] = {
      {"late in the evening", At(2026, 1, 5, 22, 58), Minutes(5), At(2026, 1, 5, 9, 0),
       At(2026, 1, 5, 20, 59)},
      {"early in the morning", At(2026, 1, 6, 5, 30), Minutes(120), At(2026, 1, 5, 9, 0),
       At(2026, 1, 5, 20, 59)},
      {"they have begun", At(2026, 1, 6, 5, 30), Minutes(120), At(2026, 1, 5, 22, 17),
       At(2026, 1, 5, 22, 17)},
      {"at 07:00 itself", At(2026, 1, 6, 6, 0), Minutes(120), At(2026, 1, 5, 9, 0),
       At(2026, 1, 5, 20, 59)},
      {"07:00 is in time", At(2026, 1, 6, 6, 1), Minutes(120), At(2026, 1, 5, 9, 0),
       At(2026, 1, 6, 4, 1)},
      {"by day", At(2026, 1, 6, 12, 0), Minutes(120), At(2026, 1, 5, 9, 0), At(2026, 1, 6, 10, 0)},
      {"the night summer time begins", At(2026, 3, 29, 4, 30), Minutes(90), At(2026, 3, 28, 9, 0),
       At(2026, 3, 28, 20, 59)},
      {"the night it ends", At(2026, 10, 25, 5, 30), Minutes(300), At(2026, 10, 24, 9, 0),
       At(2026, 10, 24, 19, 59)},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.name);
    EXPECT_THAT(ReminderTimes(c.start, {c.lead}, c.now, berlin), testing::ElementsAre(c.due));
  }
}

TEST(ReminderTimes, TwoThatMeetBeforeTheQuietHoursAreOne) {
  const TimeZone berlin = *TimeZone::Find("Europe/Berlin");
  EXPECT_THAT(ReminderTimes(At(2026, 1, 6, 5, 30), {Minutes(60), Minutes(120)},
                            At(2026, 1, 5, 9, 0), berlin),
              testing::ElementsAre(At(2026, 1, 5, 20, 59)));
}

TEST(ReminderTimes, AreThoseStillAheadEachOnce) {
  const TimeZone utc = TimeZone::Utc();
  const Instant start = At(2026, 1, 5, 12, 0);
  const std::vector<Minutes> before = {Minutes(120), Minutes(1440), Minutes(120)};
  EXPECT_THAT(ReminderTimes(start, before, start - hours(48), utc),
              testing::ElementsAre(start - hours(24), start - hours(2)));
  EXPECT_THAT(ReminderTimes(start, before, start - hours(24), utc),
              testing::ElementsAre(start - hours(2)));
  EXPECT_THAT(ReminderTimes(start, before, start, utc), testing::IsEmpty());
}

TEST(NotificationKind, IsReadBackAsWritten) {
  for (int i = 0; i <= static_cast<int>(NotificationKind::kCustomerJoined); ++i) {
    const auto kind = static_cast<NotificationKind>(i);
    EXPECT_EQ(ParseNotificationKind(NameOf(kind)), kind);
  }
}

}  // namespace
}  // namespace kalends::core
