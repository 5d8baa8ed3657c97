// Properties of availability over random calendars. Each failure prints its seed.
#include <algorithm>
#include <random>
#include <set>

#include "core/base/limits.h"
#include "core/booking/availability.h"
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

// The provider changes the service: what was booked before keeps what it has.
void ChangeService(BookingRules& rules, std::mt19937_64& random) {
  switch (random() % 4) {
    case 0:
      rules.duration = Minutes{5 + 5 * (random() % 24)};
      break;
    case 1:
      rules.capacity = 1 + static_cast<int>(random() % 4);
      break;
    case 2:
      rules.buffer_before = Minutes{5 * (random() % 6)};
      rules.buffer_after = Minutes{5 * (random() % 6)};
      break;
    default:
      rules.step = Minutes{5 * (1 + random() % 12)};
  }
}

// One more member of a session that is there, like the others or, as once was, not.
void AddMember(RandomCase& random_case, std::mt19937_64& random) {
  Calendar& calendar = random_case.calendar;
  if (calendar.holds.empty()) return;
  const Hold member = calendar.holds[random() % calendar.holds.size()];
  if (!member.service) return;
  Placement placement{member.interval, member.hold, member.capacity};
  switch (random() % 8) {
    case 0:  // The end, too, but over nobody else's time.
      placement.interval.end -= (placement.interval.end - placement.interval.start) / 2;
      placement.interval.end = date::floor<Minutes>(placement.interval.end);
      break;
    case 1:
      placement.hold = placement.interval;
      break;
    case 2:
      placement.capacity = 1 + static_cast<int>(random() % 4);
      break;
    default:
      break;
  }
  if (IsEmpty(placement.interval)) return;
  PutHold(calendar, member.service, placement);
}

// Books starts at random, for this wish and for others, so that later ones meet holds, while the
// service changes.
void BookAtRandom(RandomCase& random_case, std::mt19937_64& random) {
  const int bookings = static_cast<int>(random() % 8);
  for (int i = 0; i < bookings; ++i) {
    if (random() % 3 == 0) ChangeService(random_case.wanted.rules, random);
    if (random() % 3 == 0) AddMember(random_case, random);
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
  if (random() % 2 == 0) ChangeService(random_case.wanted.rules, random);
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

// Books what is there to be booked until there is nothing, while the service changes.
void BookGreedily(RandomCase& c, std::mt19937_64& random) {
  while (c.calendar.holds.size() < 60) {
    if (random() % 4 == 0) ChangeService(c.wanted.rules, random);
    const auto starts = BookableStarts(c.calendar, c.wanted, c.range, c.now);
    if (starts.empty()) break;
    Instant start = starts[random() % starts.size()];
    // A seat in a session, if there is one.
    for (const Hold& hold : c.calendar.holds) {
      const bool listed = std::binary_search(starts.begin(), starts.end(), hold.interval.start);
      if (listed && random() % 4 == 0) start = hold.interval.start;
    }
    AddHold(c.calendar, c.wanted, start);
  }
}

TEST(AvailabilityProperties, GreedyBookingNeverOverlapsAndSessionsKeepWhatTheyBeganWith) {
  int shared = 0;
  ForRandomCases(kCases, [&shared](RandomCase c, std::mt19937_64& random) {
    c.wanted.ignore.reset();
    c.calendar.holds.clear();
    BookGreedily(c, random);
    const auto& holds = c.calendar.holds;
    for (std::size_t i = 0; i < holds.size(); ++i) {
      int seats = 1;
      for (std::size_t k = 0; k < holds.size(); ++k) {
        if (i == k || !Overlaps(holds[i].hold, holds[k].hold)) continue;
        ASSERT_TRUE(holds[i].service.has_value());
        ASSERT_EQ(holds[i].service, holds[k].service);
        ASSERT_EQ(holds[i].interval, holds[k].interval);
        ASSERT_EQ(holds[i].hold, holds[k].hold);
        ASSERT_EQ(holds[i].capacity, holds[k].capacity);
        ++seats;
      }
      ASSERT_LE(seats, holds[i].capacity);
      shared += seats > 1 ? 1 : 0;
    }
  });
  EXPECT_GT(shared, 0);
}

TEST(AvailabilityProperties, WhatIsSaidOfALengthIsWhatABookingTakes) {
  ForRandomCases(kCases, [](const RandomCase& c, std::mt19937_64&) {
    const auto starts = BookableStarts(c.calendar, c.wanted, c.range, c.now);
    std::vector<Interval> others;
    for (const Instant start : starts) {
      const Interval taken = PlacementAt(c.calendar, c.wanted, start).interval;
      ASSERT_EQ(taken.start, start);
      if (taken.end - start != c.wanted.rules.duration) others.push_back(taken);
    }
    EXPECT_EQ(OtherLengths(c.calendar, c.wanted, starts), others);
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
