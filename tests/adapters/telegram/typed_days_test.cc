// What people type of days: vacations, extra hours, holidays.
#include "adapters/telegram/screens/typed_days.h"

#include <gtest/gtest.h>

namespace kalends::telegram {
namespace {

using date::literals::operator""_y;

// A Monday at noon.
const LocalTime kTypedAt{.time = date::local_days(2026_y / 11 / 30) + std::chrono::hours(12)};

DayRange DaysFromTo(date::year_month_day first, date::year_month_day last) { return {first, last}; }

TEST(ParseDayRange, UnderstandsWhatPeopleTypeInEveryLanguage) {
  const DayRange kChristmas = DaysFromTo(2026_y / 12 / 21, 2027_y / 1 / 3);
  const DayRange kWeek = DaysFromTo(2026_y / 12 / 21, 2026_y / 12 / 28);
  const struct {
    const char* language;
    const char* text;
    DayRange days;
  } kCases[] = {
      {"de", "21.12.–3.1.", kChristmas},
      {"de", "21.12.-3.1.", kChristmas},
      {"de", "vom 21.12. bis 3.1.", kChristmas},
      {"de", "21.12.2026 bis 03.01.2027", kChristmas},
      {"de", "21. Dezember bis 3. Januar", kChristmas},
      {"de", "21.–28. Dezember", kWeek},
      {"de", "vom 21. bis 28.12.", kWeek},
      {"de", "heute bis Freitag", DaysFromTo(2026_y / 11 / 30, 2026_y / 12 / 4)},
      {"de", "bis Freitag", DaysFromTo(2026_y / 11 / 30, 2026_y / 12 / 4)},
      {"de", "24.12.", DaysFromTo(2026_y / 12 / 24, 2026_y / 12 / 24)},
      {"de", "morgen", DaysFromTo(2026_y / 12 / 1, 2026_y / 12 / 1)},
      {"en", "Dec 21 – Jan 3", kChristmas},
      {"en", "from 21 December to 3 January", kChristmas},
      {"en", "21 to 28 December", kWeek},
      {"fr", "21/12 – 3/1", kChristmas},
      {"fr", "du 21 décembre au 3 janvier", kChristmas},
      {"ru", "21.12–3.1", kChristmas},
      {"ru", "с 21 декабря по 3 января", kChristmas},
      {"uk", "з 21 грудня до 3 січня", kChristmas},
      {"es", "21/12–3/1", kChristmas},
      {"es", "del 21 de diciembre al 3 de enero", kChristmas},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(ParseDayRange(c.text, c.language, kTypedAt), c.days) << c.text;
  }
}

TEST(ParseDayRange, RefusesWhatIsNone) {
  for (const char* text : {"", "-", "irgendwann", "21.12.–", "–3.1.", "31.12.2026–1.12.2026",
                           "30.2.", "99.99.–1.1."}) {
    EXPECT_EQ(ParseDayRange(text, "de", kTypedAt), std::nullopt) << text;
  }
}

TEST(ParseDayHours, UnderstandsADayWithItsHours) {
  const date::year_month_day today = kTypedAt.day();
  const DayHours kSaturday{2026_y / 12 / 12, {{540, 780}}};
  const struct {
    const char* language;
    const char* text;
    DayHours hours;
  } kCases[] = {
      {"de", "12.12. 9–13", kSaturday},
      {"de", "12. Dezember 9 bis 13 Uhr", kSaturday},
      {"de", "12.12., 9-11, 12-13", {2026_y / 12 / 12, {{540, 660}, {720, 780}}}},
      {"de", "14-16", {today, {{840, 960}}}},
      {"de", "morgen von 9 bis 12 Uhr", {2026_y / 12 / 1, {{540, 720}}}},
      {"en", "Dec 12 9–13", kSaturday},
      {"en", "tomorrow 9-12", {2026_y / 12 / 1, {{540, 720}}}},
      {"fr", "12/12 9–13", kSaturday},
      {"ru", "12.12 9–13", kSaturday},
      {"uk", "12 грудня з 9 до 13", kSaturday},
      {"es", "12/12 9–13", kSaturday},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(ParseDayHours(c.text, c.language, kTypedAt, today), c.hours) << c.text;
  }
  for (const char* text : {"", "12.12.", "irgendwann 9-13", "9-25", "9"}) {
    EXPECT_EQ(ParseDayHours(text, "de", kTypedAt, today), std::nullopt) << text;
  }
}

TEST(ParseHoliday, UnderstandsADayWithItsNameOrItsHours) {
  const struct {
    const char* language;
    const char* text;
    TypedHoliday holiday;
  } kCases[] = {
      {"de", "24.12.", {2026_y / 12 / 24, "", {}}},
      {"de", "24.12. Heiligabend", {2026_y / 12 / 24, "Heiligabend", {}}},
      {"de", "24.12.: Heiligabend", {2026_y / 12 / 24, "Heiligabend", {}}},
      {"de", "1. Mai Tag der Arbeit", {2027_y / 5 / 1, "Tag der Arbeit", {}}},
      {"de", "24.12. 9–12", {2026_y / 12 / 24, "", {{540, 720}}}},
      {"en", "Dec 24 Christmas Eve", {2026_y / 12 / 24, "Christmas Eve", {}}},
      {"en", "25 December 2027 Christmas", {2027_y / 12 / 25, "Christmas", {}}},
      {"fr", "14 juillet Fête nationale", {2027_y / 7 / 14, "Fête nationale", {}}},
      {"ru", "7 января Рождество", {2027_y / 1 / 7, "Рождество", {}}},
      {"uk", "24 серпня День Незалежності", {2027_y / 8 / 24, "День Незалежності", {}}},
      {"es", "6 de enero Reyes", {2027_y / 1 / 6, "Reyes", {}}},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(ParseHoliday(c.text, c.language, kTypedAt), c.holiday) << c.text;
  }
  for (const char* text : {"", "Weihnachten", "30.2.", "9-12"}) {
    EXPECT_EQ(ParseHoliday(text, "de", kTypedAt), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace kalends::telegram
