// Working hours over the wire: single ones in and out, without losing what others do.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/test_server.h"

namespace kalends::test {
namespace {

using Schedules = v1::ScheduleService::Stub;

class ScheduleTest : public testing::Test {
 protected:
  v1::Schedule Get() const {
    v1::GetScheduleRequest request;
    request.set_name(name_);
    return practice_.specialist.Must(&Schedules::GetSchedule, request);
  }
  v1::ChangeSpecialDatesRequest Add(int month, int day, const std::string& label = "") const {
    v1::ChangeSpecialDatesRequest request;
    request.set_name(name_);
    *request.add_added()->mutable_date() = Date(month, day);
    request.mutable_added(0)->set_label(label);
    return request;
  }
  static v1::Date Date(int month, int day) {
    v1::Date date;
    date.set_year(2026);
    date.set_month(month);
    date.set_day(day);
    return date;
  }
  static v1::WeeklyHours Hours(int weekday, int start, int end) {
    v1::WeeklyHours hours;
    hours.set_weekday(weekday);
    hours.mutable_hours()->set_start_minute(start);
    hours.mutable_hours()->set_end_minute(end);
    return hours;
  }

  TestServer server_;
  Practice practice_{server_};
  const std::string name_ = practice_.provider + "/schedule";
};

TEST_F(ScheduleTest, HolidaysOfSeveralToolsAddUp) {
  for (int day = 1; day <= 20; ++day) {
    practice_.specialist.Must(&Schedules::ChangeSpecialDates, Add(12, day));
  }
  const auto changed =
      practice_.specialist.Must(&Schedules::ChangeSpecialDates, Add(12, 5, "Nikolaus"));
  EXPECT_EQ(changed.schedule().special_dates_size(), 20);
  EXPECT_EQ(changed.schedule().special_dates(4).label(), "Nikolaus");
  v1::ChangeSpecialDatesRequest remove;
  remove.set_name(name_);
  *remove.add_removed() = Date(12, 7);
  EXPECT_EQ(practice_.specialist.Must(&Schedules::ChangeSpecialDates, remove)
                .schedule()
                .special_dates_size(),
            19);
  EXPECT_EQ(practice_.specialist.Try(&Schedules::ChangeSpecialDates, remove), "NOT_FOUND");
}

TEST_F(ScheduleTest, HoursComeAndGoWithoutTheRestOfTheWeek) {
  v1::ChangeWeeklyHoursRequest change;
  change.set_name(name_);
  *change.add_added() = Hours(5, 18 * 60, 20 * 60);
  auto schedule = practice_.specialist.Must(&Schedules::ChangeWeeklyHours, change).schedule();
  EXPECT_EQ(schedule.weekly_hours_size(), 6);
  change.clear_added();
  change.add_cleared_weekdays(5);
  schedule = practice_.specialist.Must(&Schedules::ChangeWeeklyHours, change).schedule();
  EXPECT_EQ(schedule.weekly_hours_size(), 4);
  change.clear_cleared_weekdays();
  *change.add_removed() = Hours(1, 9 * 60, 17 * 60);
  EXPECT_EQ(practice_.specialist.Try(&Schedules::ChangeWeeklyHours, change), "OK");
  EXPECT_EQ(practice_.specialist.Try(&Schedules::ChangeWeeklyHours, change), "NOT_FOUND");
  EXPECT_EQ(Get().weekly_hours_size(), 3);
}

TEST_F(ScheduleTest, AChangeSaysWhomItHits) {
  const auto appointment = practice_.MustRequest(At("2026-03-03T09:00:00Z"));
  const auto changed = practice_.specialist.Must(&Schedules::ChangeSpecialDates, Add(3, 3));
  ASSERT_EQ(changed.affected_appointments_size(), 1);
  EXPECT_EQ(changed.affected_appointments(0), appointment.name());
}

TEST_F(ScheduleTest, AnOpeningSaysWhomItLeavesOutsideTheHoursBeforeItGoesAndAsItGoes) {
  // A Sunday, on which nobody works.
  v1::CreateOpeningRequest create;
  create.set_parent(practice_.provider);
  v1::Opening& wanted = *create.mutable_opening();
  wanted.mutable_start_time()->set_seconds(core::ToUnixSeconds(At("2026-03-08T09:00:00Z")));
  wanted.mutable_end_time()->set_seconds(core::ToUnixSeconds(At("2026-03-08T12:00:00Z")));
  const auto opening = practice_.specialist.Must(&Schedules::CreateOpening, create);
  const auto appointment = practice_.MustRequest(At("2026-03-08T09:00:00Z"));
  practice_.MustRequest(At("2026-03-03T09:00:00Z"));
  v1::GetOpeningRequest get;
  get.set_name(opening.name());
  EXPECT_EQ(practice_.specialist.Must(&Schedules::GetOpening, get).start_time().seconds(),
            wanted.start_time().seconds());
  v1::DeleteOpeningRequest remove;
  remove.set_name(opening.name());
  for (const bool only_says : {true, false}) {
    remove.set_validate_only(only_says);
    const auto answer = practice_.specialist.Must(&Schedules::DeleteOpening, remove);
    ASSERT_EQ(answer.affected_appointments_size(), 1) << only_says;
    EXPECT_EQ(answer.affected_appointments(0), appointment.name());
    EXPECT_EQ(practice_.specialist.Try(&Schedules::GetOpening, get),
              only_says ? "OK" : "NOT_FOUND");
  }
  EXPECT_EQ(practice_.specialist.Try(&Schedules::DeleteOpening, remove), "NOT_FOUND");
}

TEST_F(ScheduleTest, AClosureIsReadByItsName) {
  v1::CreateClosureRequest create;
  create.set_parent(practice_.provider);
  v1::Closure& wanted = *create.mutable_closure();
  wanted.mutable_start_time()->set_seconds(core::ToUnixSeconds(At("2026-03-04T00:00:00Z")));
  wanted.mutable_end_time()->set_seconds(core::ToUnixSeconds(At("2026-03-06T00:00:00Z")));
  wanted.set_label("Urlaub");
  const auto closure = practice_.specialist.Must(&Schedules::CreateClosure, create).closure();
  v1::GetClosureRequest get;
  get.set_name(closure.name());
  EXPECT_EQ(practice_.specialist.Must(&Schedules::GetClosure, get).label(), "Urlaub");
  v1::DeleteClosureRequest remove;
  remove.set_name(closure.name());
  practice_.specialist.Must(&Schedules::DeleteClosure, remove);
  EXPECT_EQ(practice_.specialist.Try(&Schedules::GetClosure, get), "NOT_FOUND");
}

TEST_F(ScheduleTest, AListIsReplacedOnlyByWhoHasSeenIt) {
  const auto seen = Get();
  practice_.specialist.Must(&Schedules::ChangeSpecialDates, Add(12, 24));
  v1::UpdateScheduleRequest replace;
  *replace.mutable_schedule() = seen;
  replace.mutable_schedule()->clear_etag();
  replace.mutable_update_mask()->add_paths("special_dates");
  v1::UpdateScheduleResponse response;
  const grpc::Status refused =
      practice_.specialist.Call(&Schedules::UpdateSchedule, replace, &response);
  EXPECT_EQ(FieldOf(refused), "schedule.etag");
  replace.mutable_schedule()->set_etag(seen.etag());
  EXPECT_EQ(practice_.specialist.Try(&Schedules::UpdateSchedule, replace), "STALE_ETAG");
  EXPECT_EQ(Get().special_dates_size(), 1);
  replace.mutable_schedule()->set_etag(Get().etag());
  EXPECT_EQ(practice_.specialist.Try(&Schedules::UpdateSchedule, replace), "OK");
  EXPECT_EQ(Get().special_dates_size(), 0);
}

TEST_F(ScheduleTest, ARefusalNamesTheEntry) {
  v1::ChangeWeeklyHoursRequest hours;
  hours.set_name(name_);
  for (int i = 0; i < 12; ++i) *hours.add_added() = Hours(1, i, i + 1);
  *hours.add_added() = Hours(1, 1440, 10);
  v1::UpdateScheduleResponse response;
  EXPECT_EQ(FieldOf(practice_.specialist.Call(&Schedules::ChangeWeeklyHours, hours, &response)),
            "added[12].hours");
  auto dates = Add(12, 24);
  *dates.add_added() = dates.added(0);
  EXPECT_EQ(FieldOf(practice_.specialist.Call(&Schedules::ChangeSpecialDates, dates, &response)),
            "added[1].date");
  dates = Add(2, 30);
  EXPECT_EQ(FieldOf(practice_.specialist.Call(&Schedules::ChangeSpecialDates, dates, &response)),
            "added[0].date");
  dates.clear_added();
  EXPECT_EQ(FieldOf(practice_.specialist.Call(&Schedules::ChangeSpecialDates, dates, &response)),
            "added");
}

}  // namespace
}  // namespace kalends::test
