// The adapters and the core count money in the same units, whatever ICU knows of a currency.
#include "adapters/shared/currency.h"

#include <gtest/gtest.h>
#include <unicode/ucurr.h>
#include <unicode/uenum.h>

#include <memory>

#include "adapters/telegram/formats.h"
#include "adapters/telegram/screens/catalog.h"
#include "adapters/web/formats.h"
#include "core/payments/payment_link.h"

namespace kalends {
namespace {

TEST(MinorUnitDigits, AreThoseOfIso4217) {
  const struct {
    const char* currency;
    int digits;
  } kCases[] = {{"EUR", 2}, {"RSD", 2}, {"IQD", 3}, {"JPY", 0}, {"KWD", 3}, {"CLF", 4},
                {"AFN", 2}, {"ALL", 2}, {"IRR", 2}, {"KPW", 2}, {"LAK", 2}, {"LBP", 2},
                {"MGA", 2}, {"MMK", 2}, {"SOS", 2}, {"SYP", 2}, {"YER", 2}};
  for (const auto& c : kCases) EXPECT_EQ(MinorUnitDigits(c.currency), c.digits) << c.currency;
}

TEST(MinorUnitDigits, AreThoseOfTheCoreForEveryCurrency) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UEnumeration, decltype(&uenum_close)> all(
      ucurr_openISOCurrencies(UCURR_ALL, &status), uenum_close);
  ASSERT_TRUE(U_SUCCESS(status));
  int count = 0;
  for (const char* code; (code = uenum_next(all.get(), nullptr, &status)) != nullptr; ++count) {
    EXPECT_EQ(MinorUnitDigits(code), core::CurrencyDigits(code)) << code;
  }
  EXPECT_GT(count, 150);
}

// What a provider types is what customers read, on every side.
TEST(MinorUnitDigits, DecideWhatIsTypedShownAndPaid) {
  const struct {
    const char* typed;
    std::int64_t minor_units;
    const char* telegram;
    const char* web;
    const char* link;
  } kCases[] = {
      {"1200 RSD", 120000, "1.200,00\u00a0RSD", "1.200,00\u00a0RSD", "1200.00"},
      {"1200,5 RSD", 120050, "1.200,50\u00a0RSD", "1.200,50\u00a0RSD", "1200.50"},
      {"30000 IQD", 30000000, "30.000,000\u00a0IQD", "30.000,000\u00a0IQD", "30000.000"},
      {"5000 JPY", 5000, "5.000\u00a0¥", "5.000\u00a0¥", "5000"},
      {"1,5 KWD", 1500, "1,500\u00a0KWD", "1,500\u00a0KWD", "1.500"},
      {"80 EUR", 8000, "80,00\u00a0€", "80,00\u00a0€", "80.00"},
  };
  const telegram::Formats formats("de");
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.typed);
    const auto price = telegram::ParsePrice(c.typed, "USD");
    ASSERT_TRUE(price);
    EXPECT_EQ(price->minor_units, c.minor_units);
    EXPECT_EQ(formats.Money(price->currency, price->minor_units), c.telegram);
    EXPECT_EQ(web::FormatMoney("de", price->currency, price->minor_units), c.web);
    EXPECT_EQ(core::FormatAmount({price->minor_units, price->currency}), c.link);
  }
}

}  // namespace
}  // namespace kalends
