#include "adapters/shared/safe_text.h"

#include <gtest/gtest.h>

#include "core/base/text.h"

namespace kalends {
namespace {

TEST(SafeText, KeepsToItsOwnPlace) {
  const struct {
    const char* what;
    std::string_view text;
    std::string_view shown;
  } kCases[] = {
      {"nothing", "", ""},
      {"an ordinary name", "Dr. Ada Weiss", "Dr. Ada Weiss"},
      {"umlauts and Cyrillic", "Jürgen \u041E\u043B\u044C\u0433\u0430",
       "Jürgen \u041E\u043B\u044C\u0433\u0430"},
      {"a Hebrew name", "\u05D0\u05D1 (1)", "\u2068\u05D0\u05D1 (1)\u2069"},
      {"Arabic digits", "\u0661\u0662", "\u2068\u0661\u0662\u2069"},
      {"an override", "rechnung\u202Efdp.exe", "rechnungfdp.exe"},
      {"isolates of others", "a\u2067b\u2069c\u2066", "abc"},
      {"an isolate that nobody closes", "a\u2068b", "a\u2068b\u2069"},
      {"one that nobody opened", "a\u2069b", "ab"},
      {"what is shown already", "\U0001F464 \u2068\u05D0\u2069 (3)",
       "\U0001F464 \u2068\u05D0\u2069 (3)"},
      {"lines between others", "\u05D0\n\u05D1\n\u05D2",
       "\u2068\u05D0\u2069\n\u05D1\n\u2068\u05D2\u2069"},
      {"a tab and a separator", "a\tb\u2028c\x01", "a b c"},
      {"a blank of French", "1\u202F234\u00A0\u20AC", "1\u202F234\u00A0\u20AC"},
      {"a family", "\U0001F468\u200D\U0001F469\uFE0F", "\U0001F468\u200D\U0001F469\uFE0F"},
      {"a filler alone", "\u3164", kNothingSeen},
      {"blanks alone", "  ", kNothingSeen},
      {"an override alone", "\u202E", kNothingSeen},
      {"Braille's blank", "\u2800\n", kNothingSeen},
      {"not UTF-8", "a\xff", "a\uFFFD"},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.what);
    EXPECT_EQ(SafeText(c.text), c.shown);
    EXPECT_EQ(SafeText(c.shown), c.shown);
  }
}

TEST(LoneText, HasNoIsolatesAndNoFallback) {
  EXPECT_EQ(LoneText("\u2068\u05D0\u2069.pdf"), "\u05D0.pdf");
  EXPECT_EQ(LoneText("a\r\n\tb"), "ab");
  EXPECT_EQ(LoneText("\u3164"), "");
}

// The core keeps names clean by the same properties of Unicode, in code that adapters do not share.
TEST(SafeText, AgreesWithTheCoreOnEverySign) {
  for (char32_t point = 1; point <= 0x10FFFF; ++point) {
    if (point >= 0xD800 && point <= 0xDFFF) continue;
    std::string sign;
    core::AppendCodePoint(sign, point);
    const std::string between = "a" + sign + "b";
    // White space is tidied by the core and left to itself here.
    const bool blank = core::CleanLine(between) == "a b";
    if (!blank) {
      EXPECT_EQ(LoneText(between), core::CleanLine(between)) << static_cast<unsigned>(point);
    }
    EXPECT_EQ(SafeText(sign) == kNothingSeen, core::CleanLine(sign).empty() || sign == kNothingSeen)
        << static_cast<unsigned>(point);
  }
}

}  // namespace
}  // namespace kalends
