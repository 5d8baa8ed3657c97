#include "storage/chat.h"

#include <limits>

#include "core/base/limits.h"
#include "storage/links.h"
#include "tests/storage/sample.h"

namespace kalends::storage {
namespace {

using std::chrono::seconds;

constexpr std::int64_t kAboveAll = std::numeric_limits<std::int64_t>::max();
constexpr core::LinkKey kThread{kCarla, kAda};

core::Thread EmptyThread(const core::LinkKey& key) {
  core::Thread thread;
  thread.key = key;
  return thread;
}

class Chat : public testing::Test {
 protected:
  Chat() {
    store_.Write([](Transaction& tx) {
      InsertLink(tx, kCarla, kAda, kNow);
      InsertLink(tx, kCarla, kBen, kNow);
      InsertLink(tx, kDan, kAda, kNow);
    });
  }
  bool Accepts(const std::function<void(Transaction&)>& body) { return store_.TryWrite(body).ok(); }
  bool Sql(std::string_view sql) {
    return Accepts([&](Transaction& tx) { tx.Execute(sql); });
  }
  void Send(const core::LinkKey& key, core::Side sender, core::Instant at) {
    store_.Write([&](Transaction& tx) {
      core::Thread thread = FindThread(tx, key).value_or(EmptyThread(key));
      ++thread.last_number;
      thread.last_message = at;
      thread.activity = {++activity_};
      PutThread(tx, thread);
      const core::AccountId account =
          sender == core::Side::kCustomer ? key.customer : kCarlaAccount;
      InsertMessage(tx, {key, thread.last_number, sender, account, "sealed", at});
    });
  }

  std::int64_t activity_ = 0;
  Store store_;
};

TEST_F(Chat, MessagesAreListedNewestFirstInPagesOfAnySize) {
  for (int i = 0; i < 7; ++i) Send(kThread, core::Side::kCustomer, kNow + seconds(i));
  Send({kCarla, kBen}, core::Side::kCustomer, kNow);
  for (int limit = 1; limit <= 8; ++limit) {
    std::vector<std::int64_t> numbers;
    for (std::int64_t before = kAboveAll;;) {
      const auto page =
          store_.Read([&](Transaction& tx) { return ListMessages(tx, kThread, before, limit); });
      for (const core::Message& message : page) numbers.push_back(message.number);
      if (page.size() < static_cast<std::size_t>(limit)) break;
      before = page.back().number;
    }
    EXPECT_EQ(numbers, (std::vector<std::int64_t>{7, 6, 5, 4, 3, 2, 1})) << limit;
  }
  const auto message = store_.Read([](Transaction& tx) { return FindMessage(tx, kThread, 3); });
  ASSERT_TRUE(message);
  EXPECT_EQ(message->content, "sealed");
  EXPECT_EQ(message->created, kNow + seconds(2));
  EXPECT_EQ(message->account, kAda);
  EXPECT_FALSE(store_.Read([](Transaction& tx) { return FindMessage(tx, kThread, 8); }));
}

TEST_F(Chat, WhatAChannelCallsOldMessagesIsForgotten) {
  constexpr int kMessages = core::kCopiedMessagesMax + 2;
  const core::LinkKey other{kCarla, kBen};
  const auto put = [](Transaction& tx, const core::LinkKey& thread, std::int64_t number) {
    PutMessageCopy(tx, thread, number, thread.customer,
                   thread.customer.ToString() + ":" + std::to_string(number));
  };
  Send(other, core::Side::kCustomer, kNow);
  for (int i = 0; i < kMessages; ++i) Send(kThread, core::Side::kCustomer, kNow);
  store_.Write([&](Transaction& tx) {
    put(tx, other, 1);
    for (int number = 1; number <= kMessages; ++number) put(tx, kThread, number);
    put(tx, kThread, 4);  // Shown anew: nothing newer goes by that.
  });
  const auto copy = [&](const core::LinkKey& thread, std::int64_t number) {
    return store_.Read(
        [&](Transaction& tx) { return FindMessageCopy(tx, thread, number, thread.customer); });
  };
  EXPECT_EQ(copy(kThread, 1), "");
  EXPECT_EQ(copy(kThread, 2), "");
  EXPECT_NE(copy(kThread, 3), "");
  EXPECT_NE(copy(kThread, kMessages), "");
  EXPECT_NE(copy(other, 1), "");
}

TEST_F(Chat, CountsAreOfOneSideAboveANumberUpToALimit) {
  for (int i = 0; i < 5; ++i) Send(kThread, core::Side::kCustomer, kNow + seconds(i));
  Send(kThread, core::Side::kProvider, kNow);
  const auto count = [&](core::Side side, std::int64_t above, int limit) {
    return store_.Read(
        [&](Transaction& tx) { return CountMessages(tx, kThread, side, above, limit); });
  };
  EXPECT_EQ(count(core::Side::kCustomer, 0, 100), 5);
  EXPECT_EQ(count(core::Side::kCustomer, 2, 100), 3);
  EXPECT_EQ(count(core::Side::kCustomer, 0, 4), 4);
  EXPECT_EQ(count(core::Side::kProvider, 0, 100), 1);
  core::Instant now = kNow + seconds(4);
  const auto nth = [&](int n) {
    return store_.Read([&](Transaction& tx) { return NthNewestMessage(tx, kAda, n, now); });
  };
  EXPECT_EQ(nth(1), kNow + seconds(4));
  EXPECT_EQ(nth(5), kNow);
  EXPECT_EQ(nth(6), std::nullopt);
  // Where the clock has been set back, what it put ahead of the present does not count.
  now = kNow + seconds(2);
  EXPECT_EQ(nth(1), kNow + seconds(2));
  EXPECT_EQ(nth(4), std::nullopt);
}

TEST_F(Chat, ThreadsAreListedByTheirLatestMessageWithoutThoseOffTheList) {
  // The clock was ahead at first.
  Send(kThread, core::Side::kCustomer, kNow + seconds(9));
  Send({kCarla, kBen}, core::Side::kCustomer, kNow + seconds(1));
  Send({kDan, kAda}, core::Side::kCustomer, kNow);
  const auto of_carla = store_.Read([](Transaction& tx) { return ListThreads(tx, kCarla, {}, 9); });
  ASSERT_EQ(of_carla.size(), 2U);
  EXPECT_EQ(of_carla[0].key.customer, kBen);
  const auto next = store_.Read(
      [](Transaction& tx) { return ListThreads(tx, kCarla, ThreadCursor{{2}, kBen.value}, 9); });
  ASSERT_EQ(next.size(), 1U);
  EXPECT_EQ(next[0].key, kThread);
  store_.Write([](Transaction& tx) { UpdateLink(tx, {kCarla, kAda, kNow, kNow, std::nullopt}); });
  const auto of_ada = store_.Read([](Transaction& tx) { return ListThreads(tx, kAda, {}, 9); });
  ASSERT_EQ(of_ada.size(), 1U);
  EXPECT_EQ(of_ada[0].key.provider, kDan);
}

TEST_F(Chat, WhatWasSaidIsNotChanged) {
  Send(kThread, core::Side::kCustomer, kNow);
  EXPECT_FALSE(Sql("UPDATE messages SET sender = 'PROVIDER'"));
  EXPECT_FALSE(Sql("UPDATE messages SET created_s = 1"));
  EXPECT_TRUE(Sql("UPDATE messages SET content = " + test::BytesLiteral("00")));
  EXPECT_FALSE(Sql("UPDATE threads SET customer_read = 2"));
  EXPECT_FALSE(Accepts([](Transaction& tx) {
    PutThread(tx, {{kDan, kBen}, 1, kNow, {}});  // There is no such link.
  }));
}

}  // namespace
}  // namespace kalends::storage
