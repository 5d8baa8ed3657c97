#include "core/booking/agreed_time.h"

#include <algorithm>
#include <random>

#include "core/timezone/zone_rules.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/made_up_zones.h"
#include "tests/support/seed.h"
#include "tests/support/times.h"

namespace kalends::core {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using test::kTown;
using testing::ElementsAre;
using S = AppointmentStatus;

constexpr ProviderId kCarla{12};
constexpr ServiceId kYoga{22};
constexpr std::size_t kAll = 1000;
// All appointments are on this day; at its beginning the rules change.
constexpr char kDay[] = "2030-06-12 ";

// What was in force when everything was agreed.
constexpr char kBefore[] = "2:00 - TTT";
// From then on the clock is an hour ahead of that, or behind it.
constexpr char kAhead[] = "3:00 - TTT";
constexpr char kBehind[] = "1:00 - TTT";
// An hour ahead from 02:00 of the day on: 02:00 to 03:00 is skipped.
constexpr char kSkips[] = "2:00 - TTT 2030 Jun 12 2:00\n3:00 - TTT";
// An hour behind from 04:00 on: 03:00 to 04:00 comes twice.
constexpr char kRepeats[] = "2:00 - TTT 2030 Jun 12 4:00\n1:00 - TTT";
// Also before that it was another hour: a time that comes twice, and at neither as agreed.
constexpr char kRepeatsElsewhere[] = "5:00 - TTT 2030 Jun 12 13:00\n4:00 - TTT";

// Wall clock to wall clock, as agreed by kBefore.
Appointment At(std::int64_t id, const std::string& clock, minutes length = hours(1)) {
  const date::local_seconds wall = Wall(kDay + clock);
  Appointment one;
  one.id = {id};
  one.provider = one.specialist = kCarla;
  one.customer = {1};
  one.status = S::kAccepted;
  const Instant start{wall.time_since_epoch() - hours(2)};
  one.interval = one.hold = {start, start + length};
  one.agreed = AgreedTime{wall, kTown, hours(2), "2026a", std::nullopt};
  return one;
}

class AgreedTimes : public testing::Test {
 protected:
  void Enact(const char* rules) {
    zones_.SetRules(rules, "2026b");
    ReloadZoneRules();
  }

  std::string Clock(Instant instant) const {
    return date::format("%R", TimeZone::Find(kTown)->ToLocal(instant));
  }

  // "10:00 zone_rules_moved", of each that the rules concern, by id: where it is now on the clock.
  std::vector<std::string> Ruled(const std::vector<Appointment>& holding,
                                 std::size_t enough = kAll) const {
    auto rulings = RuleOnAgreedTimes(holding, now_, enough);
    std::sort(rulings.begin(), rulings.end(),
              [](const Ruling& a, const Ruling& b) { return a.index < b.index; });
    std::vector<std::string> texts;
    for (const Ruling& ruling : rulings) {
      texts.push_back(std::to_string(holding[ruling.index].id.value) + " " + Clock(ruling.start) +
                      " " + std::string(NameOf(ruling.outcome).substr(sizeof("zone_rules_") - 1)));
    }
    return texts;
  }

  Instant now_ = Utc("2030-06-01 00:00");

 private:
  test::MadeUpZones zones_{kBefore};
};

TEST_F(AgreedTimes, AreWhatTheZonesClockShows) {
  Enact(kBefore);
  const AgreedTime agreed = AgreeOn(Utc("2030-06-12 08:00"), *TimeZone::Find(kTown), "2026b");
  EXPECT_EQ(agreed, (AgreedTime{Wall("2030-06-12 10:00"), kTown, hours(2), "2026b", {}}));
}

TEST_F(AgreedTimes, StayWhereTheRulesDo) {
  Enact(kBefore);
  EXPECT_THAT(Ruled({At(1, "10:00"), At(2, "11:00")}), ElementsAre());
}

TEST_F(AgreedTimes, AreKeptAndTheStartMoves) {
  for (const char* const rules : {kAhead, kBehind}) {
    Enact(rules);
    EXPECT_THAT(Ruled({At(1, "10:00")}), ElementsAre("1 10:00 moved")) << rules;
  }
}

TEST_F(AgreedTimes, ConcernOnlyWhatIsOpenAndAhead) {
  Enact(kAhead);
  const auto with = [](auto change) {
    Appointment one = At(1, "10:00");
    change(one);
    return std::vector<Appointment>{one};
  };
  for (const S status : kAppointmentStatuses) {
    const auto holding = with([&](Appointment& one) { one.status = status; });
    EXPECT_EQ(!Ruled(holding).empty(), HoldsTime(status)) << NameOf(status);
    EXPECT_EQ(IsConcerned(holding[0], now_), HoldsTime(status)) << NameOf(status);
  }
  EXPECT_THAT(Ruled(with([](Appointment& one) { one.agreed.reset(); })), ElementsAre());
  EXPECT_THAT(Ruled(with([](Appointment& one) { one.agreed->zone = "Test/Nowhere"; })),
              ElementsAre());
  EXPECT_THAT(Ruled(with([](Appointment& one) { one.agreed->zone = "UTC+02:00"; })), ElementsAre());
  now_ = At(1, "10:00").interval.start;
  EXPECT_THAT(Ruled({At(1, "10:00")}), ElementsAre());
}

TEST_F(AgreedTimes, MakeRoomForEachOther) {
  for (const char* const rules : {kAhead, kBehind}) {
    Enact(rules);
    EXPECT_THAT(Ruled({At(1, "10:00"), At(2, "11:00"), At(3, "12:00")}),
                ElementsAre("1 10:00 moved", "2 11:00 moved", "3 12:00 moved"))
        << rules;
  }
}

TEST_F(AgreedTimes, AreLostWhereSomethingElseIs) {
  Enact(kAhead);
  // Agreed by the new rules already: 10:00 by them is 09:00 by the old ones.
  Appointment newer = At(9, "09:00");
  newer.agreed = AgreeOn(newer.interval.start, *TimeZone::Find(kTown), "2026b");
  EXPECT_THAT(Ruled({At(1, "10:00"), newer}), ElementsAre("1 11:00 taken"));
  // Touching is no collision.
  newer.interval = newer.hold = {newer.interval.start - hours(1), newer.interval.end - hours(1)};
  newer.agreed = AgreeOn(newer.interval.start, *TimeZone::Find(kTown), "2026b");
  EXPECT_THAT(Ruled({At(1, "10:00"), newer}), ElementsAre("1 10:00 moved"));
  // Its buffer reaches there.
  newer.hold.end += minutes(1);
  EXPECT_THAT(Ruled({At(1, "10:00"), newer}), ElementsAre("1 11:00 taken"));
}

TEST_F(AgreedTimes, OfWhoStaysAreInTheWayOfTheNext) {
  Enact(kAhead);
  Appointment newer = At(9, "09:00");
  newer.agreed = AgreeOn(newer.interval.start, *TimeZone::Find(kTown), "2026b");
  EXPECT_THAT(Ruled({newer, At(1, "10:00"), At(2, "11:00"), At(3, "13:00")}),
              ElementsAre("1 11:00 taken", "2 12:00 taken", "3 13:00 moved"));
}

TEST_F(AgreedTimes, ThatTheClockSkipsAreLost) {
  Enact(kSkips);
  EXPECT_THAT(Ruled({At(1, "01:00"), At(2, "02:30", minutes(15)), At(3, "03:00")}),
              ElementsAre("2 03:30 skipped", "3 04:00 taken"));
  EXPECT_THAT(Ruled({At(2, "02:00", minutes(15)), At(3, "05:00")}),
              ElementsAre("2 03:00 skipped", "3 05:00 moved"));
}

TEST_F(AgreedTimes, ThatComeTwiceAreTheNearerOne) {
  Enact(kRepeats);
  // The first 03:30 is the one that was agreed on.
  EXPECT_THAT(Ruled({At(1, "03:30")}), ElementsAre());
  EXPECT_THAT(Ruled({At(2, "04:30")}), ElementsAre("2 04:30 moved"));
  Enact(kRepeatsElsewhere);
  const auto rulings = RuleOnAgreedTimes(std::vector{At(1, "12:30")}, now_, kAll);
  ASSERT_EQ(rulings.size(), 1U);
  EXPECT_EQ(rulings[0].start, Utc("2030-06-12 08:30"));  // And not 07:30, the first.
  EXPECT_EQ(Clock(rulings[0].start), "12:30");
}

TEST_F(AgreedTimes, ThatWouldBeOverAreLost) {
  Enact(kAhead);
  now_ = At(1, "10:00").interval.start - minutes(60);
  EXPECT_THAT(Ruled({At(1, "10:00")}), ElementsAre("1 11:00 passed"));
  now_ -= seconds(1);
  EXPECT_THAT(Ruled({At(1, "10:00")}), ElementsAre("1 10:00 moved"));
}

TEST_F(AgreedTimes, OfASessionMoveTogether) {
  const auto member = [](std::int64_t id) {
    Appointment one = At(id, "10:00", minutes(90));
    one.service = kYoga;
    one.capacity = 5;
    return one;
  };
  Enact(kAhead);
  EXPECT_THAT(Ruled({member(1), member(2), member(3)}),
              ElementsAre("1 10:00 moved", "2 10:00 moved", "3 10:00 moved"));
  Appointment newer = At(9, "09:00");
  newer.agreed = AgreeOn(newer.interval.start, *TimeZone::Find(kTown), "2026b");
  EXPECT_THAT(Ruled({member(1), newer, member(2)}), ElementsAre("1 11:00 taken", "2 11:00 taken"));
  // Who agreed by another clock does not go along; and where both would be, there is no room.
  Appointment elsewhere = member(4);
  elsewhere.agreed->zone = "UTC+02:00";
  EXPECT_THAT(Ruled({member(1), elsewhere}), ElementsAre("1 11:00 taken"));
}

TEST_F(AgreedTimes, OfAnAcceptedOneGoBeforeThoseOfARequestAndThenTheEarlier) {
  Enact(kAhead);
  Appointment moves = At(1, "10:00", minutes(30));
  // As if agreed by a third clock: both want to be there between 10:15 and 10:30.
  Appointment other = At(2, "12:00", minutes(30));
  other.agreed->wall = Wall(std::string(kDay) + "10:15");
  EXPECT_THAT(Ruled({moves, other}), ElementsAre("1 10:00 moved", "2 13:00 taken"));
  moves.status = S::kPending;
  EXPECT_THAT(Ruled({moves, other}), ElementsAre("1 11:00 taken", "2 10:15 moved"));
  other.status = S::kPending;
  EXPECT_THAT(Ruled({moves, other}), ElementsAre("1 10:00 moved", "2 13:00 taken"));
  std::swap(moves.id, other.id);
  EXPECT_THAT(Ruled({other, moves}), ElementsAre("1 10:15 moved", "2 11:00 taken"));
}

TEST_F(AgreedTimes, AreToldOnceAndAgainWhenTheyChangeAgain) {
  Enact(kAhead);
  Appointment newer = At(9, "09:00");
  newer.agreed = AgreeOn(newer.interval.start, *TimeZone::Find(kTown), "2026b");
  std::vector<Appointment> holding = {At(1, "10:00"), newer};
  const auto rule = [&] {
    const auto texts = Ruled(holding);
    for (const Ruling& ruling : RuleOnAgreedTimes(holding, now_, kAll)) {
      ApplyRuling(holding[ruling.index], ruling);
    }
    return texts;
  };
  EXPECT_THAT(rule(), ElementsAre("1 11:00 taken"));
  EXPECT_TRUE(NeedsNewAgreement(holding[0]));
  EXPECT_THAT(rule(), ElementsAre());
  // Back: the clock shows again at the start what was agreed on. What is newer moves away.
  Enact(kBefore);
  EXPECT_THAT(rule(), ElementsAre("1 10:00 stands", "9 09:00 taken"));
  EXPECT_FALSE(NeedsNewAgreement(holding[0]));
  EXPECT_THAT(rule(), ElementsAre());
  // And where there is room, the time that was lost is found again.
  Enact("0:00 - TTT");
  EXPECT_THAT(rule(), ElementsAre("1 10:00 moved", "9 07:00 taken"));
}

TEST_F(AgreedTimes, KeepTheLengthAndTheBuffers) {
  Enact(kAhead);
  Appointment one = At(1, "10:00", minutes(50));
  one.hold = {one.interval.start - minutes(5), one.interval.end + minutes(10)};
  const auto rulings = RuleOnAgreedTimes(std::vector{one}, now_, kAll);
  ASSERT_EQ(rulings.size(), 1U);
  ApplyRuling(one, rulings[0]);
  EXPECT_EQ(one.interval, UtcInterval("2030-06-12 07:00", "2030-06-12 07:50"));
  EXPECT_EQ(one.hold, UtcInterval("2030-06-12 06:55", "2030-06-12 08:00"));
  // The record of what was agreed is not touched.
  EXPECT_EQ(one.agreed, (AgreedTime{Wall("2030-06-12 10:00"), kTown, hours(2), "2026a", {}}));
}

TEST_F(AgreedTimes, AreRuledOnInPartsThatDoNotTouch) {
  Enact(kAhead);
  std::vector<Appointment> holding = {At(5, "20:00"), At(1, "08:00"), At(2, "09:00"),
                                      At(3, "13:00"), At(4, "16:30")};
  EXPECT_THAT(Ruled(holding, 1), ElementsAre("1 08:00 moved", "2 09:00 moved"));
  EXPECT_EQ(Ruled(holding, 3).size(), 3U);
  EXPECT_EQ(Ruled(holding, 4).size(), 4U);
}

bool Overlap(const Appointment& a, const Appointment& b) { return Overlaps(a.hold, b.hold); }

// Whatever there is and whatever the rules: after all parts are carried out no two overlap that did
// not before, what is kept reads as agreed, and there is nothing left to rule on.
TEST_F(AgreedTimes, EndWithoutNewOverlapsAndWithNothingLeftToDo) {
  const test::Seed seed;
  std::mt19937_64 random(seed.value());
  const auto up_to = [&](std::uint64_t max) { return static_cast<int>(random() % (max + 1)); };
  for (const char* const rules : {kAhead, kBehind, kSkips, kRepeats, kRepeatsElsewhere}) {
    Enact(rules);
    for (int round = 0; round < 60; ++round) {
      std::vector<Appointment> holding;
      int minute = 0;
      while (minute < 22 * 60) {
        const int length = 15 * (1 + up_to(6));
        Appointment one = At(1 + up_to(1'000'000), "00:00", minutes(length));
        const seconds by = minutes(minute);
        one.interval = one.hold = {one.interval.start + by, one.interval.end + by};
        one.agreed->wall += by;
        if (up_to(3) == 0) {
          one.agreed = AgreeOn(one.interval.start, *TimeZone::Find(kTown), "2026b");
        }
        if (up_to(2) == 0) one.status = S::kPending;
        holding.push_back(one);
        minute += length + 15 * up_to(3);
      }
      std::shuffle(holding.begin(), holding.end(), random);
      for (int parts = 0;; ++parts) {
        ASSERT_LT(parts, 200);
        const auto rulings = RuleOnAgreedTimes(holding, now_, 1);
        if (rulings.empty()) break;
        for (const Ruling& ruling : rulings) {
          Appointment& one = holding[ruling.index];
          ApplyRuling(one, ruling);
          EXPECT_EQ(IsKept(ruling.outcome), !NeedsNewAgreement(one));
        }
        for (std::size_t i = 0; i < holding.size(); ++i) {
          for (std::size_t j = 0; j < i; ++j) {
            ASSERT_FALSE(Overlap(holding[i], holding[j])) << rules << " " << round;
          }
        }
      }
    }
  }
}

}  // namespace
}  // namespace kalends::core
