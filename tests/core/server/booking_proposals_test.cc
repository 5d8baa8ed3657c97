// Other times for a request over the wire: the provider proposes, the customer chooses.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
