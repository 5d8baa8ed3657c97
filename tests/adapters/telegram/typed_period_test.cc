// What people type into lengths of time and numbers of seats.
#include <gtest/gtest.h>

#include "adapters/telegram/screens/service_fields.h"

namespace kalends::telegram {
namespace {

constexpr int kMinutesAnHour = 60;
constexpr int kMinutesADay = 24 * kMinutesAnHour;

std::optional<int> PeriodIn(std::string_view text, int bare = 1) {
  const auto length = ParsePeriod(text, std::chrono::minutes(bare));
  return length ? std::optional(static_cast<int>(length->count())) : std::nullopt;
}

TEST(ParsePeriod, UnderstandsWhatPeopleTypeInEveryLanguage) {
  const struct {
    const char* text;
    int minutes;
  } kCases[] = {
      {"50", 50},
      {"50 Min", 50},
      {"1h", kMinutesAnHour},
      {"1:30", 90},
      {"1h30", 90},
      {"1,5 Std.", 90},
      {"1.5h", 90},
      {"2 Tage vorher", 2 * kMinutesADay},
      {"eine Woche", 7 * kMinutesADay},
      {"Woche", 7 * kMinutesADay},
      {"1 Tag 2 Std.", kMinutesADay + 2 * kMinutesAnHour},
      {"zwei Wochen", 14 * kMinutesADay},
      {"6 Monate", 180 * kMinutesADay},
      {"keine", 0},
      {"0", 0},
      {"a day before", kMinutesADay},
      {"24 hours", kMinutesADay},
      {"up to 3 months", 90 * kMinutesADay},
      {"none", 0},
      {"2 jours avant", 2 * kMinutesADay},
      {"une semaine", 7 * kMinutesADay},
      {"1 heure 30", 90},
      {"30 jours à l’avance", 30 * kMinutesADay},
      {"sans", 0},
      {"2 дня", 2 * kMinutesADay},
      {"за 2 часа", 2 * kMinutesAnHour},
      {"неделя", 7 * kMinutesADay},
      {"1 ч 15 мин", 75},
      {"нет", 0},
      {"2 дні", 2 * kMinutesADay},
      {"за 3 години", 3 * kMinutesAnHour},
      {"один тиждень", 7 * kMinutesADay},
      {"45 хв", 45},
      {"немає", 0},
      {"2 días antes", 2 * kMinutesADay},
      {"una semana", 7 * kMinutesADay},
      {"1 hora 15", 75},
      {"3 meses", 90 * kMinutesADay},
      {"ninguno", 0},
  };
  for (const auto& c : kCases) EXPECT_EQ(PeriodIn(c.text), c.minutes) << c.text;
}

TEST(ParsePeriod, ANumberAloneCountsWhatTheFieldCounts) {
  EXPECT_EQ(PeriodIn("24", kMinutesAnHour), kMinutesADay);
  EXPECT_EQ(PeriodIn("30", kMinutesADay), 30 * kMinutesADay);
  EXPECT_EQ(PeriodIn("30 min", kMinutesADay), 30);
}

TEST(ParsePeriod, RefusesWhatIsNone) {
  for (const char* text :
       {"", "x", "-5", "1:60", "5 min 3 Tage", "50 Äpfel", "keine 5", "3 4", "99999999", "vorher",
        "1:30:20", "10 000 Jahre", "3 4 vorher", "5 min 3 Tage vorher", "2 2 2"}) {
    EXPECT_EQ(PeriodIn(text), std::nullopt) << text;
  }
}

TEST(ParseSeats, UnderstandsWhatPeopleTypeInEveryLanguage) {
  const struct {
    const char* text;
    int seats;
  } kCases[] = {{"8", 8},
                {"8 Plätze", 8},
                {"bis zu 12 Personen", 12},
                {"einer", 0},
                {"ein Platz", 1},
                {"up to 6 people", 6},
                {"10 places", 10},
                {"jusqu’à 5", 5},
                {"12 мест", 12},
                {"до 4 человек", 4},
                {"6 місць", 6},
                {"hasta 20 personas", 20}};
  for (const auto& c : kCases) EXPECT_EQ(ParseSeats(c.text).value_or(0), c.seats) << c.text;
}

TEST(ParseSeats, RefusesWhatIsNone) {
  for (const char* text : {"", "viele", "-3", "3 4", "8 Katzen", "1.5.3"}) {
    EXPECT_EQ(ParseSeats(text), std::nullopt) << text;
  }
}

TEST(ParseNumber, CountsAsItsFieldDoes) {
  EXPECT_EQ(ParseNumber(ServiceField::kMinimumNotice, "2"), 2 * kMinutesAnHour);
  EXPECT_EQ(ParseNumber(ServiceField::kHorizon, "60"), 60 * kMinutesADay);
  EXPECT_EQ(ParseNumber(ServiceField::kBufferAfter, "10"), 10);
  EXPECT_EQ(ParseNumber(ServiceField::kCapacity, "8 Plätze"), 8);
  EXPECT_EQ(ParseNumber(ServiceField::kName, "8"), std::nullopt);
}

}  // namespace
}  // namespace kalends::telegram
