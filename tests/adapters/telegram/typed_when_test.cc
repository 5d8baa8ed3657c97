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

// What is understood otherwise than it was meant is worse than what is not understood.
TEST(ParseWhen, TakesNothingForSomethingElse) {
  const std::optional<minutes> none;
  const date::year_month_day tuesday = 2026_y / 12 / 1;
  const struct {
    const char* language;
    const char* text;
    date::year_month_day day;
    std::optional<minutes> clock;
  } kCases[] = {
      {"de", "nächsten Donnerstag", 2026_y / 12 / 3, none},
      {"de", "nächste Woche Dienstag 10 Uhr", tuesday, hours(10)},
      {"de", "Donnerstag in einer Woche", 2026_y / 12 / 3, none},
      {"de", "diese Woche Freitag", 2026_y / 11 / 27, none},
      {"de", "Dienstag um halb 10", tuesday, minutes(570)},
      {"de", "Dienstag Viertel vor 10", tuesday, minutes(585)},
      {"de", "Dienstag halb zehn", tuesday, minutes(570)},
      {"de", "Dienstag 10-12 Uhr", tuesday, none},
      {"de", "Dienstag nach 15 Uhr", tuesday, none},
      {"de", "Dienstag 25 Uhr", tuesday, none},
      {"de", "Dienstag Morgen 9 Uhr", tuesday, hours(9)},
      {"de", "Dienstag abends um 7", tuesday, hours(19)},
      {"de", "Dienstag um 10.", tuesday, hours(10)},
      {"de", "Dienstag, der 8.", 2026_y / 12 / 8, none},
      {"de", "12 Uhr am Dienstag", tuesday, hours(12)},
      {"de", "1. 12. um 10", tuesday, hours(10)},
      {"de", "1. Dezember 2027", 2027_y / 12 / 1, none},
      {"en", "day after tomorrow", 2026_y / 11 / 28, none},
      {"en", "12am tomorrow", 2026_y / 11 / 27, hours(0)},
      {"en", "12pm tomorrow", 2026_y / 11 / 27, hours(12)},
      {"en", "tomorrow 2 p.m.", 2026_y / 11 / 27, hours(14)},
      {"en", "tomorrow 2:30 pm", 2026_y / 11 / 27, minutes(870)},
      {"en", "tomorrow half past 9", 2026_y / 11 / 27, minutes(570)},
      {"en", "December 31st, 9am", 2026_y / 12 / 31, hours(9)},
      {"en", "Dec 3 2:30pm", 2026_y / 12 / 3, minutes(870)},
      {"en", "3rd of December", 2026_y / 12 / 3, none},
      {"en", "thurs 16:00", 2026_y / 11 / 26, hours(16)},
      {"en", "2026-12-31T10:00", 2026_y / 12 / 31, hours(10)},
      {"fr", "aprés demain", 2026_y / 11 / 28, none},
      {"fr", "le 1er à 14h30", tuesday, minutes(870)},
      {"fr", "mardi à 8 heures et quart", tuesday, minutes(495)},
      {"fr", "mardi 3 heures de l’après-midi", tuesday, hours(15)},
      {"es", "miercoles a las 10", 2026_y / 12 / 2, hours(10)},
      {"es", "martes a las 9 y media", tuesday, minutes(570)},
      {"es", "mañana a las 3 de la tarde", 2026_y / 11 / 27, hours(15)},
      {"es", "el martes por la mañana", tuesday, none},
      {"es", "el día 3", 2026_y / 12 / 3, none},
      {"ru", "завтра в 3 дня", 2026_y / 11 / 27, hours(15)},
      {"ru", "завтра в 8 вечера", 2026_y / 11 / 27, hours(20)},
      {"ru", "в следующий четверг", 2026_y / 12 / 3, none},
      {"uk", "п'ятниця 10:00", 2026_y / 11 / 27, hours(10)},
      {"uk", "пʼятниця 10:00", 2026_y / 11 / 27, hours(10)},
      {"uk", "наступного понеділка", 2026_y / 11 / 30, none},
  };
  for (const auto& c : kCases) {
    const auto when = ParseWhen(c.text, c.language, kThursday, std::nullopt);
    ASSERT_TRUE(when.has_value()) << c.text;
    EXPECT_EQ(when->day, c.day) << c.text;
    EXPECT_EQ(when->clock, c.clock) << c.text;
  }
}

TEST(ParseWhen, NamesNoDayInOtherLanguagesEither) {
  const struct {
    const char* language;
    const char* text;
  } kCases[] = {{"de", "so bald wie möglich"}, {"de", "gestern 10"}, {"de", "Dienstag in 2 Wochen"},
                {"de", "Donnerstg 10"},        {"en", "Feb 29"},     {"en", "Nov 31"},
                {"en", "10 people"},           {"es", "a las diez"}};
  for (const auto& c : kCases) {
    EXPECT_FALSE(ParseWhen(c.text, c.language, kThursday, std::nullopt).has_value()) << c.text;
  }
}

TEST(ParseWhen, ReadsNumbersInWordsAndCountedDays) {
  const std::optional<minutes> none;
  const date::year_month_day friday = 2026_y / 11 / 27;
  const struct {
    const char* language;
    const char* text;
    date::year_month_day day;
    std::optional<minutes> clock;
  } kCases[] = {
      {"de", "morgen um neun", friday, hours(9)},
      {"de", "morgen halb zehn", friday, minutes(570)},
      {"de", "morgen Viertel nach neun", friday, minutes(555)},
      {"en", "tomorrow half past nine", friday, minutes(570)},
      {"en", "tomorrow quarter to ten", friday, minutes(585)},
      {"fr", "demain neuf heures et demie", friday, minutes(570)},
      {"es", "mañana a las nueve y media", friday, minutes(570)},
      {"ru", "завтра в полдесятого", friday, minutes(570)},
      {"ru", "завтра в девять", friday, hours(9)},
      {"uk", "завтра о пів на десяту", friday, minutes(570)},
      {"de", "in 3 Tagen", 2026_y / 11 / 29, none},
      {"de", "in zwei Wochen", 2026_y / 12 / 10, none},
      {"en", "in three days at 9 am", 2026_y / 11 / 29, hours(9)},
      {"fr", "dans 3 jours", 2026_y / 11 / 29, none},
      {"es", "dentro de 3 días", 2026_y / 11 / 29, none},
      {"ru", "через 3 дня", 2026_y / 11 / 29, none},
      {"uk", "через три дні", 2026_y / 11 / 29, none},
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
  EXPECT_EQ(ParseWhen("10", "de", kThursday, shown), (TypedWhen{shown, hours(10)}));
  EXPECT_EQ(ParseWhen("halb 10", "de", kThursday, shown), (TypedWhen{shown, minutes(570)}));
  EXPECT_EQ(ParseWhen("31", "de", kThursday, shown), (TypedWhen{2026_y / 12 / 31, {}}));
}

}  // namespace
}  // namespace kalends::telegram
