#include "storage/notifications.h"

#include <random>
#include <set>

#include "storage/accounts.h"
#include "storage/booking.h"
#include "tests/storage/sample.h"
#include "tests/support/seed.h"

namespace kalends::storage {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

core::Notification SampleNotification(std::int64_t id, core::AccountId recipient,
                                      core::Instant due) {
  core::Notification notification;
  notification.id = {id};
  notification.recipient = recipient;
  notification.due = due;
  notification.start = kNow;
  return notification;
}

core::Notification SampleReminder(std::int64_t id, core::AccountId recipient, core::Instant due) {
  core::Notification reminder = SampleNotification(id, recipient, due);
  reminder.kind = core::NotificationKind::kReminder;
  return reminder;
}

std::vector<std::int64_t> DueIds(Store& store, core::Instant now, int limit) {
  std::vector<std::int64_t> ids;
  for (const DueNotification& due :
       store.Read([&](Transaction& tx) { return DueNotifications(tx, "telegram", now, limit); })) {
    ids.push_back(due.notification.id.value);
  }
  return ids;
}

TEST(Notifications, ANotificationComesBackAsItWasWritten) {
  Store store;
  core::Notification joined = SampleNotification(100, kCarlaAccount, kNow);
  joined.kind = core::NotificationKind::kCustomerJoined;
  joined.provider = kCarla;
  joined.customer = kAda;
  core::Notification missed = SampleNotification(101, kAda, kNow + hours(1));
  missed.kind = core::NotificationKind::kMissed;
  missed.appointment = core::AppointmentId{200};
  missed.status = core::AppointmentStatus::kMissed;
  missed.reason = "no show";
  missed.actor = core::Actor::kProvider;
  core::Notification kept = SampleNotification(102, kAda, kNow);
  kept.kind = core::NotificationKind::kAgreedTimeKept;
  kept.appointment = core::AppointmentId{200};
  kept.previous_start = kNow - hours(1);
  store.Write([&](Transaction& tx) {
    InsertAppointment(tx, SampleAppointment(200, kNow));
    InsertNotification(tx, joined);
    InsertNotification(tx, missed);
    InsertNotification(tx, kept);
  });
  for (const core::Notification& written : {joined, missed, kept}) {
    const auto found =
        store.Read([&](Transaction& tx) { return FindNotification(tx, written.id); });
    ASSERT_TRUE(found);
    EXPECT_EQ(found->recipient, written.recipient);
    EXPECT_EQ(found->kind, written.kind);
    EXPECT_EQ(found->due, written.due);
    EXPECT_EQ(found->appointment, written.appointment);
    EXPECT_EQ(found->provider, written.provider);
    EXPECT_EQ(found->customer, written.customer);
    EXPECT_EQ(found->status, written.status);
    EXPECT_EQ(found->start, written.start);
    EXPECT_EQ(found->previous_start, written.previous_start);
    EXPECT_EQ(found->reason, written.reason);
    EXPECT_EQ(found->actor, written.actor);
  }
}

TEST(Notifications, ALineIsDeletedOnce) {
  Store store;
  std::vector<bool> deleted;
  store.Write([&](Transaction& tx) {
    InsertNotification(tx, SampleNotification(100, kAda, kNow));
    deleted.push_back(DeleteNotification(tx, {100}));
    deleted.push_back(DeleteNotification(tx, {100}));
  });
  EXPECT_EQ(deleted, (std::vector{true, false}));
}

TEST(Notifications, TheFirstLineOfEachReachableRecipientIsDueWhateverTheClockShowed) {
  Store store;
  store.Write([](Transaction& tx) {
    InsertIdentity(tx, {{"telegram", "1"}, kAda, true});
    InsertIdentity(tx, {{"telegram", "2"}, kBen, true});
    InsertIdentity(tx, {{"telegram", "3"}, kCarlaAccount, false});
    InsertIdentity(tx, {{"mail", "4"}, kDanAccount, true});
    InsertNotification(tx, SampleNotification(100, kAda, kNow + hours(24 * 400)));
    InsertNotification(tx, SampleNotification(101, kAda, kNow));
    InsertNotification(tx, SampleNotification(102, kBen, kNow - hours(2)));
    InsertNotification(tx, SampleNotification(103, kBen, kNow - hours(9)));
    InsertNotification(tx, SampleNotification(104, kCarlaAccount, kNow - hours(9)));
    InsertNotification(tx, SampleNotification(105, kDanAccount, kNow - hours(9)));
  });
  const auto due =
      store.Read([](Transaction& tx) { return DueNotifications(tx, "telegram", kNow, 10); });
  ASSERT_EQ(due.size(), 2U);
  EXPECT_EQ(due[0].notification.id.value, 100);
  EXPECT_EQ(due[1].notification.id.value, 102);
  EXPECT_EQ(due[1].identity, (core::Identity{"telegram", "2"}));
  EXPECT_EQ(DueIds(store, kNow, 1), (std::vector<std::int64_t>{100}));
  store.Write([](Transaction& tx) { DeleteNotification(tx, {100}); });
  EXPECT_EQ(DueIds(store, kNow, 10), (std::vector<std::int64_t>{101, 102}));
}

TEST(Notifications, LinesOfARecipientGoInTheOrderTheyWereWrittenWhateverTheirIds) {
  Store store;
  store.Write([](Transaction& tx) {
    InsertIdentity(tx, {{"telegram", "1"}, kAda, true});
    for (const std::int64_t id : {103, 101, 102}) {
      InsertNotification(tx, SampleNotification(id, kAda, kNow));
    }
  });
  std::vector<std::int64_t> order;
  for (int i = 0; i < 3; ++i) {
    order.push_back(DueIds(store, kNow, 9).at(0));
    store.Write([&](Transaction& tx) { DeleteNotification(tx, {order.back()}); });
  }
  EXPECT_EQ(order, (std::vector<std::int64_t>{103, 101, 102}));
}

TEST(Notifications, AReminderIsDueAtItsTimeAndBehindOtherLinesOfItsRecipient) {
  Store store;
  store.Write([](Transaction& tx) {
    InsertIdentity(tx, {{"telegram", "1"}, kAda, true});
    InsertIdentity(tx, {{"telegram", "2"}, kBen, true});
    InsertNotification(tx, SampleReminder(100, kAda, kNow));
    InsertNotification(tx, SampleReminder(101, kBen, kNow - hours(1)));
    InsertNotification(tx, SampleNotification(102, kAda, kNow));
  });
  EXPECT_EQ(DueIds(store, kNow - seconds(1), 9), (std::vector<std::int64_t>{102, 101}));
  EXPECT_EQ(DueIds(store, kNow, 9), (std::vector<std::int64_t>{102, 101}));
  store.Write([](Transaction& tx) { DeleteNotification(tx, {102}); });
  EXPECT_EQ(DueIds(store, kNow, 9), (std::vector<std::int64_t>{101, 100}));
  EXPECT_EQ(DueIds(store, kNow - seconds(1), 9), (std::vector<std::int64_t>{101}));
  store.Write([](Transaction& tx) { PostponeNotification(tx, {101}, kNow + hours(1)); });
  EXPECT_EQ(DueIds(store, kNow, 9), (std::vector<std::int64_t>{100}));
}

TEST(Notifications, OneRecipientsLongQueueHidesNobody) {
  Store store;
  store.Write([](Transaction& tx) {
    InsertIdentity(tx, {{"telegram", "1"}, kAda, true});
    InsertIdentity(tx, {{"telegram", "2"}, kBen, true});
    for (std::int64_t id = 1000; id < 2000; ++id) {
      InsertNotification(tx, SampleNotification(id, kAda, kNow - hours(1)));
    }
    InsertNotification(tx, SampleNotification(3000, kBen, kNow));
  });
  EXPECT_EQ(DueIds(store, kNow, 2), (std::vector<std::int64_t>{1000, 3000}));
  EXPECT_EQ(store.Read([](Transaction& tx) { return CountDue(tx, kNow); }), 1001);
}

TEST(Notifications, LagIsThatOfTheOldestWhoCanBeDelivered) {
  Store store;
  const auto oldest = [&] {
    return store.Read([](Transaction& tx) { return OldestDue(tx, kNow); });
  };
  store.Write([](Transaction& tx) {
    InsertIdentity(tx, {{"telegram", "1"}, kAda, true});
    InsertIdentity(tx, {{"telegram", "2"}, kBen, false});
    InsertNotification(tx, SampleNotification(100, kBen, kNow - hours(9)));
    InsertNotification(tx, SampleReminder(101, kAda, kNow + seconds(1)));
  });
  EXPECT_EQ(oldest(), std::nullopt) << "nobody there, or not due yet";
  store.Write(
      [](Transaction& tx) { InsertNotification(tx, SampleReminder(102, kAda, kNow - hours(1))); });
  EXPECT_EQ(oldest(), kNow - hours(1));
  store.Write([](Transaction& tx) {
    InsertNotification(tx, SampleNotification(103, kAda, kNow - hours(2)));
    InsertNotification(tx, SampleNotification(104, kAda, kNow - seconds(3)));
  });
  EXPECT_EQ(oldest(), kNow - hours(2));
}

TEST(Notifications, OfSomebodyUnreachableAreNotCountedAsDue) {
  Store store;
  store.Write([](Transaction& tx) {
    InsertIdentity(tx, {{"telegram", "1"}, kAda, true});
    InsertIdentity(tx, {{"telegram", "2"}, kBen, false});
    InsertNotification(tx, SampleNotification(100, kAda, kNow));
    InsertNotification(tx, SampleNotification(101, kBen, kNow));
  });
  EXPECT_EQ(store.Read([](Transaction& tx) { return CountDue(tx, kNow); }), 1);
  store.Write([](Transaction& tx) { SetReachable(tx, {"telegram", "2"}, true); });
  EXPECT_EQ(store.Read([](Transaction& tx) { return CountDue(tx, kNow); }), 2);
}

TEST(Notifications, OfSomebodyUnreachableWaitInTheirOrderForTheReturn) {
  Store store;
  const core::Identity phone{"telegram", "1"};
  const auto set_reachable = [&](const core::Identity& identity, bool reachable) {
    store.Write([&](Transaction& tx) { SetReachable(tx, identity, reachable); });
  };
  store.Write([&](Transaction& tx) {
    InsertIdentity(tx, {phone, kAda, true});
    InsertIdentity(tx, {{"mail", "4"}, kAda, true});
    InsertNotification(tx, SampleNotification(100, kAda, kNow));
  });
  // One way to reach them is enough.
  set_reachable(phone, false);
  EXPECT_EQ(store.Read([](Transaction& tx) { return CountDue(tx, kNow); }), 1);
  set_reachable({"mail", "4"}, false);
  EXPECT_EQ(store.Read([](Transaction& tx) { return CountDue(tx, kNow); }), 0);
  store.Write([](Transaction& tx) {
    InsertNotification(tx, SampleNotification(101, kAda, kNow - seconds(1)));
    InsertNotification(tx, SampleNotification(102, kBen, kNow));
    InsertNotification(tx, SampleReminder(103, kBen, kNow));
  });
  EXPECT_EQ(store.Read([](Transaction& tx) { return CountDue(tx, kNow); }), 0);
  EXPECT_FALSE(store.Read([](Transaction& tx) { return NextDue(tx, kNow - hours(1)); }));
  set_reachable(phone, true);
  EXPECT_EQ(DueIds(store, kNow, 10), (std::vector<std::int64_t>{100}));
  store.Write([](Transaction& tx) { DeleteNotification(tx, {100}); });
  EXPECT_EQ(DueIds(store, kNow, 10), (std::vector<std::int64_t>{101}));
  // A first identity brings back what came before it.
  store.Write([](Transaction& tx) { InsertIdentity(tx, {{"telegram", "2"}, kBen, true}); });
  EXPECT_EQ(DueIds(store, kNow, 10), (std::vector<std::int64_t>{101, 102}));
}

TEST(Notifications, RemindersOfWhatHasBegunArePurgedWhoeverTheyWaitFor) {
  Store store;
  store.Write([](Transaction& tx) {
    InsertIdentity(tx, {{"telegram", "1"}, kAda, true});
    for (std::int64_t id = 100; id < 106; ++id) {
      core::Notification line = SampleNotification(id, id % 2 == 0 ? kAda : kBen, kNow - hours(2));
      line.start = kNow + seconds(id < 103 ? 0 : 1);
      if (id != 100) line.kind = core::NotificationKind::kReminder;
      InsertNotification(tx, line);
    }
  });
  const auto has_late = [&](core::Instant now) {
    return store.Read([&](Transaction& tx) { return HasLateReminders(tx, now); });
  };
  EXPECT_FALSE(has_late(kNow - seconds(1)));
  EXPECT_TRUE(has_late(kNow));
  std::vector<std::int64_t> purged;
  for (int i = 0; i < 3; ++i) {
    store.Write([&](Transaction& tx) { purged.push_back(PurgeLateReminders(tx, kNow, 1)); });
  }
  EXPECT_EQ(purged, (std::vector<std::int64_t>{1, 1, 0}));
  EXPECT_FALSE(has_late(kNow));
  for (std::int64_t id = 100; id < 106; ++id) {
    const auto found = store.Read([&](Transaction& tx) { return FindNotification(tx, {id}); });
    EXPECT_EQ(found.has_value(), id == 100 || id >= 103) << id;
  }
}

TEST(Notifications, NextDueIsTheFirstReminderAfterNow) {
  Store store;
  EXPECT_FALSE(store.Read([](Transaction& tx) { return NextDue(tx, kNow); }));
  store.Write([](Transaction& tx) {
    InsertIdentity(tx, {{"telegram", "1"}, kAda, true});
    InsertNotification(tx, SampleReminder(100, kAda, kNow));
    InsertNotification(tx, SampleReminder(101, kAda, kNow + hours(2)));
    InsertNotification(tx, SampleReminder(102, kAda, kNow + hours(1)));
  });
  EXPECT_EQ(store.Read([](Transaction& tx) { return NextDue(tx, kNow); }), kNow + hours(1));
  EXPECT_EQ(store.Read([](Transaction& tx) { return NextDue(tx, kNow - seconds(1)); }), kNow);
  EXPECT_EQ(store.Read([](Transaction& tx) { return CountDue(tx, kNow); }), 1);
}

TEST(Notifications, RemindersOfAnAppointmentGoTogether) {
  Store store;
  store.Write([](Transaction& tx) {
    InsertAppointment(tx, SampleAppointment(200, kNow));
    InsertAppointment(tx, SampleAppointment(201, kNow + hours(5)));
    for (std::int64_t id = 100; id < 104; ++id) {
      core::Notification notification = SampleNotification(id, kAda, kNow);
      notification.appointment = core::AppointmentId{id < 103 ? 200 : 201};
      if (id != 100) notification.kind = core::NotificationKind::kReminder;
      InsertNotification(tx, notification);
    }
    DeleteReminders(tx, {200});
  });
  std::vector<std::int64_t> kept;
  for (std::int64_t id = 100; id < 104; ++id) {
    if (store.Read([&](Transaction& tx) { return FindNotification(tx, {id}); })) kept.push_back(id);
  }
  EXPECT_EQ(kept, (std::vector<std::int64_t>{100, 103}));
}

// Against the definition, on random lines.
TEST(Notifications, DueLinesAreThoseOfTheDefinition) {
  const test::Seed seed;
  std::mt19937 random(static_cast<std::uint32_t>(seed.value()));
  const auto below = [&](int n) { return std::uniform_int_distribution<int>(0, n - 1)(random); };
  for (int round = 0; round < 20; ++round) {
    Store store;
    std::vector<std::pair<std::int64_t, std::int64_t>> lines;  // Id and recipient.
    std::set<std::tuple<core::Instant, std::int64_t, std::int64_t>> reminders;
    std::set<std::int64_t> reachable;
    store.Write([&](Transaction& tx) {
      for (std::int64_t account = 1; account <= 5; ++account) {
        const bool is_reachable = below(3) > 0;
        if (is_reachable) reachable.insert(account);
        InsertIdentity(tx, {{"telegram", std::to_string(account)}, {account}, is_reachable});
      }
      for (std::int64_t id = 100; id < 100 + 10 * round; ++id) {
        const core::Instant due = kNow + seconds(below(20) - 10);
        const std::int64_t recipient = below(5) + 1;
        if (below(2) == 0) {
          lines.emplace_back(id, recipient);
          InsertNotification(tx, SampleNotification(id, {recipient}, due));
        } else {
          reminders.insert({due, id, recipient});
          InsertNotification(tx, SampleReminder(id, {recipient}, due));
        }
      }
    });
    std::vector<std::int64_t> expected;
    for (const auto& [id, recipient] : lines) {
      if (reachable.erase(recipient) > 0) expected.push_back(id);
    }
    for (const auto& [due, id, recipient] : reminders) {
      if (due <= kNow && reachable.erase(recipient) > 0) expected.push_back(id);
    }
    EXPECT_EQ(DueIds(store, kNow, 100), expected);
  }
}

TEST(Notifications, WhatIsSetAsideLeavesTheOutboxAndIsCountedEver) {
  Store store;
  store.Write([](Transaction& tx) {
    InsertIdentity(tx, {{"telegram", "1"}, kAda, true});
    for (const std::int64_t id : {100, 101, 102}) {
      InsertNotification(tx, SampleNotification(id, kAda, kNow));
    }
    EXPECT_TRUE(SetAsideNotification(tx, {100}, kNow));
    EXPECT_FALSE(SetAsideNotification(tx, {100}, kNow));
    EXPECT_TRUE(SetAsideNotification(tx, {101}, kNow + hours(1)));
  });
  EXPECT_EQ(DueIds(store, kNow, 10), (std::vector<std::int64_t>{102}));
  store.Write([](Transaction& tx) {
    EXPECT_EQ(CountSetAside(tx), 2);
    EXPECT_FALSE(HasOldSetAside(tx, kNow));
    EXPECT_TRUE(HasOldSetAside(tx, kNow + seconds(1)));
    EXPECT_EQ(PurgeSetAside(tx, kNow + seconds(1), 10), 1);
    EXPECT_EQ(PurgeSetAside(tx, kNow + hours(2), 10), 1);
    EXPECT_EQ(CountSetAside(tx), 2);
  });
}

TEST(Notifications, ALineThatCannotBeReadDoesNotHideTheOthers) {
  Store store;
  store.Write([](Transaction& tx) {
    InsertIdentity(tx, {{"telegram", "1"}, kAda, true});
    InsertIdentity(tx, {{"telegram", "2"}, kBen, true});
    InsertNotification(tx, SampleNotification(100, kAda, kNow));
    InsertNotification(tx, SampleNotification(101, kBen, kNow));
    tx.Execute("UPDATE notifications SET kind = 'OF_TOMORROW' WHERE id = 100", {});
  });
  const auto due =
      store.Read([](Transaction& tx) { return DueNotifications(tx, "telegram", kNow, 10); });
  ASSERT_EQ(due.size(), 2U);
  EXPECT_FALSE(due[0].readable);
  EXPECT_EQ(due[0].notification.id.value, 100);
  EXPECT_EQ(due[0].notification.recipient, kAda);
  EXPECT_TRUE(due[1].readable);
  store.Write([](Transaction& tx) { EXPECT_TRUE(SetAsideNotification(tx, {100}, kNow)); });
  EXPECT_EQ(DueIds(store, kNow, 10), (std::vector<std::int64_t>{101}));
}

}  // namespace
}  // namespace kalends::storage
