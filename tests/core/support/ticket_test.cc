#include "core/support/ticket.h"

#include <gtest/gtest.h>

#include <string>

#include "core/base/error.h"
#include "core/base/limits.h"

namespace kalends::core {
namespace {

constexpr AccountId kAda{1}, kBen{2};

Ticket Sample(TicketState state) {
  Ticket ticket;
  ticket.account = kAda;
  ticket.state = state;
  return ticket;
}

TEST(AwaitsAnswer, WhileItIsOpenAndTheCustomerHadTheLastWord) {
  const struct {
    const char* name;
    TicketState state;
    std::optional<TicketAuthor> last;
    bool awaits;
  } kCases[] = {
      {"a question", TicketState::kOpen, TicketAuthor::kCustomer, true},
      {"an answer", TicketState::kOpen, TicketAuthor::kTeam, false},
      {"nothing yet", TicketState::kOpen, {}, false},
      {"a question that was closed", TicketState::kClosed, TicketAuthor::kCustomer, false},
  };
  for (const auto& c : kCases) EXPECT_EQ(AwaitsAnswer(Sample(c.state), c.last), c.awaits) << c.name;
}

TEST(CheckMayAsk, InATicketOfOnesOwnThatIsOpen) {
  const Ticket open = Sample(TicketState::kOpen);
  const Ticket closed = Sample(TicketState::kClosed);
  const struct {
    const char* name;
    const Ticket* ticket;
    AccountId account;
    const char* refusal;
  } kCases[] = {{"one's own", &open, kAda, ""},
                {"none", nullptr, kAda, "NOT_FOUND"},
                {"somebody else's", &open, kBen, "NOT_FOUND"},
                {"closed", &closed, kAda, "TICKET_CLOSED"},
                {"somebody else's, closed", &closed, kBen, "NOT_FOUND"}};
  for (const auto& c : kCases) {
    EXPECT_EQ(ReasonName(CheckMayAsk(c.ticket, c.account)), c.refusal) << c.name;
  }
}

TEST(IsBridge, AnAdapterOrAToolThatActsForNobody) {
  const struct {
    const char* name;
    Caller caller;
    bool bridge;
  } kCases[] = {
      {"an adapter", {{}, {Scope::kAdapter}, {}}, true},
      {"an adapter for somebody", {{}, {Scope::kAdapter}, kAda}, false},
      {"the web", {{}, {Scope::kWeb}, {}}, false},
      {"a tool", {{}, {Scope::kToolWrite}, {}}, true},
      {"a tool for somebody", {{}, {Scope::kToolWrite}, kAda}, false},
  };
  for (const auto& c : kCases) EXPECT_EQ(IsBridge(c.caller), c.bridge) << c.name;
}

TEST(CheckBridgeKey, IsPrintableAsciiOfSomeLength) {
  const struct {
    const char* name;
    std::string key;
    bool allowed;
  } kCases[] = {
      {"as Telegram's", "-1001234:17", true},
      {"empty", "", false},
      {"the longest", std::string(kBridgeKeyBytesMax, '~'), true},
      {"too long", std::string(kBridgeKeyBytesMax + 1, '~'), false},
      {"a blank", "a b", false},
      {"a line break", "a\n", false},
      {"a delete", "a\x7f", false},
      {"no ASCII", "\u00fc", false},
  };
  for (const auto& c : kCases) EXPECT_EQ(CheckBridgeKey(c.key).ok(), c.allowed) << c.name;
}

}  // namespace
}  // namespace kalends::core
