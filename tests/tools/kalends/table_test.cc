#include "tools/kalends/table.h"

#include <gtest/gtest.h>

namespace kalends::cli {
namespace {

TEST(OneLine, KeepsTextsOfPeopleFromTheTerminal) {
  const struct {
    const char* what;
    std::string_view text;
    std::string_view shown;
  } kCases[] = {
      {"an ordinary name", "Ada Weiss", "Ada Weiss"},
      {"an escape that colours", "A\x1b[31mB", "A[31mB"},
      {"an escape of eight bits", "A\u009b31mB", "A31mB"},
      {"a bell", "A\aB", "AB"},
      {"text from right to left by a mark", "A\u202eB", "AB"},
      {"lines", "A\nB\r\nC", "A B  C"},
      {"bytes that are no UTF-8",
       "A\xff"
       "B",
       "A\ufffdB"},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.what);
    EXPECT_EQ(OneLine(c.text), c.shown);
  }
}

TEST(Indented, KeepsLinesAndNothingElse) {
  EXPECT_EQ(Indented("A\x1b[2J\nB", "  "), "  A[2J\n  B");
}

TEST(WidthOf, CountsColumnsAndNotBytes) {
  EXPECT_EQ(WidthOf(""), 0U);
  EXPECT_EQ(WidthOf("Jürgen"), 6U);
  EXPECT_EQ(WidthOf("Ju\u0308rgen"), 6U);
  EXPECT_EQ(WidthOf("日本"), 4U);
}

TEST(PrintedTable, AlignsColumnsUnderTheirHeading) {
  PrintedTable table({"A", "NAME", "LAST"});
  table.Add({"1", "日本", "x"});
  table.Add({"22", "Jo", ""});
  EXPECT_EQ(table.Take(), "A   NAME  LAST\n1   日本  x\n22  Jo\n");
}

TEST(PrintedTable, GoesOnWithoutHeadingAndNeverNarrower) {
  PrintedTable table({"A", "B"});
  table.Add({"long one", "1"});
  EXPECT_EQ(table.Take(), "A         B\nlong one  1\n");
  table.Add({"2", "3"});
  EXPECT_EQ(table.Take(), "2         3\n");
  EXPECT_EQ(table.Take(), "");
}

TEST(PrintedTable, OfNothingIsNothing) { EXPECT_EQ(PrintedTable({"A"}).Take(), ""); }

TEST(Facts, LeaveOutWhatIsNotThere) {
  Facts facts;
  facts.Add("name", "Ada");
  facts.Add("nothing", "");
  facts.Add("time zone", "UTC");
  EXPECT_EQ(facts.Text(), "name       Ada\ntime zone  UTC\n");
}

TEST(TimeIn, TellsTheOffsetOfThatDay) {
  const core::Instant winter{std::chrono::seconds(1'800'000'000)};  // 2027-01-15T08:00:00Z.
  const core::Instant summer{winter + std::chrono::days(181)};
  const auto berlin = core::TimeZone::Find("Europe/Berlin");
  ASSERT_TRUE(berlin);
  EXPECT_EQ(TimeIn(core::TimeZone::Utc(), winter), "2027-01-15T08:00:00Z");
  EXPECT_EQ(TimeIn(*berlin, winter), "2027-01-15T09:00:00+01:00");
  EXPECT_EQ(TimeIn(*berlin, summer), "2027-07-15T10:00:00+02:00");
  const auto west = core::TimeZone::Find("UTC-03:30");
  ASSERT_TRUE(west);
  EXPECT_EQ(TimeIn(*west, winter), "2027-01-15T04:30:00-03:30");
}

}  // namespace
}  // namespace kalends::cli
