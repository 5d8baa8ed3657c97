// What an appointment says of a side whose account was deleted.
#include <gtest/gtest.h>

#include "tests/support/test_server.h"

namespace kalends::test {
namespace {

class DeletedSides : public testing::Test {
 protected:
  static void DeleteAccountOf(const Client& client) {
    v1::DeleteAccountRequest request;
    request.set_name("accounts/me");
    client.Must(&v1::PrivacyService::Stub::DeleteAccount, request);
  }
  v1::Appointment AsSeenBy(const Client& client) const {
    v1::GetAppointmentRequest request;
    request.set_name(name_);
    return client.Must(&v1::BookingService::Stub::GetAppointment, request);
  }

  TestServer server_;
  Practice practice_{server_};
  const std::string name_ = practice_.MustRequest(At("2026-03-03T09:00:00Z")).name();
};

TEST_F(DeletedSides, BothSidesShareTheLinkWhileBothAreThere) {
  for (const Client& client : {practice_.customer, practice_.specialist, practice_.admin}) {
    const v1::Appointment seen = AsSeenBy(client);
    EXPECT_TRUE(seen.shares_link());
    EXPECT_FALSE(seen.customer_deleted() || seen.provider_deleted());
  }
}

TEST_F(DeletedSides, OfACustomerTheProviderIsToldAndOfferedNothing) {
  DeleteAccountOf(practice_.customer);
  const v1::Appointment seen = AsSeenBy(practice_.specialist);
  EXPECT_TRUE(seen.customer_deleted());
  EXPECT_FALSE(seen.provider_deleted());
  EXPECT_FALSE(seen.shares_link());
  EXPECT_EQ(seen.allowed_actions_size(), 0);
}

TEST_F(DeletedSides, OfAProviderTheCustomerIsToldAndOfferedNothing) {
  DeleteAccountOf(practice_.specialist);
  const v1::Appointment seen = AsSeenBy(practice_.customer);
  EXPECT_TRUE(seen.provider_deleted());
  EXPECT_FALSE(seen.customer_deleted());
  EXPECT_FALSE(seen.shares_link());
  EXPECT_EQ(seen.allowed_actions_size(), 0);
}

}  // namespace
}  // namespace kalends::test
