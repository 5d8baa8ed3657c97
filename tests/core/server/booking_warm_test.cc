// What a booking looks at comes into memory before the one writer is asked.
#include <gtest/gtest.h>

#include "tests/storage/sqlite/temporary_file.h"
#include "tests/support/test_server.h"

namespace kalends::test {
namespace {

class WarmBooking : public testing::Test {
 protected:
  WarmBooking() {
    const Practice practice(server_);
    provider_ = practice.provider;
    service_ = practice.service;
    server_.Restart();
  }

  // Refused before the writer has looked at any calendar: nothing that it replaces is there.
  std::string TryRequest(const std::string& account) {
    v1::RequestAppointmentRequest request;
    request.set_parent(provider_);
    request.mutable_appointment()->set_service(service_);
    request.mutable_appointment()->mutable_start_time()->set_seconds(
        core::ToUnixSeconds(At("2026-03-03T09:00:00Z")));
    request.set_replaces("providers/-/appointments/0000000000001");
    return Client(server_, server_.admin_key(), account)
        .Try(&v1::BookingService::Stub::RequestAppointment, request);
  }
  std::int64_t CalendarsCached() {
    return Client(server_, server_.admin_key())
        .Must(&v1::AdminService::Stub::GetServerStats, v1::GetServerStatsRequest())
        .calendars_cached();
  }

  const storage::TemporaryFile file_;
  TestServer server_{file_.path()};
  std::string provider_;
  std::string service_;
};

TEST_F(WarmBooking, BringsCalendarsIntoMemoryBeforeTheWrite) {
  EXPECT_EQ(CalendarsCached(), 0);
  EXPECT_EQ(TryRequest("telegram:2001"), "NOT_FOUND");
  EXPECT_EQ(CalendarsCached(), 1);
}

TEST_F(WarmBooking, BringsNothingForWhoMayNotSeeTheProvider) {
  v1::EnsureAccountRequest stranger;
  stranger.set_identity("telegram:404");
  stranger.set_display_name("Nobody");
  Client(server_, server_.admin_key()).Must(&v1::AccountService::Stub::EnsureAccount, stranger);
  EXPECT_EQ(TryRequest("telegram:404"), "NOT_FOUND");
  EXPECT_EQ(CalendarsCached(), 0);
}

}  // namespace
}  // namespace kalends::test
