#include "storage/support.h"

#include <limits>
#include <string>

#include "core/base/limits.h"
#include "tests/storage/sample.h"

namespace kalends::storage {
namespace {

using std::chrono::hours;

constexpr std::int64_t kAboveAll = std::numeric_limits<std::int64_t>::max();

TEST(Support, TicketsAreListedForTheirAccountAndByState) {
  Store store;
  store.Write([](Transaction& tx) {
    for (std::int64_t id = 400; id < 405; ++id) {
      InsertTicket(tx, {{id}, id % 2 == 0 ? kAda : kBen, core::TicketState::kOpen, 0, kNow, kNow});
    }
    UpdateTicket(tx, {{402}, kAda, core::TicketState::kClosed, 0, kNow, kNow + hours(1), 2});
    InsertTicketMessage(tx, {{400}, 1, core::TicketAuthor::kCustomer, kAda, "sealed", kNow});
    InsertTicketMessage(tx, {{400},
                             2,
                             core::TicketAuthor::kTeam,
                             std::nullopt,
                             "sealed",
                             kNow + hours(1),
                             std::nullopt,
                             "sealed name"});
    PutTicketBridge(tx, "a", {400}, kNow);
    PutTicketBridge(tx, "a", {402}, kNow);
    InsertSupportDesk(tx, kBen, kNow);
    InsertSupportDesk(tx, kBen, kNow);
  });
  using Ids = std::vector<std::int64_t>;
  const auto list = [&](auto read) { return IdsOf(store.Read(read)); };
  EXPECT_EQ(list([](Transaction& tx) { return ListTicketsOf(tx, kAda, {}, 9); }),
            (Ids{404, 402, 400}));
  EXPECT_EQ(list([](Transaction& tx) { return ListTicketsOf(tx, kAda, core::TicketId{404}, 1); }),
            (Ids{402}));
  EXPECT_EQ(list([](Transaction& tx) { return ListTickets(tx, core::TicketState::kOpen, {}, 3); }),
            (Ids{400, 401, 403}));
  EXPECT_EQ(
      list([](Transaction& tx) { return ListTickets(tx, core::TicketState::kClosed, {}, 3); }),
      (Ids{402}));
  EXPECT_EQ(store.Read([](Transaction& tx) { return FindOpenTicket(tx, kAda); })->id.value, 404);
  EXPECT_EQ(store.Read([](Transaction& tx) { return CountOpenTickets(tx, kAda); }), 2);
  EXPECT_EQ(store.Read([](Transaction& tx) { return FindTicket(tx, {402}); })->version, 2);
  EXPECT_EQ(store.Read([](Transaction& tx) { return FindTicketBridge(tx, "a"); })->value, 402);
  EXPECT_FALSE(store.Read([](Transaction& tx) { return FindTicketBridge(tx, "b"); }));
  EXPECT_EQ(store.Read([](Transaction& tx) { return SupportDesks(tx); }).size(), 1U);
  const auto messages =
      store.Read([](Transaction& tx) { return ListTicketMessages(tx, {400}, kAboveAll, 9); });
  ASSERT_EQ(messages.size(), 2U);
  EXPECT_EQ(messages[0].author, core::TicketAuthor::kTeam);
  EXPECT_EQ(messages[0].answered_by, "sealed name");
  EXPECT_EQ(messages[1].account, kAda);
  EXPECT_EQ(messages[1].answered_by, "");
  EXPECT_EQ(store.Read([](Transaction& tx) { return NthNewestTicketMessage(tx, kAda, 1, kNow); }),
            kNow);
  EXPECT_EQ(store.Read([](Transaction& tx) { return NthNewestTicketMessage(tx, kAda, 2, kNow); }),
            std::nullopt);
  const auto sql = [&](std::string_view text) {
    return store.TryWrite([&](Transaction& tx) { tx.Execute(text); }).ok();
  };
  EXPECT_FALSE(sql("UPDATE ticket_messages SET author = 'TEAM', sender_id = NULL"));
  EXPECT_FALSE(sql("UPDATE ticket_messages SET answered_by = " + test::BytesLiteral("00") +
                   " WHERE author = 'TEAM'"));
  EXPECT_FALSE(sql("INSERT INTO ticket_messages VALUES (400, 3, 'TEAM', 1, " +
                   test::BytesLiteral("") + ", 1)"));
}

TEST(Support, WhatAChannelCallsOldMessagesIsForgotten) {
  constexpr int kMessages = core::kCopiedMessagesMax + 1;
  Store store;
  store.Write([](Transaction& tx) {
    for (const core::TicketId ticket : {core::TicketId{400}, core::TicketId{401}}) {
      InsertTicket(tx, {ticket, kAda, core::TicketState::kOpen, 0, kNow, kNow});
    }
    const auto put = [&](core::TicketId ticket, std::int64_t number) {
      InsertTicketMessage(tx,
                          {ticket, number, core::TicketAuthor::kCustomer, kAda, "sealed", kNow});
      PutTicketMessageCopy(tx, ticket, number, kAda,
                           ticket.ToString() + ":" + std::to_string(number));
    };
    put({401}, 1);
    for (int number = 1; number <= kMessages; ++number) put({400}, number);
  });
  const auto copy = [&](core::TicketId ticket, std::int64_t number) {
    return store.Read(
        [&](Transaction& tx) { return FindTicketMessageCopy(tx, ticket, number, kAda); });
  };
  EXPECT_EQ(copy({400}, 1), "");
  EXPECT_NE(copy({400}, 2), "");
  EXPECT_NE(copy({401}, 1), "");
}

}  // namespace
}  // namespace kalends::storage
