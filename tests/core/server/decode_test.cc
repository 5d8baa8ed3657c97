// What is read of times, lengths and dates, and what is said where there is none such.
#include "core/server/decode.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "core/base/detail.h"

namespace kalends::server {
namespace {

// What is wrong with it; empty: nothing.
template <typename Decoded>
std::string WrongWith(const absl::StatusOr<Decoded>& decoded) {
  const auto violation = core::DetailOf<core::FieldViolation>(decoded.status());
  return violation ? violation->description : "";
}

TEST(DecodeDate, SaysWhatIsWrongWithADate) {
  const struct {
    const char* name;
    int year;
    int month;
    int day;
    std::string_view wrong;
  } kCases[] = {
      {"a day", 2027, 2, 28, ""},
      {"a leap day", 2028, 2, 29, ""},
      {"the first there is", 1970, 1, 1, ""},
      {"the last there is", 2100, 12, 31, ""},
      {"none", 0, 0, 0, "must be set"},
      {"the 30th of February", 2027, 2, 30,
       "must be a day of the calendar: 2027-02 has the days 1 to 28"},
      {"no leap day", 2027, 2, 29, "must be a day of the calendar: 2027-02 has the days 1 to 28"},
      {"of no leap year", 2100, 2, 29,
       "must be a day of the calendar: 2100-02 has the days 1 to 28"},
      {"beyond a leap day", 2028, 2, 30,
       "must be a day of the calendar: 2028-02 has the days 1 to 29"},
      {"the 31st of April", 2027, 4, 31,
       "must be a day of the calendar: 2027-04 has the days 1 to 30"},
      {"beyond a month", 2027, 1, 32,
       "must be a day of the calendar: 2027-01 has the days 1 to 31"},
      {"without a day", 2027, 1, 0, "must be a day of the calendar: 2027-01 has the days 1 to 31"},
      {"a day below", 2027, 1, -1, "must be a day of the calendar: 2027-01 has the days 1 to 31"},
      {"without a month", 2027, 0, 1, "must have a month of 1 to 12"},
      {"a 13th month", 2027, 13, 1, "must have a month of 1 to 12"},
      {"a month below", 2027, -1, 1, "must have a month of 1 to 12"},
      {"without a year", 0, 2, 3, "must be a date from 1970 to 2100"},
      {"too early", 1969, 12, 31, "must be a date from 1970 to 2100"},
      {"too late", 2101, 1, 1, "must be a date from 1970 to 2100"},
      {"of a year without end", std::numeric_limits<std::int32_t>::max(), 2, 30,
       "must be a date from 1970 to 2100"},
  };
  for (const auto& c : kCases) {
    v1::Date date;
    date.set_year(c.year);
    date.set_month(c.month);
    date.set_day(c.day);
    EXPECT_EQ(WrongWith(DecodeDate("date", date)), c.wrong) << c.name;
  }
}

TEST(DecodeInstant, SaysWhatIsWrongWithATime) {
  constexpr std::int64_t kLast = 4133980799;  // 2100-12-31T23:59:59Z.
  const struct {
    const char* name;
    std::int64_t seconds;
    std::int32_t nanos;
    std::string_view wrong;
  } kCases[] = {
      {"the first there is", 0, 0, ""},
      {"the last there is", kLast, 0, ""},
      {"too early", -1, 0, "must lie between 1970 and 2100"},
      {"too late", kLast + 1, 0, "must lie between 1970 and 2100"},
      {"between two seconds", 1, 1, "must be in whole seconds"},
  };
  for (const auto& c : kCases) {
    google::protobuf::Timestamp time;
    time.set_seconds(c.seconds);
    time.set_nanos(c.nanos);
    EXPECT_EQ(WrongWith(DecodeInstant("time", &time)), c.wrong) << c.name;
  }
  EXPECT_EQ(WrongWith(DecodeInstant("time", nullptr)), "must be set");
}

TEST(DecodeMinutes, SaysWhatIsWrongWithALength) {
  constexpr std::int64_t kMost = 315'576'000'000;  // Of every Duration: 10000 years.
  const struct {
    const char* name;
    std::int64_t seconds;
    std::int32_t nanos;
    std::string_view wrong;
  } kCases[] = {
      {"a minute", 60, 0, ""},
      {"a minute less than nothing", -60, 0, ""},
      {"the most", kMost, 0, ""},
      {"a second", 1, 0, "must be in whole minutes"},
      {"a fraction", 60, 1, "must be in whole minutes"},
      {"more than any", kMost + 60, 0, "must not be longer than 10000 years"},
      {"less than any", -kMost - 60, 0, "must not be longer than 10000 years"},
  };
  for (const auto& c : kCases) {
    google::protobuf::Duration length;
    length.set_seconds(c.seconds);
    length.set_nanos(c.nanos);
    EXPECT_EQ(WrongWith(DecodeMinutes("duration", length)), c.wrong) << c.name;
  }
}

}  // namespace
}  // namespace kalends::server
