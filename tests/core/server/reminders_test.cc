// What providers set of reminders over the wire: their times, and what they add.
#include <gtest/gtest.h>

#include "tests/support/notification_stream.h"
#include "tests/support/test_server.h"

namespace kalends::test {
namespace {

using Chat = v1::ChatService::Stub;
using Notice = v1::Notification;
using Providers = v1::ProviderService::Stub;
using std::chrono::hours;
using std::chrono::minutes;

class RemindersTest : public testing::Test {
 protected:
  v1::Provider Get(const Client& client) {
    v1::GetProviderRequest request;
    request.set_name(practice_.provider);
    return client.Must(&Providers::GetProvider, request);
  }
  std::string TrySetText(const Client& client, const std::string& text) {
    v1::UpdateProviderRequest request;
    request.mutable_provider()->set_name(practice_.provider);
    request.mutable_provider()->set_reminder_text(text);
    request.mutable_update_mask()->add_paths("reminder_text");
    return client.Try(&Providers::UpdateProvider, request);
  }
  void SetTimes(const std::vector<minutes>& before) {
    v1::UpdateProviderRequest request;
    *request.mutable_provider() = Get(practice_.specialist);
    request.mutable_provider()->clear_reminders();
    for (const std::chrono::seconds lead : before) {
      request.mutable_provider()->add_reminders()->set_seconds(lead.count());
    }
    request.mutable_update_mask()->add_paths("reminders");
    practice_.specialist.Must(&Providers::UpdateProvider, request);
  }
  void MustBeAgreed(core::Instant start) { practice_.Accept(practice_.MustRequest(start).name()); }
  // What the customer is told next, once it is acknowledged.
  Notice NextToCustomer(NotificationStream& stream) {
    for (;;) {
      const Notice next = stream.Next();
      Acknowledge(practice_.admin, next);
      if (next.identity() == "telegram:2001") return next;
    }
  }
  // Tells the customer something else, in order to see that nothing comes before it.
  void Write() {
    v1::GetAccountRequest me;
    me.set_name("accounts/me");
    const std::string account =
        practice_.customer.Must(&v1::AccountService::Stub::GetAccount, me).name();
    v1::SendMessageRequest request;
    request.set_parent(practice_.provider + "/links/" + account.substr(account.rfind('/') + 1));
    request.mutable_message()->set_text("Bis bald");
    practice_.specialist.Must(&Chat::SendMessage, request);
  }

  TestServer server_;
  Practice practice_{server_};
  const core::Instant friday_three_ = At("2026-03-06T14:00:00Z");
};

TEST_F(RemindersTest, WhatTheProviderAddsComesWithEachAndIsShownToNobodyElse) {
  EXPECT_EQ(TrySetText(practice_.specialist, "Bitte ein Handtuch\nmitbringen"), "OK");
  EXPECT_EQ(Get(practice_.specialist).reminder_text(), "Bitte ein Handtuch\nmitbringen");
  EXPECT_EQ(Get(practice_.customer).reminder_text(), "");
  EXPECT_EQ(TrySetText(practice_.customer, "mine"), "NOT_FOUND");
  EXPECT_EQ(TrySetText(practice_.specialist, std::string(501, 'x')), "INVALID_FIELD");
  MustBeAgreed(friday_three_);
  NotificationStream stream(practice_.admin);
  EXPECT_EQ(NextToCustomer(stream).reminder_text(), "");
  server_.SetNow(friday_three_ - hours(24));
  const Notice reminder = NextToCustomer(stream);
  EXPECT_EQ(reminder.kind(), Notice::KIND_REMINDER);
  EXPECT_EQ(reminder.reminder_text(), "Bitte ein Handtuch\nmitbringen");
}

TEST_F(RemindersTest, OtherTimesCountForWhatIsAgreedAlready) {
  MustBeAgreed(friday_three_);
  NotificationStream stream(practice_.admin);
  NextToCustomer(stream);
  SetTimes({minutes(30)});
  server_.SetNow(friday_three_ - hours(1));  // Those of before are over.
  Write();
  EXPECT_EQ(NextToCustomer(stream).kind(), Notice::KIND_CHAT_MESSAGE);
  server_.SetNow(friday_three_ - minutes(30));
  EXPECT_EQ(NextToCustomer(stream).kind(), Notice::KIND_REMINDER);
}

TEST_F(RemindersTest, WhatWasToldIsNotToldAgainByOtherTimes) {
  MustBeAgreed(friday_three_);
  NotificationStream stream(practice_.admin);
  NextToCustomer(stream);
  server_.SetNow(friday_three_ - hours(24));
  EXPECT_EQ(NextToCustomer(stream).kind(), Notice::KIND_REMINDER);
  SetTimes({hours(24), hours(2), hours(48)});
  Write();
  EXPECT_EQ(NextToCustomer(stream).kind(), Notice::KIND_CHAT_MESSAGE);
  server_.SetNow(friday_three_ - hours(2));
  EXPECT_EQ(NextToCustomer(stream).kind(), Notice::KIND_REMINDER);
}

TEST_F(RemindersTest, WhatQuietHoursHoldStaysWhenTheTimesChange) {
  // 09:00 in Berlin; ten hours before is 23:00.
  const core::Instant friday_nine = At("2026-03-06T08:00:00Z");
  SetTimes({hours(10)});
  MustBeAgreed(friday_nine);
  NotificationStream stream(practice_.admin);
  NextToCustomer(stream);
  server_.SetNow(friday_nine - hours(9));  // Midnight.
  SetTimes({});
  server_.SetNow(friday_nine - hours(2));
  EXPECT_EQ(NextToCustomer(stream).kind(), Notice::KIND_REMINDER);
}

}  // namespace
}  // namespace kalends::test
