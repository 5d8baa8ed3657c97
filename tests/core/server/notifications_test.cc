// The outbox over the wire: leases, order, acknowledgement, reminders and their quiet hours.
#include <gtest/gtest.h>

#include <thread>

#include "core/base/limits.h"
#include "core/notifications/notification.h"
#include "tests/storage/sqlite/temporary_file.h"
#include "tests/support/await.h"
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

  void SetZoneOfCustomer(const std::string& zone) {
    v1::UpdateAccountRequest request;
    request.mutable_account()->set_name("accounts/me");
    request.mutable_account()->set_time_zone(zone);
    request.mutable_update_mask()->add_paths("time_zone");
    practice_.customer.Must(&v1::AccountService::Stub::UpdateAccount, request);
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

TEST_F(NotificationTest, AStreamThatTheContractRefusesDoesNotOpen) {
  NotificationStream stream(adapter_, -1);
  EXPECT_EQ(ReasonOf(stream.AwaitEnd().status), "INVALID_FIELD");
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
  SetZoneOfCustomer("Asia/Tokyo");
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

TEST_F(NotificationTest, AReminderThatQuietHoursWouldKeepTooLongComesBeforeThem) {
  SetZoneOfCustomer("Pacific/Auckland");
  NotificationStream stream(adapter_);
  // 04:00 on the 6th there, so that 07:00 is too late for the reminder two hours before.
  const auto requested = practice_.MustRequest(At("2026-03-05T15:00:00Z"));
  Acknowledge(stream.Next());
  practice_.Accept(requested.name());
  Acknowledge(stream.Next());
  server_.SetNow(At("2026-03-04T18:00:00Z"));  // 07:00 a day before.
  Acknowledge(stream.Next());
  server_.SetNow(At("2026-03-05T08:59:00Z"));  // 21:59 there.
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

// A core on a file, which a test may damage.
class PoisonTest : public testing::Test {
 protected:
  PoisonTest() {
    NotificationStream stream(adapter_);
    Acknowledge(adapter_, stream.Next());
  }

  void GiveUp(const std::string& notification, const std::string& reason = "OK") const {
    v1::ReturnNotificationRequest request;
    request.set_name(notification);
    request.set_outcome(v1::ReturnNotificationRequest::OUTCOME_UNDELIVERABLE);
    EXPECT_EQ(adapter_.Try(&Notifications::ReturnNotification, request), reason);
  }
  v1::ServerStats Stats() const {
    return practice_.admin.Must(&v1::AdminService::Stub::GetServerStats,
                                v1::GetServerStatsRequest());
  }
  void Execute(const std::string& sql) {
    const absl::Status written = server_.home().Write([&](storage::Transaction& tx) {
      tx.Execute(sql);
      return absl::OkStatus();
    });
    EXPECT_TRUE(written.ok()) << written;
  }
  std::int64_t RowsOfSetAside() {
    std::int64_t rows = -1;
    const absl::Status read = server_.home().Write([&](storage::Transaction& tx) {
      tx.Query("SELECT count(*) FROM set_aside", {},
               [&](const storage::Row& row) { rows = row.Int(0); });
      return absl::OkStatus();
    });
    EXPECT_TRUE(read.ok()) << read;
    return rows;
  }

  const storage::TemporaryFile file_;
  TestServer server_{file_.path()};
  Practice practice_{server_};
  Client adapter_{server_, server_.MakeKey({v1::SCOPE_ADAPTER})};
  const core::Instant tuesday_ten_ = At("2026-03-03T09:00:00Z");
};

TEST_F(PoisonTest, WhatTheChannelTakesInNoFormIsSetAsideAndTheNextOneComes) {
  const auto first = practice_.MustRequest(tuesday_ten_);
  const auto second = practice_.MustRequest(tuesday_ten_ + std::chrono::hours(1));
  {
    NotificationStream stream(adapter_);
    const auto refused = stream.Next();
    EXPECT_EQ(refused.appointment().name(), first.name());
    GiveUp(refused.name());
    GiveUp(refused.name(), "LEASE_LOST");
    EXPECT_EQ(stream.Next().appointment().name(), second.name());
    EXPECT_EQ(Stats().notifications_set_aside(), 1);
  }
  const std::string key = server_.MakeKey({v1::SCOPE_ADAPTER});
  server_.Restart();
  const Client adapter(server_, key);
  NotificationStream stream(adapter);
  EXPECT_EQ(stream.Next().appointment().name(), second.name());
  EXPECT_EQ(RowsOfSetAside(), 1);
}

TEST_F(PoisonTest, ThatItWasSetAsideIsForgottenAfterAWhileButNotThatThereWasOne) {
  practice_.MustRequest(tuesday_ten_);
  {
    NotificationStream stream(adapter_);
    GiveUp(stream.Next().name());
  }
  server_.Advance(core::kSetAsideKept);
  EXPECT_EQ(RowsOfSetAside(), 1);
  server_.Advance(std::chrono::seconds(1));
  ASSERT_TRUE(Eventually([&] { return RowsOfSetAside() == 0; }));
  EXPECT_EQ(Stats().notifications_set_aside(), 1);
}

TEST_F(PoisonTest, ANotificationThatCannotBeShownHoldsUpNobodyElseAndItsRecipientForAWhile) {
  const std::string first_line =
      " = (SELECT id FROM notifications WHERE kind <> 'REMINDER'"
      " ORDER BY id LIMIT 1)";
  const struct {
    const char* name;
    std::string damage;
  } kCases[] = {
      // As after going back to a core that does not know it yet.
      {"of an unknown kind", "UPDATE notifications SET kind = 'OF_TOMORROW' WHERE id" + first_line},
      {"of an unknown status", "UPDATE notifications SET status = 'x' WHERE id" + first_line},
  };
  // Slower than this only on a busy machine, where it then takes a pause more; without, the clock
  // would run on to the next reminder meanwhile.
  constexpr std::chrono::milliseconds kLook{50};
  int set_aside = 0;
  int hour = 0;
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.name);
    practice_.MustRequest(tuesday_ten_ + std::chrono::hours(hour++));
    const auto second = practice_.MustRequest(tuesday_ten_ + std::chrono::hours(hour++));
    Execute(c.damage);
    NotificationStream stream(adapter_);
    practice_.Accept(second.name());
    const auto to_customer = stream.Next();
    EXPECT_EQ(to_customer.identity(), "telegram:2001");
    Acknowledge(adapter_, to_customer);
    // The core looks at its own pace: one that has not looked yet has not tried.
    int pauses = 0;
    const auto is_set_aside = [&] { return Stats().notifications_set_aside() > set_aside; };
    for (; !test::Eventually(is_set_aside, kLook); ++pauses) server_.Advance(core::kShowPause);
    EXPECT_GE(pauses, core::kShowTriesMax - 1);
    const auto to_provider = stream.Next();
    EXPECT_EQ(to_provider.identity(), "telegram:1001");
    EXPECT_EQ(to_provider.appointment().name(), second.name());
    EXPECT_EQ(Stats().notifications_set_aside(), ++set_aside);
    Acknowledge(adapter_, to_provider);
  }
}

TEST_F(PoisonTest, WithTheAccountGoesWhatWasSetAsideForIt) {
  practice_.Accept(practice_.MustRequest(tuesday_ten_).name());
  {
    NotificationStream stream(adapter_);
    GiveUp(stream.Next().name());
    GiveUp(stream.Next().name());
  }
  EXPECT_EQ(RowsOfSetAside(), 2);
  v1::DeleteAccountRequest request;
  request.set_name("accounts/me");
  practice_.customer.Must(&v1::PrivacyService::Stub::DeleteAccount, request);
  EXPECT_EQ(RowsOfSetAside(), 1);
}

TEST(NotificationRows, AreInTheOrderAndUnderTheNamesOfTheContract) {
  const auto* kinds = v1::Notification::Kind_descriptor();
  ASSERT_EQ(kinds->value_count(), static_cast<int>(std::size(core::kNotificationRows)) + 1);
  for (std::size_t i = 0; i < std::size(core::kNotificationRows); ++i) {
    const core::NotificationRow& row = core::kNotificationRows[i];
    EXPECT_EQ(static_cast<std::size_t>(row.kind), i) << row.name;
    std::string name = kinds->FindValueByNumber(static_cast<int>(i) + 1)->name();
    for (const std::string prefix : {"KIND_", "APPOINTMENT_"}) {
      if (name.starts_with(prefix)) name.erase(0, prefix.size());
    }
    EXPECT_EQ(name, row.name);
  }
}

}  // namespace
}  // namespace kalends::test
