#include "core/schedule/holidays.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kalends::core {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

date::local_days December(int day) {
  return date::local_days(date::year(2026) / date::December / day);
}
const HolidayWindow kWindow{December(1), December(31)};

SpecialDate Own(int day, std::vector<LocalHours> hours = {}) {
  return {December(day), false, std::move(hours), "mine", false};
}
SpecialDate Imported(int day, const std::string& label) {
  return {December(day), false, {}, label, true};
}

TEST(ImportHolidays, PutsDatesInAndTheSameAgainChangesNothing) {
  Schedule schedule;
  const std::vector<Holiday> file = {{December(25), "Christmas"}, {December(26), "Boxing Day"}};
  const auto first = ImportHolidays(schedule, file, kWindow, FreeEntries::kLeaveOut);
  EXPECT_THAT(first.added, ElementsAre(Imported(25, "Christmas"), Imported(26, "Boxing Day")));
  EXPECT_EQ(schedule.special_dates, first.added);
  const Schedule before = schedule;
  const auto again = ImportHolidays(schedule, file, kWindow, FreeEntries::kLeaveOut);
  EXPECT_EQ(again.unchanged, first.added);
  EXPECT_THAT(again.added, IsEmpty());
  EXPECT_THAT(again.changed, IsEmpty());
  EXPECT_THAT(again.removed, IsEmpty());
  EXPECT_EQ(schedule, before);
}

TEST(ImportHolidays, ANewFileChangesOnlyWhatChanged) {
  Schedule schedule;
  schedule.special_dates = {Imported(24, "Eve"), Imported(25, "X-mas"), Imported(26, "Boxing Day")};
  const auto changes = ImportHolidays(
      schedule, {{December(25), "Christmas"}, {December(26), "Boxing Day"}, {December(31), "End"}},
      kWindow, FreeEntries::kLeaveOut);
  EXPECT_THAT(changes.removed, ElementsAre(Imported(24, "Eve")));
  EXPECT_THAT(changes.changed, ElementsAre(Imported(25, "Christmas")));
  EXPECT_THAT(changes.unchanged, ElementsAre(Imported(26, "Boxing Day")));
  EXPECT_THAT(changes.added, ElementsAre(Imported(31, "End")));
  EXPECT_THAT(schedule.special_dates, ElementsAre(Imported(25, "Christmas"),
                                                  Imported(26, "Boxing Day"), Imported(31, "End")));
}

TEST(ImportHolidays, WhatSomebodyEnteredStays) {
  const SpecialDate half_day = Own(24, {{Minutes(540), Minutes(720)}});
  SpecialDate yearly = Own(25);
  yearly.date -= date::days(365);  // 2025.
  yearly.repeats_yearly = true;
  Schedule schedule;
  schedule.special_dates = {yearly, half_day};
  const Schedule before = schedule;
  const auto changes =
      ImportHolidays(schedule, {{December(24), "Eve"}, {December(25), "Christmas"}}, kWindow,
                     FreeEntries::kLeaveOut);
  EXPECT_THAT(changes.kept, ElementsAre(half_day, yearly));
  EXPECT_THAT(changes.added, IsEmpty());
  EXPECT_EQ(schedule, before);
  // Not even a file without them takes them away.
  EXPECT_THAT(ImportHolidays(schedule, {}, kWindow, FreeEntries::kLeaveOut).removed, IsEmpty());
  EXPECT_EQ(schedule, before);
}

TEST(ImportHolidays, TheProviderDecidesAboutFreeEntries) {
  const std::vector<Holiday> file = {{December(6), "Santa Claus", true}};
  Schedule schedule;
  EXPECT_THAT(ImportHolidays(schedule, file, kWindow, FreeEntries::kLeaveOut).added, IsEmpty());
  EXPECT_THAT(ImportHolidays(schedule, file, kWindow, FreeEntries::kTakeIn).added,
              ElementsAre(Imported(6, "Santa Claus")));
  EXPECT_THAT(ImportHolidays(schedule, file, kWindow, FreeEntries::kLeaveOut).removed,
              ElementsAre(Imported(6, "Santa Claus")));
}

TEST(ImportHolidays, WhatIsPastStays) {
  Schedule schedule;
  schedule.special_dates = {Imported(1, "Past"), Imported(24, "Eve")};
  ImportHolidays(schedule, {}, {December(2), December(31)}, FreeEntries::kLeaveOut);
  EXPECT_THAT(schedule.special_dates, ElementsAre(Imported(1, "Past")));
}

}  // namespace
}  // namespace kalends::core
