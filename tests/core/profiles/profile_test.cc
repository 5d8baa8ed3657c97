#include "core/profiles/profile.h"

#include <gtest/gtest.h>

#include "core/base/limits.h"

namespace kalends::core {
namespace {

TEST(IsPublicUrl, TakesHttpsWithAHostName) {
  for (const char* url :
       {"https://praxis.example", "https://praxis.example/", "https://a.b/c?d=e#f",
        "https://praxis.example:8443/x", "https://müller.example/über-uns",
        "https://xn--mller-kva.example/%C3%BC", "https://a.example/~x/(y)!$&*+,;="}) {
    EXPECT_TRUE(IsPublicUrl(url)) << url;
  }
}

TEST(IsPublicUrl, RefusesOtherSchemesUsersAndWhatEndsAnAttribute) {
  for (const char* url : {"",
                          "praxis.example",
                          "http://praxis.example",
                          "HTTPS://praxis.example",
                          "javascript:alert(1)",
                          "data:text/html,x",
                          "//praxis.example",
                          "https://",
                          "https:///x",
                          "https://localhost",
                          "https://user@praxis.example",
                          "https://bank.example:pw@evil.example",
                          "https://praxis.example:",
                          "https://praxis.example:123456",
                          "https://praxis.example:80a",
                          "https://.example",
                          "https://praxis.",
                          "https://-praxis.example",
                          "https://praxis-.example",
                          "https://[::1]/",
                          "https://praxis.example/a b",
                          "https://praxis.example/\"onclick=x",
                          "https://praxis.example/<script>",
                          "https://praxis.example/'",
                          "https://praxis.example\\x.b",
                          "https://praxis.example/\n",
                          "https://praxis.example/\x7f",
                          "https://praxis.example/\u202egnp",
                          "https://praxis.example/\u200b",
                          "https://praxis.example/\u00a0",
                          "https://a\u3000b.example",
                          "https://praxis.example/\u0085",
                          "https://praxis.example/\u2066",
                          "https://\ufeffa.example"}) {
    EXPECT_FALSE(IsPublicUrl(url)) << url;
  }
}

TEST(IsPublicUrl, IsOfTwoThousandBytesAtMost) {
  const std::string longest =
      "https://a.example/" +
      std::string(kUrlBytesMax - std::string("https://a.example/").size(), 'x');
  EXPECT_TRUE(IsPublicUrl(longest));
  EXPECT_FALSE(IsPublicUrl(longest + "x"));
}

TEST(IsEmailAddress, IsANameAndAHost) {
  for (const char* email : {"marie@weber.example", "a.b+c@d-e.example", "o'brien@x.example"}) {
    EXPECT_TRUE(IsEmailAddress(email)) << email;
  }
  for (const char* email :
       {"", "marie", "@weber.example", "marie@", "marie@localhost", "a@b@c.example",
        "a b@c.example", "a@c.example?bcc=x", "a@c.example,d@e.example", ".a@c.example",
        "a.@c.example", "a@c..example", "\"a\"@c.example", "a@c.example\n", "a@müller.example",
        "a<b@c.example"}) {
    EXPECT_FALSE(IsEmailAddress(email)) << email;
  }
  const std::string host = "@" + std::string(63, 'a') + "." + std::string(63, 'b') + ".example";
  EXPECT_TRUE(IsEmailAddress(std::string(64, 'x') + host));
  EXPECT_FALSE(IsEmailAddress(std::string(65, 'x') + host));
}

TEST(IsPhoneNumber, IsOfDigitsAndTheUsualSigns) {
  for (const char* phone : {"110", "+49 30 1234567", "(030) 123-45.67", "030/1234567"}) {
    EXPECT_TRUE(IsPhoneNumber(phone)) << phone;
  }
  for (const char* phone : {"", "11", "call me", "+", "30+49 1234", "++49 1234",
                            "123456789012345678901", "+49;ext=1", "12\n34", "１２３４"}) {
    EXPECT_FALSE(IsPhoneNumber(phone)) << phone;
  }
}

}  // namespace
}  // namespace kalends::core
