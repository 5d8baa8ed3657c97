#include "tools/kalends/imports/moment.h"

#include <gmock/gmock.h>

namespace kalends::cli {
namespace {

using testing::HasSubstr;

const core::TimeZone kBerlin = *core::TimeZone::Find("Europe/Berlin");

std::string Read(std::string_view text, DateOrder order = DateOrder::kUnsaid) {
  const auto moment = ReadMoment(text, kBerlin, order);
  if (!moment.ok()) return std::string(moment.status().message());
  return WriteInstant(core::ToUnixSeconds(moment->instant)) +
         (moment->happens_twice ? " twice" : "");
}

TEST(ReadMoment, ReadsTheFormsThatProgramsWrite) {
  EXPECT_EQ(Read("2026-03-02 14:30"), "2026-03-02T13:30:00Z");
  EXPECT_EQ(Read("2026-07-02 14:30:15"), "2026-07-02T12:30:15Z");
  EXPECT_EQ(Read("2026-03-02T13:30:00.000Z"), "2026-03-02T13:30:00Z");
  EXPECT_EQ(Read("2026-03-02T13:30:00-05:45"), "2026-03-02T19:15:00Z");
  EXPECT_EQ(Read("02.03.2026 14:30"), "2026-03-02T13:30:00Z");
  EXPECT_EQ(Read("3/2/2026 2:30 PM", DateOrder::kMonthFirst), "2026-03-02T13:30:00Z");
  EXPECT_EQ(Read("3/2/2026, 12:05 am", DateOrder::kMonthFirst), "2026-03-01T23:05:00Z");
  EXPECT_EQ(Read("02/03/2026 14:30", DateOrder::kDayFirst), "2026-03-02T13:30:00Z");
}

TEST(ReadMoment, GuessesNoOrder) {
  EXPECT_THAT(Read("02/03/2026 14:30"), HasSubstr("--date-format"));
  EXPECT_THAT(Read("31/03/2026 14:30"), HasSubstr("--date-format"));
}

TEST(ReadMoment, TellsOfWallTimesThatClocksSkipOrShowTwice) {
  EXPECT_EQ(Read("2026-03-29 02:30"), "The clock in Europe/Berlin skipped 2026-03-29 02:30.");
  EXPECT_EQ(Read("2026-10-25 02:30"), "2026-10-25T00:30:00Z twice");
  EXPECT_EQ(Read("2026-10-25T02:30:00+01:00"), "2026-10-25T01:30:00Z");
}

TEST(ReadMoment, RefusesWhatIsNone) {
  for (const char* text : {"", "tomorrow", "2026-02-30 10:00", "2026-03-02", "2026-03-02 25:00",
                           "2026-03-02 10:00 CET", "1950-01-01 10:00", "2026-03-02 10:61"}) {
    EXPECT_FALSE(ReadMoment(text, kBerlin, DateOrder::kUnsaid).ok()) << text;
  }
}

TEST(ReadAmount, TakesPointsAndCommas) {
  EXPECT_EQ(ReadAmount("12.50", 2), 1250);
  EXPECT_EQ(ReadAmount("12,5", 2), 1250);
  EXPECT_EQ(ReadAmount("1.234,50", 2), 123450);
  EXPECT_EQ(ReadAmount("1,234", 2), 123400);
  EXPECT_EQ(ReadAmount("80", 2), 8000);
  EXPECT_EQ(ReadAmount("8000.00", 0), 8000);
  EXPECT_EQ(ReadAmount("12.505", 3), 12505);
  EXPECT_EQ(ReadAmount("12.5055", 2), std::nullopt);
  EXPECT_EQ(ReadAmount("free", 2), std::nullopt);
  EXPECT_EQ(ReadAmount("-5", 2), std::nullopt);
  EXPECT_EQ(ReadAmount("99999999999999999999", 2), std::nullopt);
}

TEST(WriteAmount, IsReadBack) {
  for (const int digits : {0, 2, 3}) {
    for (const std::int64_t minor : {1, 99, 1000, 123456}) {
      EXPECT_EQ(ReadAmount(WriteAmount(minor, digits), digits), minor) << digits;
    }
  }
  EXPECT_EQ(DecimalsOf("EUR"), 2);
  EXPECT_EQ(DecimalsOf("JPY"), 0);
  EXPECT_EQ(DecimalsOf(""), 2);
}

}  // namespace
}  // namespace kalends::cli
