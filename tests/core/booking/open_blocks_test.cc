// Where wall-clock rules, openings and closures leave a specialist open.
#include <string>
#include <vector>

#include "core/booking/availability.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/calendars.h"

namespace kalends::core {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> Blocks(const Calendar& calendar, const std::string& start,
                                const std::string& end) {
  std::vector<std::string> texts;
  for (const Interval& block : OpenBlocks(calendar, UtcInterval(start, end))) {
    texts.push_back(ToText(block));
  }
  return texts;
}

SpecialDate Special(const std::string& day, std::vector<LocalHours> hours) {
  return {Day(day), false, std::move(hours), ""};
}

SpecialDate Yearly(const std::string& day, std::vector<LocalHours> hours) {
  return {Day(day), true, std::move(hours), ""};
}

TEST(OpenBlocks, FollowTheClockOfTheZoneOverItsChanges) {
  const struct {
    const char* name;
    const char* zone;
    LocalHours hours;
    const char* start;  // A UTC range that holds exactly one block, or none.
    const char* end;
    const char* block;
  } kCases[] = {
      {"winter", "Europe/Berlin", Hours("09:00", "17:00"), "2026-03-28 00:00", "2026-03-29 00:00",
       "2026-03-28 08:00 - 2026-03-28 16:00"},
      {"summer", "Europe/Berlin", Hours("09:00", "17:00"), "2026-03-29 00:00", "2026-03-30 00:00",
       "2026-03-29 07:00 - 2026-03-29 15:00"},
      {"summer of 2038", "Europe/Berlin", Hours("09:00", "17:00"), "2038-07-01 00:00",
       "2038-07-02 00:00", "2038-07-01 07:00 - 2038-07-01 15:00"},
      {"summer of 2050", "Europe/Berlin", Hours("09:00", "17:00"), "2050-07-01 00:00",
       "2050-07-02 00:00", "2050-07-01 07:00 - 2050-07-01 15:00"},
      {"summer of 2100", "Europe/Berlin", Hours("09:00", "17:00"), "2100-07-01 00:00",
       "2100-07-02 00:00", "2100-07-01 07:00 - 2100-07-01 15:00"},
      {"New York, 2100", "America/New_York", Hours("09:00", "17:00"), "2100-12-01 12:00",
       "2100-12-02 12:00", "2100-12-01 14:00 - 2100-12-01 22:00"},
      {"a gap shortens", "Europe/Berlin", Hours("01:00", "04:00"), "2026-03-28 12:00",
       "2026-03-29 12:00", "2026-03-29 00:00 - 2026-03-29 02:00"},
      {"hours inside a gap yield nothing", "Europe/Berlin", Hours("02:00", "03:00"),
       "2026-03-28 12:00", "2026-03-29 12:00", ""},
      {"an overlap lengthens", "Europe/Berlin", Hours("01:00", "04:00"), "2026-10-24 12:00",
       "2026-10-25 12:00", "2026-10-24 23:00 - 2026-10-25 03:00"},
      {"hours inside an overlap come twice, touching", "Europe/Berlin", Hours("02:00", "03:00"),
       "2026-10-24 12:00", "2026-10-25 12:00", "2026-10-25 00:00 - 2026-10-25 02:00"},
      {"half an hour more in Lord Howe", "Australia/Lord_Howe", Hours("01:00", "03:00"),
       "2026-04-04 12:00", "2026-04-05 00:00", "2026-04-04 14:00 - 2026-04-04 16:30"},
      {"half an hour less in Lord Howe", "Australia/Lord_Howe", Hours("01:00", "03:00"),
       "2026-10-03 06:00", "2026-10-03 20:00", "2026-10-03 14:30 - 2026-10-03 16:00"},
      {"Kathmandu", "Asia/Kathmandu", Hours("09:00", "17:00"), "2026-01-01 00:00",
       "2026-01-02 00:00", "2026-01-01 03:15 - 2026-01-01 11:15"},
      {"a bare offset", "UTC+05:45", Hours("09:00", "17:00"), "2026-01-01 00:00",
       "2026-01-02 00:00", "2026-01-01 03:15 - 2026-01-01 11:15"},
      {"the furthest west", "UTC-12:00", Hours("09:00", "17:00"), "2026-01-01 12:00",
       "2026-01-02 12:00", "2026-01-01 21:00 - 2026-01-02 05:00"},
      {"the furthest east", "Pacific/Kiritimati", Hours("09:00", "17:00"), "2025-12-31 10:00",
       "2026-01-01 10:00", "2025-12-31 19:00 - 2026-01-01 03:00"},
      {"midnight is skipped in Asuncion", "America/Asuncion", Hours("00:00", "02:00"),
       "2023-09-30 12:00", "2023-10-01 12:00", "2023-10-01 04:00 - 2023-10-01 05:00"},
      {"an hour before midnight twice in Asuncion", "America/Asuncion", Hours("23:00", "24:00"),
       "2023-03-25 12:00", "2023-03-26 12:00", "2023-03-26 02:00 - 2023-03-26 04:00"},
      {"midnight is skipped in Beirut", "Asia/Beirut", Hours("22:00", "02:00"), "2022-03-26 12:00",
       "2022-03-27 12:00", "2022-03-26 20:00 - 2022-03-26 23:00"},
      {"midnight is skipped in Cairo", "Africa/Cairo", Hours("23:30", "01:30"), "2024-04-25 12:00",
       "2024-04-26 12:00", "2024-04-25 21:30 - 2024-04-25 22:30"},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.name);
    const auto blocks = Blocks(CalendarIn(c.zone, EveryDay({c.hours})), c.start, c.end);
    if (std::string(c.block).empty()) {
      EXPECT_THAT(blocks, IsEmpty());
    } else {
      EXPECT_THAT(blocks, ElementsAre(c.block));
    }
  }
}

TEST(OpenBlocks, AnEndAtOrBeforeTheStartIsTheNextDay) {
  const struct {
    LocalHours hours;
    const char* block;
  } kCases[] = {
      {Hours("22:00", "02:00"), "2026-06-03 22:00 - 2026-06-04 02:00"},
      {Hours("22:00", "24:00"), "2026-06-03 22:00 - 2026-06-04 00:00"},
      {Hours("22:00", "00:00"), "2026-06-03 22:00 - 2026-06-04 00:00"},
      {Hours("00:00", "24:00"), "2026-06-03 00:00 - 2026-06-04 00:00"},
      {Hours("00:00", "00:00"), "2026-06-03 00:00 - 2026-06-04 00:00"},
      {Hours("10:00", "10:00"), "2026-06-03 10:00 - 2026-06-04 10:00"},
      {Hours("23:59", "23:58"), "2026-06-03 23:59 - 2026-06-04 23:58"},
  };
  for (const auto& c : kCases) {
    const Calendar calendar = CalendarIn("UTC", {{date::Wednesday, c.hours}});
    EXPECT_THAT(Blocks(calendar, "2026-06-01 00:00", "2026-06-08 00:00"), ElementsAre(c.block));
  }
}

TEST(OpenBlocks, TouchingAndOverlappingHoursAreOneBlock) {
  const Calendar calendar = CalendarIn("UTC", {{date::Monday, Hours("13:00", "15:00")},
                                               {date::Monday, Hours("09:00", "12:00")},
                                               {date::Monday, Hours("12:00", "13:00")},
                                               {date::Monday, Hours("14:00", "16:00")},
                                               {date::Monday, Hours("18:00", "02:00")},
                                               {date::Tuesday, Hours("01:00", "03:00")}});
  EXPECT_THAT(
      Blocks(calendar, "2026-06-01 00:00", "2026-06-08 00:00"),
      ElementsAre("2026-06-01 09:00 - 2026-06-01 16:00", "2026-06-01 18:00 - 2026-06-02 03:00"));
}

TEST(OpenBlocks, LongDayAndShortDayHaveTheirHours) {
  const Calendar calendar = CalendarIn("Europe/Berlin", {{date::Sunday, Hours("00:00", "24:00")}});
  EXPECT_THAT(Blocks(calendar, "2026-03-29 00:00", "2026-03-30 00:00"),
              ElementsAre("2026-03-28 23:00 - 2026-03-29 22:00"));  // 23 hours.
  EXPECT_THAT(Blocks(calendar, "2026-10-25 00:00", "2026-10-26 00:00"),
              ElementsAre("2026-10-24 22:00 - 2026-10-25 23:00"));  // 25 hours.
}

TEST(OpenBlocks, ADateThatTheZoneSkippedHasNoHours) {
  // Apia went from Thursday the 29th to Saturday the 31st.
  const auto apia = [](date::weekday weekday, const LocalHours& hours) {
    return CalendarIn("Pacific/Apia", {{weekday, hours}});
  };
  const char* const start = "2011-12-28 00:00";
  const char* const end = "2012-01-02 00:00";
  EXPECT_THAT(Blocks(apia(date::Friday, Hours("09:00", "17:00")), start, end), IsEmpty());
  // Nor does what it would have spilled into the next date exist.
  EXPECT_THAT(Blocks(apia(date::Friday, Hours("20:00", "04:00")), start, end), IsEmpty());
  // What Thursday would spill into it does not reach Saturday.
  EXPECT_THAT(Blocks(apia(date::Thursday, Hours("20:00", "04:00")), start, end),
              ElementsAre("2011-12-30 06:00 - 2011-12-30 10:00"));
  EXPECT_THAT(Blocks(apia(date::Saturday, Hours("00:00", "04:00")), start, end),
              ElementsAre("2011-12-30 10:00 - 2011-12-30 14:00"));
}

TEST(OpenBlocks, WeeksAlternateFromTheMondayOfAWeekAInBothDirections) {
  Calendar calendar = CalendarIn("UTC", {{date::Monday, Hours("09:00", "10:00"), WeekParity::kA},
                                         {date::Monday, Hours("11:00", "12:00"), WeekParity::kB},
                                         {date::Monday, Hours("13:00", "14:00")}});
  calendar.schedule.week_a_monday = Day("2026-06-08");
  EXPECT_THAT(
      Blocks(calendar, "2026-05-25 00:00", "2026-06-16 00:00"),
      ElementsAre("2026-05-25 09:00 - 2026-05-25 10:00", "2026-05-25 13:00 - 2026-05-25 14:00",
                  "2026-06-01 11:00 - 2026-06-01 12:00", "2026-06-01 13:00 - 2026-06-01 14:00",
                  "2026-06-08 09:00 - 2026-06-08 10:00", "2026-06-08 13:00 - 2026-06-08 14:00",
                  "2026-06-15 11:00 - 2026-06-15 12:00", "2026-06-15 13:00 - 2026-06-15 14:00"));
}

TEST(OpenBlocks, ASundayOfWeekASpillsIntoWeekB) {
  Calendar calendar = CalendarIn("UTC", {{date::Sunday, Hours("22:00", "02:00"), WeekParity::kA}});
  calendar.schedule.week_a_monday = Day("2026-06-01");
  EXPECT_THAT(Blocks(calendar, "2026-06-01 00:00", "2026-06-15 12:00"),
              ElementsAre("2026-06-07 22:00 - 2026-06-08 02:00"));
}

TEST(OpenBlocks, ASpecialDateReplacesItsWeeklyHoursAndTheSpillIntoIt) {
  Calendar calendar = CalendarIn("UTC", EveryDay({Hours("20:00", "02:00")}));
  calendar.schedule.special_dates = {Special("2026-06-03", {Hours("10:00", "12:00")})};
  EXPECT_THAT(
      Blocks(calendar, "2026-06-02 12:00", "2026-06-05 00:00"),
      ElementsAre("2026-06-02 20:00 - 2026-06-03 00:00", "2026-06-03 10:00 - 2026-06-03 12:00",
                  "2026-06-04 20:00 - 2026-06-05 02:00"));
}

TEST(OpenBlocks, AHolidayHasNoHours) {
  Calendar calendar = CalendarIn("UTC", EveryDay({Hours("09:00", "17:00")}));
  calendar.schedule.special_dates = {Special("2026-06-03", {})};
  EXPECT_THAT(
      Blocks(calendar, "2026-06-02 00:00", "2026-06-05 00:00"),
      ElementsAre("2026-06-02 09:00 - 2026-06-02 17:00", "2026-06-04 09:00 - 2026-06-04 17:00"));
}

TEST(OpenBlocks, HoursOfASpecialDateSpillEvenIntoAnother) {
  Calendar calendar = CalendarIn("UTC", EveryDay({Hours("09:00", "17:00")}));
  calendar.schedule.special_dates = {Special("2026-06-04", {}),
                                     Special("2026-06-03", {Hours("22:00", "03:00")})};
  EXPECT_THAT(
      Blocks(calendar, "2026-06-03 00:00", "2026-06-06 00:00"),
      ElementsAre("2026-06-03 22:00 - 2026-06-04 03:00", "2026-06-05 09:00 - 2026-06-05 17:00"));
}

TEST(OpenBlocks, YearlyDatesRepeatAndFebruary29OnlyInLeapYears) {
  Calendar calendar = CalendarIn("UTC", {});
  calendar.schedule.special_dates = {Yearly("2020-12-25", {Hours("10:00", "11:00")}),
                                     Yearly("2024-02-29", {Hours("12:00", "13:00")})};
  const auto one_year = [&](int year) {
    return Blocks(calendar, std::to_string(year) + "-01-01 00:00",
                  std::to_string(year + 1) + "-01-01 00:00");
  };
  EXPECT_THAT(one_year(2026), ElementsAre("2026-12-25 10:00 - 2026-12-25 11:00"));
  EXPECT_THAT(one_year(2019), ElementsAre("2019-12-25 10:00 - 2019-12-25 11:00"));
  EXPECT_THAT(one_year(2028), ElementsAre("2028-02-29 12:00 - 2028-02-29 13:00",
                                          "2028-12-25 10:00 - 2028-12-25 11:00"));
  EXPECT_THAT(one_year(2100), ElementsAre("2100-12-25 10:00 - 2100-12-25 11:00"));
}

TEST(OpenBlocks, ADatesOwnEntryWinsOverAYearlyOneAndEqualsAddUp) {
  Calendar calendar = CalendarIn("UTC", {});
  calendar.schedule.special_dates = {Yearly("2020-12-25", {Hours("08:00", "09:00")}),
                                     Special("2026-12-25", {Hours("10:00", "11:00")}),
                                     Special("2026-12-25", {Hours("14:00", "15:00")})};
  EXPECT_THAT(
      Blocks(calendar, "2026-12-25 00:00", "2026-12-26 00:00"),
      ElementsAre("2026-12-25 10:00 - 2026-12-25 11:00", "2026-12-25 14:00 - 2026-12-25 15:00"));
}

TEST(OpenBlocks, OpeningsAddAndMerge) {
  Calendar calendar = CalendarIn("UTC", EveryDay({Hours("09:00", "12:00")}));
  calendar.schedule.special_dates = {Special("2026-06-03", {})};
  calendar.openings = {UtcInterval("2026-06-02 08:00", "2026-06-02 09:00"),
                       UtcInterval("2026-06-02 10:00", "2026-06-02 13:00"),
                       UtcInterval("2026-06-03 10:00", "2026-06-03 11:00")};
  EXPECT_THAT(
      Blocks(calendar, "2026-06-02 00:00", "2026-06-04 00:00"),
      ElementsAre("2026-06-02 08:00 - 2026-06-02 13:00", "2026-06-03 10:00 - 2026-06-03 11:00"));
}

TEST(OpenBlocks, ClosuresCutAndWinOverOpenings) {
  Calendar calendar = CalendarIn("UTC", EveryDay({Hours("09:00", "17:00")}));
  calendar.openings = {UtcInterval("2026-06-02 18:00", "2026-06-02 20:00")};
  // A long closure is followed by one inside it, and by one that cuts the opening.
  calendar.closures = {UtcInterval("2026-05-01 00:00", "2026-06-02 10:00"),
                       UtcInterval("2026-05-20 00:00", "2026-05-21 00:00"),
                       UtcInterval("2026-06-02 12:00", "2026-06-02 12:30"),
                       UtcInterval("2026-06-02 16:00", "2026-06-02 19:00")};
  EXPECT_THAT(
      Blocks(calendar, "2026-06-01 00:00", "2026-06-03 00:00"),
      ElementsAre("2026-06-02 10:00 - 2026-06-02 12:00", "2026-06-02 12:30 - 2026-06-02 16:00",
                  "2026-06-02 19:00 - 2026-06-02 20:00"));
}

TEST(OpenBlocks, AreNotCutToTheRange) {
  const Calendar calendar = CalendarIn("UTC", EveryDay({Hours("09:00", "17:00")}));
  EXPECT_THAT(Blocks(calendar, "2026-06-02 12:00", "2026-06-02 12:01"),
              ElementsAre("2026-06-02 09:00 - 2026-06-02 17:00"));
  EXPECT_THAT(Blocks(calendar, "2026-06-02 17:00", "2026-06-03 09:00"), IsEmpty());
}

TEST(OpenBlocks, AreNoneWithoutHours) {
  EXPECT_THAT(Blocks(CalendarIn("Europe/Berlin", {}), "2026-01-01 00:00", "2027-01-01 00:00"),
              IsEmpty());
}

TEST(IsOpen, WhereOneBlockHoldsAllOfIt) {
  Calendar calendar =
      CalendarIn("UTC", EveryDay({Hours("08:00", "12:00"), Hours("13:00", "18:00")}));
  calendar.closures = {UtcInterval("2026-06-02 16:00", "2026-06-02 17:00")};
  const struct {
    const char* name;
    const char* start;
    const char* end;
    bool open;
  } kCases[] = {
      {"within", "09:00", "10:00", true},
      {"all of the morning", "08:00", "12:00", true},
      {"a minute too early", "07:59", "09:00", false},
      {"over noon", "11:00", "14:00", false},
      {"into a closure", "15:30", "16:30", false},
      {"up to a closure", "15:00", "16:00", true},
      {"at night", "20:00", "21:00", false},
  };
  for (const auto& c : kCases) {
    const std::string day = "2026-06-02 ";
    EXPECT_EQ(IsOpen(calendar, UtcInterval(day + c.start, day + c.end)), c.open) << c.name;
  }
}

}  // namespace
}  // namespace kalends::core
