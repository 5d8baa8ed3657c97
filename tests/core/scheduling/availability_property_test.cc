// Properties of availability over random calendars. Each failure prints its seed.
#include <algorithm>
#include <random>
#include <set>

#include "core/base/limits.h"
#include "core/scheduling/availability.h"
#include "gtest/gtest.h"
#include "tests/support/calendars.h"
#include "tests/support/random_calendar.h"
#include "tests/support/reference_availability.h"
#include "tests/support/seed.h"

namespace kalends::core {
namespace {

constexpr int kCases = 100;

std::vector<std::string> Texts(const std::vector<Instant>& instants) {
  std::vector<std::string> texts;
  texts.reserve(instants.size());
  for (const Instant instant : instants) texts.push_back(ToText(instant));
  return texts;
}

// Books starts at random, for this wish and for others, so that later ones meet holds.
void BookAtRandom(RandomCase& random_case, std::mt19937_64& random) {
  const int bookings = static_cast<int>(random() % 8);
  for (int i = 0; i < bookings; ++i) {
    Wanted wanted = random_case.wanted;
    if (random() % 2 == 0) {
      wanted.service = random() % 2 == 0 ? std::optional(ServiceId{2}) : std::nullopt;
      wanted.rules.duration = Minutes{5 + 5 * (random() % 20)};
      wanted.rules.capacity = 1;
    }
    const auto starts =
        BookableStarts(random_case.calendar, wanted, random_case.range, random_case.now);
    if (starts.empty()) continue;
    AddHold(random_case.calendar, wanted, starts[random() % starts.size()]);
  }
  if (!random_case.calendar.holds.empty() && random() % 3 == 0) {
    const auto& holds = random_case.calendar.holds;
    random_case.wanted.ignore = holds[random() % holds.size()].appointment;
  }
}

template <typename Check>
void ForRandomCases(int cases, Check check) {
  const test::Seed first;
  for (int i = 0; i < cases; ++i) {
    const std::uint64_t seed = first.value() + static_cast<std::uint64_t>(i);
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    std::mt19937_64 random(seed);
    RandomCase random_case = MakeRandomCase(random);
    BookAtRandom(random_case, random);
    SCOPED_TRACE(testing::Message()
                 << random_case.calendar.schedule.time_zone << ", " << ToText(random_case.range));
    check(random_case, random);
    if (testing::Test::HasFailure()) return;
  }
}

TEST(AvailabilityProperties, AgreesWithReadingTheWallClockMinuteByMinute) {
  ForRandomCases(kCases, [](const RandomCase& c, std::mt19937_64&) {
    ReferenceAvailability reference(c.calendar);
    EXPECT_EQ(Texts(BookableStarts(c.calendar, c.wanted, c.range, c.now)),
              Texts(reference.Starts(c.wanted, c.range, c.now)));
  });
}

TEST(AvailabilityProperties, OpenBlocksAreExactlyTheOpenMinutes) {
  ForRandomCases(kCases, [](const RandomCase& c, std::mt19937_64&) {
    ReferenceAvailability reference(c.calendar);
    const auto blocks = OpenBlocks(c.calendar, c.range);
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      EXPECT_TRUE(Overlaps(blocks[i], c.range));
      // Touching blocks would have been merged.
      EXPECT_TRUE(i == 0 || blocks[i].start > blocks[i - 1].end);
    }
    for (Instant at = c.range.start; at < c.range.end; at += Minutes{1}) {
      const bool open = std::any_of(blocks.begin(), blocks.end(), [at](const Interval& block) {
        return block.start <= at && at < block.end;
      });
      ASSERT_EQ(open, reference.IsOpen(at)) << ToText(at);
    }
  });
}

TEST(AvailabilityProperties, WhatIsListedCanBeBookedAndNothingElseCan) {
  ForRandomCases(kCases / 3, [](const RandomCase& c, std::mt19937_64&) {
    const auto starts = BookableStarts(c.calendar, c.wanted, c.range, c.now);
    const std::set<Instant> listed(starts.begin(), starts.end());
    EXPECT_TRUE(std::is_sorted(starts.begin(), starts.end()));
    EXPECT_EQ(listed.size(), starts.size());
    for (Instant at = c.range.start; at < c.range.end; at += Minutes{1}) {
      ASSERT_EQ(CheckBookable(c.calendar, c.wanted, at, c.now).ok(), listed.contains(at))
          << ToText(at);
      ASSERT_TRUE(!listed.contains(at) || CheckFree(c.calendar, c.wanted, at).ok());
    }
  });
}

TEST(AvailabilityProperties, TheAnswerDoesNotDependOnHowTheRangeIsCut) {
  ForRandomCases(kCases * 4, [](const RandomCase& c, std::mt19937_64& random) {
    const auto length = static_cast<std::uint64_t>((c.range.end - c.range.start).count());
    const Instant cut = c.range.start + std::chrono::seconds(random() % length);
    auto parts = BookableStarts(c.calendar, c.wanted, {c.range.start, cut}, c.now);
    const auto rest = BookableStarts(c.calendar, c.wanted, {cut, c.range.end}, c.now);
    parts.insert(parts.end(), rest.begin(), rest.end());
    EXPECT_EQ(Texts(parts), Texts(BookableStarts(c.calendar, c.wanted, c.range, c.now)));
  });
}

TEST(AvailabilityProperties, GreedyBookingNeverOverlaps) {
  ForRandomCases(kCases, [](RandomCase c, std::mt19937_64& random) {
    c.wanted.ignore.reset();
    while (true) {
      const auto starts = BookableStarts(c.calendar, c.wanted, c.range, c.now);
      if (starts.empty() || c.calendar.holds.size() > 60) break;
      AddHold(c.calendar, c.wanted, starts[random() % starts.size()]);
    }
    const auto& holds = c.calendar.holds;
    for (std::size_t i = 0; i < holds.size(); ++i) {
      int seats = 1;
      for (std::size_t k = 0; k < holds.size(); ++k) {
        if (i == k || !Overlaps(holds[i].hold, holds[k].hold)) continue;
        ASSERT_TRUE(holds[i].service.has_value());
        ASSERT_EQ(holds[i].service, holds[k].service);
        ASSERT_EQ(holds[i].start, holds[k].start);
        ++seats;
      }
      ASSERT_LE(seats, c.wanted.rules.capacity);
    }
  });
}

TEST(AvailabilityProperties, NearestStartsAreTheNearest) {
  ForRandomCases(kCases, [](const RandomCase& c, std::mt19937_64& random) {
    const Instant asked = c.range.start + Minutes{random() % 3000};
    const int count = static_cast<int>(random() % 8);
    auto all = BookableStarts(c.calendar, c.wanted,
                              {asked - date::days{14}, asked + date::days{14} + Minutes{1}}, c.now);
    std::sort(all.begin(), all.end(), [asked](Instant a, Instant b) {
      const auto from_a = std::chrono::abs(a - asked);
      const auto from_b = std::chrono::abs(b - asked);
      return from_a != from_b ? from_a < from_b : a < b;
    });
    if (all.size() > static_cast<std::size_t>(count)) all.resize(static_cast<std::size_t>(count));
    std::sort(all.begin(), all.end());
    EXPECT_EQ(Texts(NearestStarts(c.calendar, c.wanted, asked, count, c.now)), Texts(all));
  });
}

}  // namespace
}  // namespace kalends::core
