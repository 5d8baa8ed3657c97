// What becomes of agreed wall-clock times when zone rules change, at a start and under a running
// core: through the database and the notifications.
#include <gtest/gtest.h>

#include <map>

#include "core/app/booking_agreed.h"
#include "core/timezone/zone_rules.h"
#include "tests/storage/sqlite/temporary_file.h"
#include "tests/support/await.h"
#include "tests/support/log_capture.h"
#include "tests/support/made_up_zones.h"
#include "tests/support/notification_stream.h"
#include "tests/support/test_server.h"

namespace kalends::test {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using Bookings = v1::BookingService::Stub;
using Notice = v1::Notification;

// What was in force when everything was agreed, and what comes: at 10:00 it is 09:00 UTC then.
constexpr char kOldRules[] = "2:00 - TTT";
constexpr char kNewRules[] = "1:00 - TTT";

class AgreedTimesTest : public testing::Test {
 protected:
  AgreedTimesTest() {
    core::ReloadZoneRules();
    const Practice practice(server_);
    provider_ = practice.provider;
    service_ = practice.service;
    adapter_key_ = server_.MakeKey({v1::SCOPE_ADAPTER});
    SetZoneOfSchedule(kTown);
    Settle();
  }

  Client Specialist() { return {server_, server_.admin_key(), "telegram:1001"}; }
  Client Customer() { return {server_, server_.admin_key(), "telegram:2001"}; }
  Client Adapter() { return {server_, adapter_key_}; }

  void SetZoneOfSchedule(const std::string& zone) {
    v1::UpdateScheduleRequest request;
    request.mutable_schedule()->set_name(provider_ + "/schedule");
    request.mutable_schedule()->set_time_zone(zone);
    request.mutable_update_mask()->add_paths("time_zone");
    Specialist().Must(&v1::ScheduleService::Stub::UpdateSchedule, request);
  }

  v1::Appointment Request(core::Instant start) {
    v1::RequestAppointmentRequest request;
    request.set_parent(provider_);
    request.mutable_appointment()->set_service(service_);
    request.mutable_appointment()->mutable_start_time()->set_seconds(core::ToUnixSeconds(start));
    return Customer().Must(&Bookings::RequestAppointment, request);
  }
  std::string TryRequest(core::Instant start) {
    v1::RequestAppointmentRequest request;
    request.set_parent(provider_);
    request.mutable_appointment()->set_service(service_);
    request.mutable_appointment()->mutable_start_time()->set_seconds(core::ToUnixSeconds(start));
    return Customer().Try(&Bookings::RequestAppointment, request);
  }
  v1::Appointment Accepted(core::Instant start) {
    v1::AcceptAppointmentRequest acceptance;
    acceptance.set_name(Request(start).name());
    return Specialist().Must(&Bookings::AcceptAppointment, acceptance);
  }
  v1::Appointment Get(const std::string& name) {
    v1::GetAppointmentRequest request;
    request.set_name(name);
    return Customer().Must(&Bookings::GetAppointment, request);
  }

  // New rules come, and the core, which runs, looks for them.
  void Enact(const char* rules, const char* version) {
    zones_.SetRules(rules, version);
    server_.Advance(app::kZoneFilesLookEvery);
  }
  void RestartUnder(const char* rules, const char* version) {
    server_.Stop();
    zones_.SetRules(rules, version);
    server_.Restart();
  }

  // The next `count` notifications, acknowledged: of each person in their order.
  std::map<std::string, std::vector<Notice>> Told(int count) {
    std::map<std::string, std::vector<Notice>> told;
    const Client adapter = Adapter();
    NotificationStream stream(adapter);
    for (; count > 0; --count) {
      const Notice notice = stream.Next();
      told[notice.identity()].push_back(notice);
      Acknowledge(adapter, notice);
    }
    return told;
  }
  // Acknowledges all there is, up to a request that is made for it, and runs out.
  void Settle() {
    const core::Instant start = server_.now() + hours(24);
    const std::string mark = Request(start).name();
    v1::CancelAppointmentRequest cancellation;
    cancellation.set_name(mark);
    Customer().Must(&Bookings::CancelAppointment, cancellation);
    const Client adapter = Adapter();
    NotificationStream stream(adapter);
    while (true) {
      const Notice notice = stream.Next();
      Acknowledge(adapter, notice);
      if (notice.appointment().name() == mark &&
          notice.kind() == Notice::KIND_APPOINTMENT_CANCELLED) {
        return;
      }
    }
  }

  const storage::TemporaryFile file_;
  MadeUpZones zones_{kOldRules, "2026a"};
  TestServer server_{file_.path()};
  std::string provider_;
  std::string service_;
  std::string adapter_key_;
  const core::Instant ten_old_ = At("2026-03-05T08:00:00Z");
  const core::Instant ten_new_ = At("2026-03-05T09:00:00Z");
};

TEST_F(AgreedTimesTest, AreKeptWithTheAppointment) {
  const v1::Appointment::AgreedTime agreed = Request(ten_old_).agreed_time();
  EXPECT_EQ(agreed.local_time(), "2026-03-05T10:00:00");
  EXPECT_EQ(agreed.time_zone(), kTown);
  EXPECT_EQ(agreed.utc_offset().seconds(), 2 * 3600);
  EXPECT_EQ(agreed.rules_version(), "2026a");
  EXPECT_FALSE(agreed.needs_new_agreement());
}

TEST_F(AgreedTimesTest, StayUnderARunningCoreWhileTheStartMovesAndBothAreTold) {
  const v1::Appointment before = Accepted(ten_old_);
  Told(2);  // Of the request and the acceptance.
  Enact(kNewRules, "2026b");
  const auto told = Told(2);
  for (const std::string identity : {"telegram:1001", "telegram:2001"}) {
    ASSERT_TRUE(told.contains(identity)) << identity;
    const Notice& notice = told.at(identity).front();
    EXPECT_EQ(notice.kind(), Notice::KIND_AGREED_TIME_KEPT);
    EXPECT_EQ(notice.reason(), "zone_rules_moved");
    EXPECT_EQ(notice.actor(), v1::Appointment::ACTOR_SYSTEM);
    EXPECT_EQ(notice.previous_start_time().seconds(), core::ToUnixSeconds(ten_old_));
    EXPECT_EQ(notice.start_time().seconds(), core::ToUnixSeconds(ten_new_));
    EXPECT_EQ(notice.appointment().start_time().seconds(), core::ToUnixSeconds(ten_new_));
  }
  const v1::Appointment after = Get(before.name());
  EXPECT_EQ(after.start_time().seconds(), core::ToUnixSeconds(ten_new_));
  EXPECT_EQ(after.end_time().seconds() - after.start_time().seconds(), 3600);
  EXPECT_EQ(after.status(), v1::Appointment::STATUS_ACCEPTED);
  EXPECT_NE(after.etag(), before.etag());
  EXPECT_GT(after.revision(), before.revision());
  // The record of the agreement is that of its day.
  EXPECT_EQ(after.agreed_time().SerializeAsString(), before.agreed_time().SerializeAsString());
  const auto& line = after.history(after.history_size() - 1);
  EXPECT_EQ(line.from(), v1::Appointment::STATUS_ACCEPTED);
  EXPECT_EQ(line.to(), v1::Appointment::STATUS_ACCEPTED);
  EXPECT_EQ(line.reason(), "zone_rules_moved");
  // The hold went along, in memory and in the database: 09:00 is free and 10:00 is not.
  EXPECT_EQ(TryRequest(ten_new_), "SLOT_TAKEN");
  EXPECT_EQ(TryRequest(ten_old_), "OK");
}

TEST_F(AgreedTimesTest, TakeRemindersAlong) {
  Accepted(ten_old_);
  Told(2);
  Enact(kNewRules, "2026b");
  Told(2);
  // A day and two hours before 10:00 of the clock as it now is, and none of before.
  server_.SetNow(ten_new_ - hours(2));
  const auto told = Told(2).at("telegram:2001");
  EXPECT_EQ(told[0].kind(), Notice::KIND_REMINDER);
  EXPECT_EQ(told[0].event_time().seconds(), core::ToUnixSeconds(ten_new_ - hours(24)));
  EXPECT_EQ(told[1].event_time().seconds(), core::ToUnixSeconds(ten_new_ - hours(2)));
}

TEST_F(AgreedTimesTest, AreLostToWhatIsThereAndBothAreAskedToAgreeAnew) {
  const std::string first = Accepted(ten_old_).name();
  // From now on the specialist works by another clock, on which 09:00 UTC is free.
  SetZoneOfSchedule("UTC");
  const std::string second = Accepted(ten_new_).name();
  Told(4);
  Enact(kNewRules, "2026b");
  const auto told = Told(2);
  for (const std::string identity : {"telegram:1001", "telegram:2001"}) {
    ASSERT_TRUE(told.contains(identity)) << identity;
    const Notice& notice = told.at(identity).front();
    EXPECT_EQ(notice.kind(), Notice::KIND_AGREED_TIME_LOST);
    EXPECT_EQ(notice.reason(), "zone_rules_taken");
    EXPECT_EQ(notice.appointment().name(), first);
    EXPECT_EQ(notice.previous_start_time().seconds(), notice.start_time().seconds());
  }
  const v1::Appointment stays = Get(first);
  EXPECT_EQ(stays.start_time().seconds(), core::ToUnixSeconds(ten_old_));
  EXPECT_TRUE(stays.agreed_time().needs_new_agreement());
  EXPECT_EQ(stays.agreed_time().local_time(), "2026-03-05T10:00:00");
  EXPECT_FALSE(Get(second).agreed_time().needs_new_agreement());
}

TEST_F(AgreedTimesTest, AreAgreedAnewByAcceptingARequestWhereItIs) {
  const std::string first = Request(ten_old_).name();
  SetZoneOfSchedule("UTC");
  Accepted(ten_new_);
  Told(3);
  Enact(kNewRules, "2026b");
  Told(2);
  ASSERT_TRUE(Get(first).agreed_time().needs_new_agreement());
  v1::AcceptAppointmentRequest acceptance;
  acceptance.set_name(first);
  const auto agreed = Specialist().Must(&Bookings::AcceptAppointment, acceptance).agreed_time();
  EXPECT_FALSE(agreed.needs_new_agreement());
  EXPECT_EQ(agreed.local_time(), "2026-03-05T08:00:00");
  EXPECT_EQ(agreed.time_zone(), "UTC");
  EXPECT_EQ(agreed.rules_version(), "2026b");
}

TEST_F(AgreedTimesTest, StayOverARestartAndNobodyIsToldTwice) {
  const std::string kept = Accepted(ten_old_).name();
  SetZoneOfSchedule("UTC");
  const std::string lost = Accepted(At("2026-03-06T10:00:00Z")).name();  // 12:00 as it was.
  Accepted(At("2026-03-06T11:00:00Z"));                                  // And 13:00.
  SetZoneOfSchedule(kTown);
  Told(6);
  // As if the second had been agreed in the town, which it was not: it wants where the third is.
  const absl::Status written = server_.home().Write([](storage::Transaction& tx) {
    EXPECT_EQ(
        tx.Execute("UPDATE appointments SET agreed_wall_s = start_s + 7200,"
                   " agreed_zone = $1, agreed_offset_s = 7200 WHERE start_s = $2",
                   {std::string_view(kTown), core::ToUnixSeconds(At("2026-03-06T10:00:00Z"))}),
        1);
    return absl::OkStatus();
  });
  ASSERT_TRUE(written.ok()) << written;
  RestartUnder(kNewRules, "2026b");
  auto told = Told(4);
  for (const std::string identity : {"telegram:1001", "telegram:2001"}) {
    ASSERT_EQ(told[identity].size(), 2U) << identity;
    EXPECT_EQ(told[identity][0].appointment().name(), kept);
    EXPECT_EQ(told[identity][0].kind(), Notice::KIND_AGREED_TIME_KEPT);
    EXPECT_EQ(told[identity][1].appointment().name(), lost);
    EXPECT_EQ(told[identity][1].kind(), Notice::KIND_AGREED_TIME_LOST);
  }
  // Again, and by files that were written anew and say the same.
  const v1::Appointment before = Get(kept);
  server_.Restart();
  Enact(kNewRules, "2026b");
  // What runs out is told behind what would be told of the rules, by the same thread.
  const core::Instant runs_out = At("2026-03-03T10:00:00Z");
  const std::string mark = Request(runs_out).name();
  Told(1);
  server_.SetNow(runs_out);
  told = Told(2);
  for (const std::string identity : {"telegram:1001", "telegram:2001"}) {
    ASSERT_EQ(told[identity].size(), 1U) << identity;
    EXPECT_EQ(told[identity][0].appointment().name(), mark);
  }
  EXPECT_EQ(Get(kept).etag(), before.etag());
}

TEST_F(AgreedTimesTest, OfBeforeThereWereAnyAreFilledInAtTheStart) {
  const std::string name = Accepted(ten_old_).name();
  server_.Stop();
  const absl::Status written = server_.home().Write([](storage::Transaction& tx) {
    tx.Execute(OnPostgres() ? "DROP TRIGGER appointments_stay_agreed ON appointments"
                            : "DROP TRIGGER appointments_stay_agreed");
    tx.Execute(
        "UPDATE appointments SET agreed_wall_s = NULL, agreed_zone = NULL, agreed_offset_s = NULL,"
        " agreed_rules = NULL");
    return absl::OkStatus();
  });
  ASSERT_TRUE(written.ok()) << written;
  server_.Restart();
  ASSERT_TRUE(Eventually([&] { return Get(name).has_agreed_time(); }));
  EXPECT_EQ(Get(name).agreed_time().local_time(), "2026-03-05T10:00:00");
  EXPECT_EQ(Get(name).agreed_time().time_zone(), kTown);
  Told(2);
  Enact(kNewRules, "2026b");
  EXPECT_EQ(Told(2).at("telegram:2001").front().kind(), Notice::KIND_AGREED_TIME_KEPT);
}

TEST_F(AgreedTimesTest, OfManyAppointmentsAreAllKept) {
  // Each goes where the one before it is.
  std::vector<std::string> names;
  const Client customer = Customer();
  v1::ListSlotsRequest listing;
  listing.set_parent(provider_);
  listing.set_service(service_);
  listing.mutable_start_date()->set_year(2026);
  listing.mutable_start_date()->set_month(3);
  listing.mutable_start_date()->set_day(5);
  *listing.mutable_end_date() = listing.start_date();
  listing.mutable_end_date()->set_day(6);
  while (names.size() < 12) {
    const auto slots = customer.Must(&Bookings::ListSlots, listing);
    ASSERT_GT(slots.days_size(), 0);
    names.push_back(Accepted(core::FromUnixSeconds(slots.days(0).start_times_s(0))).name());
  }
  std::map<std::string, std::int64_t> starts;
  for (const std::string& name : names) starts[name] = Get(name).start_time().seconds();
  Told(24);
  Enact(kNewRules, "2026b");
  for (const auto& [identity, notices] : Told(24)) {
    EXPECT_EQ(notices.size(), 12U);
    for (const Notice& notice : notices) {
      EXPECT_EQ(notice.kind(), Notice::KIND_AGREED_TIME_KEPT);
    }
  }
  for (const std::string& name : names) {
    EXPECT_EQ(Get(name).start_time().seconds(), starts[name] + 3600);
  }
}

TEST_F(AgreedTimesTest, ServerStatsSayWhichRulesThereAreAndThatTheyAreOld) {
  const Client admin(server_, server_.admin_key());
  const auto stats = [&] {
    return admin.Must(&v1::AdminService::Stub::GetServerStats, v1::GetServerStatsRequest());
  };
  EXPECT_EQ(stats().zone_rules_version(), "2026a");
  EXPECT_TRUE(stats().has_zone_rules_time());
  EXPECT_FALSE(stats().zone_rules_old());
  EXPECT_GT(stats().zones_listed(), 400);
  EXPECT_EQ(stats().zones_known(), stats().zones_listed());
  server_.SetNow(At("2028-01-02T00:00:00Z"));
  EXPECT_TRUE(stats().zone_rules_old());
}

TEST(ZoneRulesLog, SaysTheVersionAndWarnsWhenItIsOld) {
  const LogCapture log;
  MadeUpZones zones(kOldRules, "2019c");
  core::ReloadZoneRules();
  const TestServer server;
  log.Await("info zone rules 2019c: ");
  log.Await("warning the zone rules are more than a year old");
}

}  // namespace
}  // namespace kalends::test
