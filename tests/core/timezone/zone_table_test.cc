#include "core/timezone/zone_table.h"

#include <date/tz.h>

#include <random>

#include "absl/time/time.h"
#include "gtest/gtest.h"
#include "tests/support/seed.h"
#include "tests/support/times.h"

namespace kalends::core {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

std::vector<std::string> AllNames() {
  std::vector<std::string> names;
  for (const date::time_zone& zone : date::get_tzdb().zones) {
    if (zone.name() != "localtime") names.push_back(zone.name());
  }
  return names;
}

seconds OffsetIn(const std::vector<OffsetSpan>& spans, Instant instant) {
  for (const OffsetSpan& span : spans) {
    if (instant >= span.interval.start && instant < span.interval.end) return span.offset;
  }
  ADD_FAILURE() << "no span at " << ToText(instant);
  return {};
}

TEST(ZoneTable, EveryZoneCoversAllTimeWithoutGaps) {
  for (const std::string& name : AllNames()) {
    SCOPED_TRACE(name);
    const auto spans = LoadOffsets(name);
    ASSERT_TRUE(spans.has_value());
    ASSERT_FALSE(spans->empty());
    EXPECT_EQ(spans->front().interval.start, kBeginOfTime);
    EXPECT_EQ(spans->back().interval.end, kEndOfTime);
    for (std::size_t i = 0; i < spans->size(); ++i) {
      const OffsetSpan& span = (*spans)[i];
      ASSERT_LT(span.interval.start, span.interval.end);
      ASSERT_LT(std::chrono::abs(span.offset), hours{16});
      if (i == 0) continue;
      ASSERT_EQ(span.interval.start, (*spans)[i - 1].interval.end);
      ASSERT_NE(span.offset, (*spans)[i - 1].offset);
    }
  }
}

// Two libraries read the same files: where both know the answer, they agree.
TEST(ZoneTable, AgreesWithDateUntil2036AndWithAbseilThrough2100) {
  const test::Seed seed;
  std::mt19937_64 random(seed.value());
  const Instant first = Utc("1970-01-01 00:00");
  const auto length = static_cast<std::uint64_t>((Utc("2101-01-01 00:00") - first).count());
  for (const std::string& name : AllNames()) {
    SCOPED_TRACE(name);
    const auto spans = LoadOffsets(name);
    const date::time_zone& by_date = *date::locate_zone(name);
    absl::TimeZone by_absl;
    ASSERT_TRUE(absl::LoadTimeZone(name, &by_absl));
    for (int i = 0; i < 100; ++i) {
      const Instant instant = first + seconds(random() % length);
      const seconds offset = OffsetIn(*spans, instant);
      ASSERT_EQ(offset.count(), by_absl.At(absl::FromUnixSeconds(ToUnixSeconds(instant))).offset)
          << ToText(instant);
      if (instant >= Utc("2037-01-01 00:00")) continue;
      ASSERT_EQ(offset, by_date.get_info(instant).offset) << ToText(instant);
    }
  }
}

TEST(ZoneTable, KnowsEveryClockChangeOfTheCentury) {
  const auto spans = LoadOffsets("Europe/Berlin");
  int changes = 0;
  for (const OffsetSpan& span : *spans) {
    if (span.interval.start >= Utc("2026-01-01 00:00") && span.interval.start < kClockChangesEnd) {
      ++changes;
    }
  }
  EXPECT_EQ(changes, 75 * 2);  // 2026 to 2100.
}

}  // namespace
}  // namespace kalends::core
