#include <gtest/gtest.h>

#include "adapters/telegram/currencies.h"
#include "adapters/telegram/screens/catalog.h"
#include "adapters/telegram/screens/schedule.h"

namespace kalends::telegram {
namespace {

TEST(ParseDuration, UnderstandsWhatPeopleType) {
  const struct {
    const char* text;
    int minutes;
  } kCases[] = {{"50", 50},  {" 50 min ", 50},  {"50 Minuten", 50}, {"1:30", 90},
                {"2h", 120}, {"1 Std. 30", 90}, {"1 h 15 min", 75}, {"24:00", 1440}};
  for (const auto& c : kCases) EXPECT_EQ(ParseDuration(c.text), c.minutes) << c.text;
}

TEST(ParseDuration, UnderstandsTheWordsOfEveryLanguage) {
  const struct {
    const char* text;
    int minutes;
  } kCases[] = {
      {"50 Min.", 50},       {"1 Stunde 15", 75}, {"2 STUNDEN", 120},    {"50 minutes", 50},
      {"1 hour 30 min", 90}, {"2 hrs", 120},      {"1 heure 30", 90},    {"1h30", 90},
      {"2 heures", 120},     {"50 мин", 50},      {"50 минут", 50},      {"1 ч", 60},
      {"1 ч. 30 мин.", 90},  {"2 часа", 120},     {"5 Часов", 300},      {"50 хв", 50},
      {"50 хвилин", 50},     {"1 год", 60},       {"1 год. 30 хв.", 90}, {"2 години", 120},
      {"1 hora 15", 75},     {"2 horas", 120},    {"50 minutos", 50},
  };
  for (const auto& c : kCases) EXPECT_EQ(ParseDuration(c.text), c.minutes) << c.text;
}

TEST(ParseDuration, RefusesWhatIsNone) {
  for (const char* text : {"", "x", "0", "-5", "1:60", "50 apples", "99999999999", "24:01", "1:"}) {
    EXPECT_EQ(ParseDuration(text), std::nullopt) << text;
  }
}

TEST(ParsePrice, UnderstandsWhatPeopleType) {
  const struct {
    const char* text;
    Price price;
  } kCases[] = {
      {"80", {"EUR", 8000}},        {"80,50", {"EUR", 8050}},  {"80.5", {"EUR", 8050}},
      {"80,-", {"EUR", 8000}},      {"€ 80", {"EUR", 8000}},   {"80 €", {"EUR", 8000}},
      {"90 CHF", {"CHF", 9000}},    {"chf 90", {"CHF", 9000}}, {"5000 JPY", {"JPY", 5000}},
      {"1.500 KWD", {"KWD", 1500}}, {"0", {"EUR", 0}}};
  for (const auto& c : kCases) EXPECT_EQ(ParsePrice(c.text, "EUR"), c.price) << c.text;
}

TEST(ParsePrice, UnderstandsTheWordsOfEveryLanguage) {
  const struct {
    const char* text;
    Price price;
  } kCases[] = {
      {"80 Euro", {"EUR", 8000}},       {"80 euros", {"EUR", 8000}},
      {"80 евро", {"EUR", 8000}},       {"80 Євро", {"EUR", 8000}},
      {"1500 руб.", {"RUB", 150000}},   {"1500 ₽", {"RUB", 150000}},
      {"1500 рублей", {"RUB", 150000}}, {"700 грн", {"UAH", 70000}},
      {"700 гривень", {"UAH", 70000}},  {"90 Franken", {"CHF", 9000}},
      {"Fr. 90", {"CHF", 9000}},
  };
  for (const auto& c : kCases) EXPECT_EQ(ParsePrice(c.text, "EUR"), c.price) << c.text;
}

TEST(ParsePrice, UnderstandsThousandsAndCurrenciesAsTheyAreWritten) {
  const struct {
    const char* text;
    Price price;
  } kCases[] = {
      {"1.200 €", {"EUR", 120000}},
      {"1.200,50 €", {"EUR", 120050}},
      {"1,200.5 EUR", {"EUR", 120050}},
      {"£1,000", {"GBP", 100000}},
      {"80 GBP", {"GBP", 8000}},
      {"1 500 грн", {"UAH", 150000}},
      {"1\u00a0500,50 грн.", {"UAH", 150050}},
      {"1\u202f500 €", {"EUR", 150000}},
      {"1'200 Fr.", {"CHF", 120000}},
      {"1\u2019200.\u2013 CHF", {"CHF", 120000}},
      {"1.234.567 EUR", {"EUR", 123456700}},
      {"80,505", {"EUR", 8050500}},
      {"500 р", {"RUB", 50000}},
      {"500 р.", {"RUB", 50000}},
      {"5000 ₸", {"KZT", 500000}},
      {"5 000 тенге", {"KZT", 500000}},
      {"100 zł", {"PLN", 10000}},
      {"100 złoty", {"PLN", 10000}},
      {"100 злотых", {"PLN", 10000}},
      {"US$ 80", {"USD", 8000}},
      {"$80", {"USD", 8000}},
      {"80 dollars", {"USD", 8000}},
      {"80 dólares", {"USD", 8000}},
      {"80 долларов", {"USD", 8000}},
      {"80 pounds", {"GBP", 8000}},
      {"80 livres sterling", {"GBP", 8000}},
      {"80 Schweizer Franken", {"CHF", 8000}},
      {"80 francs suisses", {"CHF", 8000}},
      {"80 ₺", {"TRY", 8000}},
      {"5000 ¥", {"JPY", 5000}},
      {"EUR 80 €", {"EUR", 8000}},
      {"\u0668\u0660 EUR", {"EUR", 8000}},
  };
  for (const auto& c : kCases) EXPECT_EQ(ParsePrice(c.text, "EUR"), c.price) << c.text;
}

TEST(ParsePrice, TakesTheProvidersCurrencyWhereNothingElseTells) {
  const struct {
    const char* text;
    const char* likely;
    Price price;
  } kCases[] = {
      {"500", "UAH", {"UAH", 50000}},      {"1 500,50", "UAH", {"UAH", 150050}},
      {"5000", "JPY", {"JPY", 5000}},      {"80 kr", "SEK", {"SEK", 8000}},
      {"80 kr", "NOK", {"NOK", 8000}},     {"80 $", "CAD", {"CAD", 8000}},
      {"80 рублей", "BYN", {"BYN", 8000}}, {"80 €", "UAH", {"EUR", 8000}},
      {"80 рублей", "UAH", {"RUB", 8000}},
  };
  for (const auto& c : kCases) EXPECT_EQ(ParsePrice(c.text, c.likely), c.price) << c.text;
}

TEST(ParsePrice, RefusesWhatIsNone) {
  for (const char* text :
       {"",         "free",        "80,5055", "80 XYZ",     "-5",         "1,2,3",
        "5.5 JPY",  "99999999999", "0,505",   "1 50",       "1.200,505",  "1,200.50.10",
        "1.20.300", "1.200 300",   "80 kr",   "80 EUR USD", "EUR 80 USD", "80-90",
        "1000,000", "80 apples",   "€"}) {
    EXPECT_EQ(ParsePrice(text, "EUR"), std::nullopt) << text;
  }
}

TEST(ParseHours, UnderstandsWhatPeopleType) {
  const std::vector<HourSpan> kSplit = {{540, 750}, {840, 1080}};
  EXPECT_EQ(ParseHours("9-12:30, 14-18"), kSplit);
  EXPECT_EQ(ParseHours("9–12.30 Uhr; 14 bis 18 Uhr"), kSplit);
  EXPECT_EQ(ParseHours("09:00 - 12:30 and 14:00 to 18:00"), kSplit);
  EXPECT_EQ(ParseHours("22-2"), (std::vector<HourSpan>{{1320, 120}}));
  EXPECT_EQ(ParseHours("0-24"), (std::vector<HourSpan>{{0, 1440}}));
}

TEST(ParseHours, UnderstandsTheWordsOfEveryLanguage) {
  const std::vector<HourSpan> kSplit = {{540, 750}, {840, 1080}};
  for (const char* text : {
           "von 9 bis 12:30 und 14 bis 18 Uhr",
           "Von 9 Uhr Bis 12.30 Uhr, 14-18",
           "from 9 to 12:30 and 14 until 18",
           "de 9h à 12h30 et de 14 h à 18 h",
           "9 à 12:30, 14 jusqu'à 18",
           "с 9 до 12:30 и с 14 до 18",
           "9 ч. - 12:30, 14 по 18 ч",
           "з 9 до 12:30 та з 14 до 18",
           "Від 9 До 12:30 і 14 до 18 год.",
           "de 9 a 12:30 y de 14 a 18",
           "9 hasta 12.30; 14 a 18 h",
       }) {
    EXPECT_EQ(ParseHours(text), kSplit) << text;
  }
}

TEST(ParseHours, RefusesWhatIsNone) {
  for (const char* text : {"", "9", "9-", "-9", "9-25", "9:60-12", "24-3", "9-12,", "always",
                           "1-2,3-4,5-6,7-8,9-10,11-12,13-14"}) {
    EXPECT_TRUE(ParseHours(text).empty()) << text;
  }
}

}  // namespace
}  // namespace kalends::telegram
