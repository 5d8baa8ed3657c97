// What the provider's side does with appointments over the wire: moves them, books them for a
// customer, says where they are, reminds.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/notification_stream.h"
#include "tests/support/test_server.h"

namespace kalends::test {
namespace {

using Booking = v1::BookingService::Stub;
using Notice = v1::Notification;
using std::chrono::hours;
using std::chrono::minutes;
using testing::IsEmpty;
using testing::Not;
using testing::UnorderedElementsAre;

class MovesTest : public testing::Test {
 protected:
  static google::protobuf::Timestamp Time(core::Instant instant) {
    google::protobuf::Timestamp time;
    time.set_seconds(core::ToUnixSeconds(instant));
    return time;
  }
  v1::Appointment MustAccepted(core::Instant start) {
    return practice_.Accept(practice_.MustRequest(start).name());
  }
  static v1::RescheduleAppointmentRequest To(const std::string& name, core::Instant start) {
    v1::RescheduleAppointmentRequest request;
    request.set_name(name);
    *request.mutable_start_time() = Time(start);
    return request;
  }
  v1::BookAppointmentRequest BookingAt(core::Instant start) {
    v1::BookAppointmentRequest request;
    request.set_parent(practice_.provider);
    request.set_customer(AccountOf(practice_.customer));
    request.set_service(practice_.service);
    *request.mutable_start_time() = Time(start);
    return request;
  }
  static std::string AccountOf(const Client& client) {
    v1::GetAccountRequest me;
    me.set_name("accounts/me");
    return client.Must(&v1::AccountService::Stub::GetAccount, me).name();
  }
  v1::Appointment Get(const Client& client, const std::string& name) {
    v1::GetAppointmentRequest request;
    request.set_name(name);
    return client.Must(&Booking::GetAppointment, request);
  }
  void AskFirst() {
    v1::UpdateProviderRequest request;
    request.mutable_provider()->set_name(practice_.provider);
    request.mutable_provider()->set_ask_before_rescheduling(true);
    request.mutable_update_mask()->add_paths("ask_before_rescheduling");
    practice_.specialist.Must(&v1::ProviderService::Stub::UpdateProvider, request);
  }
  // What was told to whom, until `kind` is.
  std::vector<Notice> ToldUntil(Notice::Kind kind) {
    NotificationStream stream(practice_.admin);
    std::vector<Notice> told;
    do {
      told.push_back(stream.Next());
      Acknowledge(practice_.admin, told.back());
    } while (told.back().kind() != kind);
    return told;
  }

  TestServer server_;
  Practice practice_{server_};
  const core::Instant ten_ = At("2026-03-03T09:00:00Z");  // Tuesday, 10:00 in Berlin.
};

TEST_F(MovesTest, AnAcceptedAppointmentIsMovedAndTheCustomerTold) {
  const auto before = MustAccepted(ten_);
  auto request = To(before.name(), ten_ + minutes(30));  // Over its own old time.
  request.set_reason("I am late");
  request.set_etag(before.etag());
  const auto moved = practice_.specialist.Must(&Booking::RescheduleAppointment, request);
  EXPECT_EQ(moved.status(), v1::Appointment::STATUS_ACCEPTED);
  EXPECT_EQ(moved.start_time().seconds(), core::ToUnixSeconds(ten_ + minutes(30)));
  EXPECT_EQ(moved.end_time().seconds() - moved.start_time().seconds(), 3600);
  EXPECT_EQ(moved.agreed_time().local_time(), "2026-03-03T10:30:00");
  EXPECT_GT(moved.revision(), before.revision());
  const auto& line = moved.history(moved.history_size() - 1);
  EXPECT_EQ(line.from(), line.to());
  EXPECT_EQ(line.actor(), v1::Appointment::ACTOR_PROVIDER);
  EXPECT_EQ(line.reason(), "I am late");
  EXPECT_EQ(line.previous_start_time().seconds(), core::ToUnixSeconds(ten_));
  const Notice told = ToldUntil(Notice::KIND_APPOINTMENT_RESCHEDULED).back();
  EXPECT_EQ(told.recipient(), moved.customer());
  EXPECT_EQ(told.previous_start_time().seconds(), core::ToUnixSeconds(ten_));
  EXPECT_EQ(told.start_time().seconds(), moved.start_time().seconds());
  EXPECT_EQ(practice_.specialist.Try(&Booking::RescheduleAppointment, request), "STALE_ETAG");
}

TEST_F(MovesTest, ARequestStaysOneWhereItIsMovedTo) {
  const auto requested = practice_.MustRequest(ten_);
  // Sunday night: outside all hours, where a provider may place one by hand.
  const core::Instant sunday = At("2026-03-08T21:00:00Z");
  const auto moved =
      practice_.specialist.Must(&Booking::RescheduleAppointment, To(requested.name(), sunday));
  EXPECT_EQ(moved.status(), v1::Appointment::STATUS_PENDING);
  EXPECT_EQ(moved.start_time().seconds(), core::ToUnixSeconds(sunday));
  practice_.MustRequest(ten_);  // Its old time is free.
}

TEST_F(MovesTest, NothingMovesOverOtherTimeThatIsHeld) {
  const auto one = MustAccepted(ten_);
  practice_.MustRequest(ten_ + hours(2));
  v1::Appointment unused;
  const grpc::Status refused = practice_.specialist.Call(
      &Booking::RescheduleAppointment, To(one.name(), ten_ + minutes(90)), &unused);
  EXPECT_EQ(ReasonOf(refused), "SLOT_TAKEN");
  EXPECT_THAT(AlternativesOf(refused), Not(IsEmpty()));
  EXPECT_EQ(Get(practice_.customer, one.name()).revision(), one.revision());
}

TEST_F(MovesTest, OnlyTheProvidersSideMovesAndOnlyWhatIsOpenAndAhead) {
  const auto one = MustAccepted(ten_);
  EXPECT_EQ(
      practice_.customer.Try(&Booking::RescheduleAppointment, To(one.name(), ten_ + hours(1))),
      "PROVIDER_ONLY");
  EXPECT_EQ(practice_.specialist.Try(&Booking::RescheduleAppointment, To(one.name(), ten_)),
            "INVALID_FIELD");
  EXPECT_EQ(
      practice_.specialist.Try(&Booking::RescheduleAppointment, To(one.name(), server_.now())),
      "ALREADY_PASSED");
  server_.SetNow(ten_);
  EXPECT_EQ(
      practice_.specialist.Try(&Booking::RescheduleAppointment, To(one.name(), ten_ + hours(1))),
      "ALREADY_STARTED");
}

TEST_F(MovesTest, RemindersMoveWithTheAppointment) {
  const auto one = MustAccepted(ten_);
  ToldUntil(Notice::KIND_APPOINTMENT_ACCEPTED);
  const core::Instant later = ten_ + date::days(1);
  practice_.specialist.Must(&Booking::RescheduleAppointment, To(one.name(), later));
  ToldUntil(Notice::KIND_APPOINTMENT_RESCHEDULED);
  server_.SetNow(later - hours(24));  // The old start is the day before: it would be two late.
  const Notice reminder = ToldUntil(Notice::KIND_REMINDER).back();
  EXPECT_EQ(reminder.event_time().seconds(), core::ToUnixSeconds(later - hours(24)));
}

TEST_F(MovesTest, WhoIsAskedFirstTakesTheOtherTimeOrLeavesIt) {
  AskFirst();
  const auto before = MustAccepted(ten_);
  const core::Instant later = ten_ + hours(3);
  const auto asked =
      practice_.specialist.Must(&Booking::RescheduleAppointment, To(before.name(), later));
  EXPECT_EQ(asked.status(), v1::Appointment::STATUS_ACCEPTED);
  EXPECT_EQ(asked.start_time().seconds(), core::ToUnixSeconds(ten_));
  ASSERT_EQ(asked.proposed_start_times_size(), 1);
  EXPECT_EQ(ToldUntil(Notice::KIND_TIMES_PROPOSED).back().recipient(), before.customer());
  EXPECT_THAT(Get(practice_.customer, before.name()).allowed_actions(),
              UnorderedElementsAre(v1::Appointment::ACTION_CHOOSE_PROPOSED_TIME,
                                   v1::Appointment::ACTION_DECLINE_PROPOSED_TIME,
                                   v1::Appointment::ACTION_CANCEL));
  v1::ChooseProposedTimeRequest choice;
  choice.set_name(before.name());
  *choice.mutable_start_time() = Time(later);
  const auto moved = practice_.customer.Must(&Booking::ChooseProposedTime, choice);
  EXPECT_EQ(moved.status(), v1::Appointment::STATUS_ACCEPTED);
  EXPECT_EQ(moved.start_time().seconds(), core::ToUnixSeconds(later));
  EXPECT_THAT(moved.proposed_start_times(), IsEmpty());
  EXPECT_EQ(ToldUntil(Notice::KIND_PROPOSED_TIME_CHOSEN).back().previous_start_time().seconds(), 0);
}

TEST_F(MovesTest, WhoIsAskedFirstMayDeclineAndTheProviderIsTold) {
  AskFirst();
  const auto before = MustAccepted(ten_);
  v1::DeclineProposedTimeRequest decline;
  decline.set_name(before.name());
  EXPECT_EQ(practice_.customer.Try(&Booking::DeclineProposedTime, decline), "WRONG_STATUS");
  const auto ask = To(before.name(), ten_ + hours(3));
  practice_.specialist.Must(&Booking::RescheduleAppointment, ask);
  EXPECT_EQ(practice_.specialist.Try(&Booking::DeclineProposedTime, decline), "CUSTOMER_ONLY");
  const auto kept = practice_.customer.Must(&Booking::DeclineProposedTime, decline);
  EXPECT_EQ(kept.status(), v1::Appointment::STATUS_ACCEPTED);
  EXPECT_EQ(kept.start_time().seconds(), core::ToUnixSeconds(ten_));
  EXPECT_THAT(kept.proposed_start_times(), IsEmpty());
  EXPECT_GT(kept.revision(), before.revision());
  const Notice told = ToldUntil(Notice::KIND_MOVE_DECLINED).back();
  EXPECT_NE(told.recipient(), before.customer());
  EXPECT_EQ(told.appointment().name(), before.name());
  v1::ChooseProposedTimeRequest choice;
  choice.set_name(before.name());
  *choice.mutable_start_time() = Time(ten_ + hours(3));
  EXPECT_EQ(practice_.customer.Try(&Booking::ChooseProposedTime, choice), "WRONG_STATUS");
  // It may be asked again; what has begun is not declined any more.
  practice_.specialist.Must(&Booking::RescheduleAppointment, ask);
  server_.SetNow(ten_);
  EXPECT_EQ(practice_.customer.Try(&Booking::DeclineProposedTime, decline), "ALREADY_STARTED");
}

TEST_F(MovesTest, ABookingForACustomerIsAcceptedAtOnceAndMayBeCancelledByThem) {
  const auto booked =
      practice_.specialist.Must(&Booking::BookAppointment, BookingAt(ten_)).appointment();
  EXPECT_EQ(booked.status(), v1::Appointment::STATUS_ACCEPTED);
  EXPECT_EQ(booked.price().minor_units(), 8000);
  ASSERT_EQ(booked.history_size(), 1);
  EXPECT_EQ(booked.history(0).actor(), v1::Appointment::ACTOR_PROVIDER);
  EXPECT_EQ(ToldUntil(Notice::KIND_APPOINTMENT_BOOKED).back().recipient(), booked.customer());
  EXPECT_EQ(practice_.specialist.Try(&Booking::BookAppointment, BookingAt(ten_)), "SLOT_TAKEN");
  v1::CancelAppointmentRequest cancel;
  cancel.set_name(booked.name());
  EXPECT_EQ(practice_.customer.Must(&Booking::CancelAppointment, cancel).status(),
            v1::Appointment::STATUS_CANCELLED);
}

TEST_F(MovesTest, HoursAreInTheWayOfABookingUnlessTheyAreIgnored) {
  const core::Instant night = At("2026-03-03T21:07:00Z");
  auto request = BookingAt(night);
  EXPECT_EQ(practice_.specialist.Try(&Booking::BookAppointment, request), "OUTSIDE_OPEN_HOURS");
  request.set_ignore_hours(true);
  const auto booked = practice_.specialist.Must(&Booking::BookAppointment, request).appointment();
  EXPECT_EQ(booked.start_time().seconds(), core::ToUnixSeconds(night));
  *request.mutable_start_time() = Time(night + minutes(59));
  EXPECT_EQ(practice_.specialist.Try(&Booking::BookAppointment, request), "SLOT_TAKEN");
  *request.mutable_start_time() = Time(server_.now());
  EXPECT_EQ(practice_.specialist.Try(&Booking::BookAppointment, request), "ALREADY_PASSED");
}

TEST_F(MovesTest, ABookingNeedsACustomerOfTheProviderAndAService) {
  auto request = BookingAt(ten_);
  EXPECT_EQ(practice_.customer.Try(&Booking::BookAppointment, request), "NOT_FOUND");
  request.set_customer(AccountOf(practice_.specialist));
  EXPECT_EQ(practice_.specialist.Try(&Booking::BookAppointment, request), "NOT_FOUND");
  request = BookingAt(ten_);
  request.clear_service();
  EXPECT_EQ(practice_.specialist.Try(&Booking::BookAppointment, request), "SERVICE_REQUIRED");
  v1::BlockLinkRequest block;
  block.set_name(practice_.provider + "/links/" + AccountOf(practice_.customer).substr(9));
  practice_.specialist.Must(&v1::LinkService::Stub::BlockLink, block);
  EXPECT_EQ(practice_.specialist.Try(&Booking::BookAppointment, BookingAt(ten_)), "LINK_BLOCKED");
}

TEST_F(MovesTest, ThePlaceIsToldOnceItIsAnother) {
  const auto one = MustAccepted(ten_);
  v1::SetAppointmentPlaceRequest request;
  request.set_name(one.name());
  request.set_place("https://meet.example/room");
  EXPECT_EQ(practice_.customer.Try(&Booking::SetAppointmentPlace, request), "PROVIDER_ONLY");
  const auto changed = practice_.specialist.Must(&Booking::SetAppointmentPlace, request);
  EXPECT_EQ(changed.place(), "https://meet.example/room");
  EXPECT_GT(changed.revision(), one.revision());
  const Notice told = ToldUntil(Notice::KIND_APPOINTMENT_PLACE_CHANGED).back();
  EXPECT_EQ(told.recipient(), one.customer());
  EXPECT_EQ(told.appointment().place(), "https://meet.example/room");
  EXPECT_EQ(practice_.specialist.Must(&Booking::SetAppointmentPlace, request).revision(),
            changed.revision());
  server_.SetNow(ten_ + hours(1));
  request.set_place("");
  EXPECT_EQ(practice_.specialist.Try(&Booking::SetAppointmentPlace, request), "ALREADY_PASSED");
}

TEST_F(MovesTest, ACustomerIsRemindedByHandOnceADayAndNotFlooded) {
  const auto one = MustAccepted(ten_ + date::days(7));
  v1::RemindAppointmentRequest request;
  request.set_name(one.name());
  EXPECT_EQ(practice_.customer.Try(&Booking::RemindAppointment, request), "PROVIDER_ONLY");
  const auto reminded = practice_.specialist.Must(&Booking::RemindAppointment, request);
  EXPECT_EQ(reminded.remind_time().seconds(), core::ToUnixSeconds(server_.now()));
  EXPECT_EQ(reminded.revision(), one.revision());
  EXPECT_FALSE(Get(practice_.customer, one.name()).has_remind_time());
  EXPECT_EQ(ToldUntil(Notice::KIND_REMINDER).back().actor(), v1::Appointment::ACTOR_PROVIDER);
  v1::Appointment unused;
  const auto again = practice_.specialist.Call(&Booking::RemindAppointment, request, &unused);
  EXPECT_EQ(ReasonOf(again), "RATE_LIMITED");
  EXPECT_EQ(RetryDelayOf(again), hours(24));
  // Five in a day, whatever they are of.
  for (int i = 1; i <= 5; ++i) {
    request.set_name(MustAccepted(ten_ + date::days(7) + hours(i)).name());
    EXPECT_EQ(practice_.specialist.Try(&Booking::RemindAppointment, request),
              i < 5 ? "OK" : "RATE_LIMITED");
  }
  server_.Advance(hours(24));
  EXPECT_EQ(practice_.specialist.Try(&Booking::RemindAppointment, request), "OK");
}

}  // namespace
}  // namespace kalends::test
