#include "adapters/telegram/typed_when.h"

#include <gtest/gtest.h>

namespace kalends::telegram {
namespace {

using date::literals::operator""_y;
using std::chrono::hours;
using std::chrono::minutes;

// A Thursday, 15:00.
const LocalTime kThursday{.time = date::local_days(2026_y / 11 / 26) + hours(15)};

TEST(ParseWhen, ReadsADayAndAClockInSixLanguages) {
  const std::optional<minutes> none;
  const struct {
    const char* language;
    const char* text;
    date::year_month_day day;
    std::optional<minutes> clock;
  } kCases[] = {
      {"de", "Dienstag 10 Uhr", 2026_y / 12 / 1, hours(10)},
      {"de", "am dienstag um 10:30 bitte", 2026_y / 12 / 1, minutes(630)},
      {"de", "Di. 10.30", 2026_y / 12 / 1, minutes(630)},
      {"de", "Dienstag", 2026_y / 12 / 1, none},
      {"de", "Donnerstag 16 Uhr", 2026_y / 11 / 26, hours(16)},
      {"de", "Donnerstag 10", 2026_y / 12 / 3, hours(10)},
      {"de", "1.12.", 2026_y / 12 / 1, none},
      {"de", "1.12. 14 Uhr 15", 2026_y / 12 / 1, minutes(855)},
      {"de", "1.2.2027", 2027_y / 2 / 1, none},
      {"de", "1. Dezember", 2026_y / 12 / 1, none},
      {"de", "3.1.", 2027_y / 1 / 3, none},
      {"de", "morgen um 9", 2026_y / 11 / 27, hours(9)},
      {"de", "Übermorgen", 2026_y / 11 / 28, none},
      {"de", "30", 2026_y / 11 / 30, none},
      {"de", "3.", 2026_y / 12 / 3, none},
      {"en", "Tuesday at 10am", 2026_y / 12 / 1, hours(10)},
      {"en", "tomorrow 2 pm", 2026_y / 11 / 27, hours(14)},
      {"en", "1st December", 2026_y / 12 / 1, none},
      {"fr", "mardi à 10h30", 2026_y / 12 / 1, minutes(630)},
      {"fr", "le 1er décembre", 2026_y / 12 / 1, none},
      {"fr", "aujourd'hui 17h", 2026_y / 11 / 26, hours(17)},
      {"fr", "après-demain", 2026_y / 11 / 28, none},
      {"es", "martes a las 10", 2026_y / 12 / 1, hours(10)},
      {"es", "1 de diciembre", 2026_y / 12 / 1, none},
      {"es", "pasado mañana", 2026_y / 11 / 28, none},
      {"es", "mañana", 2026_y / 11 / 27, none},
      {"ru", "во вторник в 10 часов", 2026_y / 12 / 1, hours(10)},
      {"ru", "в среду", 2026_y / 12 / 2, none},
      {"ru", "завтра", 2026_y / 11 / 27, none},
      {"ru", "1 декабря 9:00", 2026_y / 12 / 1, hours(9)},
      {"uk", "у вівторок о 10 годині", 2026_y / 12 / 1, hours(10)},
      {"uk", "у суботу", 2026_y / 11 / 28, none},
      {"uk", "1 грудня", 2026_y / 12 / 1, none},
  };
  for (const auto& c : kCases) {
    const auto when = ParseWhen(c.text, c.language, kThursday, std::nullopt);
    ASSERT_TRUE(when.has_value()) << c.text;
    EXPECT_EQ(when->day, c.day) << c.text;
    EXPECT_EQ(when->clock, c.clock) << c.text;
  }
}

TEST(ParseWhen, NamesNoDayWhereNobodyDid) {
  for (const char* text : {"", "Geht es auch abends?", "10 Uhr", "31.2.", "1.13.", "99",
                           "ok 5 mal 3", "99999999999999999999", "\xff\xfe"}) {
    EXPECT_FALSE(ParseWhen(text, "de", kThursday, std::nullopt).has_value()) << text;
  }
}

TEST(ParseWhen, AClockAloneIsOfTheDayThatIsShown) {
  const date::year_month_day shown = 2026_y / 12 / 4;
  const auto when = ParseWhen("10 Uhr", "de", kThursday, shown);
  ASSERT_TRUE(when.has_value());
  EXPECT_EQ(*when, (TypedWhen{shown, hours(10)}));
}

}  // namespace
}  // namespace kalends::telegram
