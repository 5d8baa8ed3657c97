#include "storage/schedule.h"

#include "storage/booking.h"
#include "tests/storage/sample.h"

namespace kalends::storage {
namespace {

using core::Minutes;
using std::chrono::hours;

core::Schedule FullSchedule() {
  core::Schedule schedule;
  schedule.time_zone = "Asia/Kathmandu";
  schedule.week_a_monday = date::local_days(date::days(20000));
  schedule.weekly = {{date::Monday, {Minutes(540), Minutes(720)}, core::WeekParity::kEvery},
                     {date::Sunday, {Minutes(0), Minutes(1440)}, core::WeekParity::kB},
                     {date::Monday, {Minutes(1320), Minutes(120)}, core::WeekParity::kA}};
  const date::local_days day(date::days(20100));
  schedule.special_dates = {
      {day - date::days(7), true, {}, "New Year"},
      {day, false, {{Minutes(600), Minutes(660)}, {Minutes(700), Minutes(0)}}, ""},
      {day + date::days(1), false, {{Minutes(60), Minutes(120)}}, "Fair"},
      {day + date::days(2), false, {}, "From a file", true}};
  schedule.daily_cap = 8;
  return schedule;
}

core::Interval Span(int from_h, int to_h) { return {kNow + hours(from_h), kNow + hours(to_h)}; }

TEST(Schedules, AScheduleComesBackAsItWasWritten) {
  Store store;
  const auto first = store.Read([](Transaction& tx) { return FindSchedule(tx, kCarla); });
  ASSERT_TRUE(first);
  EXPECT_EQ(first->schedule, core::Schedule());
  EXPECT_EQ(first->version, 1);

  for (const core::Schedule& schedule : {FullSchedule(), core::Schedule(), FullSchedule()}) {
    store.Write([&](Transaction& tx) { ReplaceSchedule(tx, kCarla, {schedule, 9}); });
    const auto found = store.Read([](Transaction& tx) { return FindSchedule(tx, kCarla); });
    EXPECT_EQ(found->schedule, schedule);
    EXPECT_EQ(found->version, 9);
  }
  EXPECT_EQ(store.Read([](Transaction& tx) { return ScheduleTimeZone(tx, kCarla); }),
            "Asia/Kathmandu");
  EXPECT_FALSE(store.Read([](Transaction& tx) { return FindSchedule(tx, kStudio); }));
  EXPECT_FALSE(store.Read([](Transaction& tx) { return ScheduleTimeZone(tx, kStudio); }));
}

TEST(Schedules, AllWeekdaysSurvive) {
  Store store;
  core::Schedule schedule;
  for (unsigned day = 0; day < 7; ++day) {
    schedule.weekly.push_back({date::weekday(day), {Minutes(60), Minutes(120)}});
  }
  store.Write([&](Transaction& tx) { ReplaceSchedule(tx, kDan, {schedule, 2}); });
  EXPECT_EQ(store.Read([](Transaction& tx) { return FindSchedule(tx, kDan); })->schedule, schedule);
}

TEST(Schedules, ClosuresAreListedFromNowOnInPagesOfAnySize) {
  Store store;
  store.Write([](Transaction& tx) {
    InsertClosure(tx, kCarla, {{101}, Span(-2, 0), "over"});
    InsertClosure(tx, kCarla, {{102}, Span(5, 6), "later"});
    InsertClosure(tx, kCarla, {{103}, Span(-2, 1), "now"});
    InsertClosure(tx, kCarla, {{104}, Span(5, 7), "same start"});
    InsertClosure(tx, kDan, {{105}, Span(5, 7), "other"});
  });
  EXPECT_EQ(store.Read([](Transaction& tx) { return CountClosures(tx, kCarla); }), 4);
  for (int limit = 1; limit <= 4; ++limit) {
    SCOPED_TRACE(limit);
    std::vector<std::int64_t> ids;
    std::optional<ClosureCursor> after;
    while (true) {
      const auto page =
          store.Read([&](Transaction& tx) { return ListClosures(tx, kCarla, kNow, after, limit); });
      for (const std::int64_t id : IdsOf(page)) ids.push_back(id);
      if (page.size() < static_cast<std::size_t>(limit)) break;
      after = {page.back().interval.start, page.back().id};
    }
    EXPECT_EQ(ids, (std::vector<std::int64_t>{103, 102, 104}));
  }
  bool deleted = false;
  store.Write([&](Transaction& tx) { deleted = DeleteClosure(tx, kDan, {102}); });
  EXPECT_FALSE(deleted);
  store.Write([&](Transaction& tx) { deleted = DeleteClosure(tx, kCarla, {102}); });
  EXPECT_TRUE(deleted);
  EXPECT_EQ(store.Read([](Transaction& tx) { return CountClosures(tx, kCarla); }), 3);
}

TEST(Schedules, OpeningsAreListedFromNowOnInPagesOfAnySize) {
  Store store;
  store.Write([](Transaction& tx) {
    InsertOpening(tx, kCarla, {{101}, Span(-2, 0)});
    InsertOpening(tx, kCarla, {{102}, Span(5, 6)});
    InsertOpening(tx, kCarla, {{103}, Span(5, 7)});
  });
  for (int limit = 1; limit <= 3; ++limit) {
    std::vector<std::int64_t> ids;
    std::optional<OpeningCursor> after;
    while (true) {
      const auto page =
          store.Read([&](Transaction& tx) { return ListOpenings(tx, kCarla, kNow, after, limit); });
      for (const std::int64_t id : IdsOf(page)) ids.push_back(id);
      if (page.size() < static_cast<std::size_t>(limit)) break;
      after = {page.back().interval.start, page.back().id};
    }
    EXPECT_EQ(ids, (std::vector<std::int64_t>{102, 103}));
  }
  bool deleted = false;
  store.Write([&](Transaction& tx) { deleted = DeleteOpening(tx, kCarla, {102}); });
  EXPECT_TRUE(deleted);
  EXPECT_EQ(store.Read([](Transaction& tx) { return CountOpenings(tx, kCarla); }), 2);
}

TEST(Schedules, ACalendarCountsItsChanges) {
  Store store;
  EXPECT_EQ(store.Read([](Transaction& tx) { return CalendarVersion(tx, kCarla); }), 1);
  store.Write([&](Transaction& tx) { BumpCalendarVersion(tx, kCarla); });
  EXPECT_EQ(store.Read([](Transaction& tx) { return CalendarVersion(tx, kCarla); }), 2);
  EXPECT_FALSE(store.Read([](Transaction& tx) { return CalendarVersion(tx, kStudio); }));
}

TEST(Schedules, ACalendarHoldsWhatEndsAfterTheGivenInstant) {
  Store store;
  store.Write([](Transaction& tx) {
    ReplaceSchedule(tx, kCarla, {FullSchedule(), 2});
    InsertClosure(tx, kCarla, {{101}, Span(8, 9), ""});
    InsertClosure(tx, kCarla, {{102}, Span(-3, 1), ""});
    InsertClosure(tx, kCarla, {{103}, Span(-3, 0), ""});
    InsertOpening(tx, kCarla, {{104}, Span(-1, 1)});
    core::Appointment longest = SampleAppointment(201, kNow - hours(36) + std::chrono::minutes(1));
    longest.interval.end = longest.interval.start + hours(24);
    longest.hold = {longest.interval.start - hours(12), longest.interval.end + hours(12)};
    longest.service.reset();
    InsertAppointment(tx, longest);
    InsertAppointment(tx, GroupAppointment(203, kNow + hours(2)));
    InsertAppointment(tx, GroupAppointment(202, kNow + hours(2)));
    core::Appointment cancelled = SampleAppointment(204, kNow + hours(4));
    cancelled.status = core::AppointmentStatus::kCancelled;
    InsertAppointment(tx, cancelled);
  });
  const auto calendar = store.Read([](Transaction& tx) { return LoadCalendar(tx, kCarla, kNow); });
  ASSERT_TRUE(calendar);
  EXPECT_EQ(calendar->specialist, kCarla);
  EXPECT_EQ(calendar->version, 1);
  EXPECT_EQ(calendar->schedule, FullSchedule());
  EXPECT_EQ(calendar->closures, (std::vector{Span(-3, 1), Span(8, 9)}));
  EXPECT_EQ(calendar->openings, (std::vector{Span(-1, 1)}));
  ASSERT_EQ(calendar->holds.size(), 3U);
  EXPECT_EQ(calendar->holds[0].appointment.value, 201);
  EXPECT_EQ(calendar->holds[0].interval.start, kNow - hours(36) + std::chrono::minutes(1));
  EXPECT_EQ(calendar->holds[0].interval.end, kNow - hours(12) + std::chrono::minutes(1));
  EXPECT_FALSE(calendar->holds[0].service);
  EXPECT_EQ(calendar->holds[1].appointment.value, 202);
  EXPECT_EQ(calendar->holds[1].hold, Span(2, 3));
  EXPECT_EQ(calendar->holds[2].service, kYoga);
  EXPECT_EQ(calendar->holds[2].interval, Span(2, 3));
  EXPECT_EQ(calendar->holds[2].capacity, 3);
  EXPECT_EQ(calendar->holds[0].capacity, 1);
  EXPECT_FALSE(store.Read([](Transaction& tx) { return LoadCalendar(tx, kStudio, kNow); }));
}

}  // namespace
}  // namespace kalends::storage
