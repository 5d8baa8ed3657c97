// Which starts are offered, and why others are not.
#include "core/booking/availability.h"

#include <string>
#include <vector>

#include "core/base/error.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/calendars.h"

namespace kalends::core {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;

const Instant kNow = Utc("2026-06-01 00:00");
constexpr char kMorning[] = "2026-06-02 00:00";
constexpr char kEvening[] = "2026-06-03 00:00";

Wanted OneHour(Minutes step = hours{1}) {
  Wanted wanted;
  wanted.service = ServiceId{1};
  wanted.rules.duration = hours{1};
  wanted.rules.step = step;
  return wanted;
}

Calendar Open(const std::string& start, const std::string& end) {
  return CalendarIn("UTC", EveryDay({Hours(start, end)}));
}

// The starts on the one day of these tests, as "10:00".
std::vector<std::string> Starts(const Calendar& calendar, const Wanted& wanted,
                                Instant now = kNow) {
  std::vector<std::string> texts;
  for (const Instant start :
       BookableStarts(calendar, wanted, UtcInterval(kMorning, kEvening), now)) {
    texts.push_back(date::format("%R", start));
  }
  return texts;
}

std::string Refusal(const Calendar& calendar, const Wanted& wanted, const std::string& start,
                    Instant now = kNow) {
  return ReasonName(CheckBookable(calendar, wanted, Utc("2026-06-02 " + start), now));
}

TEST(BookableStarts, LieStepByStepFromTheStartOfABlock) {
  EXPECT_THAT(Starts(Open("09:00", "12:00"), OneHour()), ElementsAre("09:00", "10:00", "11:00"));
  EXPECT_THAT(Starts(Open("09:00", "12:00"), OneHour(minutes{45})),
              ElementsAre("09:00", "09:45", "10:30"));
  EXPECT_THAT(Starts(Open("09:10", "10:10"), OneHour()), ElementsAre("09:10"));
  EXPECT_THAT(Starts(Open("09:00", "09:59"), OneHour()), IsEmpty());
}

// A zone that a later database has no more, or a damaged row: nothing is open, and nobody dies of
// it.
TEST(BookableStarts, ThereAreNoneInAZoneThatIsNotKnown) {
  Calendar calendar = Open("09:00", "12:00");
  calendar.schedule.time_zone = "Europe/Berlim";
  EXPECT_THAT(Starts(calendar, OneHour()), IsEmpty());
  EXPECT_EQ(Refusal(calendar, OneHour(), "10:00"), "OUTSIDE_OPEN_HOURS");
  EXPECT_THAT(OpenBlocks(calendar, UtcInterval(kMorning, kEvening)), IsEmpty());
}

TEST(BookableStarts, ThereAreNoneOfAServiceWhoseLengthsAreDamaged) {
  for (const Minutes damaged : {Minutes{0}, Minutes{-1}}) {
    Wanted wanted = OneHour(damaged);
    EXPECT_THAT(Starts(Open("09:00", "12:00"), wanted), IsEmpty());
    EXPECT_EQ(Refusal(Open("09:00", "12:00"), wanted, "10:00"), "OUTSIDE_OPEN_HOURS");
    wanted = OneHour();
    wanted.rules.duration = damaged;
    EXPECT_THAT(Starts(Open("09:00", "12:00"), wanted), IsEmpty());
  }
}

TEST(BookableStarts, ServicesDoNotReachOverABreak) {
  const Calendar calendar =
      CalendarIn("UTC", EveryDay({Hours("09:00", "10:30"), Hours("11:10", "12:30")}));
  EXPECT_THAT(Starts(calendar, OneHour(minutes{30})), ElementsAre("09:00", "09:30", "11:10"));
}

TEST(BookableStarts, CountElapsedTimeOverAClockChange) {
  // 01:00 to 04:00 in Berlin is two hours on this night.
  const Calendar calendar = CalendarIn("Europe/Berlin", EveryDay({Hours("01:00", "04:00")}));
  const auto starts =
      BookableStarts(calendar, OneHour(), UtcInterval("2026-03-28 12:00", "2026-03-29 12:00"),
                     kNow - hours{24 * 90});
  EXPECT_THAT(starts, ElementsAre(Utc("2026-03-29 00:00"), Utc("2026-03-29 01:00")));
}

TEST(BookableStarts, TheRangeIsHalfOpen) {
  const Calendar calendar = Open("09:00", "12:00");
  const auto starts = [&](const char* start, const char* end) {
    return BookableStarts(calendar, OneHour(), UtcInterval(start, end), kNow).size();
  };
  EXPECT_EQ(starts("2026-06-02 09:00", "2026-06-02 11:00"), 2U);
  EXPECT_EQ(starts("2026-06-02 09:00", "2026-06-02 11:01"), 3U);
  EXPECT_EQ(starts("2026-06-02 09:01", "2026-06-02 11:01"), 2U);
  EXPECT_EQ(starts("2026-06-02 09:00", "2026-06-02 09:00"), 0U);
  EXPECT_EQ(starts("2026-06-02 12:00", "2026-06-02 09:00"), 0U);
}

TEST(BookableStarts, OtherAppointmentsNeverMoveTheGrid) {
  Calendar calendar = Open("09:00", "13:00");
  Wanted short_visit = OneHour();
  short_visit.rules.duration = minutes{10};
  AddHold(calendar, short_visit, Utc("2026-06-02 10:15"));
  EXPECT_THAT(Starts(calendar, OneHour()), ElementsAre("09:00", "11:00", "12:00"));
  EXPECT_THAT(Starts(calendar, OneHour(minutes{30})),
              ElementsAre("09:00", "10:30", "11:00", "11:30", "12:00"));
}

TEST(BookableStarts, AClosureStartsANewBlockAndGrid) {
  Calendar calendar = Open("09:00", "13:00");
  calendar.closures = {UtcInterval("2026-06-02 10:00", "2026-06-02 10:20")};
  EXPECT_THAT(Starts(calendar, OneHour()), ElementsAre("09:00", "10:20", "11:20"));
}

TEST(BookableStarts, BuffersKeepDistanceFromHoldsOnly) {
  Calendar calendar = Open("09:00", "14:00");
  AddHold(calendar, OneHour(), Utc("2026-06-02 11:00"));
  Wanted buffered = OneHour(minutes{30});
  EXPECT_THAT(Starts(calendar, buffered),
              ElementsAre("09:00", "09:30", "10:00", "12:00", "12:30", "13:00"));
  buffered.rules.buffer_before = minutes{30};
  EXPECT_THAT(Starts(calendar, buffered), ElementsAre("09:00", "09:30", "10:00", "12:30", "13:00"));
  buffered.rules.buffer_after = minutes{15};
  EXPECT_THAT(Starts(calendar, buffered), ElementsAre("09:00", "09:30", "12:30", "13:00"));
}

TEST(BookableStarts, TheBuffersOfOthersCountToo) {
  Calendar calendar = Open("09:00", "14:00");
  Wanted buffered = OneHour();
  buffered.rules.buffer_before = buffered.rules.buffer_after = hours{1};
  AddHold(calendar, buffered, Utc("2026-06-02 11:00"));
  EXPECT_THAT(Starts(calendar, OneHour()), ElementsAre("09:00", "13:00"));
}

TEST(BookableStarts, NoticeAndHorizonIncludeTheirEdges) {
  const Calendar calendar = Open("09:00", "14:00");
  Wanted wanted = OneHour();
  wanted.rules.minimum_notice = hours{2};
  wanted.rules.horizon = hours{4};
  EXPECT_THAT(Starts(calendar, wanted, Utc("2026-06-02 08:00")),
              ElementsAre("10:00", "11:00", "12:00"));
  EXPECT_THAT(Starts(calendar, wanted, Utc("2026-06-02 08:00") + seconds{1}),
              ElementsAre("11:00", "12:00"));
  EXPECT_THAT(Starts(calendar, wanted, Utc("2026-06-02 08:00") - seconds{1}),
              ElementsAre("10:00", "11:00"));
  wanted.rules.minimum_notice = hours{5};
  EXPECT_THAT(Starts(calendar, wanted, Utc("2026-06-02 08:00")), IsEmpty());
}

TEST(BookableStarts, AnIndividualServiceIsNeverShared) {
  Calendar calendar = Open("09:00", "11:00");
  AddHold(calendar, OneHour(), Utc("2026-06-02 09:00"));
  EXPECT_THAT(Starts(calendar, OneHour()), ElementsAre("10:00"));
}

TEST(BookableStarts, AGroupSessionIsOfferedUntilItIsFull) {
  Calendar calendar = Open("09:00", "12:00");
  Wanted group = OneHour(minutes{30});
  group.rules.capacity = 2;
  AddHold(calendar, group, Utc("2026-06-02 10:00"));
  EXPECT_THAT(Starts(calendar, group), ElementsAre("09:00", "10:00", "11:00"));
  AddHold(calendar, group, Utc("2026-06-02 10:00"));
  EXPECT_THAT(Starts(calendar, group), ElementsAre("09:00", "11:00"));
}

TEST(BookableStarts, AGroupSessionIsNotSharedWithOtherServicesOrNone) {
  Calendar calendar = Open("09:00", "11:00");
  Wanted group = OneHour();
  group.rules.capacity = 5;
  AddHold(calendar, group, Utc("2026-06-02 09:00"));
  Wanted other = group;
  other.service = ServiceId{2};
  EXPECT_THAT(Starts(calendar, other), ElementsAre("10:00"));
  Wanted none = group;
  none.service.reset();
  EXPECT_THAT(Starts(calendar, none), ElementsAre("10:00"));
  AddHold(calendar, none, Utc("2026-06-02 10:00"));
  EXPECT_THAT(Starts(calendar, none), IsEmpty());
}

TEST(BookableStarts, AGroupSessionWhoseLengthChangedIsStillOne) {
  // The service was shortened between two bookings of the same session.
  Calendar calendar = Open("09:00", "12:00");
  Wanted group = OneHour(minutes{30});
  group.rules.capacity = 3;
  AddHold(calendar, group, Utc("2026-06-02 10:00"));
  group.rules.duration = minutes{30};
  AddHold(calendar, group, Utc("2026-06-02 10:00"));
  EXPECT_THAT(Starts(calendar, group), ElementsAre("09:00", "09:30", "10:00", "11:00", "11:30"));
}

TEST(BookableStarts, TheDailyCapCountsSessions) {
  Calendar calendar = Open("09:00", "13:00");
  calendar.schedule.daily_cap = 2;
  Wanted group = OneHour();
  group.rules.capacity = 3;
  AddHold(calendar, group, Utc("2026-06-02 09:00"));
  AddHold(calendar, group, Utc("2026-06-02 09:00"));
  EXPECT_THAT(Starts(calendar, group), ElementsAre("09:00", "10:00", "11:00", "12:00"));
  Wanted single = OneHour();
  single.service.reset();
  AddHold(calendar, single, Utc("2026-06-02 12:00"));
  // Full, but a seat in a session that exists adds none.
  EXPECT_THAT(Starts(calendar, group), ElementsAre("09:00"));
  EXPECT_THAT(Starts(calendar, single), IsEmpty());
}

TEST(BookableStarts, TheDailyCapIsOfTheSpecialistsDate) {
  // 22:00 UTC on June 1 is June 2 in Berlin.
  Calendar calendar = CalendarIn("Europe/Berlin", EveryDay({Hours("00:00", "24:00")}));
  calendar.schedule.daily_cap = 1;
  AddHold(calendar, OneHour(), Utc("2026-06-01 22:00"));
  const auto starts = BookableStarts(calendar, OneHour(),
                                     UtcInterval("2026-06-01 20:00", "2026-06-02 23:00"), kNow);
  EXPECT_THAT(starts, ElementsAre(Utc("2026-06-01 20:00"), Utc("2026-06-01 21:00"),
                                  Utc("2026-06-02 22:00")));
}

TEST(BookableStarts, AMovedAppointmentFreesItsTimeAndItsPlaceInTheCap) {
  Calendar calendar = Open("09:00", "12:00");
  calendar.schedule.daily_cap = 1;
  const AppointmentId moved = AddHold(calendar, OneHour(), Utc("2026-06-02 10:00"));
  EXPECT_THAT(Starts(calendar, OneHour()), IsEmpty());
  Wanted wanted = OneHour(minutes{30});
  wanted.ignore = moved;
  EXPECT_THAT(Starts(calendar, wanted), ElementsAre("09:00", "09:30", "10:00", "10:30", "11:00"));
}

TEST(BookableStarts, HoldsOfThePastAndTheFutureAreSkipped) {
  Calendar calendar = Open("09:00", "11:00");
  for (int day = -400; day < 400; ++day) {
    if (day != 0) AddHold(calendar, OneHour(), Utc("2026-06-02 09:00") + hours{24 * day});
  }
  EXPECT_THAT(Starts(calendar, OneHour()), ElementsAre("09:00", "10:00"));
}

TEST(BookableStarts, TheLongestHoldIsSeen) {
  Calendar calendar = Open("09:00", "11:00");
  Wanted longest = OneHour();
  longest.rules.duration = hours{24};
  longest.rules.buffer_before = longest.rules.buffer_after = hours{12};
  AddHold(calendar, longest, Utc("2026-05-31 21:30"));  // Holds until June 2, 09:30.
  EXPECT_THAT(Starts(calendar, OneHour()), ElementsAre("10:00"));
}

TEST(BookableStarts, TheGridOfAnUnbrokenBlockIsAbsolute) {
  // Open without end: counted from the Monday 00:00 UTC of the week before, anew each week.
  const Calendar calendar = Open("00:00", "24:00");
  const Wanted wanted = OneHour(hours{7} + minutes{10});
  const auto starts =
      BookableStarts(calendar, wanted, UtcInterval("2026-06-01 00:00", "2026-06-15 00:00"), kNow);
  EXPECT_EQ(starts.size(), 46U);  // In each week the 24th to the 46th step from its anchor.
  for (const Instant start : starts) {
    const bool first_week = start < Utc("2026-06-08 00:00");
    const Instant anchor = Utc(first_week ? "2026-05-25 00:00" : "2026-06-01 00:00");
    EXPECT_EQ((start - anchor) % wanted.rules.step, seconds{0}) << ToText(start);
    EXPECT_TRUE(CheckBookable(calendar, wanted, start, kNow).ok());
  }
}

TEST(BookableStarts, TheGridStartsWithTheBlockWhileThatIsNearEnough) {
  Calendar calendar = Open("00:00", "24:00");
  calendar.closures = {UtcInterval("2026-01-01 00:00", "2026-06-03 10:07")};  // A Wednesday.
  const auto first_after = [&](const char* instant) {
    return BookableStarts(calendar, OneHour(hours{5}), {Utc(instant), Utc(instant) + hours{5}},
                          kNow)[0];
  };
  EXPECT_EQ(ToText(first_after("2026-06-03 10:00")), "2026-06-03 10:07");
  // 2026-06-14 is the Sunday of the week after: still counted from the block's start.
  EXPECT_EQ((first_after("2026-06-14 12:00") - Utc("2026-06-03 10:07")) % hours{5}, seconds{0});
  // From the Monday on, the week before is as far back as a grid goes.
  EXPECT_EQ((first_after("2026-06-15 00:00") - Utc("2026-06-08 00:00")) % hours{5}, seconds{0});
}

TEST(CheckBookable, RefusesInTheDocumentedOrder) {
  Calendar calendar = Open("09:00", "12:00");
  calendar.schedule.daily_cap = 1;
  AddHold(calendar, OneHour(), Utc("2026-06-02 10:00"));
  Wanted wanted = OneHour();
  wanted.rules.minimum_notice = hours{1};
  wanted.rules.horizon = hours{48};
  const struct {
    const char* name;
    const char* start;
    const char* now;
    std::string_view reason;
  } kCases[] = {
      {"too soon, and closed", "08:00", "2026-06-02 07:01", "NOTICE_TOO_SHORT"},
      {"in the past", "09:00", "2026-06-02 12:00", "NOTICE_TOO_SHORT"},
      {"too far, and closed", "08:00", "2026-05-31 07:59", "BEYOND_HORIZON"},
      {"closed, and off the grid", "08:30", "2026-06-01 00:00", "OUTSIDE_OPEN_HOURS"},
      {"ends after closing", "11:30", "2026-06-01 00:00", "OUTSIDE_OPEN_HOURS"},
      {"off the grid, and taken", "10:30", "2026-06-01 00:00", "OFF_GRID"},
      {"taken, and the cap reached", "10:00", "2026-06-01 00:00", "SLOT_TAKEN"},
      {"the cap reached", "09:00", "2026-06-01 00:00", "DAILY_CAP_REACHED"},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(Refusal(calendar, wanted, c.start, Utc(c.now)), c.reason);
  }
  calendar.schedule.daily_cap = 2;
  EXPECT_EQ(Refusal(calendar, wanted, "09:00"), "");
}

TEST(CheckFree, LooksAtOtherHoldsOnly) {
  Calendar calendar = Open("09:00", "12:00");
  calendar.schedule.daily_cap = 1;
  Wanted wanted = OneHour();
  wanted.rules.minimum_notice = hours{24 * 30};
  const AppointmentId held = AddHold(calendar, wanted, Utc("2026-06-02 10:00"));
  const auto is_free = [&](const char* start) {
    return ReasonName(CheckFree(calendar, wanted, Utc(start)));
  };
  EXPECT_EQ(is_free("2026-06-02 03:17"), "");
  EXPECT_EQ(is_free("2026-06-02 09:00"), "");
  EXPECT_EQ(is_free("2026-06-02 09:01"), "SLOT_TAKEN");
  EXPECT_EQ(is_free("2026-06-02 10:00"), "SLOT_TAKEN");
  EXPECT_EQ(is_free("2026-06-02 11:00"), "");
  wanted.ignore = held;
  EXPECT_EQ(is_free("2026-06-02 10:30"), "");
  wanted.ignore.reset();
  wanted.rules.capacity = 2;
  EXPECT_EQ(is_free("2026-06-02 10:00"), "SLOT_TAKEN");  // Booked alone, it stays alone.
  AddHold(calendar, wanted, Utc("2026-06-02 12:00"));
  EXPECT_EQ(is_free("2026-06-02 12:00"), "");
  EXPECT_EQ(is_free("2026-06-02 12:30"), "SLOT_TAKEN");
}

TEST(NearestStarts, AreInOrderAndTheEarlierWinsATie) {
  Calendar calendar = Open("09:00", "14:00");
  AddHold(calendar, OneHour(), Utc("2026-06-02 11:00"));
  const auto nearest = [&](int count) {
    std::vector<std::string> texts;
    for (const Instant start :
         NearestStarts(calendar, OneHour(), Utc("2026-06-02 11:00"), count, kNow)) {
      texts.push_back(date::format("%d %R", start));
    }
    return texts;
  };
  EXPECT_THAT(nearest(0), IsEmpty());
  EXPECT_THAT(nearest(1), ElementsAre("02 10:00"));
  EXPECT_THAT(nearest(2), ElementsAre("02 10:00", "02 12:00"));
  EXPECT_THAT(nearest(3), ElementsAre("02 09:00", "02 10:00", "02 12:00"));
  EXPECT_THAT(nearest(5), ElementsAre("01 13:00", "02 09:00", "02 10:00", "02 12:00", "02 13:00"));
}

TEST(NearestStarts, LookTwoWeeksToEachSide) {
  Calendar calendar = CalendarIn("UTC", {});
  calendar.openings = {UtcInterval("2026-06-02 10:00", "2026-06-02 11:00"),
                       UtcInterval("2026-06-30 10:00", "2026-06-30 12:00")};
  const auto found = NearestStarts(calendar, OneHour(), Utc("2026-06-16 10:00"), 10, kNow);
  EXPECT_THAT(found, ElementsAre(Utc("2026-06-02 10:00"), Utc("2026-06-30 10:00")));
}

TEST(HoldOf, AddsTheBuffers) {
  BookingRules rules;
  rules.duration = minutes{50};
  rules.buffer_before = minutes{10};
  rules.buffer_after = minutes{20};
  EXPECT_EQ(ToText(HoldOf(rules, Utc("2026-06-02 10:00"))), "2026-06-02 09:50 - 2026-06-02 11:10");
}

}  // namespace
}  // namespace kalends::core
