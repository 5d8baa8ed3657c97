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

TEST(CheckName, IsSomethingAndNotTooLong) {
  EXPECT_FALSE(CheckName("display_name", "").ok());
  EXPECT_TRUE(CheckName("display_name", std::string(kNameCharsMax, 'a')).ok());
  EXPECT_FALSE(CheckName("display_name", std::string(kNameCharsMax + 1, 'a')).ok());
}

}  // namespace
}  // namespace kalends::core
