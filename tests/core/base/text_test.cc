#include "core/base/text.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "tests/support/violation.h"

namespace kalends::core {
namespace {

// What is wrong, or "".
std::string Why(const absl::Status& status) {
  return status.ok() ? "" : DetailOf<FieldViolation>(status)->description;
}

TEST(CheckText, CountsCharactersAndTakesNoOthers) {
  constexpr char kLength[] = "must have 1 to 3 characters";
  constexpr char kControl[] = "must not hold control characters";
  constexpr char kUnicode[] = "must be valid UTF-8";
  const struct {
    const char* name;
    std::string_view text;
    const char* why;
  } kCases[] = {
      {"the shortest", "a", ""},
      {"none", "", kLength},
      {"the longest", "abc", ""},
      {"too long", "abcd", kLength},
      {"more bytes than characters", "\u00fc\u20ac\U0001f600", ""},
      {"a tab", "a\t", kControl},
      {"a delete", "a\x7f", kControl},
      {"a line break", "a\nb", kControl},
      {"half a character", "a\xc3", kUnicode},
      {"longer than it need be", "\xc0\x80", kUnicode},
      {"half a pair", "\xed\xa0\x80", kUnicode},
  };
  for (const auto& c : kCases) EXPECT_EQ(Why(CheckText("text", c.text, 1, 3)), c.why) << c.name;
}

TEST(CheckText, HasLinesWhereItMay) {
  EXPECT_TRUE(CheckText("text", "a\nb", 1, 3, Lines::kMany).ok());
  EXPECT_FALSE(CheckText("text", "a\rb", 1, 3, Lines::kMany).ok());
}

TEST(CheckText, NamesTheField) {
  EXPECT_EQ(test::FieldOf(CheckText("service.place", "", 1, 3)), "service.place");
}

TEST(CheckText, OfWhichSomethingMustBeThereShowsSomething) {
  constexpr char kNothing[] = "must show something: blanks and invisible signs do not";
  for (const char* text : {" ", "\u3164", "\u200B\u2060", "\u2800", "\u00A0\u200D", "\u0301"}) {
    EXPECT_EQ(Why(CheckText("text", text, 1, 10)), kNothing) << text;
    EXPECT_EQ(Why(CheckText("text", text, 0, 10)), "") << text;
  }
  EXPECT_EQ(Why(CheckText("text", "\u0085", 0, 10)), "must not hold control characters");
}

TEST(CleanLines, LeavesLinesAndBlanksAndNothingThatTurnsOrHides) {
  const struct {
    const char* name;
    std::string_view text;
    std::string_view clean;
  } kCases[] = {
      {"a text", "Leider krank.\n\n  Bis bald", "Leider krank.\n\n  Bis bald"},
      {"an override", "krank\u202Efdp.exe\nja", "krankfdp.exe\nja"},
      {"marks and isolates", "\u200Fa\u2067b\u2069\u061C", "ab"},
      {"what no font draws", "A\u200Bd\u00ADa\uFEFF\u3164", "Ada"},
      {"joined letters and emoji", "\U0001F468\u200D\U0001F469 \u2764\uFE0F",
       "\U0001F468\u200D\U0001F469 \u2764\uFE0F"},
      {"what is refused later", "a\r\xC3(", "a\r\xC3("},
      {"nothing else", "\u202E", ""},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(CleanLines(c.text), c.clean);
    EXPECT_EQ(CleanLines(c.clean), c.clean);
  }
}

TEST(CleanLine, LeavesWhatShowsAndNothingThatTurnsOrHides) {
  const struct {
    const char* what;
    std::string_view text;
    std::string_view clean;
  } kCases[] = {
      {"an ordinary name", "Dr. Ada Weiss", "Dr. Ada Weiss"},
      {"blanks of all kinds", " Ada\t\u00A0\u3000 Weiss\n", "Ada Weiss"},
      {"an override", "rechnung\u202Efdp.exe", "rechnungfdp.exe"},
      {"marks and isolates", "\u200Fa\u2067b\u2069\u061C", "ab"},
      {"what no font draws", "A\u200Bd\u00ADa\uFEFF\u3164", "Ada"},
      {"noncharacters and controls", "a\uFFFE\u009Fb\x01", "ab"},
      {"annotations", "a\uFFF9b\uFFFBc", "abc"},
      {"a family", "\U0001F468\u200D\U0001F469\u200D\U0001F467",
       "\U0001F468\u200D\U0001F469\u200D\U0001F467"},
      {"a flag of tags", "\U0001F3F4\U000E0067\U000E0062\U000E007F",
       "\U0001F3F4\U000E0067\U000E0062\U000E007F"},
      {"a heart in colour", "\u2764\uFE0F", "\u2764\uFE0F"},
      {"a joiner of Persian", "\u0645\u06CC\u200C\u062E", "\u0645\u06CC\u200C\u062E"},
      {"a sign of Arabic years", "\u0601\u0661", "\u0601\u0661"},
      {"not UTF-8", "a\xff", "a_"},
      {"a filler alone", "\u3164", ""},
      {"joiners alone", "\u200D\uFE0F", ""},
      {"Braille's blank", "\u2800", ""},
      {"nothing", "", ""},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.what);
    EXPECT_EQ(CleanLine(c.text), c.clean);
    EXPECT_EQ(CleanLine(c.clean), c.clean);
  }
}

TEST(CheckName, IsSomethingAndNotTooLong) {
  EXPECT_FALSE(CheckName("display_name", "").ok());
  EXPECT_FALSE(CheckName("display_name", "\u3164").ok());
  EXPECT_TRUE(CheckName("display_name", std::string(kNameCharsMax, 'a')).ok());
  EXPECT_FALSE(CheckName("display_name", std::string(kNameCharsMax + 1, 'a')).ok());
}

}  // namespace
}  // namespace kalends::core
