#include "core/providers/currency.h"

#include <gtest/gtest.h>

namespace kalends::core {
namespace {

TEST(LikelyCurrency, IsThatOfThePlaceOrElseOfTheLanguage) {
  EXPECT_EQ(LikelyCurrency("uk", "Europe/Berlin"), "EUR");
  EXPECT_EQ(LikelyCurrency("de", "Europe/Zurich"), "CHF");
  EXPECT_EQ(LikelyCurrency("ru", "Asia/Almaty"), "KZT");
  EXPECT_EQ(LikelyCurrency("en", "Europe/London"), "GBP");
  EXPECT_EQ(LikelyCurrency("uk", ""), "UAH");
  EXPECT_EQ(LikelyCurrency("uk", "UTC+02:00"), "UAH");
  EXPECT_EQ(LikelyCurrency("de", "Nowhere/Else"), "EUR");
  EXPECT_EQ(LikelyCurrency("en", ""), "USD");
}

TEST(IsCurrencyInUse, IsWhatPeoplePayWithToday) {
  for (const char* code : {"EUR", "USD", "UAH", "KZT", "JPY"}) EXPECT_TRUE(IsCurrencyInUse(code));
  // Old, of no country, or written otherwise.
  for (const char* code : {"DEM", "XXX", "XAU", "ABC", "eur", "", "EURO"}) {
    EXPECT_FALSE(IsCurrencyInUse(code)) << code;
  }
}

}  // namespace
}  // namespace kalends::core
