// The order of what is told to one person, and what time takes out of the outbox.
#include "core/app/notifications.h"

#include <gtest/gtest.h>
#include <sodium.h>

#include <atomic>
#include <random>
#include <thread>

#include "core/app/duties.h"
#include "core/app/engine.h"
#include "storage/accounts.h"
#include "storage/booking.h"
#include "storage/notifications.h"
#include "tests/storage/sample.h"
#include "tests/storage/sqlite/temporary_file.h"
#include "tests/support/await.h"
#include "tests/support/seed.h"
#include "tests/support/test_database.h"

namespace kalends::app {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using storage::kAda;
using storage::kBen;
using storage::kCarla;
using storage::kNow;

class OutboxTest : public testing::Test {
 protected:
  OutboxTest() {
    EXPECT_GE(sodium_init(), 0);
    Restart();
    Write([](WriteContext& cx) {
      storage::InsertPeople(cx.tx);
      storage::InsertIdentity(cx.tx, {{"telegram", "1"}, kAda, true});
      storage::InsertIdentity(cx.tx, {{"telegram", "2"}, kBen, true});
    });
  }

  // An engine anew, with an IdSource that knows nothing of the one before.
  void Restart() {
    engine_.reset();
    EngineOptions options;
    options.clock = [this] { return now_.load(); };
    options.random = [this](std::size_t size) {
      std::string bytes(size, '\0');
      for (char& byte : bytes) byte = static_cast<char>(random_());
      return bytes;
    };
    options.master_keys = master_keys_;
    engine_ = std::make_unique<Engine>(home_.Open().value(), std::move(options));
  }
  void Write(const std::function<void(WriteContext&)>& body) {
    EXPECT_TRUE(engine_
                    ->WriteAsSystemAndWait([&](WriteContext& cx) {
                      body(cx);
                      return absl::OkStatus();
                    })
                    .ok());
  }
  // Tells `recipient` of message `number`.
  void Tell(core::AccountId recipient, std::int64_t number) {
    Write([&](WriteContext& cx) {
      core::Message message;
      message.thread = {kCarla, kAda};
      message.number = number;
      NotifyChatMessage(cx, message, recipient);
    });
  }
  // The numbers of what is due for `recipient` at `now`, one acknowledged after the other.
  std::vector<std::int64_t> Told(core::AccountId recipient, core::Instant now) {
    std::vector<std::int64_t> numbers;
    while (true) {
      std::optional<core::Notification> next;
      Write([&](WriteContext& cx) {
        for (const auto& due : storage::DueNotifications(cx.tx, "telegram", now, 9)) {
          if (due.notification.recipient == recipient) next = due.notification;
        }
        if (next) storage::DeleteNotification(cx.tx, next->id);
      });
      if (!next) return numbers;
      numbers.push_back(next->message_number.value());
    }
  }

  const storage::TemporaryFile file_;
  test::TestDatabase home_{file_.path()};
  const std::shared_ptr<storage::MasterKeys> master_keys_ = storage::MasterKeys::Random();
  std::atomic<core::Instant> now_{kNow};
  const test::Seed seed_;
  std::mt19937_64 random_{seed_.value()};
  std::unique_ptr<Engine> engine_;
};

TEST_F(OutboxTest, TellsInOrderAlsoAcrossRestartsWithinASecond) {
  std::vector<std::int64_t> all;
  for (std::int64_t number = 1; number <= 12; ++number) {
    Tell(kAda, number);
    all.push_back(number);
    Restart();
  }
  EXPECT_EQ(Told(kAda, kNow), all);
}

TEST_F(OutboxTest, TellsInOrderAlsoAfterTheClockWasSetBack) {
  Tell(kAda, 1);
  now_ = kNow - hours(1);
  Restart();
  Tell(kAda, 2);
  Tell(kBen, 3);
  // Nobody else is held up.
  EXPECT_EQ(Told(kBen, kNow - hours(1)), (std::vector<std::int64_t>{3}));
  now_ = kNow;
  Tell(kAda, 4);
  EXPECT_EQ(Told(kAda, kNow), (std::vector<std::int64_t>{1, 2, 4}));
}

TEST_F(OutboxTest, AReminderToComeHoldsNothingUp) {
  Write([](WriteContext& cx) {
    core::Appointment appointment = storage::SampleAppointment(200, kNow + hours(48));
    appointment.status = core::AppointmentStatus::kAccepted;
    storage::InsertAppointment(cx.tx, appointment);
    ResetReminders(cx, appointment);
  });
  Tell(kAda, 1);
  EXPECT_EQ(Told(kAda, kNow), (std::vector<std::int64_t>{1}));
}

TEST_F(OutboxTest, RemindersForSomebodyUnreachableGoWhenTheAppointmentBegins) {
  Write([](WriteContext& cx) {
    for (const std::int64_t id : {200, 201}) {
      core::Appointment appointment =
          storage::SampleAppointment(id, kNow + hours(id == 200 ? 48 : 72));
      appointment.status = core::AppointmentStatus::kAccepted;
      storage::InsertAppointment(cx.tx, appointment);
      ResetReminders(cx, appointment);
    }
    storage::SetReachable(cx.tx, {"telegram", "1"}, false);
  });
  Tell(kAda, 1);
  const auto lines = [&] {
    std::int64_t count = 0;
    Write([&](WriteContext& cx) {
      cx.tx.Query("SELECT count(*) FROM notifications", {},
                  [&](const storage::Row& row) { count = row.Int(0); });
    });
    return count;
  };
  EXPECT_EQ(lines(), 5);
  Duties duties(*engine_, {});
  duties.Start();
  now_ = kNow + hours(48);
  duties.Wake();
  ASSERT_TRUE(test::Eventually([&] { return lines() <= 3; }));
  // What else waits for the person still does, and so do reminders of what is to come.
  EXPECT_EQ(lines(), 3);
}

}  // namespace
}  // namespace kalends::app
