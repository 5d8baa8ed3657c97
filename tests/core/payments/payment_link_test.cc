#include "core/payments/payment_link.h"

#include <gtest/gtest.h>

#include <limits>

#include "core/base/limits.h"

namespace kalends::core {
namespace {

TEST(FormatAmount, PutsThePointWhereTheCurrencyWantsIt) {
  const struct {
    std::int64_t minor;
    const char* currency;
    const char* text;
  } kCases[] = {
      {8000, "EUR", "80.00"},
      {5, "EUR", "0.05"},
      {0, "EUR", "0.00"},
      {-5, "EUR", "-0.05"},
      {8000, "JPY", "8000"},
      {8000, "KWD", "8.000"},
      {123456789, "USD", "1234567.89"},
      {1, "CLF", "0.0001"},
      {12, "", "0.12"},
      {std::numeric_limits<std::int64_t>::min(), "JPY", "-9223372036854775808"},
  };
  for (const auto& c : kCases) EXPECT_EQ(FormatAmount({c.minor, c.currency}), c.text);
}

TEST(CheckPaymentLink, TakesHttpsUrlsWithKnownPlaceholdersOnly) {
  const struct {
    std::string link;
    bool valid;
  } kCases[] = {
      {"", true},
      {"https://pay.example.com", true},
      {"https://pay.example.com/{appointment}?a={amount}&c={currency}#x", true},
      {"https://paypal.me/weber/{amount}{currency}", true},
      {"https://pay.example.com:8443/a%20b", true},
      {"https://192.0.2.1/x", true},
      {"http://pay.example.com/", false},
      {"HTTPS://pay.example.com/", false},
      {"javascript:alert(1)", false},
      {"https://", false},
      {"https:///path", false},
      {"https://user:password@pay.example.com/", false},
      {"https://user@pay.example.com/", false},
      {"https://pay.example.com:port/", false},
      {"https://-pay.example.com/", false},
      {"https://{appointment}.example.com/", false},
      {"https://pay.example.com{amount}/", false},
      {"https://pay.example.com/{sum}", false},
      {"https://pay.example.com/{amount", false},
      {"https://pay.example.com/amount}", false},
      {"https://pay.example.com/{{amount}}", false},
      {"https://pay.example.com/a b", false},
      {"https://pay.example.com/\"><script>", false},
      {"https://pay.example.com/%zz", false},
      {"https://pay.example.com/%2", false},
      {"https://pay.example.com/\n", false},
      {"https://pay.example.com/\xc3\xbc", false},
      {"https://p\xc3\xa4y.example.com/", false},
      {"https://pay.example.com/" + std::string(kUrlBytesMax - 24, 'x'), true},
      {"https://pay.example.com/" + std::string(kUrlBytesMax - 23, 'x'), false},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(CheckPaymentLink("service.payment_link", c.link).ok(), c.valid) << c.link;
  }
}

TEST(NormalPaymentLink, IsTakenHoweverItIsSpelled) {
  EXPECT_EQ(NormalPaymentLink(" Https://Pay.Example.com/{amount}"),
            "https://pay.example.com/{amount}");
  EXPECT_EQ(NormalPaymentLink("https://m\u00FCller.example/\u00FC{amount}?\u20AC"),
            "https://xn--mller-kva.example/%C3%BC{amount}?%E2%82%AC");
  EXPECT_EQ(NormalPaymentLink(""), "");
  EXPECT_FALSE(CheckPaymentLink("link", NormalPaymentLink("http://pay.example.com")).ok());
  EXPECT_TRUE(
      CheckPaymentLink("link", NormalPaymentLink("HTTPS://m\u00FCller.example/\u00FC")).ok());
}

TEST(FillPaymentLink, FillsInEveryPlaceholderEncoded) {
  const AppointmentId id{1234567};
  EXPECT_EQ(FillPaymentLink("https://x.org/{appointment}?a={amount}&c={currency}&b={amount}", id,
                            {8050, "EUR"}),
            "https://x.org/" + id.ToString() + "?a=80.50&c=EUR&b=80.50");
  EXPECT_EQ(FillPaymentLink("https://x.org/%7Bplain", id, {1, "EUR"}), "https://x.org/%7Bplain");
}

}  // namespace
}  // namespace kalends::core
