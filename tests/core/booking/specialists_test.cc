// Who of several specialists keeps an appointment, and what they offer together.
#include "core/booking/specialists.h"

#include <map>
#include <string>
#include <utility>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/calendars.h"

namespace kalends::core {
namespace {

using std::chrono::hours;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr ServiceId kYoga{1}, kCut{2};
const Instant kNow = Utc("2026-06-01 00:00");
const Interval kDay = UtcInterval("2026-06-02 00:00", "2026-06-03 00:00");

Instant At(const std::string& clock) { return Utc("2026-06-02 " + clock); }

Wanted Lesson(ServiceId service, Minutes duration, int capacity) {
  Wanted wanted;
  wanted.service = service;
  wanted.rules.duration = duration;
  wanted.rules.step = hours{1};
  wanted.rules.capacity = capacity;
  return wanted;
}
const Wanted kAnHour = Lesson(kYoga, hours{1}, 3);

// One who works that day from `start` to `end`.
Calendar Working(std::int64_t id, const std::string& start, const std::string& end) {
  Calendar calendar = CalendarIn("UTC", EveryDay({Hours(start, end)}));
  calendar.specialist = {id};
  return calendar;
}

Calendar Busy(Calendar calendar, const Wanted& wanted, const std::string& clock) {
  AddHold(calendar, wanted, At(clock));
  return calendar;
}

std::vector<std::shared_ptr<const Calendar>> Team(std::vector<Calendar> calendars) {
  std::vector<std::shared_ptr<const Calendar>> team;
  for (Calendar& calendar : calendars) {
    team.push_back(std::make_shared<const Calendar>(std::move(calendar)));
  }
  return team;
}

std::vector<std::string> Texts(const std::vector<Instant>& starts) {
  std::vector<std::string> texts;
  for (const Instant start : starts) texts.push_back(date::format("%R", start));
  return texts;
}

// Nobody has anything to do.
Workload Idle(const Calendar&) { return {}; }

// `booked` and the clock since which they are idle ("": nothing before), by the specialist's id.
using Loads = std::map<std::int64_t, std::pair<Minutes, std::string>>;
WorkloadOf Of(const Loads& loads) {
  return [&loads](const Calendar& calendar) {
    const auto& [booked, since] = loads.at(calendar.specialist.value);
    return Workload{booked, since.empty() ? std::nullopt : std::optional(At(since))};
  };
}

TEST(OfferedIn, SeatsOfAllWhoAreThereAddUp) {
  const Wanted one = Lesson(kCut, hours{1}, 1);
  const auto team =
      Team({Busy(Working(1, "08:00", "11:00"), kAnHour, "09:00"), Working(2, "09:00", "11:00")});
  const Offered offered = OfferedIn(team, kAnHour, kDay, kNow);
  EXPECT_THAT(Texts(offered.starts), ElementsAre("08:00", "09:00", "10:00"));
  EXPECT_THAT(offered.seats, ElementsAre(3, 5, 6));
  EXPECT_THAT(OfferedIn(team, one, kDay, kNow).seats, IsEmpty());
}

TEST(ChooseSpecialist, IsFairAmongThoseWhoHaveTheLengthThatIsListed) {
  const Wanted cut = Lesson(kCut, hours{1}, 1);
  // Sessions that began when the service was of another length.
  const Wanted long_yoga = Lesson(kYoga, Minutes{90}, 3);
  const Wanted short_yoga = Lesson(kYoga, Minutes{30}, 3);
  const Calendar one = Working(1, "08:00", "18:00"), two = Working(2, "08:00", "18:00");
  const struct {
    const char* name;
    std::vector<Calendar> team;
    Loads loads;
    std::int64_t chosen;
  } kCases[] = {
      {"all alike: the smaller id", {two, one}, {{1, {}}, {2, {}}}, 1},
      {"one who does not work then", {Working(1, "12:00", "18:00"), two}, {}, 2},
      {"one who is taken", {Busy(one, cut, "10:00"), two}, {}, 2},
      {"fewer booked hours",
       {one, two},
       {{1, {Minutes{120}, "02:00"}}, {2, {Minutes{90}, "09:00"}}},
       2},
      {"as many booked hours, idle for longer",
       {one, two},
       {{1, {Minutes{60}, "09:00"}}, {2, {Minutes{60}, "08:59"}}},
       2},
      {"as many booked hours, never busy before",
       {one, two},
       {{1, {Minutes{60}, "01:00"}}, {2, {Minutes{60}, ""}}},
       2},
      {"alike in both: the smaller id",
       {two, one},
       {{1, {Minutes{60}, "09:00"}}, {2, {Minutes{60}, "09:00"}}},
       1},
      {"a session that lasts longer, however little there is to do",
       {Busy(one, long_yoga, "10:00"), two},
       {{1, {}}, {2, {Minutes{600}, "09:00"}}},
       2},
      {"a shorter session rather than a longer one",
       {Busy(one, long_yoga, "10:00"), Busy(two, short_yoga, "10:00")},
       {{1, {}}, {2, {Minutes{600}, "09:00"}}},
       2},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.name);
    const auto choice = ChooseSpecialist(Team(c.team), kAnHour, At("10:00"), kNow, Of(c.loads));
    ASSERT_TRUE(choice.ok()) << choice.status();
    EXPECT_EQ(choice->specialist.value, c.chosen);
    EXPECT_EQ(choice->placement.interval.start, At("10:00"));
  }
}

TEST(ChooseSpecialist, ByHandAsksOnlyWhoIsFree) {
  const Wanted cut = Lesson(kCut, hours{1}, 1);
  const auto team =
      Team({Busy(Working(1, "08:00", "10:00"), cut, "22:10"), Working(2, "12:00", "14:00")});
  const Instant late = At("22:15");  // Off every grid and outside all hours.
  EXPECT_EQ(ReasonName(ChooseSpecialist(team, kAnHour, late, kNow, Idle).status()),
            "OUTSIDE_OPEN_HOURS");
  const auto choice = ChooseSpecialist(team, kAnHour, late, kNow, Idle, Placing::kByHand);
  ASSERT_TRUE(choice.ok()) << choice.status();
  EXPECT_EQ(choice->specialist.value, 2);
}

// Kept by specialist 1 from 10:00 to 11:00.
Appointment Agreed(const Wanted& wanted) {
  Appointment appointment;
  appointment.id = {500};
  appointment.specialist = {1};
  appointment.service = wanted.service;
  appointment.status = AppointmentStatus::kAccepted;
  appointment.interval = appointment.hold = {At("10:00"), At("11:00")};
  appointment.capacity = wanted.rules.capacity;
  return appointment;
}

TEST(ChooseStandIn, TakesWhoWorksThenAndIsFreeFairly) {
  const Wanted cut = Lesson(kCut, hours{1}, 1);
  const Calendar two = Working(2, "08:00", "18:00"), three = Working(3, "08:00", "18:00");
  const struct {
    const char* name;
    std::vector<Calendar> team;
    Wanted wanted;
    Loads loads;
    std::string_view refusal;
    std::int64_t chosen;
  } kCases[] = {
      {"nobody", {}, cut, {}, "SPECIALIST_NOT_OFFERING", 0},
      {"only who keeps it", {Working(1, "08:00", "18:00")}, cut, {}, "SPECIALIST_NOT_OFFERING", 0},
      {"outside hours", {Working(2, "10:30", "18:00")}, cut, {}, "OUTSIDE_OPEN_HOURS", 0},
      {"busy", {Busy(two, cut, "10:30")}, cut, {}, "SLOT_TAKEN", 0},
      {"free", {Busy(two, cut, "11:00")}, cut, {}, "", 2},
      {"fewer hours", {two, three}, cut, {{2, {Minutes{60}, ""}}, {3, {}}}, "", 3},
      {"a seat in a session alike", {Busy(two, kAnHour, "10:00")}, kAnHour, {}, "", 2},
      {"a session of another length",
       {Busy(two, Lesson(kYoga, Minutes{90}, 3), "10:00")},
       kAnHour,
       {},
       "SLOT_TAKEN",
       0},
      {"a session of another capacity",
       {Busy(two, Lesson(kYoga, hours{1}, 5), "10:00")},
       kAnHour,
       {},
       "SLOT_TAKEN",
       0},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.name);
    const auto choice = ChooseStandIn(Team(c.team), Agreed(c.wanted), Of(c.loads));
    EXPECT_EQ(ReasonName(choice.status()), c.refusal);
    EXPECT_EQ(choice.ok() ? choice->specialist.value : 0, c.chosen);
  }
}

TEST(WorkloadFrom, CountsTheWeekByTheSpecialistsClockAndLooksBackFromTheStart) {
  Calendar calendar = Working(1, "08:00", "18:00");
  calendar.schedule.time_zone = "Pacific/Auckland";  // UTC+12 in June.
  // Tuesday, 2 June in UTC is Tuesday, 22:00, there.
  const Instant start = At("10:00");
  const Interval week = WeekOfWork(calendar, start);
  EXPECT_EQ(week.start, Utc("2026-05-31 12:00"));
  EXPECT_EQ(week.end, Utc("2026-06-07 12:00"));
  const std::vector<Interval> booked = {
      {Utc("2026-06-03 10:00"), Utc("2026-06-03 12:00")},  // This week, behind the start.
      {Utc("2026-05-31 11:30"), Utc("2026-05-31 12:30")},  // Half of it in this week.
      {Utc("2026-05-20 10:00"), Utc("2026-05-20 11:00")},
      {Utc("2026-06-08 10:00"), Utc("2026-06-08 11:00")},
  };
  const Workload load = WorkloadFrom(booked, week, start);
  EXPECT_EQ(load.booked, Minutes{150});
  EXPECT_EQ(load.idle_since, Utc("2026-05-31 12:30"));
  EXPECT_EQ(WorkloadFrom({}, week, start).idle_since, std::nullopt);
}

TEST(ChooseSpecialist, SaysWhyNobodyCan) {
  const Wanted cut = Lesson(kCut, hours{1}, 1);
  const auto refusal = [&](std::vector<Calendar> team) {
    return ReasonName(
        ChooseSpecialist(Team(std::move(team)), kAnHour, At("10:00"), kNow, Idle).status());
  };
  EXPECT_EQ(refusal({}), "SPECIALIST_NOT_OFFERING");
  EXPECT_EQ(refusal({Working(1, "12:00", "18:00")}), "OUTSIDE_OPEN_HOURS");
  EXPECT_EQ(
      refusal({Working(1, "12:00", "18:00"), Busy(Working(2, "08:00", "18:00"), cut, "10:00")}),
      "SLOT_TAKEN");
}

TEST(OfferedIn, HoldsEachStartOnceAndWhatCanBeBookedWithSomebody) {
  const auto team = Team({Working(1, "08:00", "11:00"), Working(2, "10:00", "12:00")});
  const Offered offered = OfferedIn(team, kAnHour, kDay, kNow);
  EXPECT_THAT(Texts(offered.starts), ElementsAre("08:00", "09:00", "10:00", "11:00"));
  EXPECT_THAT(offered.other_lengths, IsEmpty());
  for (const Instant start : offered.starts) {
    EXPECT_TRUE(ChooseSpecialist(team, kAnHour, start, kNow, Idle).ok()) << ToText(start);
  }
  EXPECT_THAT(OfferedIn({}, kAnHour, kDay, kNow).starts, IsEmpty());
}

TEST(OfferedIn, NamesAnotherLengthWhereWhoeverWouldBeChosenHasIt) {
  const Wanted long_yoga = Lesson(kYoga, Minutes{90}, 3);
  const Calendar joining = Busy(Working(1, "10:00", "12:00"), long_yoga, "10:00");
  const Calendar free = Working(2, "10:00", "11:00");
  const struct {
    const char* name;
    std::vector<Calendar> team;
  } kCases[] = {{"alone", {joining}}, {"with one who has the length", {joining, free}}};
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.name);
    const auto team = Team(c.team);
    const auto choice = ChooseSpecialist(team, kAnHour, At("10:00"), kNow, Idle);
    ASSERT_TRUE(choice.ok());
    const Interval& kept = choice->placement.interval;
    const bool other = kept.end - kept.start != hours{1};
    EXPECT_EQ(other, c.team.size() == 1);
    const auto lengths = OfferedIn(team, kAnHour, kDay, kNow).other_lengths;
    if (other) {
      EXPECT_THAT(lengths, ElementsAre(kept));
    } else {
      EXPECT_THAT(lengths, IsEmpty());
    }
  }
}

TEST(NearestStarts, OfSeveralAreTheNearestOfAllEachOnce) {
  const auto team = Team({Working(1, "08:00", "10:00"), Working(2, "09:00", "15:00")});
  EXPECT_THAT(Texts(NearestStarts(team, kAnHour, At("11:00"), 3, kNow)),
              ElementsAre("10:00", "11:00", "12:00"));
  // 08:00 and 14:00 are as far: the earlier one.
  EXPECT_THAT(Texts(NearestStarts(team, kAnHour, At("11:00"), 6, kNow)),
              ElementsAre("08:00", "09:00", "10:00", "11:00", "12:00", "13:00"));
}

TEST(FirstStart, IsTheEarliestOfAllUpToTheHorizon) {
  Wanted wanted = kAnHour;
  wanted.rules.horizon = date::days(200);
  const auto team = Team({Working(1, "12:00", "18:00"), Working(2, "09:00", "11:00")});
  EXPECT_EQ(FirstStart(team, wanted, At("00:00"), kNow), At("09:00"));
  EXPECT_EQ(FirstStart(team, wanted, At("10:30"), kNow), At("12:00"));
  // Further away than one look reaches.
  Calendar away = Working(3, "09:00", "11:00");
  away.closures = {{kNow, kNow + 2 * kSlotRangeMax}};
  EXPECT_EQ(FirstStart(Team({away}), wanted, kNow, kNow), Utc("2026-10-03 09:00"));
  wanted.rules.horizon = kSlotRangeMax;
  EXPECT_EQ(FirstStart(Team({away}), wanted, kNow, kNow), std::nullopt);
  EXPECT_EQ(FirstStart({}, wanted, kNow, kNow), std::nullopt);
}

}  // namespace
}  // namespace kalends::core
