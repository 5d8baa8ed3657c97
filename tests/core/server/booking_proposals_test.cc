// Other times for a request over the wire: the provider proposes, the customer chooses.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/notification_stream.h"
#include "tests/support/test_server.h"

namespace kalends::test {
namespace {

using Booking = v1::BookingService::Stub;
using testing::IsEmpty;

class ProposalTest : public testing::Test {
 protected:
  v1::Appointment::Status Status(const std::string& name) {
    v1::GetAppointmentRequest request;
    request.set_name(name);
    return practice_.customer.Must(&Booking::GetAppointment, request).status();
  }

  TestServer server_;
  Practice practice_{server_};
  const core::Instant tuesday_ten_ = At("2026-03-03T09:00:00Z");  // 10:00 in Berlin.
};

TEST_F(ProposalTest, ACustomerTakesOneOfTheProposedTimes) {
  const auto requested = practice_.MustRequest(tuesday_ten_);
  v1::ProposeTimesRequest offer;
  offer.set_name(requested.name());
  const core::Instant later = tuesday_ten_ + std::chrono::hours(30);
  offer.add_start_times()->set_seconds(core::ToUnixSeconds(later));
  const auto proposed = practice_.specialist.Must(&Booking::ProposeTimes, offer);
  EXPECT_EQ(proposed.status(), v1::Appointment::STATUS_PENDING);
  v1::ChooseProposedTimeRequest choice;
  choice.set_name(requested.name());
  choice.mutable_start_time()->set_seconds(core::ToUnixSeconds(tuesday_ten_));
  EXPECT_EQ(practice_.customer.Try(&Booking::ChooseProposedTime, choice), "PROPOSAL_UNKNOWN");
  choice.mutable_start_time()->set_seconds(core::ToUnixSeconds(later));
  const auto moved = practice_.customer.Must(&Booking::ChooseProposedTime, choice);
  EXPECT_EQ(moved.status(), v1::Appointment::STATUS_ACCEPTED);
  EXPECT_EQ(moved.start_time().seconds(), core::ToUnixSeconds(later));
  EXPECT_THAT(moved.proposed_start_times(), IsEmpty());
  practice_.MustRequest(tuesday_ten_);  // The old time is free again.
}

TEST_F(ProposalTest, ARequestInPlaceOfTheDeclinedOneTellsTheProviderOnce) {
  const Client adapter(server_, server_.MakeKey({v1::SCOPE_ADAPTER}));
  NotificationStream stream(adapter);
  Acknowledge(adapter, stream.Next());  // The customer joined.
  const auto declined = practice_.MustRequest(tuesday_ten_);
  Acknowledge(adapter, stream.Next());
  v1::ProposeTimesRequest offer;
  offer.set_name(declined.name());
  offer.add_start_times()->set_seconds(core::ToUnixSeconds(tuesday_ten_ + std::chrono::hours(30)));
  practice_.specialist.Must(&Booking::ProposeTimes, offer);
  Acknowledge(adapter, stream.Next());

  v1::RequestAppointmentRequest request;
  request.set_parent(practice_.provider);
  request.mutable_appointment()->set_service(practice_.service);
  // Its own former time is free for it.
  request.mutable_appointment()->mutable_start_time()->set_seconds(
      core::ToUnixSeconds(tuesday_ten_));
  request.set_replaces(declined.name());
  const auto instead = practice_.customer.Must(&Booking::RequestAppointment, request);
  EXPECT_EQ(instead.history(0).replaces(), declined.name());
  EXPECT_EQ(Status(declined.name()), v1::Appointment::STATUS_CANCELLED);
  v1::GetAppointmentRequest get;
  get.set_name(declined.name());
  const auto ended = practice_.specialist.Must(&Booking::GetAppointment, get);
  const auto& end = ended.history(ended.history_size() - 1);
  EXPECT_EQ(end.replaced_by(), instead.name());
  EXPECT_EQ(end.actor(), v1::Appointment::ACTOR_CUSTOMER);
  EXPECT_EQ(end.reason(), "");

  const auto told = stream.Next();
  EXPECT_EQ(told.kind(), v1::Notification::KIND_APPOINTMENT_REQUESTED);
  EXPECT_EQ(told.appointment().history(0).replaces(), declined.name());
  Acknowledge(adapter, told);
  practice_.Accept(instead.name());
  EXPECT_EQ(stream.Next().kind(), v1::Notification::KIND_APPOINTMENT_ACCEPTED);
}

TEST_F(ProposalTest, OnlyAPendingRequestOfOnesOwnIsReplacedAndARefusedOneReplacesNothing) {
  const auto declined = practice_.MustRequest(tuesday_ten_);
  const auto taken = practice_.MustRequest(tuesday_ten_ + std::chrono::hours(2));
  v1::RequestAppointmentRequest request;
  request.set_parent(practice_.provider);
  request.mutable_appointment()->set_service(practice_.service);
  *request.mutable_appointment()->mutable_start_time() = taken.start_time();
  request.set_replaces(declined.name());
  EXPECT_EQ(practice_.customer.Try(&Booking::RequestAppointment, request), "SLOT_TAKEN");
  EXPECT_EQ(Status(declined.name()), v1::Appointment::STATUS_PENDING);
  practice_.MustRequest(tuesday_ten_ + std::chrono::hours(4));
  request.set_replaces("nonsense");
  EXPECT_EQ(practice_.customer.Try(&Booking::RequestAppointment, request), "INVALID_FIELD");
  request.set_replaces(practice_.provider + "/appointments/0000000000001");
  EXPECT_EQ(practice_.customer.Try(&Booking::RequestAppointment, request), "NOT_FOUND");
  practice_.Accept(declined.name());
  request.set_replaces(declined.name());
  request.mutable_appointment()->mutable_start_time()->set_seconds(
      core::ToUnixSeconds(tuesday_ten_ + std::chrono::hours(26)));
  EXPECT_EQ(practice_.customer.Try(&Booking::RequestAppointment, request), "WRONG_STATUS");
  EXPECT_EQ(Status(declined.name()), v1::Appointment::STATUS_ACCEPTED);
}

TEST_F(ProposalTest, AChosenProposalThatWasTakenInBetweenIsRefused) {
  const auto requested = practice_.MustRequest(tuesday_ten_);
  const core::Instant later = tuesday_ten_ + std::chrono::hours(2);
  v1::ProposeTimesRequest offer;
  offer.set_name(requested.name());
  offer.add_start_times()->set_seconds(core::ToUnixSeconds(later));
  practice_.specialist.Must(&Booking::ProposeTimes, offer);
  practice_.MustRequest(later);
  v1::ChooseProposedTimeRequest choice;
  choice.set_name(requested.name());
  choice.mutable_start_time()->set_seconds(core::ToUnixSeconds(later));
  EXPECT_EQ(practice_.customer.Try(&Booking::ChooseProposedTime, choice), "SLOT_TAKEN");
  EXPECT_EQ(Status(requested.name()), v1::Appointment::STATUS_PENDING);
}

TEST_F(ProposalTest, OnlyTheProviderProposesTimes) {
  const auto requested = practice_.MustRequest(tuesday_ten_);
  v1::ProposeTimesRequest offer;
  offer.set_name(requested.name());
  offer.add_start_times()->set_seconds(core::ToUnixSeconds(tuesday_ten_ + std::chrono::hours(2)));
  EXPECT_EQ(practice_.customer.Try(&Booking::ProposeTimes, offer), "PROVIDER_ONLY");
  practice_.Accept(requested.name());
  EXPECT_EQ(practice_.customer.Try(&Booking::ProposeTimes, offer), "PROVIDER_ONLY");
  EXPECT_EQ(practice_.specialist.Try(&Booking::ProposeTimes, offer), "WRONG_STATUS");
}

TEST_F(ProposalTest, IsAnotherTimeThanTheOneRequested) {
  const auto requested = practice_.MustRequest(tuesday_ten_);
  v1::ProposeTimesRequest offer;
  offer.set_name(requested.name());
  offer.add_start_times()->set_seconds(core::ToUnixSeconds(tuesday_ten_ + std::chrono::hours(2)));
  *offer.add_start_times() = requested.start_time();
  v1::Appointment unused;
  for (const Client& client : {practice_.specialist, Client(server_, server_.admin_key())}) {
    EXPECT_EQ(FieldOf(client.Call(&Booking::ProposeTimes, offer, &unused)), "start_times[1]");
  }
}

TEST_F(ProposalTest, OnlyTheCustomerChooses) {
  const auto requested = practice_.MustRequest(tuesday_ten_);
  v1::ProposeTimesRequest offer;
  offer.set_name(requested.name());
  offer.add_start_times()->set_seconds(core::ToUnixSeconds(tuesday_ten_ + std::chrono::hours(2)));
  practice_.specialist.Must(&Booking::ProposeTimes, offer);
  v1::ChooseProposedTimeRequest choice;
  choice.set_name(requested.name());
  *choice.mutable_start_time() = offer.start_times(0);
  const Client tool(server_, server_.admin_key());
  v1::Appointment unused;
  for (const Client& client : {practice_.specialist, tool}) {
    const grpc::Status refused = client.Call(&Booking::ChooseProposedTime, choice, &unused);
    EXPECT_EQ(ReasonOf(refused), "CUSTOMER_ONLY");
    EXPECT_EQ(refused.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  }
  practice_.Accept(requested.name());
  EXPECT_EQ(practice_.specialist.Try(&Booking::ChooseProposedTime, choice), "CUSTOMER_ONLY");
}

}  // namespace
}  // namespace kalends::test
