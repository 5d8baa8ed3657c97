// Calendars of elsewhere over the wire: what they close, who may fetch them, what is never shown.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/export.h"
#include "tests/support/test_server.h"

namespace kalends::test {
namespace {

using Busy = v1::BusyCalendarService::Stub;
using Schedules = v1::ScheduleService::Stub;
using std::chrono::hours;
using std::chrono::minutes;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class BusyTest : public testing::Test {
 protected:
  v1::BusyCalendar Add(const std::string& address = "webcal://elsewhere.example/secret.ics") const {
    v1::CreateBusyCalendarRequest request;
    request.set_parent(practice_.provider);
    request.mutable_busy_calendar()->set_kind(v1::BusyCalendar::KIND_FILE);
    request.mutable_busy_calendar()->set_address(address);
    return practice_.specialist.Must(&Busy::CreateBusyCalendar, request);
  }
  v1::BusyCalendar Get(const std::string& name) const {
    v1::GetBusyCalendarRequest request;
    request.set_name(name);
    return practice_.specialist.Must(&Busy::GetBusyCalendar, request);
  }
  std::vector<v1::LeasedBusyCalendar> Lease() const {
    v1::LeaseBusyCalendarsRequest request;
    request.set_max_calendars(10);
    const auto answer = fetcher_.Must(&Busy::LeaseBusyCalendars, request);
    return {answer.calendars().begin(), answer.calendars().end()};
  }
  v1::ReportBusyCalendarRequest Report(const v1::LeasedBusyCalendar& leased) const {
    v1::ReportBusyCalendarRequest report;
    report.set_name(leased.name());
    report.set_lease(leased.lease());
    return report;
  }
  // Leases the only one that is due, and reports these times.
  void Fetch(const std::vector<core::Interval>& times) const {
    const auto leased = Lease();
    ASSERT_THAT(leased, SizeIs(1));
    auto report = Report(leased[0]);
    auto* read = report.mutable_read();
    read->set_entity_tag("\"1\"");
    for (const core::Interval& time : times) {
      read->add_times_s(core::ToUnixSeconds(time.start));
      read->add_times_s(core::ToUnixSeconds(time.end));
    }
    EXPECT_EQ(fetcher_.Try(&Busy::ReportBusyCalendar, report), "OK");
  }
  bool IsOpen(core::Instant at) const {
    v1::ListBusyTimesRequest request;
    request.set_parent(practice_.provider);
    request.mutable_start_time()->set_seconds(core::ToUnixSeconds(at));
    request.mutable_end_time()->set_seconds(core::ToUnixSeconds(at + minutes(1)));
    return practice_.specialist.Must(&Schedules::ListBusyTimes, request).open_size() > 0;
  }

  TestServer server_;
  Practice practice_{server_};
  const Client fetcher_{server_, server_.MakeKey({v1::SCOPE_BUSY})};
  const core::Instant ten_ = At("2026-03-03T09:00:00Z");  // Tuesday, 10:00 in Berlin.
};

TEST_F(BusyTest, ItsTimesCloseTheCalendarUntilTheyAreGone) {
  ASSERT_TRUE(IsOpen(ten_));
  const auto added = Add();
  Fetch({{ten_, ten_ + hours(1)}});
  EXPECT_FALSE(IsOpen(ten_));
  EXPECT_TRUE(IsOpen(ten_ + hours(1)));
  EXPECT_EQ(Get(added.name()).busy_count(), 1);
  server_.Advance(hours(1));
  Fetch({});
  EXPECT_TRUE(IsOpen(ten_));
  server_.Advance(hours(1));
  Fetch({{ten_, ten_ + hours(1)}});
  v1::DeleteBusyCalendarRequest remove;
  remove.set_name(added.name());
  practice_.specialist.Must(&Busy::DeleteBusyCalendar, remove);
  EXPECT_TRUE(IsOpen(ten_));
}

TEST_F(BusyTest, TheSpecialistSeesWhatIsClosedFromElsewhere) {
  Add();
  Fetch({{ten_ - hours(1), ten_ + hours(1)}});
  v1::ListBusyTimesRequest request;
  request.set_parent(practice_.provider);
  request.mutable_start_time()->set_seconds(core::ToUnixSeconds(ten_));
  request.mutable_end_time()->set_seconds(core::ToUnixSeconds(ten_ + hours(5)));
  const auto times = practice_.specialist.Must(&Schedules::ListBusyTimes, request);
  ASSERT_EQ(times.imported_size(), 1);
  EXPECT_EQ(times.imported(0).start_time().seconds(), core::ToUnixSeconds(ten_));
  EXPECT_EQ(times.imported(0).end_time().seconds(), core::ToUnixSeconds(ten_ + hours(1)));
}

TEST_F(BusyTest, AppointmentsInItsTimesAreToldAndStay) {
  const auto appointment = practice_.MustRequest(ten_);
  const auto added = Add();
  Fetch({{ten_ - hours(1), ten_ + minutes(1)}});
  EXPECT_THAT(Get(added.name()).affected_appointments(), ElementsAre(appointment.name()));
  v1::GetAppointmentRequest request;
  request.set_name(appointment.name());
  EXPECT_EQ(practice_.specialist.Must(&v1::BookingService::Stub::GetAppointment, request).status(),
            appointment.status());
}

TEST_F(BusyTest, WhatFailedKeepsTheTimesOfBefore) {
  const auto added = Add();
  Fetch({{ten_, ten_ + hours(1)}});
  server_.Advance(hours(1));
  auto report = Report(Lease().at(0));
  report.mutable_failed()->set_failure(v1::BusyCalendar::FAILURE_MISSING);
  report.mutable_failed()->set_http_status(404);
  EXPECT_EQ(fetcher_.Try(&Busy::ReportBusyCalendar, report), "OK");
  EXPECT_FALSE(IsOpen(ten_));
  const auto now = Get(added.name());
  EXPECT_EQ(now.failure(), v1::BusyCalendar::FAILURE_MISSING);
  EXPECT_EQ(now.http_status(), 404);
  EXPECT_TRUE(now.has_success_time());
  EXPECT_THAT(Lease(), IsEmpty());
}

TEST_F(BusyTest, OneIsFetchedByOneAtATime) {
  Add();
  const auto first = Lease();
  ASSERT_THAT(first, SizeIs(1));
  EXPECT_THAT(Lease(), IsEmpty());
  // Who has fallen silent loses it.
  server_.Advance(minutes(5));
  const auto second = Lease();
  ASSERT_THAT(second, SizeIs(1));
  auto late = Report(first[0]);
  late.mutable_unchanged();
  EXPECT_EQ(fetcher_.Try(&Busy::ReportBusyCalendar, late), "LEASE_LOST");
  auto report = Report(second[0]);
  report.mutable_unchanged();
  EXPECT_EQ(fetcher_.Try(&Busy::ReportBusyCalendar, report), "OK");
  EXPECT_EQ(fetcher_.Try(&Busy::ReportBusyCalendar, report), "LEASE_LOST");
}

TEST_F(BusyTest, AChangeIsFetchedAnewAndTakesTheLease) {
  const auto added = Add();
  const auto leased = Lease();
  v1::UpdateBusyCalendarRequest update;
  update.mutable_busy_calendar()->set_name(added.name());
  update.mutable_busy_calendar()->set_address("https://other.example/c.ics");
  update.mutable_update_mask()->add_paths("address");
  EXPECT_EQ(practice_.specialist.Must(&Busy::UpdateBusyCalendar, update).host(), "other.example");
  auto report = Report(leased.at(0));
  report.mutable_unchanged();
  EXPECT_EQ(fetcher_.Try(&Busy::ReportBusyCalendar, report), "LEASE_LOST");
  EXPECT_EQ(Lease().at(0).address(), "https://other.example/c.ics");
}

TEST_F(BusyTest, TheServersMarksComeBackUntilADayIsOver) {
  Add();
  Fetch({});
  server_.Advance(hours(1));
  const auto soon = Lease();
  ASSERT_THAT(soon, SizeIs(1));
  EXPECT_EQ(soon[0].entity_tag(), "\"1\"");
  server_.Advance(hours(20));
  EXPECT_EQ(Lease().at(0).entity_tag(), "");
}

TEST_F(BusyTest, TheAddressIsShownToTheFetcherAlone) {
  const auto added = Add();
  EXPECT_EQ(added.address(), "");
  EXPECT_EQ(added.host(), "elsewhere.example");
  v1::ListBusyCalendarsRequest list;
  list.set_parent(practice_.provider);
  for (const std::string& shown :
       {Get(added.name()).DebugString(),
        practice_.specialist.Must(&Busy::ListBusyCalendars, list).DebugString(),
        ExportOf(practice_.specialist).files.at("provider/busy_calendars.json")}) {
    EXPECT_EQ(shown.find("secret"), std::string::npos) << shown;
    EXPECT_NE(shown.find("elsewhere.example"), std::string::npos) << shown;
  }
  EXPECT_EQ(practice_.specialist.Try(&Busy::LeaseBusyCalendars, v1::LeaseBusyCalendarsRequest()),
            "ACCOUNT_NOT_ALLOWED");
  EXPECT_EQ(Lease().at(0).address(), "https://elsewhere.example/secret.ics");
}

TEST_F(BusyTest, ThereAreFiveAtMost) {
  for (int i = 0; i < 5; ++i) Add();
  v1::CreateBusyCalendarRequest request;
  request.set_parent(practice_.provider);
  request.mutable_busy_calendar()->set_kind(v1::BusyCalendar::KIND_FILE);
  request.mutable_busy_calendar()->set_address("https://a.example");
  EXPECT_EQ(practice_.specialist.Try(&Busy::CreateBusyCalendar, request), "LIMIT_REACHED");
}

TEST_F(BusyTest, TimesThatAreNoneAreRefused) {
  Add();
  const auto leased = Lease();
  for (const std::vector<std::int64_t>& times : std::vector<std::vector<std::int64_t>>{
           {1}, {2, 1}, {1, 1}, {-1, 1}, {1, std::int64_t{1} << 62}}) {
    auto report = Report(leased.at(0));
    report.mutable_read()->mutable_times_s()->Assign(times.begin(), times.end());
    EXPECT_EQ(fetcher_.Try(&Busy::ReportBusyCalendar, report), "INVALID_FIELD");
  }
}

}  // namespace
}  // namespace kalends::test
