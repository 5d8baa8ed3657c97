// What a restart within a second, or a clock that was wrong, must not do: give a name twice, lose a
// notice, hold anybody up.
#include <gtest/gtest.h>

#include <set>

#include "tests/storage/sqlite/temporary_file.h"
#include "tests/support/await.h"
#include "tests/support/notification_stream.h"
#include "tests/support/test_server.h"

namespace kalends::test {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

constexpr seconds kAhead = std::chrono::days(400);

// Clients end with the core that they talk to.
class RestartTest : public testing::Test {
 protected:
  RestartTest() {
    const Practice practice(server_);
    provider_ = practice.provider;
    service_ = practice.service;
    code_ = practice.invitation_code;
    adapter_key_ = server_.MakeKey({v1::SCOPE_ADAPTER});
  }

  Client As(const std::string& identity) { return {server_, server_.admin_key(), identity}; }
  Client Adapter() { return {server_, adapter_key_}; }

  std::string NewCustomer(int number) {
    const std::string identity = "telegram:" + std::to_string(number);
    v1::EnsureAccountRequest account;
    account.set_identity(identity);
    account.set_display_name("Kunde");
    account.set_language_code("de");
    const std::string name = As("").Must(&v1::AccountService::Stub::EnsureAccount, account).name();
    v1::RedeemInvitationRequest redemption;
    redemption.set_code(code_);
    As(identity).Must(&v1::InvitationService::Stub::RedeemInvitation, redemption);
    return name.substr(name.rfind('/') + 1);
  }
  // What the provider writes to a customer.
  std::string Write(const std::string& customer, const std::string& text) {
    return TryWrite("telegram:1001", provider_ + "/links/" + customer, text);
  }
  std::string TryWrite(const std::string& as, const std::string& thread, const std::string& text) {
    v1::SendMessageRequest request;
    request.set_parent(thread);
    request.mutable_message()->set_text(text);
    return As(as).Try(&v1::ChatService::Stub::SendMessage, request);
  }
  v1::Appointment Accepted(const std::string& identity, core::Instant start) {
    v1::RequestAppointmentRequest request;
    request.set_parent(provider_);
    request.mutable_appointment()->set_service(service_);
    request.mutable_appointment()->mutable_start_time()->set_seconds(core::ToUnixSeconds(start));
    const auto requested =
        As(identity).Must(&v1::BookingService::Stub::RequestAppointment, request);
    v1::AcceptAppointmentRequest acceptance;
    acceptance.set_name(requested.name());
    return As("telegram:1001").Must(&v1::BookingService::Stub::AcceptAppointment, acceptance);
  }
  v1::ServerStats Stats() {
    return As("").Must(&v1::AdminService::Stub::GetServerStats, v1::GetServerStatsRequest());
  }
  // Acknowledges all that is due for others than `identity`; the names.
  std::set<std::string> Settle(const std::string& identity, int count) {
    std::set<std::string> names;
    const Client adapter = Adapter();
    NotificationStream stream(adapter);
    while (static_cast<int>(names.size()) < count) {
      const auto notice = stream.Next();
      if (notice.identity() == identity) continue;
      EXPECT_TRUE(names.insert(notice.name()).second) << "told twice: " << notice.name();
      Acknowledge(adapter, notice);
    }
    return names;
  }

  const storage::TemporaryFile file_;
  bool accept_clock_ = false;
  TestServer server_{file_.path(), [this](server::ServerOptions& options) {
                       if (accept_clock_) options.clock_behind = app::ClockBehind::kAccept;
                     }};
  std::string provider_;
  std::string service_;
  std::string code_;
  std::string adapter_key_;
  const core::Instant tuesday_ten_ = At("2026-03-03T09:00:00Z");
};

TEST_F(RestartTest, WhatIsWrittenAfterARestartInTheSameSecondHasNamesOfItsOwn) {
  std::set<std::string> names;
  for (int i = 0; i < 20; ++i) {
    const std::string customer = NewCustomer(3000 + i);
    const auto appointment = Accepted("telegram:" + std::to_string(3000 + i),
                                      tuesday_ten_ + hours(24 * (i / 6)) + hours(i % 6));
    EXPECT_TRUE(names.insert(appointment.name()).second);
    server_.Restart();
    EXPECT_EQ(Write(customer, "Bis bald"), "OK");
    server_.Restart();
  }
}

// The adapter takes a name that it has delivered for a repeat, and drops it.
TEST_F(RestartTest, NoNoticeGetsTheNameOfOneThatWasAcknowledgedForSomebodyElse) {
  std::vector<std::string> customers;
  for (int i = 0; i < 12; ++i) customers.push_back(NewCustomer(3000 + i));
  for (int round = 0; round < 5; ++round) {
    for (const std::string& customer : customers) ASSERT_EQ(Write(customer, "Guten Tag"), "OK");
    // Those of the provider, that customers joined, and of all customers but one.
    const std::set<std::string> told = Settle("telegram:3000", round == 0 ? 13 + 11 : 11);
    server_.Restart();
    for (int i = 0; i < 6; ++i) ASSERT_EQ(Write(customers[0], std::to_string(i)), "OK");
    const Client adapter = Adapter();
    NotificationStream stream(adapter);
    std::vector<std::string> texts;
    while (texts.size() < 7) {
      const auto notice = stream.Next();
      EXPECT_FALSE(told.contains(notice.name())) << notice.message().text();
      texts.push_back(notice.message().text());
      Acknowledge(adapter, notice);
    }
    EXPECT_EQ(texts, (std::vector<std::string>{"Guten Tag", "0", "1", "2", "3", "4", "5"}));
    server_.Advance(std::chrono::minutes(2));  // Nobody may write more than 20 in one.
  }
}

TEST_F(RestartTest, AClockThatJumpsIsNoticedAndHoldsNobodyUp) {
  const std::string customer = NewCustomer(3000);
  EXPECT_EQ(Stats().clock_jumps(), 0);
  server_.JumpClock(kAhead);
  for (int i = 0; i < 20; ++i) ASSERT_EQ(Write(customer, std::to_string(i)), "OK");
  EXPECT_EQ(Write(customer, "one more"), "RATE_LIMITED");
  // Whichever thread reads the clock first writes it down.
  ASSERT_TRUE(Eventually([&] { return Stats().clock_jumps() == 1; }));
  EXPECT_EQ(Stats().last_clock_jump().seconds(), kAhead.count());
  const Client adapter = Adapter();
  NotificationStream stream(adapter);
  auto held = stream.Next();
  for (; held.kind() != v1::Notification::KIND_CHAT_MESSAGE; held = stream.Next()) {
    Acknowledge(adapter, held);  // A customer joined.
  }
  // Held back for an hour, by the clock that is wrong.
  v1::ReturnNotificationRequest back;
  back.set_name(held.name());
  back.set_outcome(v1::ReturnNotificationRequest::OUTCOME_RETRY);
  back.mutable_retry_delay()->set_seconds(3600);
  adapter.Must(&v1::NotificationService::Stub::ReturnNotification, back);

  server_.JumpClock(-kAhead);
  ASSERT_TRUE(Eventually([&] { return Stats().clock_jumps() == 2; }));
  EXPECT_EQ(Stats().last_clock_jump().seconds(), -kAhead.count());
  EXPECT_EQ(Stats().last_clock_jump_time().seconds(), core::ToUnixSeconds(server_.now()));
  auto next = stream.Next();
  while (next.kind() != v1::Notification::KIND_CHAT_MESSAGE) next = stream.Next();
  EXPECT_EQ(next.name(), held.name());
  EXPECT_EQ(Write(customer, "now"), "OK");
  server_.Restart();
  EXPECT_EQ(Stats().clock_jumps(), 0);
}

// Holds that are over by then are not in a calendar in memory.
TEST_F(RestartTest, AfterAClockWasSetBackWhatIsTakenIsTaken) {
  NewCustomer(3000);
  Accepted("telegram:3000", tuesday_ten_);
  server_.Stop();
  server_.JumpClock(hours(24 * 6));  // The completion waits for the sweep; so it starts afresh.
  server_.Restart();
  Accepted("telegram:3000", tuesday_ten_ + hours(24 * 14));
  server_.JumpClock(-hours(24 * 6));
  NewCustomer(3001);
  v1::RequestAppointmentRequest request;
  request.set_parent(provider_);
  request.mutable_appointment()->set_service(service_);
  request.mutable_appointment()->mutable_start_time()->set_seconds(
      core::ToUnixSeconds(tuesday_ten_ + hours(24 * 14)));
  EXPECT_EQ(As("telegram:3001").Try(&v1::BookingService::Stub::RequestAppointment, request),
            "SLOT_TAKEN");
}

TEST_F(RestartTest, AStartMoreThanADayBehindTheLastWriteIsRefusedUntilItIsAccepted) {
  const std::string customer = NewCustomer(3000);
  const std::string other = NewCustomer(3001);
  server_.Stop();
  server_.JumpClock(kAhead);
  server_.Restart();
  for (int i = 0; i < 20; ++i) ASSERT_EQ(Write(customer, std::to_string(i)), "OK");
  server_.Stop();
  server_.JumpClock(-kAhead);
  const absl::Status refused = server_.TryRestart();
  EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_NE(refused.message().find("--accept-clock"), std::string::npos) << refused;

  accept_clock_ = true;
  ASSERT_TRUE(server_.TryRestart().ok());
  EXPECT_EQ(Stats().clock_jumps(), 1);
  EXPECT_EQ(Write(customer, "now"), "OK");
  EXPECT_EQ(Write(other, "new"), "OK");
  const Client adapter = Adapter();
  NotificationStream stream(adapter);
  std::vector<std::string> texts;
  while (texts.empty() || texts.back() != "now") {
    const auto notice = stream.Next();
    Acknowledge(adapter, notice);
    if (notice.kind() == v1::Notification::KIND_CHAT_MESSAGE) {
      texts.push_back(notice.message().text());
    }
  }
  EXPECT_EQ(texts.size(), 22U);
  // Once is enough.
  accept_clock_ = false;
  server_.Restart();
}

TEST_F(RestartTest, AStartLessThanADayBehindIsNoticed) {
  server_.Stop();
  server_.JumpClock(-hours(23));
  server_.Restart();
  EXPECT_EQ(Stats().clock_jumps(), 1);
  EXPECT_EQ(Stats().last_clock_jump().seconds(), -seconds(hours(23)).count());
}

TEST_F(RestartTest, AReminderIsToldOnceHoweverOftenTheCoreStarts) {
  const std::string customer = NewCustomer(3000);
  const core::Instant start = tuesday_ten_ + hours(48);
  Accepted("telegram:3000", start);
  const auto next = [&] {
    const Client adapter = Adapter();
    NotificationStream stream(adapter);
    for (;;) {
      auto notice = stream.Next();
      if (notice.kind() == v1::Notification::KIND_REMINDER ||
          notice.kind() == v1::Notification::KIND_CHAT_MESSAGE) {
        return notice;
      }
      Acknowledge(adapter, notice);
    }
  };
  std::set<std::string> told;
  for (const hours before : {hours(24), hours(2)}) {
    server_.SetNow(start - before);
    server_.Restart();
    const auto reminder = next();
    EXPECT_EQ(reminder.kind(), v1::Notification::KIND_REMINDER);
    server_.Restart();
    EXPECT_EQ(next().name(), reminder.name()) << "it was not acknowledged";
    Acknowledge(Adapter(), reminder);
    EXPECT_TRUE(told.insert(reminder.name()).second);
    server_.Restart();
    EXPECT_EQ(Write(customer, "Bis bald"), "OK");
    const auto message = next();
    EXPECT_EQ(message.kind(), v1::Notification::KIND_CHAT_MESSAGE) << "it was told twice";
    Acknowledge(Adapter(), message);
  }
}

}  // namespace
}  // namespace kalends::test
