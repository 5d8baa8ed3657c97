// The outbox over the wire: leases, order, acknowledgement, reminders and their quiet hours.
#include <gtest/gtest.h>

#include <thread>

#include "tests/support/notification_stream.h"
#include "tests/support/test_server.h"

namespace kalends::test {
namespace {

using Notifications = v1::NotificationService::Stub;

class NotificationTest : public testing::Test {
 protected:
  NotificationTest() : adapter_(server_, server_.MakeKey({v1::SCOPE_ADAPTER})) {
    // The news that the first customer joined is not what these tests are about.
    NotificationStream stream(adapter_);
    Acknowledge(stream.Next());
  }

  void Acknowledge(const v1::Notification& notification) {
    test::Acknowledge(adapter_, notification);
  }

  TestServer server_;
  Practice practice_{server_};
  Client adapter_;
  const core::Instant tuesday_ten_ = At("2026-03-03T09:00:00Z");
};

TEST_F(NotificationTest, EachSideIsToldWhatTheOtherDid) {
  NotificationStream stream(adapter_);
  const auto requested = practice_.MustRequest(tuesday_ten_);
  const auto to_provider = stream.Next();
  EXPECT_EQ(to_provider.kind(), v1::Notification::KIND_APPOINTMENT_REQUESTED);
  EXPECT_EQ(to_provider.identity(), "telegram:1001");
  EXPECT_EQ(to_provider.appointment().allowed_actions(0), v1::Appointment::ACTION_ACCEPT);
  practice_.Accept(requested.name());
  const auto to_customer = stream.Next();
  EXPECT_EQ(to_customer.kind(), v1::Notification::KIND_APPOINTMENT_ACCEPTED);
  EXPECT_EQ(to_customer.identity(), "telegram:2001");
  EXPECT_EQ(to_customer.language_code(), "en");
}

TEST_F(NotificationTest, ARecipientsNextComesOnlyAfterTheOneBeforeWasAcknowledged) {
  NotificationStream stream(adapter_);
  practice_.MustRequest(tuesday_ten_);
  const auto second = practice_.MustRequest(tuesday_ten_ + std::chrono::hours(1));
  const auto first_notice = stream.Next();
  // To another recipient, and handed out although the first is still open.
  practice_.Accept(second.name());
  EXPECT_EQ(stream.Next().identity(), "telegram:2001");
  Acknowledge(first_notice);
  const auto second_notice = stream.Next();
  EXPECT_EQ(second_notice.appointment().name(), second.name());
}

TEST_F(NotificationTest, AnEndedStreamGivesItsLeasesBack) {
  practice_.MustRequest(tuesday_ten_);
  std::string name;
  {
    NotificationStream stream(adapter_);
    name = stream.Next().name();
  }
  NotificationStream other(adapter_);
  EXPECT_EQ(other.Next().name(), name);
}

TEST_F(NotificationTest, ALeaseThatRanOutIsHandedOutAgainUnderTheSameName) {
  NotificationStream stream(adapter_);
  practice_.MustRequest(tuesday_ten_);
  const auto first = stream.Next();
  server_.Advance(std::chrono::seconds(61));
  EXPECT_EQ(stream.Next().name(), first.name());
}

TEST_F(NotificationTest, AnUnreachablePersonIsLeftAloneUntilTheyComeBack) {
  NotificationStream stream(adapter_);
  practice_.MustRequest(tuesday_ten_);
  const auto notice = stream.Next();
  v1::ReturnNotificationRequest returned;
  returned.set_name(notice.name());
  returned.set_outcome(v1::ReturnNotificationRequest::OUTCOME_UNREACHABLE);
  adapter_.Must(&Notifications::ReturnNotification, returned);
  EXPECT_EQ(adapter_.Try(&Notifications::ReturnNotification, returned), "LEASE_LOST");
  v1::EnsureAccountRequest back;
  back.set_identity("telegram:1001");
  back.set_display_name("Marie Weber");
  adapter_.Must(&v1::AccountService::Stub::EnsureAccount, back);
  EXPECT_EQ(stream.Next().name(), notice.name());
}

TEST_F(NotificationTest, RemindersComeInTimeAndVanishWithACancellation) {
  const core::Instant friday_three = At("2026-03-06T14:00:00Z");
  NotificationStream stream(adapter_);
  const auto kept = practice_.MustRequest(friday_three);
  Acknowledge(stream.Next());
  practice_.Accept(kept.name());
  Acknowledge(stream.Next());
  const auto dropped = practice_.MustRequest(friday_three - std::chrono::hours(3));
  Acknowledge(stream.Next());
  practice_.Accept(dropped.name());
  Acknowledge(stream.Next());
  v1::CancelAppointmentRequest cancellation;
  cancellation.set_name(dropped.name());
  practice_.customer.Must(&v1::BookingService::Stub::CancelAppointment, cancellation);
  Acknowledge(stream.Next());
  server_.SetNow(friday_three - std::chrono::hours(24));
  const auto reminder = stream.Next();
  EXPECT_EQ(reminder.kind(), v1::Notification::KIND_REMINDER);
  EXPECT_EQ(reminder.appointment().name(), kept.name());
}

TEST_F(NotificationTest, QuietHoursHoldBackRemindersOnly) {
  // 08:00 in Berlin is too early for the reminder two hours before: 06:00 is held until 07:00.
  v1::UpdateAccountRequest zone;
  zone.mutable_account()->set_name("accounts/me");
  zone.mutable_account()->set_time_zone("Asia/Tokyo");
  zone.mutable_update_mask()->add_paths("time_zone");
  practice_.customer.Must(&v1::AccountService::Stub::UpdateAccount, zone);
  NotificationStream stream(adapter_);
  const core::Instant start =
      At("2026-03-05T16:00:00Z") - std::chrono::hours(1);  // 00:00 on the 6th in Tokyo.
  const auto requested = practice_.MustRequest(start);
  Acknowledge(stream.Next());
  practice_.Accept(requested.name());
  Acknowledge(stream.Next());
  // A day before is 00:00 in Tokyo: quiet until 07:00 there, 22:00 UTC.
  server_.SetNow(start - std::chrono::hours(24));
  practice_.MustRequest(start - std::chrono::hours(5));
  const auto notice = stream.Next();
  EXPECT_EQ(notice.kind(), v1::Notification::KIND_APPOINTMENT_REQUESTED);
  Acknowledge(notice);
  server_.SetNow(At("2026-03-04T22:00:00Z"));
  EXPECT_EQ(stream.Next().kind(), v1::Notification::KIND_REMINDER);
}

TEST_F(NotificationTest, TwoAdaptersShareTheWork) {
  const Client other(server_, server_.MakeKey({v1::SCOPE_ADAPTER}));
  NotificationStream one(adapter_, 1);
  NotificationStream two(other, 1);
  const auto first = practice_.MustRequest(tuesday_ten_);
  practice_.Accept(first.name());
  EXPECT_NE(one.Next().name(), two.Next().name());
}

}  // namespace
}  // namespace kalends::test
