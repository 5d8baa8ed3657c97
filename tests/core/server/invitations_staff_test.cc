// Invitations to the staff of an organization, over the wire.
#include <gtest/gtest.h>

#include "tests/support/notification_stream.h"
#include "tests/support/test_server.h"

namespace kalends::test {
namespace {

using Accounts = v1::AccountService::Stub;
using Invitations = v1::InvitationService::Stub;

class StaffTest : public testing::Test {
 protected:
  Client NewAccount(const std::string& identity) {
    v1::EnsureAccountRequest request;
    request.set_identity(identity);
    request.set_display_name("Person");
    practice_.admin.Must(&Accounts::EnsureAccount, request);
    return {server_, server_.admin_key(), identity};
  }
  static v1::Provider Register(const Client& client, v1::ProviderKind kind) {
    v1::RegisterProviderRequest request;
    request.set_kind(kind);
    request.set_display_name("Praxis");
    request.set_time_zone("Europe/Berlin");
    return client.Must(&Accounts::RegisterProvider, request);
  }
  v1::RedeemInvitationRequest InvitationOf(const Client& client, const std::string& provider) {
    v1::CreateInvitationRequest request;
    request.set_parent(provider);
    request.mutable_invitation()->set_kind(v1::Invitation::KIND_STAFF);
    v1::RedeemInvitationRequest redeem;
    redeem.set_code(client.Must(&Invitations::CreateInvitation, request).code());
    return redeem;
  }

  TestServer server_;
  Practice practice_{server_};
  const Client house_ = NewAccount("telegram:1002");
  const std::string organization_ = Register(house_, v1::PROVIDER_KIND_ORGANIZATION).name();
};

TEST_F(StaffTest, ASpecialistWhoRedeemsIsListedWithTheirClock) {
  practice_.specialist.Must(&Invitations::RedeemInvitation, InvitationOf(house_, organization_));
  v1::GetProviderRequest request;
  request.set_name(organization_);
  const auto provider = house_.Must(&v1::ProviderService::Stub::GetProvider, request);
  ASSERT_EQ(provider.specialists_size(), 1);
  EXPECT_EQ(provider.specialists(0).provider(), practice_.provider);
  EXPECT_EQ(provider.specialists(0).time_zone(), "Europe/Berlin");
  EXPECT_EQ(provider.time_zone(), "Europe/Berlin");  // Its own, from its registration.
}

TEST_F(StaffTest, TheOrganizationIsToldOnceWhoJoined) {
  const Client adapter(server_, server_.MakeKey({v1::SCOPE_ADAPTER}));
  NotificationStream stream(adapter);
  Acknowledge(adapter, stream.Next());  // The practice's customer joined.
  practice_.specialist.Must(&Invitations::RedeemInvitation, InvitationOf(house_, organization_));
  const auto told = stream.Next();
  EXPECT_EQ(told.kind(), v1::Notification::KIND_SPECIALIST_JOINED);
  EXPECT_EQ(told.identity(), "telegram:1002");
  EXPECT_EQ(told.provider().name(), organization_);
  EXPECT_EQ(told.specialist(), practice_.provider);
  EXPECT_EQ(told.specialist_display_name(), "Praxis Weber");
  EXPECT_EQ(told.customer_display_name(), "");
  Acknowledge(adapter, told);
  practice_.specialist.Must(&Invitations::RedeemInvitation, InvitationOf(house_, organization_));
  practice_.MustRequest(At("2026-03-03T09:00:00Z"));
  EXPECT_EQ(stream.Next().kind(), v1::Notification::KIND_APPOINTMENT_REQUESTED);
}

TEST_F(StaffTest, WhoIsNoSpecialistYetRegistersAndThenRedeemsTheSameInvitation) {
  const auto redeem = InvitationOf(house_, organization_);
  const Client newcomer = NewAccount("telegram:1003");
  EXPECT_EQ(newcomer.Try(&Invitations::RedeemInvitation, redeem), "NOT_A_SPECIALIST");
  Register(newcomer, v1::PROVIDER_KIND_SPECIALIST);
  EXPECT_EQ(newcomer.Try(&Invitations::RedeemInvitation, redeem), "OK");
}

TEST_F(StaffTest, WhatIsMissingIsLookedForInTheTeamAndInTheHouse) {
  const auto missing = [](const Client& client) {
    v1::GetProviderRequest get;
    get.set_name("providers/me");
    const auto provider = client.Must(&v1::ProviderService::Stub::GetProvider, get);
    return std::vector<int>(provider.missing().begin(), provider.missing().end());
  };
  const Client newcomer = NewAccount("telegram:1003");
  Register(newcomer, v1::PROVIDER_KIND_SPECIALIST);
  EXPECT_EQ(missing(house_), (std::vector<int>{v1::PROVIDER_NEED_SERVICE, v1::PROVIDER_NEED_TEAM}));
  newcomer.Must(&Invitations::RedeemInvitation, InvitationOf(house_, organization_));
  EXPECT_EQ(missing(house_),
            (std::vector<int>{v1::PROVIDER_NEED_SERVICE, v1::PROVIDER_NEED_HOURS}));
  v1::CreateServiceRequest create;
  create.set_parent(organization_);
  create.mutable_service()->set_display_name("Beratung");
  create.mutable_service()->mutable_duration()->set_seconds(1800);
  house_.Must(&v1::CatalogService::Stub::CreateService, create);
  EXPECT_EQ(missing(house_), (std::vector<int>{v1::PROVIDER_NEED_HOURS}));
  EXPECT_EQ(missing(newcomer), (std::vector<int>{v1::PROVIDER_NEED_HOURS}));
  // A specialist with hours is enough.
  practice_.specialist.Must(&Invitations::RedeemInvitation, InvitationOf(house_, organization_));
  EXPECT_TRUE(missing(house_).empty());
}

TEST_F(StaffTest, AnOrganizationCannotBeStaff) {
  const Client other = NewAccount("telegram:1004");
  Register(other, v1::PROVIDER_KIND_ORGANIZATION);
  EXPECT_EQ(other.Try(&Invitations::RedeemInvitation, InvitationOf(house_, organization_)),
            "PROVIDER_KIND_FIXED");
}

}  // namespace
}  // namespace kalends::test
