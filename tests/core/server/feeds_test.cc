// Calendar feeds over the wire: who has one, what it shows, and when it ends.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/test_server.h"

namespace kalends::test {
namespace {

using Feeds = v1::FeedService::Stub;
using Booking = v1::BookingService::Stub;
using testing::ElementsAre;
using testing::IsEmpty;

class FeedsTest : public testing::Test {
 protected:
  static v1::CreateFeedRequest Create(v1::Feed::Role role) {
    v1::CreateFeedRequest request;
    request.set_parent("accounts/me");
    request.mutable_feed()->set_role(role);
    return request;
  }
  static std::string Make(const Client& client, v1::Feed::Role role) {
    return client.Must(&Feeds::CreateFeed, Create(role)).token();
  }
  static v1::GetFeedRequest Get(const std::string& role) {
    v1::GetFeedRequest request;
    request.set_name("accounts/me/feeds/" + role);
    return request;
  }
  static std::string Revoke(const Client& client, const std::string& role) {
    v1::RevokeFeedRequest request;
    request.set_name("accounts/me/feeds/" + role);
    return client.Try(&Feeds::RevokeFeed, request);
  }
  static v1::GetFeedCalendarRequest By(const std::string& token) {
    v1::GetFeedCalendarRequest request;
    request.set_token(token);
    return request;
  }
  v1::FeedCalendar Read(const std::string& token) {
    return web_.Must(&Feeds::GetFeedCalendar, By(token));
  }
  std::string TryRead(const std::string& token) {
    return web_.Try(&Feeds::GetFeedCalendar, By(token));
  }
  v1::Appointment Agree(core::Instant start) {
    return practice_.Accept(practice_.MustRequest(start).name());
  }
  void Cancel(const Client& client, const std::string& name) {
    v1::CancelAppointmentRequest request;
    request.set_name(name);
    request.set_reason("Heiserkeit");
    client.Must(&Booking::CancelAppointment, request);
  }
  static std::string IdOf(const v1::Appointment& appointment) {
    return appointment.name().substr(appointment.name().rfind('/') + 1);
  }

  TestServer server_;
  Practice practice_{server_};
  const Client web_{server_, server_.MakeKey({v1::SCOPE_WEB})};
  const core::Instant ten_ = At("2026-03-03T09:00:00Z");  // 10:00 in Berlin, a Tuesday.
};

TEST_F(FeedsTest, ATokenShowsWhatItsAccountBooked) {
  const std::string token = Make(practice_.customer, v1::Feed::ROLE_CUSTOMER);
  EXPECT_EQ(token.size(), 43U);
  const v1::Appointment agreed = Agree(ten_);
  const v1::FeedCalendar calendar = Read(token);
  ASSERT_EQ(calendar.entries_size(), 1);
  const v1::FeedEntry& entry = calendar.entries(0);
  EXPECT_EQ(entry.uid(), IdOf(agreed));
  EXPECT_EQ(entry.revision(), agreed.revision());
  EXPECT_EQ(entry.start_time().seconds(), core::ToUnixSeconds(ten_));
  EXPECT_EQ(entry.time_zone(), "Europe/Berlin");
  EXPECT_EQ(entry.status(), v1::Appointment::STATUS_ACCEPTED);
  EXPECT_THAT(entry.participants(), ElementsAre(agreed.provider_display_name()));
  EXPECT_EQ(entry.reminders_size(), 2);
  EXPECT_EQ(entry.change_time().seconds(), core::ToUnixSeconds(server_.now()));
  ASSERT_EQ(calendar.zones_size(), 1);
  EXPECT_EQ(calendar.zones(0).time_zone(), "Europe/Berlin");
  EXPECT_EQ(calendar.display_name(), "");
}

TEST_F(FeedsTest, AProvidersTokenShowsItsCustomers) {
  const std::string token = Make(practice_.specialist, v1::Feed::ROLE_PROVIDER);
  const v1::Appointment agreed = Agree(ten_);
  const v1::FeedCalendar calendar = Read(token);
  ASSERT_EQ(calendar.entries_size(), 1);
  EXPECT_THAT(calendar.entries(0).participants(), ElementsAre(agreed.customer_display_name()));
  EXPECT_THAT(calendar.entries(0).reminders(), IsEmpty());
  EXPECT_EQ(calendar.display_name(), agreed.provider_display_name());
}

TEST_F(FeedsTest, TheSameDataAreTheSameCalendarAllDayLong) {
  const std::string token = Make(practice_.customer, v1::Feed::ROLE_CUSTOMER);
  Agree(ten_);
  const std::string before = Read(token).SerializeAsString();
  server_.Advance(std::chrono::hours(3));
  EXPECT_EQ(Read(token).SerializeAsString(), before);
}

TEST_F(FeedsTest, WhatWasCancelledStaysFor90DaysWithAHigherRevision) {
  const std::string token = Make(practice_.customer, v1::Feed::ROLE_CUSTOMER);
  const v1::Appointment agreed = Agree(ten_);
  Cancel(practice_.specialist, agreed.name());
  const v1::FeedCalendar calendar = Read(token);
  ASSERT_EQ(calendar.entries_size(), 1);
  EXPECT_EQ(calendar.entries(0).uid(), IdOf(agreed));
  EXPECT_EQ(calendar.entries(0).status(), v1::Appointment::STATUS_CANCELLED);
  EXPECT_GT(calendar.entries(0).revision(), agreed.revision());
  EXPECT_EQ(calendar.DebugString().find("Heiserkeit"), std::string::npos);
  server_.Advance(std::chrono::days(89));
  EXPECT_EQ(Read(token).entries_size(), 1);
  server_.Advance(std::chrono::days(3));
  EXPECT_EQ(Read(token).entries_size(), 0);
}

TEST_F(FeedsTest, ASessionIsOneEntryToItsProviderAndOneSeatToACustomer) {
  v1::UpdateServiceRequest update;
  update.mutable_service()->set_name(practice_.service);
  update.mutable_service()->set_capacity(3);
  update.mutable_update_mask()->add_paths("capacity");
  practice_.specialist.Must(&v1::CatalogService::Stub::UpdateService, update);
  Agree(ten_);
  v1::RequestAppointmentRequest second;
  second.set_parent(practice_.provider);
  second.mutable_appointment()->set_service(practice_.service);
  second.mutable_appointment()->mutable_start_time()->set_seconds(core::ToUnixSeconds(ten_));
  practice_.NewCustomer("telegram:3001").Must(&Booking::RequestAppointment, second);
  const v1::FeedCalendar theirs = Read(Make(practice_.specialist, v1::Feed::ROLE_PROVIDER));
  ASSERT_EQ(theirs.entries_size(), 1);
  EXPECT_EQ(theirs.entries(0).participants_size(), 2);
  EXPECT_EQ(theirs.entries(0).capacity(), 3);
  const v1::FeedCalendar own = Read(Make(practice_.customer, v1::Feed::ROLE_CUSTOMER));
  ASSERT_EQ(own.entries_size(), 1);
  EXPECT_EQ(own.entries(0).capacity(), 1);
}

TEST_F(FeedsTest, ANewAddressEndsTheOneBefore) {
  const std::string first = Make(practice_.customer, v1::Feed::ROLE_CUSTOMER);
  const std::string second = Make(practice_.customer, v1::Feed::ROLE_CUSTOMER);
  EXPECT_NE(first, second);
  EXPECT_EQ(TryRead(first), "FEED_UNKNOWN");
  EXPECT_EQ(TryRead(second), "OK");
  EXPECT_EQ(practice_.customer.Must(&Feeds::GetFeed, Get("customer")).token(), second);
}

TEST_F(FeedsTest, ARepeatMakesNoOtherAddressAndHasNone) {
  v1::CreateFeedRequest request = Create(v1::Feed::ROLE_CUSTOMER);
  request.set_request_id("once");
  const std::string token = practice_.customer.Must(&Feeds::CreateFeed, request).token();
  EXPECT_EQ(practice_.customer.Must(&Feeds::CreateFeed, request).token(), "");
  EXPECT_EQ(TryRead(token), "OK");
}

TEST_F(FeedsTest, RevokingEndsOneFeedAndIsNoErrorTwice) {
  const std::string customers = Make(practice_.specialist, v1::Feed::ROLE_CUSTOMER);
  const std::string providers = Make(practice_.specialist, v1::Feed::ROLE_PROVIDER);
  EXPECT_EQ(Revoke(practice_.specialist, "provider"), "OK");
  EXPECT_EQ(Revoke(practice_.specialist, "provider"), "OK");
  EXPECT_EQ(TryRead(providers), "FEED_UNKNOWN");
  EXPECT_EQ(TryRead(customers), "OK");
  EXPECT_EQ(practice_.specialist.Try(&Feeds::GetFeed, Get("provider")), "NOT_FOUND");
}

TEST_F(FeedsTest, WhatIsNoTokenIsAnsweredLikeOneThatIsNotThere) {
  for (const std::string& token :
       {std::string(), std::string("guess"), std::string(43, 'A'), std::string(10'000, 'A')}) {
    EXPECT_EQ(TryRead(token), "FEED_UNKNOWN") << token;
  }
}

TEST_F(FeedsTest, ACustomerHasNoneOfAProvider) {
  EXPECT_EQ(practice_.customer.Try(&Feeds::CreateFeed, Create(v1::Feed::ROLE_PROVIDER)),
            "NOT_A_PROVIDER");
  EXPECT_EQ(practice_.customer.Try(&Feeds::CreateFeed, Create(v1::Feed::ROLE_UNSPECIFIED)),
            "INVALID_FIELD");
}

TEST_F(FeedsTest, ListsAndToolsAreToldNoToken) {
  Make(practice_.specialist, v1::Feed::ROLE_PROVIDER);
  Make(practice_.specialist, v1::Feed::ROLE_CUSTOMER);
  v1::ListFeedsRequest request;
  request.set_parent("accounts/me");
  request.set_page_size(1);
  std::vector<std::string> names;
  do {
    const v1::ListFeedsResponse page = practice_.specialist.Must(&Feeds::ListFeeds, request);
    for (const v1::Feed& feed : page.feeds()) {
      EXPECT_EQ(feed.token(), "");
      names.push_back(feed.name().substr(feed.name().rfind('/') + 1));
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_THAT(names, ElementsAre("customer", "provider"));
  const Client tool(server_, server_.MakeKey({v1::SCOPE_TOOL_READ}));
  v1::GetFeedRequest get;
  get.set_name(practice_.specialist.Must(&Feeds::GetFeed, Get("provider")).name());
  EXPECT_EQ(tool.Must(&Feeds::GetFeed, get).token(), "");
}

TEST_F(FeedsTest, AnErasedAccountsAddressLeadsNowhere) {
  const std::string token = Make(practice_.customer, v1::Feed::ROLE_CUSTOMER);
  v1::DeleteAccountRequest request;
  request.set_name("accounts/me");
  practice_.customer.Must(&v1::PrivacyService::Stub::DeleteAccount, request);
  EXPECT_EQ(TryRead(token), "FEED_UNKNOWN");
}

TEST_F(FeedsTest, TheTokenIsTheWebsBusinessAlone) {
  const std::string token = Make(practice_.customer, v1::Feed::ROLE_CUSTOMER);
  const Client adapter(server_, server_.MakeKey({v1::SCOPE_ADAPTER}));
  EXPECT_EQ(adapter.Try(&Feeds::GetFeedCalendar, By(token)), "SCOPE_MISSING");
}

}  // namespace
}  // namespace kalends::test
