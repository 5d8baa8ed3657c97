// Starts that cannot be booked: who asks for them on and on is held up, and nobody else.
#include <gtest/gtest.h>

#include "core/base/limits.h"
#include "tests/support/test_server.h"

namespace kalends::test {
namespace {

using Booking = v1::BookingService::Stub;

class BookingRefusalsTest : public testing::Test {
 protected:
  BookingRefusalsTest() { practice_.MustRequest(taken_); }

  grpc::Status Ask(const Client& client, core::Instant start,
                   const std::string& request_id = "") const {
    v1::RequestAppointmentRequest request;
    request.set_parent(practice_.provider);
    request.mutable_appointment()->set_service(practice_.service);
    request.mutable_appointment()->mutable_start_time()->set_seconds(core::ToUnixSeconds(start));
    request.set_request_id(request_id);
    v1::Appointment appointment;
    return client.Call(&Booking::RequestAppointment, request, &appointment);
  }
  // As often as an account may in a minute.
  void UseUp(const Client& client) const {
    for (int i = 0; i < core::kRefusedStartsPerMinuteMax; ++i) {
      const grpc::Status refused = Ask(client, taken_);
      ASSERT_EQ(ReasonOf(refused), "SLOT_TAKEN") << i;
      ASSERT_FALSE(AlternativesOf(refused).empty()) << i;
    }
  }

  TestServer server_;
  Practice practice_{server_};
  const core::Instant taken_ = At("2026-03-03T09:00:00Z");  // Tuesday, 10:00 in Berlin.
  const core::Instant free_ = taken_ + std::chrono::hours(2);
  const Client greedy_ = practice_.NewCustomer("telegram:2002");
  const Client modest_ = practice_.NewCustomer("telegram:2003");
};

TEST_F(BookingRefusalsTest, WhoAsksOnAndOnIsHeldUpAndToldForHowLong) {
  UseUp(greedy_);
  const grpc::Status held_up = Ask(greedy_, taken_);
  EXPECT_EQ(held_up.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(ReasonOf(held_up), "RATE_LIMITED");
  EXPECT_TRUE(AlternativesOf(held_up).empty());
  ASSERT_EQ(RetryDelayOf(held_up), std::chrono::seconds(1));
  // Before anything is looked at, so a free start is no exception.
  EXPECT_EQ(ReasonOf(Ask(greedy_, free_)), "RATE_LIMITED");
  server_.Advance(std::chrono::seconds(1));
  EXPECT_EQ(ReasonOf(Ask(greedy_, free_)), "OK");
}

TEST_F(BookingRefusalsTest, NobodyElseIsHeldUp) {
  UseUp(greedy_);
  ASSERT_EQ(ReasonOf(Ask(greedy_, taken_)), "RATE_LIMITED");
  const grpc::Status refused = Ask(modest_, taken_);
  EXPECT_EQ(ReasonOf(refused), "SLOT_TAKEN");
  EXPECT_FALSE(AlternativesOf(refused).empty());
  EXPECT_EQ(ReasonOf(Ask(modest_, free_)), "OK");
}

TEST_F(BookingRefusalsTest, WhatIsBookedIsNoRefusalAndNeitherIsARepeat) {
  const grpc::Status first = Ask(greedy_, free_, "once");
  ASSERT_EQ(ReasonOf(first), "OK");
  UseUp(greedy_);
  ASSERT_EQ(ReasonOf(Ask(greedy_, taken_)), "RATE_LIMITED");
  EXPECT_EQ(ReasonOf(Ask(greedy_, free_, "once")), "OK");
}

// A refusal is no first answer: it is asked again, of the calendar as it then is.
TEST_F(BookingRefusalsTest, ARepeatOfARefusedRequestLooksAnew) {
  EXPECT_EQ(ReasonOf(Ask(modest_, taken_, "again")), "SLOT_TAKEN");
  v1::ListAppointmentsRequest list;
  list.set_parent("accounts/me");
  const auto mine = practice_.customer.Must(&Booking::ListAppointments, list);
  ASSERT_EQ(mine.appointments_size(), 1);
  v1::CancelAppointmentRequest cancel;
  cancel.set_name(mine.appointments(0).name());
  practice_.customer.Must(&Booking::CancelAppointment, cancel);
  EXPECT_EQ(ReasonOf(Ask(modest_, taken_, "again")), "OK");
}

}  // namespace
}  // namespace kalends::test
