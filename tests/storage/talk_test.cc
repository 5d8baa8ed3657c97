// Links, payments, chats and tickets: written, read, paged, and what the database refuses.
#include "storage/booking.h"
#include "storage/chat.h"
#include "storage/links.h"
#include "storage/payments.h"
#include "storage/providers.h"
#include "storage/support.h"
#include "tests/storage/sample.h"

namespace kalends::storage {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

constexpr std::int64_t kAboveAll = std::numeric_limits<std::int64_t>::max();
constexpr core::LinkKey kThread{kCarla, kAda};

core::Payment SamplePayment(std::int64_t id, core::PaymentKind kind, std::int64_t minor) {
  core::Payment payment;
  payment.id = {id};
  payment.provider = kCarla;
  payment.appointment = {200};
  payment.kind = kind;
  payment.amount = {minor, "EUR"};
  payment.note = "cash";
  payment.received = kNow - hours(1);
  payment.created = kNow;
  payment.account = kCarlaAccount;
  return payment;
}

core::Thread EmptyThread(const core::LinkKey& key) {
  core::Thread thread;
  thread.key = key;
  return thread;
}

class Talk : public testing::Test {
 protected:
  Talk() {
    store_.Write([](Transaction& tx) {
      InsertLink(tx, kCarla, kAda, kNow);
      InsertLink(tx, kCarla, kBen, kNow);
      InsertLink(tx, kDan, kAda, kNow);
      InsertAppointment(tx, SampleAppointment(200, kNow));
    });
  }
  bool Accepts(const std::function<void(Transaction&)>& body) { return store_.TryWrite(body).ok(); }
  bool Sql(std::string_view sql) {
    return Accepts([&](Transaction& tx) { tx.Execute(sql); });
  }
  bool Pay(const core::Payment& payment) {
    return Accepts([&](Transaction& tx) { InsertPayment(tx, payment); });
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

TEST_F(Talk, ALinkThatEndedIsOffTheListAndStillThere) {
  core::Link link = *store_.Read([](Transaction& tx) { return FindLink(tx, kCarla, kAda); });
  EXPECT_EQ(link.created, kNow);
  EXPECT_FALSE(link.removed || link.blocked);
  link.blocked = kNow + seconds(1);
  store_.Write([&](Transaction& tx) { UpdateLink(tx, link); });
  EXPECT_TRUE(store_.Read([](Transaction& tx) { return HasLink(tx, kCarla, kAda); }));
  link.removed = kNow + seconds(2);
  store_.Write([&](Transaction& tx) { UpdateLink(tx, link); });
  EXPECT_FALSE(store_.Read([](Transaction& tx) { return HasLink(tx, kCarla, kAda); }));
  EXPECT_EQ(store_.Read([](Transaction& tx) { return FindLink(tx, kCarla, kAda); })->blocked,
            link.blocked);
  EXPECT_EQ(IdsOf(store_.Read([](Transaction& tx) { return LinkedProviders(tx, kAda, {}, 9); })),
            (std::vector<std::int64_t>{kDan.value}));
  EXPECT_EQ(store_.Read([](Transaction& tx) { return LinksOf(tx, kAda, core::ProviderId{-1}, 9); })
                .size(),
            2U);
  const auto customers = store_.Read(
      [](Transaction& tx) { return LinksOf(tx, kCarla, core::AccountId{kAda.value}, 9); });
  ASSERT_EQ(customers.size(), 1U);
  EXPECT_EQ(customers[0].customer, kBen);
}

TEST_F(Talk, OnlyWhatHasNotEndedIsAnOpenAppointment) {
  const auto open = [&](core::Instant now) {
    return store_.Read([&](Transaction& tx) { return HasOpenAppointment(tx, kCarla, kAda, now); });
  };
  EXPECT_TRUE(open(kNow - hours(100)));
  EXPECT_TRUE(open(kNow + seconds(3599)));
  EXPECT_FALSE(open(kNow + seconds(3600)));
  EXPECT_FALSE(
      store_.Read([](Transaction& tx) { return HasOpenAppointment(tx, kCarla, kBen, kNow); }));
  ASSERT_TRUE(Sql("UPDATE appointments SET status = 'REJECTED' WHERE id = 200"));
  EXPECT_FALSE(open(kNow));
}

TEST_F(Talk, PaymentsComeBackAsTheyWereWritten) {
  const auto payment = SamplePayment(300, core::PaymentKind::kPayment, 1000);
  ASSERT_TRUE(Pay(payment));
  ASSERT_TRUE(Pay(SamplePayment(301, core::PaymentKind::kRefund, 400)));
  const auto found = store_.Read([](Transaction& tx) { return PaymentsOf(tx, kCarla, {200}); });
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].kind, payment.kind);
  EXPECT_EQ(found[0].amount, payment.amount);
  EXPECT_EQ(found[0].note, payment.note);
  EXPECT_EQ(found[0].received, payment.received);
  EXPECT_EQ(found[0].created, payment.created);
  EXPECT_EQ(found[0].account, payment.account);
  EXPECT_EQ(found[1].kind, core::PaymentKind::kRefund);
}

TEST_F(Talk, TheBooksRefuseWhatTheRulesRefuse) {
  EXPECT_FALSE(Pay(SamplePayment(300, core::PaymentKind::kRefund, 1)));
  EXPECT_FALSE(Pay(SamplePayment(300, core::PaymentKind::kPayment, 0)));
  core::Payment payment = SamplePayment(300, core::PaymentKind::kPayment, 1000);
  payment.amount.currency_code = "USD";
  EXPECT_FALSE(Pay(payment));
  payment = SamplePayment(300, core::PaymentKind::kPayment, 1000);
  payment.provider = kDan;
  EXPECT_FALSE(Pay(payment));
  ASSERT_TRUE(Pay(SamplePayment(300, core::PaymentKind::kPayment, 1000)));
  EXPECT_FALSE(Pay(SamplePayment(301, core::PaymentKind::kRefund, 1001)));
  EXPECT_TRUE(Pay(SamplePayment(301, core::PaymentKind::kRefund, 1000)));
  // Append-only, but for what erasing takes out.
  EXPECT_FALSE(Sql("DELETE FROM payments"));
  for (const char* change :
       {"amount_minor = 1", "kind = 'REFUND'", "currency = 'USD'", "received_s = 1",
        "created_s = 1", "note = 'card'", "account_id = 1", "appointment_id = 201", "id = 9"}) {
    EXPECT_FALSE(
        Sql(std::string("UPDATE payments SET ").append(change) + " WHERE kind = 'PAYMENT'"))
        << change;
  }
  EXPECT_FALSE(
      Sql("INSERT OR REPLACE INTO payments SELECT provider_id, appointment_id, id, kind,"
          " 1, currency, note, received_s, created_s, account_id FROM payments"));
  EXPECT_TRUE(Sql("UPDATE payments SET note = '', account_id = NULL"));
}

TEST_F(Talk, MessagesAreListedNewestFirstInPagesOfAnySize) {
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

TEST_F(Talk, CountsAreOfOneSideAboveANumberUpToALimit) {
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

TEST_F(Talk, ThreadsAreListedByTheirLatestMessageWithoutThoseOffTheList) {
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

TEST_F(Talk, WhatWasSaidIsNotChanged) {
  Send(kThread, core::Side::kCustomer, kNow);
  EXPECT_FALSE(Sql("UPDATE messages SET sender = 'PROVIDER'"));
  EXPECT_FALSE(Sql("UPDATE messages SET created_s = 1"));
  EXPECT_TRUE(Sql("UPDATE messages SET content = x'00'"));
  EXPECT_FALSE(Sql("UPDATE threads SET customer_read = 2"));
  EXPECT_FALSE(Accepts([](Transaction& tx) {
    PutThread(tx, {{kDan, kBen}, 1, kNow, 0, 0});  // There is no such link.
  }));
}

TEST_F(Talk, TicketsAreListedForTheirAccountAndByState) {
  store_.Write([](Transaction& tx) {
    for (std::int64_t id = 400; id < 405; ++id) {
      InsertTicket(tx, {{id}, id % 2 == 0 ? kAda : kBen, core::TicketState::kOpen, 0, kNow, kNow});
    }
    UpdateTicket(tx, {{402}, kAda, core::TicketState::kClosed, 0, kNow, kNow + hours(1), 2});
    InsertTicketMessage(tx, {{400}, 1, core::TicketAuthor::kCustomer, kAda, "sealed", kNow});
    InsertTicketMessage(
        tx, {{400}, 2, core::TicketAuthor::kTeam, std::nullopt, "sealed", kNow + hours(1)});
    PutTicketBridge(tx, "a", {400}, kNow);
    PutTicketBridge(tx, "a", {402}, kNow);
    InsertSupportDesk(tx, kBen, kNow);
    InsertSupportDesk(tx, kBen, kNow);
  });
  using Ids = std::vector<std::int64_t>;
  const auto list = [&](auto read) { return IdsOf(store_.Read(read)); };
  EXPECT_EQ(list([](Transaction& tx) { return ListTicketsOf(tx, kAda, {}, 9); }),
            (Ids{404, 402, 400}));
  EXPECT_EQ(list([](Transaction& tx) { return ListTicketsOf(tx, kAda, core::TicketId{404}, 1); }),
            (Ids{402}));
  EXPECT_EQ(list([](Transaction& tx) { return ListTickets(tx, core::TicketState::kOpen, {}, 3); }),
            (Ids{400, 401, 403}));
  EXPECT_EQ(
      list([](Transaction& tx) { return ListTickets(tx, core::TicketState::kClosed, {}, 3); }),
      (Ids{402}));
  EXPECT_EQ(store_.Read([](Transaction& tx) { return FindOpenTicket(tx, kAda); })->id.value, 404);
  EXPECT_EQ(store_.Read([](Transaction& tx) { return CountOpenTickets(tx, kAda); }), 2);
  EXPECT_EQ(store_.Read([](Transaction& tx) { return FindTicket(tx, {402}); })->version, 2);
  EXPECT_EQ(store_.Read([](Transaction& tx) { return FindTicketBridge(tx, "a"); })->value, 402);
  EXPECT_FALSE(store_.Read([](Transaction& tx) { return FindTicketBridge(tx, "b"); }));
  EXPECT_EQ(store_.Read([](Transaction& tx) { return SupportDesks(tx); }).size(), 1U);
  const auto messages =
      store_.Read([](Transaction& tx) { return ListTicketMessages(tx, {400}, kAboveAll, 9); });
  ASSERT_EQ(messages.size(), 2U);
  EXPECT_EQ(messages[0].author, core::TicketAuthor::kTeam);
  EXPECT_EQ(messages[1].account, kAda);
  EXPECT_EQ(store_.Read([](Transaction& tx) { return NthNewestTicketMessage(tx, kAda, 1, kNow); }),
            kNow);
  EXPECT_EQ(store_.Read([](Transaction& tx) { return NthNewestTicketMessage(tx, kAda, 2, kNow); }),
            std::nullopt);
  EXPECT_FALSE(Sql("UPDATE ticket_messages SET author = 'TEAM', sender_id = NULL"));
  EXPECT_FALSE(Sql("INSERT INTO ticket_messages VALUES (400, 3, 'TEAM', 1, x'', 1)"));
}

}  // namespace
}  // namespace kalends::storage
