// What a group session keeps while its service changes, and who may join it.
#include "core/booking/group_session.h"

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
using testing::ElementsAre;
using testing::IsEmpty;

const Instant kNow = Utc("2026-06-01 00:00");

Instant At(const std::string& clock) { return Utc("2026-06-02 " + clock); }

Calendar Open(const std::string& start, const std::string& end) {
  return CalendarIn("UTC", EveryDay({Hours(start, end)}));
}

// An hour long, hourly, for three.
Wanted Group() {
  Wanted wanted;
  wanted.service = ServiceId{1};
  wanted.rules.duration = hours{1};
  wanted.rules.step = hours{1};
  wanted.rules.capacity = 3;
  return wanted;
}

std::vector<std::string> Starts(const Calendar& calendar, const Wanted& wanted) {
  std::vector<std::string> texts;
  const Interval day = UtcInterval("2026-06-02 00:00", "2026-06-03 00:00");
  for (const Instant start : BookableStarts(calendar, wanted, day, kNow)) {
    texts.push_back(date::format("%R", start));
    EXPECT_TRUE(CheckBookable(calendar, wanted, start, kNow).ok()) << texts.back();
  }
  return texts;
}

std::string Refusal(const Calendar& calendar, const Wanted& wanted, const std::string& start) {
  return ReasonName(CheckBookable(calendar, wanted, At(start), kNow));
}

std::string Show(const Placement& placement) {
  return ToText(placement.interval) + ", hold " + ToText(placement.hold) + ", for " +
         std::to_string(placement.capacity);
}

TEST(GroupSession, IsFullAtTheCapacityItBeganWith) {
  const struct {
    const char* name;
    int began_with;
    int members;
    int now;
    const char* refusal;
  } kCases[] = {
      {"alone, and the service became a group", 1, 1, 5, "SLOT_TAKEN"},
      {"alone, and nothing changed", 1, 1, 1, "SLOT_TAKEN"},
      {"raised, and a seat is left", 3, 2, 5, ""},
      {"raised, and the seats are taken", 3, 3, 5, "SLOT_TAKEN"},
      {"lowered, and a seat is left", 5, 2, 3, ""},
      {"lowered below those who are there", 5, 3, 2, ""},
      {"lowered, and the seats are taken", 5, 5, 2, "SLOT_TAKEN"},
      {"the service became individual", 3, 1, 1, ""},
      {"the service became individual, and the seats are taken", 3, 3, 1, "SLOT_TAKEN"},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.name);
    Calendar calendar = Open("09:00", "12:00");
    Wanted wanted = Group();
    wanted.rules.capacity = c.began_with;
    const Placement began = PlacementAt(calendar, wanted, At("10:00"));
    for (int i = 0; i < c.members; ++i) PutHold(calendar, wanted.service, began);
    wanted.rules.capacity = c.now;
    EXPECT_EQ(Refusal(calendar, wanted, "10:00"), c.refusal);
    const bool joins = *c.refusal == '\0';
    EXPECT_EQ(CheckFree(calendar, wanted, At("10:00")).ok(), joins);
    const auto starts = Starts(calendar, wanted);
    EXPECT_EQ(std::count(starts.begin(), starts.end(), "10:00"), joins ? 1 : 0);
    if (!joins) continue;
    EXPECT_EQ(PlacementAt(calendar, wanted, At("10:00")).capacity, c.began_with);
  }
}

TEST(GroupSession, GivesItsLengthBuffersAndCapacityToWhoJoins) {
  Calendar calendar = Open("08:00", "18:00");
  Wanted wanted = Group();
  wanted.rules.buffer_before = minutes{10};
  AddHold(calendar, wanted, At("10:00"));
  const std::string began =
      "2026-06-02 10:00 - 2026-06-02 11:00, hold 2026-06-02 09:50 - 2026-06-02 11:00, for 3";
  EXPECT_EQ(Show(PlacementAt(calendar, wanted, At("10:00"))), began);
  wanted.rules.duration = minutes{90};
  wanted.rules.buffer_before = minutes{0};
  wanted.rules.buffer_after = minutes{30};
  wanted.rules.capacity = 8;
  EXPECT_EQ(Show(PlacementAt(calendar, wanted, At("10:00"))), began);
  // One that begins has what the service now says.
  EXPECT_EQ(Show(PlacementAt(calendar, wanted, At("14:00"))),
            "2026-06-02 14:00 - 2026-06-02 15:30, hold 2026-06-02 14:00 - 2026-06-02 16:00, for 8");
}

TEST(GroupSession, IsJoinedWhateverTheServiceWouldNowTakeThere) {
  const struct {
    const char* name;
    Minutes duration;
    Minutes buffer;
    Minutes step;
    std::vector<std::string> starts;
  } kCases[] = {
      // Of 09:00 to 12:00, where 10:00 to 11:00 is the session and 11:00 to 12:00 is taken.
      {"as it was", minutes{60}, minutes{0}, minutes{60}, {"09:00", "10:00"}},
      {"longer than what is free", minutes{90}, minutes{0}, minutes{60}, {"10:00"}},
      {"longer than the day", minutes{240}, minutes{0}, minutes{60}, {"10:00"}},
      {"shorter", minutes{30}, minutes{0}, minutes{30}, {"09:00", "09:30", "10:00"}},
      {"with buffers that would not fit", minutes{60}, minutes{15}, minutes{60}, {"10:00"}},
      {"off the grid", minutes{25}, minutes{0}, minutes{50}, {"09:00", "10:00"}},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.name);
    Calendar calendar = Open("09:00", "12:00");
    Wanted wanted = Group();
    AddHold(calendar, wanted, At("10:00"));
    Wanted other = Group();
    other.service = ServiceId{2};
    AddHold(calendar, other, At("11:00"));
    wanted.rules.duration = c.duration;
    wanted.rules.buffer_before = wanted.rules.buffer_after = c.buffer;
    wanted.rules.step = c.step;
    EXPECT_EQ(Starts(calendar, wanted), c.starts);
  }
}

TEST(GroupSession, MustLieInOpenTimeAsLongAsItLasts) {
  Calendar calendar = Open("09:00", "12:00");
  Wanted wanted = Group();
  AddHold(calendar, wanted, At("11:00"));
  calendar.closures = {UtcInterval("2026-06-02 11:45", "2026-06-02 12:00")};
  wanted.rules.duration = wanted.rules.step = minutes{30};
  // Half an hour would fit, but the session is an hour.
  EXPECT_EQ(Refusal(calendar, wanted, "11:00"), "OUTSIDE_OPEN_HOURS");
  EXPECT_THAT(Starts(calendar, wanted), ElementsAre("09:00", "09:30", "10:00", "10:30"));
  calendar.closures.clear();
  wanted.rules.duration = hours{2};
  EXPECT_EQ(Refusal(calendar, wanted, "11:00"), "");
}

TEST(GroupSession, NoticeAndHorizonAreThoseOfTheService) {
  Calendar calendar = Open("09:00", "12:00");
  Wanted wanted = Group();
  AddHold(calendar, wanted, At("10:00"));
  wanted.rules.minimum_notice = hours{48};
  EXPECT_EQ(Refusal(calendar, wanted, "10:00"), "NOTICE_TOO_SHORT");
  wanted.rules.minimum_notice = hours{0};
  wanted.rules.horizon = hours{24};
  EXPECT_EQ(Refusal(calendar, wanted, "10:00"), "BEYOND_HORIZON");
}

TEST(GroupSession, IsDefinedByWhoIsLeft) {
  Calendar calendar = Open("09:00", "12:00");
  Wanted wanted = Group();
  for (int i = 0; i < 3; ++i) AddHold(calendar, wanted, At("10:00"));
  wanted.rules.duration = minutes{30};
  wanted.rules.capacity = 5;
  EXPECT_EQ(Refusal(calendar, wanted, "10:00"), "SLOT_TAKEN");
  calendar.holds.erase(calendar.holds.begin());  // Who was first.
  EXPECT_EQ(Show(PlacementAt(calendar, wanted, At("10:00"))),
            "2026-06-02 10:00 - 2026-06-02 11:00, hold 2026-06-02 10:00 - 2026-06-02 11:00, for 3");
  EXPECT_EQ(Refusal(calendar, wanted, "10:00"), "");
  calendar.holds.clear();
  EXPECT_EQ(Show(PlacementAt(calendar, wanted, At("10:00"))),
            "2026-06-02 10:00 - 2026-06-02 10:30, hold 2026-06-02 10:00 - 2026-06-02 10:30, for 5");
}

TEST(GroupSession, OfMembersThatDifferTakesNobodyInAndThrowsNobodyOut) {
  const Placement one{{At("10:00"), At("11:00")}, {At("10:00"), At("11:00")}, 3};
  const struct {
    const char* name;
    Placement other;
    bool stays;
  } kCases[] = {
      {"another end", {{At("10:00"), At("10:30")}, {At("10:00"), At("10:30")}, 3}, true},
      {"another hold", {{At("10:00"), At("11:00")}, {At("09:45"), At("11:00")}, 3}, true},
      {"another capacity", {{At("10:00"), At("11:00")}, {At("10:00"), At("11:00")}, 9}, true},
      {"somebody who was alone",
       {{At("10:00"), At("11:00")}, {At("10:00"), At("11:00")}, 1},
       false},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.name);
    Calendar calendar = Open("09:00", "12:00");
    Wanted wanted = Group();
    wanted.rules.capacity = 9;
    const AppointmentId first = PutHold(calendar, wanted.service, one);
    const AppointmentId other = PutHold(calendar, wanted.service, c.other);
    EXPECT_EQ(Refusal(calendar, wanted, "10:00"), "SLOT_TAKEN");
    // To accept what sits there asks whether it may stay.
    for (const AppointmentId id : {first, other}) {
      wanted.ignore = id;
      EXPECT_EQ(CheckFree(calendar, wanted, At("10:00")).ok(), c.stays);
    }
    if (!c.stays) continue;
    EXPECT_EQ(Show(PlacementAt(calendar, wanted, At("10:00"))), Show(c.other));
  }
}

TEST(GroupSession, TakesInAnAppointmentThatMovesIfItHasItsLengthAndWasNotAlone) {
  const struct {
    const char* name;
    Minutes duration;
    int capacity;
    const char* refusal;
  } kCases[] = {
      {"of the same length", minutes{60}, 2, ""},
      {"longer", minutes{90}, 2, "SLOT_TAKEN"},
      {"shorter", minutes{45}, 2, "SLOT_TAKEN"},
      {"alone until now", minutes{60}, 1, "SLOT_TAKEN"},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.name);
    Calendar calendar = Open("09:00", "18:00");
    AddHold(calendar, Group(), At("10:00"));
    Wanted moved = Group();
    moved.rules.duration = c.duration;
    moved.rules.capacity = c.capacity;
    moved.ignore = AddHold(calendar, moved, At("14:00"));
    EXPECT_EQ(ReasonName(CheckFree(calendar, moved, At("10:00"))), c.refusal);
    EXPECT_EQ(Refusal(calendar, moved, "10:00"), c.refusal);
    // Within its own time it goes where it likes.
    EXPECT_TRUE(CheckFree(calendar, moved, At("14:15")).ok());
  }
}

TEST(GroupSession, ASeatAddsNothingToTheDailyCap) {
  Calendar calendar = Open("09:00", "12:00");
  calendar.schedule.daily_cap = 1;
  Wanted wanted = Group();
  AddHold(calendar, wanted, At("10:00"));
  wanted.rules.capacity = 1;
  wanted.rules.duration = minutes{30};
  EXPECT_THAT(Starts(calendar, wanted), ElementsAre("10:00"));
  EXPECT_EQ(Refusal(calendar, wanted, "09:00"), "DAILY_CAP_REACHED");
}

TEST(GroupSession, AlternativesAreSessionsWithASeatToo) {
  Calendar calendar = Open("09:00", "12:00");
  Wanted wanted = Group();
  for (int i = 0; i < 3; ++i) AddHold(calendar, wanted, At("10:00"));
  AddHold(calendar, wanted, At("11:00"));
  wanted.rules.duration = hours{2};
  wanted.rules.capacity = 9;
  EXPECT_THAT(NearestStarts(calendar, wanted, At("10:00"), 1, kNow), ElementsAre(At("11:00")));
}

TEST(OtherLengths, AreThoseOfTheSessionsThatBeganOtherwise) {
  Calendar calendar = Open("09:00", "13:00");
  Wanted wanted = Group();
  AddHold(calendar, wanted, At("10:00"));
  wanted.rules.duration = minutes{30};
  AddHold(calendar, wanted, At("12:00"));
  const std::vector<Instant> starts = {At("09:00"), At("10:00"), At("12:00")};
  EXPECT_THAT(OtherLengths(calendar, wanted, starts),
              ElementsAre(Interval{At("10:00"), At("11:00")}));
  // Only of what was listed.
  EXPECT_THAT(OtherLengths(calendar, wanted, std::vector{At("09:00"), At("12:00")}), IsEmpty());
  EXPECT_THAT(OtherLengths(calendar, wanted, {}), IsEmpty());
}

}  // namespace
}  // namespace kalends::core
