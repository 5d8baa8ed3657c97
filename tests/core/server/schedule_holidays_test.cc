// Files of public holidays and previews of closures over the wire.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "tests/support/test_server.h"

namespace kalends::test {
namespace {

using Schedules = v1::ScheduleService::Stub;
using std::chrono::hours;
using testing::ElementsAre;
using testing::IsEmpty;

class HolidaysTest : public testing::Test {
 protected:
  // All-day entries of 2026, by month, day and name.
  v1::ImportHolidaysRequest Import(const std::vector<std::array<std::string, 3>>& entries) const {
    std::string file = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n";
    for (const auto& [month, day, name] : entries) {
      file += "BEGIN:VEVENT\r\nSUMMARY:" + name + "\r\nDTSTART;VALUE=DATE:2026" + month + day +
              "\r\nEND:VEVENT\r\n";
    }
    v1::ImportHolidaysRequest request;
    request.set_name(practice_.provider + "/schedule");
    request.set_calendar(file + "END:VCALENDAR\r\n");
    return request;
  }
  v1::Schedule Get() const {
    v1::GetScheduleRequest request;
    request.set_name(practice_.provider + "/schedule");
    return practice_.specialist.Must(&Schedules::GetSchedule, request);
  }
  v1::CreateClosureRequest Closing(core::Instant start, core::Instant end) const {
    v1::CreateClosureRequest request;
    request.set_parent(practice_.provider);
    request.mutable_closure()->mutable_start_time()->set_seconds(core::ToUnixSeconds(start));
    request.mutable_closure()->mutable_end_time()->set_seconds(core::ToUnixSeconds(end));
    return request;
  }
  int Closures() const {
    v1::ListClosuresRequest request;
    request.set_parent(practice_.provider);
    return practice_.specialist.Must(&Schedules::ListClosures, request).closures_size();
  }
  static std::vector<std::string> Labels(
      const google::protobuf::RepeatedPtrField<v1::SpecialDate>& dates) {
    std::vector<std::string> labels;
    for (const v1::SpecialDate& one : dates) labels.push_back(one.label());
    return labels;
  }

  TestServer server_;
  Practice practice_{server_};
  const core::Instant ten_ = At("2026-03-03T09:00:00Z");  // Tuesday, 10:00 in Berlin.
};

TEST_F(HolidaysTest, AFileIsShownBeforeItIsAppliedAndChangesOnlyWhatChanged) {
  const auto appointment = practice_.MustRequest(ten_);
  auto request = Import({{"03", "03", "Feast"}, {"12", "25", "Christmas"}});
  request.set_validate_only(true);
  const auto before = Get();
  const auto preview = practice_.specialist.Must(&Schedules::ImportHolidays, request);
  EXPECT_THAT(Labels(preview.added()), ElementsAre("Feast", "Christmas"));
  EXPECT_THAT(preview.affected_appointments(), ElementsAre(appointment.name()));
  EXPECT_EQ(Get().SerializeAsString(), before.SerializeAsString());
  request.set_validate_only(false);
  request.set_etag(before.etag());
  const auto applied = practice_.specialist.Must(&Schedules::ImportHolidays, request);
  EXPECT_THAT(Labels(applied.added()), ElementsAre("Feast", "Christmas"));
  EXPECT_THAT(applied.affected_appointments(), ElementsAre(appointment.name()));
  EXPECT_TRUE(Get().special_dates(0).imported());
  EXPECT_EQ(practice_.specialist.Try(&Schedules::ImportHolidays, request), "STALE_ETAG");
  const auto next =
      practice_.specialist.Must(&Schedules::ImportHolidays,
                                Import({{"12", "25", "Weihnachten"}, {"12", "26", "Boxing Day"}}));
  EXPECT_THAT(Labels(next.removed()), ElementsAre("Feast"));
  EXPECT_THAT(Labels(next.changed()), ElementsAre("Weihnachten"));
  EXPECT_THAT(Labels(next.added()), ElementsAre("Boxing Day"));
  EXPECT_THAT(Labels(Get().special_dates()), ElementsAre("Weihnachten", "Boxing Day"));
}

TEST_F(HolidaysTest, AnEditedHolidayIsTheProvidersOwn) {
  practice_.specialist.Must(&Schedules::ImportHolidays, Import({{"12", "24", "Eve"}}));
  v1::ChangeSpecialDatesRequest edit;
  edit.set_name(practice_.provider + "/schedule");
  *edit.add_added() = Get().special_dates(0);
  edit.mutable_added(0)->set_imported(false);
  auto* morning = edit.mutable_added(0)->add_hours();
  morning->set_start_minute(540);
  morning->set_end_minute(720);
  practice_.specialist.Must(&Schedules::ChangeSpecialDates, edit);
  const auto again =
      practice_.specialist.Must(&Schedules::ImportHolidays, Import({{"12", "24", "Eve"}}));
  EXPECT_THAT(Labels(again.kept()), ElementsAre("Eve"));
  EXPECT_EQ(Get().special_dates(0).hours_size(), 1);
  practice_.specialist.Must(&Schedules::ImportHolidays, Import({}));
  EXPECT_EQ(Get().special_dates_size(), 1);
}

TEST_F(HolidaysTest, WhatIsNoCalendarIsRefusedWithTheFieldsName) {
  v1::ImportHolidaysRequest request;
  request.set_name(practice_.provider + "/schedule");
  v1::ImportHolidaysResponse unused;
  request.set_calendar("%PDF-1.7");
  EXPECT_EQ(FieldOf(practice_.specialist.Call(&Schedules::ImportHolidays, request, &unused)),
            "calendar");
  request.set_calendar(std::string((256 << 10) + 1, 'a'));
  EXPECT_EQ(practice_.specialist.Try(&Schedules::ImportHolidays, request), "LIMIT_REACHED");
}

TEST_F(HolidaysTest, AClosureTellsWhatItTakesTimeOfBeforeItIsMade) {
  const auto hit = practice_.MustRequest(ten_);
  practice_.MustRequest(ten_ + hours(2));
  // One by night, whom no hours hold, is not hit by a closure elsewhere.
  v1::RescheduleAppointmentRequest night;
  night.set_name(practice_.MustRequest(ten_ + hours(4)).name());
  night.mutable_start_time()->set_seconds(core::ToUnixSeconds(ten_ + hours(12)));
  practice_.specialist.Must(&v1::BookingService::Stub::RescheduleAppointment, night);
  auto request = Closing(ten_ - hours(1), ten_ + std::chrono::minutes(1));
  request.set_validate_only(true);
  const auto preview = practice_.specialist.Must(&Schedules::CreateClosure, request);
  EXPECT_THAT(preview.affected_appointments(), ElementsAre(hit.name()));
  EXPECT_THAT(preview.closure().name(), IsEmpty());
  EXPECT_EQ(Closures(), 0);
  request.set_validate_only(false);
  const auto made = practice_.specialist.Must(&Schedules::CreateClosure, request);
  EXPECT_THAT(made.affected_appointments(), ElementsAre(hit.name()));
  EXPECT_EQ(Closures(), 1);
  // What is still to be seen to: that one, and what was placed outside hours.
  v1::ListAppointmentsRequest outside;
  outside.set_parent(practice_.provider);
  outside.set_filter(v1::ListAppointmentsRequest::FILTER_OUTSIDE_HOURS);
  outside.set_page_size(1);
  std::vector<std::string> left;
  do {
    const auto page =
        practice_.specialist.Must(&v1::BookingService::Stub::ListAppointments, outside);
    for (const auto& one : page.appointments()) left.push_back(one.name());
    outside.set_page_token(page.next_page_token());
  } while (!outside.page_token().empty());
  EXPECT_THAT(left, ElementsAre(hit.name(), night.name()));
  outside.clear_page_token();
  outside.set_parent("accounts/me");
  EXPECT_EQ(practice_.customer.Try(&v1::BookingService::Stub::ListAppointments, outside),
            "INVALID_FIELD");
  // Touching is not hitting.
  request = Closing(ten_ + hours(1), ten_ + hours(2));
  EXPECT_THAT(practice_.specialist.Must(&Schedules::CreateClosure, request).affected_appointments(),
              IsEmpty());
}

TEST_F(HolidaysTest, NewHoursTellWhomTheyHitBeforeTheyCount) {
  const auto hit = practice_.MustRequest(ten_);
  v1::ChangeWeeklyHoursRequest request;
  request.set_name(practice_.provider + "/schedule");
  request.add_cleared_weekdays(2);
  request.set_validate_only(true);
  const auto before = Get();
  const auto preview = practice_.specialist.Must(&Schedules::ChangeWeeklyHours, request);
  EXPECT_THAT(preview.affected_appointments(), ElementsAre(hit.name()));
  EXPECT_EQ(preview.schedule().weekly_hours_size(), before.weekly_hours_size() - 1);
  EXPECT_EQ(Get().SerializeAsString(), before.SerializeAsString());
  practice_.MustRequest(ten_ + hours(1));  // The hours of before still count.
}

}  // namespace
}  // namespace kalends::test
