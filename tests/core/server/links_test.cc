// How a link between a customer and a provider ends, and what then is refused.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/notification_stream.h"
#include "tests/support/test_server.h"

namespace kalends::test {
namespace {

using Links = v1::LinkService::Stub;

class LinkTest : public testing::Test {
 protected:
  template <typename Request>
  Request Named() const {
    Request request;
    request.set_name(name_);
    return request;
  }
  int ProvidersListed() const {
    v1::ListProvidersRequest request;
    request.set_parent("accounts/me");
    return practice_.customer.Must(&v1::ProviderService::Stub::ListProviders, request)
        .providers_size();
  }
  std::string Redeem() const {
    v1::RedeemInvitationRequest request;
    request.set_code(practice_.invitation_code);
    return practice_.customer.Try(&v1::InvitationService::Stub::RedeemInvitation, request);
  }
  std::string Request() const {
    v1::Appointment unused;
    return ReasonOf(practice_.Request(At("2026-03-03T09:00:00Z"), &unused));
  }
  std::string Write(const Client& client) const {
    v1::SendMessageRequest request;
    request.set_parent(name_);
    request.mutable_message()->set_text("Hallo");
    return client.Try(&v1::ChatService::Stub::SendMessage, request);
  }

  TestServer server_;
  Practice practice_{server_};
  std::string customer_name_ = [this] {
    v1::GetAccountRequest request;
    request.set_name("accounts/me");
    const auto name =
        practice_.customer.Must(&v1::AccountService::Stub::GetAccount, request).name();
    return name.substr(name.rfind('/') + 1);
  }();
  const std::string name_ = practice_.provider + "/links/" + customer_name_;
};

TEST_F(LinkTest, ARemovedProviderIsOffTheListUntilAnInvitationBringsItBack) {
  ASSERT_EQ(Write(practice_.customer), "OK");
  const auto removed = practice_.customer.Must(&Links::RemoveLink, Named<v1::RemoveLinkRequest>());
  EXPECT_TRUE(removed.has_remove_time());
  EXPECT_EQ(practice_.customer.Try(&Links::RemoveLink, Named<v1::RemoveLinkRequest>()), "OK");
  EXPECT_EQ(ProvidersListed(), 0);
  EXPECT_EQ(Request(), "NOT_FOUND");
  EXPECT_EQ(Write(practice_.customer), "LINK_REMOVED");
  EXPECT_EQ(Write(practice_.specialist), "LINK_REMOVED");
  v1::ListThreadsRequest threads;
  threads.set_parent("accounts/me");
  EXPECT_EQ(practice_.customer.Must(&v1::ChatService::Stub::ListThreads, threads).threads_size(),
            0);
  threads.set_parent("providers/me");
  const auto kept = practice_.specialist.Must(&v1::ChatService::Stub::ListThreads, threads);
  ASSERT_EQ(kept.threads_size(), 1);
  EXPECT_EQ(kept.threads(0).refusal(), "LINK_REMOVED");
  EXPECT_FALSE(kept.threads(0).writable());
  EXPECT_EQ(Redeem(), "OK");
  EXPECT_EQ(ProvidersListed(), 1);
  EXPECT_EQ(Write(practice_.customer), "OK");
  EXPECT_EQ(Request(), "OK");
}

TEST_F(LinkTest, ComingBackIsNoFurtherUseOfAnInvitationAndNoNewCustomer) {
  using Invitations = v1::InvitationService::Stub;
  v1::CreateInvitationRequest creation;
  creation.set_parent(practice_.provider);
  creation.mutable_invitation()->set_max_uses(1);
  creation.mutable_invitation()->mutable_expire_time()->set_seconds(
      core::ToUnixSeconds(server_.now()) + 60);
  const auto invitation = practice_.specialist.Must(&Invitations::CreateInvitation, creation);
  v1::EnsureAccountRequest account;
  account.set_identity("telegram:2002");
  account.set_display_name("Boris");
  practice_.admin.Must(&v1::AccountService::Stub::EnsureAccount, account);
  const Client boris(server_, server_.admin_key(), "telegram:2002");
  v1::RedeemInvitationRequest redemption;
  redemption.set_code(invitation.code());
  v1::RemoveLinkRequest removal;
  removal.set_name(practice_.provider + "/links/me");
  for (int i = 0; i < 3; ++i) {
    EXPECT_FALSE(boris.Must(&Invitations::RedeemInvitation, redemption).already_linked());
    EXPECT_TRUE(boris.Must(&Invitations::RedeemInvitation, redemption).already_linked());
    boris.Must(&Links::RemoveLink, removal);
  }
  v1::GetInvitationRequest get;
  get.set_name(invitation.name());
  const auto used = practice_.specialist.Must(&Invitations::GetInvitation, get);
  EXPECT_EQ(used.use_count(), 1);
  EXPECT_EQ(used.state(), v1::Invitation::STATE_USED_UP);
  // Both joined once; what is told after that is something else.
  const Client adapter(server_, server_.MakeKey({v1::SCOPE_ADAPTER}));
  NotificationStream stream(adapter);
  practice_.MustRequest(At("2026-03-03T09:00:00Z"));
  for (const auto kind :
       {v1::Notification::KIND_CUSTOMER_JOINED, v1::Notification::KIND_CUSTOMER_JOINED,
        v1::Notification::KIND_APPOINTMENT_REQUESTED}) {
    const auto told = stream.Next();
    EXPECT_EQ(told.kind(), kind);
    Acknowledge(adapter, told);
  }
  // An invitation that has ended brings nobody back.
  server_.Advance(std::chrono::seconds(60));
  EXPECT_EQ(boris.Try(&Invitations::RedeemInvitation, redemption), "INVITATION_EXPIRED");
  v1::RevokeInvitationRequest revocation;
  revocation.set_name(invitation.name());
  practice_.specialist.Must(&Invitations::RevokeInvitation, revocation);
  EXPECT_EQ(boris.Try(&Invitations::RedeemInvitation, redemption), "INVITATION_REVOKED");
}

TEST_F(LinkTest, OpenAppointmentsHoldALink) {
  const auto appointment = practice_.MustRequest(At("2026-03-03T09:00:00Z"));
  EXPECT_EQ(practice_.customer.Try(&Links::RemoveLink, Named<v1::RemoveLinkRequest>()),
            "OPEN_APPOINTMENTS");
  practice_.Accept(appointment.name());
  EXPECT_EQ(practice_.customer.Try(&Links::RemoveLink, Named<v1::RemoveLinkRequest>()),
            "OPEN_APPOINTMENTS");
  server_.SetNow(At("2026-03-03T10:00:00Z"));
  EXPECT_EQ(practice_.customer.Try(&Links::RemoveLink, Named<v1::RemoveLinkRequest>()), "OK");
  // The history stays.
  v1::GetAppointmentRequest get;
  get.set_name(appointment.name());
  EXPECT_EQ(practice_.customer.Try(&v1::BookingService::Stub::GetAppointment, get), "OK");
}

TEST_F(LinkTest, ABlockedCustomerCanBeginNothingNew) {
  EXPECT_EQ(practice_.customer.Try(&Links::BlockLink, Named<v1::BlockLinkRequest>()),
            "PROVIDER_ONLY");
  practice_.specialist.Must(&Links::BlockLink, Named<v1::BlockLinkRequest>());
  EXPECT_EQ(practice_.specialist.Try(&Links::BlockLink, Named<v1::BlockLinkRequest>()), "OK");
  EXPECT_EQ(Request(), "LINK_BLOCKED");
  EXPECT_EQ(Write(practice_.customer), "LINK_BLOCKED");
  EXPECT_EQ(Write(practice_.specialist), "LINK_BLOCKED");
  EXPECT_EQ(ProvidersListed(), 1);
  // Leaving and coming back is no way around it.
  practice_.customer.Must(&Links::RemoveLink, Named<v1::RemoveLinkRequest>());
  EXPECT_EQ(Redeem(), "LINK_BLOCKED");
  practice_.specialist.Must(&Links::UnblockLink, Named<v1::UnblockLinkRequest>());
  EXPECT_EQ(Redeem(), "OK");
  EXPECT_EQ(Request(), "OK");
}

TEST_F(LinkTest, IsSeenByItsTwoSidesOnly) {
  const Client stranger = practice_.NewCustomer("telegram:2002");
  EXPECT_EQ(stranger.Try(&Links::GetLink, Named<v1::GetLinkRequest>()), "NOT_FOUND");
  EXPECT_EQ(stranger.Try(&Links::RemoveLink, Named<v1::RemoveLinkRequest>()), "NOT_FOUND");
  EXPECT_EQ(stranger.Try(&Links::BlockLink, Named<v1::BlockLinkRequest>()), "NOT_FOUND");
  EXPECT_EQ(practice_.specialist.Try(&Links::RemoveLink, Named<v1::RemoveLinkRequest>()),
            "CUSTOMER_ONLY");
  EXPECT_EQ(practice_.specialist.Must(&Links::GetLink, Named<v1::GetLinkRequest>())
                .customer_display_name(),
            "Anna");
  v1::GetLinkRequest mine;
  mine.set_name(practice_.provider + "/links/me");
  EXPECT_EQ(practice_.customer.Must(&Links::GetLink, mine).name(), name_);
  EXPECT_EQ(practice_.admin.Try(&Links::GetLink, mine), "ACCOUNT_MISSING");
  mine.set_name(practice_.provider + "/links/0");
  EXPECT_EQ(practice_.customer.Try(&Links::GetLink, mine), "INVALID_FIELD");
}

TEST_F(LinkTest, ARepeatGivesTheFirstAnswer) {
  auto request = Named<v1::RemoveLinkRequest>();
  request.set_request_id("remove-1");
  practice_.customer.Must(&Links::RemoveLink, request);
  EXPECT_EQ(Redeem(), "OK");
  EXPECT_TRUE(practice_.customer.Must(&Links::RemoveLink, request).has_remove_time());
  EXPECT_EQ(ProvidersListed(), 1);
}

TEST_F(LinkTest, AProviderListsItsCustomersPageByPageAndNobodyElseDoes) {
  v1::ListLinksRequest request;
  request.set_parent("providers/me");
  const auto all = practice_.specialist.Must(&Links::ListLinks, request);
  ASSERT_GE(all.links_size(), 1);
  EXPECT_EQ(all.next_page_token(), "");
  std::vector<std::string> paged;
  request.set_page_size(1);
  do {
    const auto page = practice_.specialist.Must(&Links::ListLinks, request);
    ASSERT_EQ(page.links_size(), 1);
    paged.push_back(page.links(0).name());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(paged.size(), static_cast<std::size_t>(all.links_size()));
  EXPECT_NE(std::find(paged.begin(), paged.end(), name_), paged.end());
  request.set_page_token("garbage");
  EXPECT_EQ(practice_.specialist.Try(&Links::ListLinks, request), "INVALID_PAGE_TOKEN");
  request.clear_page_token();
  request.set_parent(practice_.provider);
  EXPECT_EQ(practice_.customer.Try(&Links::ListLinks, request), "NOT_FOUND");
}

TEST_F(LinkTest, TheCustomerIsToldOnceOfABlockAndOnceOfItsEnd) {
  const auto customer = "accounts/" + customer_name_;
  for (int i = 0; i < 2; ++i) {
    practice_.specialist.Must(&Links::BlockLink, Named<v1::BlockLinkRequest>());
  }
  practice_.specialist.Must(&Links::UnblockLink, Named<v1::UnblockLinkRequest>());
  NotificationStream stream(practice_.admin);
  std::vector<v1::Notification> told;
  while (told.empty() || told.back().kind() != v1::Notification::KIND_LINK_UNBLOCKED) {
    const auto next = stream.Next();
    Acknowledge(practice_.admin, next);
    if (next.recipient() == customer) told.push_back(next);
  }
  ASSERT_EQ(told.size(), 2);
  EXPECT_EQ(told[0].kind(), v1::Notification::KIND_LINK_BLOCKED);
  EXPECT_EQ(told[0].provider().name(), practice_.provider);
}

TEST_F(LinkTest, CustomersAreFoundByWhatIsTypedOfTheirNames) {
  // More than are looked at together, so that the one sought lies behind.
  for (int i = 0; i < 205; ++i) practice_.NewCustomer("telegram:5" + std::to_string(i));
  v1::EnsureAccountRequest named;
  named.set_identity("telegram:6000");
  named.set_display_name("Zoë O’Hara");
  practice_.admin.Must(&v1::AccountService::Stub::EnsureAccount, named);
  v1::RedeemInvitationRequest redeem;
  redeem.set_code(practice_.invitation_code);
  Client(server_, server_.admin_key(), "telegram:6000")
      .Must(&v1::InvitationService::Stub::RedeemInvitation, redeem);
  v1::ListLinksRequest request;
  request.set_parent(practice_.provider);
  request.set_name_contains("ohara ZOE");
  request.set_page_size(1);
  const auto found = practice_.specialist.Must(&Links::ListLinks, request);
  ASSERT_EQ(found.links_size(), 1);
  EXPECT_EQ(found.links(0).customer_display_name(), "Zoë O’Hara");
  EXPECT_EQ(found.next_page_token(), "");
  request.set_name_contains("nobody is called so");
  EXPECT_EQ(practice_.specialist.Must(&Links::ListLinks, request).links_size(), 0);
  request.set_name_contains(std::string(101, 'a'));
  EXPECT_EQ(practice_.specialist.Try(&Links::ListLinks, request), "INVALID_FIELD");
}

}  // namespace
}  // namespace kalends::test
