// Support over the wire: asking, answering by tools and from a bridged group, closing.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/notification_stream.h"
#include "tests/support/test_server.h"

namespace kalends::test {
namespace {

using Support = v1::SupportService::Stub;

class SupportTest : public testing::Test {
 protected:
  SupportTest()
      : adapter_(server_, server_.MakeKey({v1::SCOPE_ADAPTER})),
        tool_(server_, server_.MakeKey({v1::SCOPE_TOOL_WRITE})),
        reader_(server_, server_.MakeKey({v1::SCOPE_TOOL_READ})) {
    NotificationStream stream(adapter_);
    Acknowledge(adapter_, stream.Next());  // The customer joined.
  }

  static v1::AskSupportRequest Question(const std::string& text) {
    v1::AskSupportRequest request;
    request.mutable_message()->set_text(text);
    return request;
  }
  std::string Ask(const std::string& text) const {
    return practice_.customer.Must(&Support::AskSupport, Question(text)).ticket().name();
  }
  static v1::AnswerTicketRequest Answer(const std::string& ticket, const std::string& text) {
    v1::AnswerTicketRequest request;
    request.set_name(ticket);
    request.mutable_message()->set_text(text);
    return request;
  }
  static v1::CloseTicketRequest Close(const std::string& ticket) {
    v1::CloseTicketRequest request;
    request.set_name(ticket);
    return request;
  }
  std::string ConnectDesk(const std::string& identity) const {
    v1::ConnectSupportDeskRequest request;
    request.set_identity(identity);
    request.set_display_name("Team");
    return adapter_.Try(&Support::ConnectSupportDesk, request);
  }

  TestServer server_;
  Practice practice_{server_};
  const Client adapter_;
  const Client tool_;
  const Client reader_;
};

TEST_F(SupportTest, AQuestionContinuesTheOpenTicketOrOpensOne) {
  const std::string ticket = Ask("Wie geht das?");
  EXPECT_EQ(Ask("Noch etwas"), ticket);
  auto other = Question("Etwas anderes");
  other.set_new_ticket(true);
  EXPECT_NE(practice_.customer.Must(&Support::AskSupport, other).ticket().name(), ticket);
  auto named = Question("Zur ersten Frage");
  named.set_ticket(ticket);
  EXPECT_EQ(practice_.customer.Must(&Support::AskSupport, named).ticket().name(), ticket);
  v1::ListTicketMessagesRequest list;
  list.set_parent(ticket);
  list.set_page_size(2);
  auto page = reader_.Must(&Support::ListTicketMessages, list);
  ASSERT_EQ(page.messages_size(), 2);
  EXPECT_EQ(page.messages(0).text(), "Zur ersten Frage");
  list.set_page_token(page.next_page_token());
  page = reader_.Must(&Support::ListTicketMessages, list);
  ASSERT_EQ(page.messages_size(), 1);
  EXPECT_EQ(page.messages(0).text(), "Wie geht das?");
  EXPECT_EQ(page.messages(0).author(), v1::TicketMessage::AUTHOR_CUSTOMER);
  EXPECT_EQ(page.next_page_token(), "");
}

TEST_F(SupportTest, BothSidesChangeWhatTheyWroteAndNobodyElseDoes) {
  EXPECT_EQ(ConnectDesk("telegram:-1001234"), "OK");
  NotificationStream stream(adapter_);
  auto question = Question("Wie geht das?");
  question.set_channel_key("telegram:2001:1:5");
  const auto asked = practice_.customer.Must(&Support::AskSupport, question);
  const auto told = stream.Next();
  v1::AcknowledgeNotificationRequest shown;
  shown.set_name(told.name());
  shown.set_delivered_as("telegram:-1001234:1:7");
  adapter_.Must(&v1::NotificationService::Stub::AcknowledgeNotification, shown);
  v1::BridgeTicketRequest bridge;
  bridge.set_name(asked.ticket().name());
  bridge.set_bridge_key("telegram:-1001234:1:7");
  adapter_.Must(&Support::BridgeTicket, bridge);

  v1::EditTicketMessageRequest edit;
  edit.set_channel_key("telegram:2001:1:5");
  edit.mutable_message()->set_text("Wie geht das genau?");
  EXPECT_EQ(adapter_.Try(&Support::EditTicketMessage, edit), "NOT_FOUND");
  const auto edited = practice_.customer.Must(&Support::EditTicketMessage, edit);
  EXPECT_TRUE(edited.has_edit_time());
  const auto again = stream.Next();
  EXPECT_EQ(again.identity(), "telegram:-1001234");
  EXPECT_EQ(again.ticket_message().text(), "Wie geht das genau?");
  EXPECT_EQ(again.delivered_as(), "telegram:-1001234:1:7");
  Acknowledge(adapter_, again);

  v1::AnswerTicketRequest answer;
  answer.set_bridge_key("telegram:-1001234:1:7");
  answer.mutable_message()->set_text("So.");
  answer.set_channel_key("telegram:-1001234:1:8");
  adapter_.Must(&Support::AnswerTicket, answer);
  Acknowledge(adapter_, stream.Next());
  edit.set_channel_key("telegram:-1001234:1:8");
  edit.mutable_message()->set_text("So nicht.");
  EXPECT_EQ(practice_.customer.Try(&Support::EditTicketMessage, edit), "NOT_FOUND");
  adapter_.Must(&Support::EditTicketMessage, edit);
  const auto corrected = stream.Next();
  EXPECT_EQ(corrected.identity(), "telegram:2001");
  EXPECT_EQ(corrected.ticket_message().text(), "So nicht.");
  Acknowledge(adapter_, corrected);

  v1::ListTicketMessageVersionsRequest list;
  list.set_parent(asked.ticket().name());
  const auto versions = reader_.Must(&Support::ListTicketMessageVersions, list);
  ASSERT_EQ(versions.versions_size(), 2);
  EXPECT_EQ(versions.versions(0).text(), "Wie geht das?");
  EXPECT_EQ(versions.versions(1).text(), "So.");
  tool_.Must(&Support::CloseTicket, Close(asked.ticket().name()));
  EXPECT_EQ(adapter_.Try(&Support::EditTicketMessage, edit), "TICKET_CLOSED");
}

TEST_F(SupportTest, ToolsAnswerAndBothSidesAreTold) {
  EXPECT_EQ(ConnectDesk("telegram:-1001234"), "OK");
  EXPECT_EQ(ConnectDesk("telegram:-1001234"), "OK");
  NotificationStream stream(adapter_);
  const std::string ticket = Ask("Wie geht das?");
  const auto asked = stream.Next();
  EXPECT_EQ(asked.kind(), v1::Notification::KIND_TICKET_MESSAGE);
  EXPECT_EQ(asked.identity(), "telegram:-1001234");
  EXPECT_EQ(asked.ticket().name(), ticket);
  EXPECT_TRUE(asked.ticket().awaits_answer());
  EXPECT_EQ(asked.ticket_message().text(), "Wie geht das?");
  Acknowledge(adapter_, asked);
  const auto answer = tool_.Must(&Support::AnswerTicket, Answer(ticket, "So."));
  EXPECT_EQ(answer.author(), v1::TicketMessage::AUTHOR_TEAM);
  const auto told = stream.Next();
  EXPECT_EQ(told.identity(), "telegram:2001");
  EXPECT_EQ(told.ticket_message().text(), "So.");
  EXPECT_FALSE(told.ticket().awaits_answer());
  Acknowledge(adapter_, told);
  practice_.customer.Must(&Support::CloseTicket, Close(ticket));
  const auto closed = stream.Next();
  EXPECT_EQ(closed.kind(), v1::Notification::KIND_TICKET_CLOSED);
  EXPECT_EQ(closed.identity(), "telegram:-1001234");
  Acknowledge(adapter_, closed);
  const std::string second = Ask("Noch eine Frage");
  EXPECT_NE(second, ticket);
  Acknowledge(adapter_, stream.Next());
  tool_.Must(&Support::CloseTicket, Close(second));
  const auto closed_by_team = stream.Next();
  EXPECT_EQ(closed_by_team.kind(), v1::Notification::KIND_TICKET_CLOSED);
  EXPECT_EQ(closed_by_team.identity(), "telegram:2001");
}

TEST_F(SupportTest, AGroupAnswersByTheKeyOfTheMessageItRepliesTo) {
  const std::string ticket = Ask("Wie geht das?");
  v1::BridgeTicketRequest bridge;
  bridge.set_name(ticket);
  bridge.set_bridge_key("telegram:-1001234:567");
  EXPECT_EQ(practice_.customer.Try(&Support::BridgeTicket, bridge), "ACCOUNT_NOT_ALLOWED");
  adapter_.Must(&Support::BridgeTicket, bridge);
  v1::AnswerTicketRequest answer;
  answer.set_bridge_key("telegram:-1001234:567");
  answer.mutable_message()->set_text("So.");
  adapter_.Must(&Support::AnswerTicket, answer);
  // Not for an account, not by name, not by another key.
  EXPECT_EQ(practice_.customer.Try(&Support::AnswerTicket, answer), "ACCOUNT_NOT_ALLOWED");
  EXPECT_EQ(adapter_.Try(&Support::AnswerTicket, Answer(ticket, "x")), "NOT_FOUND");
  answer.set_bridge_key("telegram:-1001234:568");
  EXPECT_EQ(adapter_.Try(&Support::AnswerTicket, answer), "NOT_FOUND");
  answer.set_bridge_key("a b");
  EXPECT_EQ(adapter_.Try(&Support::AnswerTicket, answer), "INVALID_FIELD");
  v1::CloseTicketRequest close;
  close.set_bridge_key("telegram:-1001234:567");
  EXPECT_EQ(adapter_.Must(&Support::CloseTicket, close).state(), v1::Ticket::STATE_CLOSED);
  EXPECT_EQ(adapter_.Try(&Support::CloseTicket, close), "OK");
  answer.set_bridge_key("telegram:-1001234:567");
  EXPECT_EQ(adapter_.Try(&Support::AnswerTicket, answer), "TICKET_CLOSED");
  bridge.set_name("tickets/0000000000001");
  EXPECT_EQ(adapter_.Try(&Support::BridgeTicket, bridge), "NOT_FOUND");
}

TEST_F(SupportTest, TicketsAreThereForTheirAccountAndForTools) {
  const std::string ticket = Ask("Wie geht das?");
  v1::GetTicketRequest get;
  get.set_name(ticket);
  EXPECT_EQ(practice_.specialist.Try(&Support::GetTicket, get), "NOT_FOUND");
  EXPECT_EQ(adapter_.Try(&Support::GetTicket, get), "NOT_FOUND");
  EXPECT_EQ(practice_.specialist.Try(&Support::CloseTicket, Close(ticket)), "NOT_FOUND");
  auto question = Question("x");
  question.set_ticket(ticket);
  EXPECT_EQ(practice_.specialist.Try(&Support::AskSupport, question), "NOT_FOUND");
  v1::ListTicketMessagesRequest messages;
  messages.set_parent(ticket);
  EXPECT_EQ(practice_.specialist.Try(&Support::ListTicketMessages, messages), "NOT_FOUND");
  EXPECT_EQ(reader_.Try(&Support::AnswerTicket, Answer(ticket, "x")), "SCOPE_MISSING");
  EXPECT_EQ(tool_.Try(&Support::AskSupport, Question("x")), "ACCOUNT_MISSING");
  EXPECT_EQ(tool_.Try(&Support::ConnectSupportDesk, v1::ConnectSupportDeskRequest()),
            "INVALID_FIELD");
  v1::ConnectSupportDeskRequest desk;
  desk.set_identity("telegram:2001");
  desk.set_display_name("Anna");
  EXPECT_EQ(practice_.customer.Try(&Support::ConnectSupportDesk, desk), "ACCOUNT_NOT_ALLOWED");
  v1::ListTicketsRequest list;
  EXPECT_EQ(practice_.customer.Try(&Support::ListTickets, list), "NOT_FOUND");
  EXPECT_EQ(reader_.Must(&Support::ListTickets, list).tickets_size(), 1);
  list.set_state(v1::Ticket::STATE_CLOSED);
  EXPECT_EQ(reader_.Must(&Support::ListTickets, list).tickets_size(), 0);
  list.set_parent("accounts/me");
  EXPECT_EQ(practice_.customer.Try(&Support::ListTickets, list), "INVALID_FIELD");
  list.clear_state();
  EXPECT_EQ(practice_.customer.Must(&Support::ListTickets, list).tickets(0).name(), ticket);
  EXPECT_EQ(practice_.specialist.Must(&Support::ListTickets, list).tickets_size(), 0);
}

TEST_F(SupportTest, LimitsAndClosedTicketsAreNamed) {
  const std::string ticket = Ask("1");
  auto another = Question("x");
  another.set_new_ticket(true);
  for (int i = 1; i < 5; ++i) practice_.customer.Must(&Support::AskSupport, another);
  EXPECT_EQ(practice_.customer.Try(&Support::AskSupport, another), "LIMIT_REACHED");
  another.set_ticket(ticket);
  EXPECT_EQ(practice_.customer.Try(&Support::AskSupport, another), "INVALID_FIELD");
  another.set_new_ticket(false);
  practice_.customer.Must(&Support::CloseTicket, Close(ticket));
  EXPECT_EQ(practice_.customer.Try(&Support::AskSupport, another), "TICKET_CLOSED");
  EXPECT_EQ(practice_.customer.Try(&Support::AskSupport, Question("")), "INVALID_FIELD");
  for (int i = 5; i < 20; ++i) Ask("x");
  v1::AskSupportResponse unused;
  const auto refused = practice_.customer.Call(&Support::AskSupport, Question("x"), &unused);
  EXPECT_EQ(ReasonOf(refused), "RATE_LIMITED");
  EXPECT_EQ(RetryDelayOf(refused), std::chrono::seconds(60));
  for (int i = 0; i < 10; ++i) EXPECT_EQ(ConnectDesk("telegram:-" + std::to_string(i)), "OK");
  EXPECT_EQ(ConnectDesk("telegram:-10"), "LIMIT_REACHED");
  v1::DisconnectSupportDeskRequest end;
  end.set_identity("telegram:-3");
  EXPECT_EQ(adapter_.Try(&Support::DisconnectSupportDesk, end), "OK");
  EXPECT_EQ(adapter_.Try(&Support::DisconnectSupportDesk, end), "OK");
  EXPECT_EQ(ConnectDesk("telegram:-10"), "OK");
}

TEST_F(SupportTest, DesksAreListedPageByPageToAdaptersAndTools) {
  EXPECT_EQ(ConnectDesk("telegram:-1"), "OK");
  EXPECT_EQ(ConnectDesk("telegram:-2"), "OK");
  v1::ListSupportDesksRequest list;
  list.set_page_size(1);
  const auto first = adapter_.Must(&Support::ListSupportDesks, list);
  ASSERT_EQ(first.desks_size(), 1);
  EXPECT_EQ(first.desks(0).identity(), "telegram:-1");
  EXPECT_EQ(first.desks(0).display_name(), "Team");
  list.set_page_token(first.next_page_token());
  const auto second = reader_.Must(&Support::ListSupportDesks, list);
  ASSERT_EQ(second.desks_size(), 1);
  EXPECT_EQ(second.desks(0).identity(), "telegram:-2");
  EXPECT_EQ(second.next_page_token(), "");
  EXPECT_EQ(practice_.customer.Try(&Support::ListSupportDesks, v1::ListSupportDesksRequest()),
            "ACCOUNT_NOT_ALLOWED");
  list.set_page_token("x");
  EXPECT_EQ(reader_.Try(&Support::ListSupportDesks, list), "INVALID_PAGE_TOKEN");
}

TEST_F(SupportTest, AQuestionMovesFromAFormerDeskToANewOne) {
  EXPECT_EQ(ConnectDesk("telegram:-1"), "OK");
  Ask("Hört mich jemand?");
  auto another = Question("Erledigt");
  another.set_new_ticket(true);
  tool_.Must(&Support::AnswerTicket,
             Answer(practice_.customer.Must(&Support::AskSupport, another).ticket().name(), "Ja"));
  v1::DisconnectSupportDeskRequest end;
  end.set_identity("telegram:-1");
  EXPECT_EQ(adapter_.Try(&Support::DisconnectSupportDesk, end), "OK");
  EXPECT_EQ(ConnectDesk("telegram:-2"), "OK");
  EXPECT_EQ(ConnectDesk("telegram:-2"), "OK");  // Again: nothing is told twice.
  NotificationStream stream(adapter_);
  std::vector<std::string> told;
  for (int i = 0; i < 2; ++i) {
    const v1::Notification notification = stream.Next();
    told.push_back(notification.identity() + " " + notification.ticket_message().text());
    Acknowledge(adapter_, notification);
  }
  std::sort(told.begin(), told.end());
  EXPECT_EQ(told, (std::vector<std::string>{"telegram:-2 Hört mich jemand?", "telegram:2001 Ja"}));
  const auto stats =
      practice_.admin.Must(&v1::AdminService::Stub::GetServerStats, v1::GetServerStatsRequest());
  EXPECT_EQ(stats.notifications_due(), 0);
}

TEST_F(SupportTest, ToolsAloneAreToldWhoOfTheTeamAnswered) {
  const std::string ticket = Ask("Wie geht das?");
  v1::BridgeTicketRequest bridge;
  bridge.set_name(ticket);
  bridge.set_bridge_key("telegram:-1001234:1:7");
  adapter_.Must(&Support::BridgeTicket, bridge);
  v1::AnswerTicketRequest by_sam;
  by_sam.set_bridge_key(bridge.bridge_key());
  by_sam.mutable_message()->set_text("So.");
  by_sam.set_answered_by(" Sam\n\u202E  Support ");
  EXPECT_EQ(adapter_.Must(&Support::AnswerTicket, by_sam).answered_by(), "");
  NotificationStream stream(adapter_);
  const auto told = stream.Next();
  EXPECT_EQ(told.ticket_message().text(), "So.");
  EXPECT_EQ(told.ticket_message().answered_by(), "");
  by_sam.set_answered_by(std::string(300, 'x'));
  adapter_.Must(&Support::AnswerTicket, by_sam);
  tool_.Must(&Support::AnswerTicket, Answer(ticket, "Und so."));

  v1::ListTicketMessagesRequest list;
  list.set_parent(ticket);
  const auto seen = reader_.Must(&Support::ListTicketMessages, list);
  ASSERT_EQ(seen.messages_size(), 4);
  EXPECT_EQ(seen.messages(0).answered_by(), "");  // Nobody said.
  EXPECT_EQ(seen.messages(1).answered_by(), std::string(100, 'x'));
  EXPECT_EQ(seen.messages(2).answered_by(), "Sam Support");
  EXPECT_EQ(seen.messages(3).answered_by(), "");
  const auto shown = practice_.customer.Must(&Support::ListTicketMessages, list);
  for (const auto& message : shown.messages()) {
    EXPECT_EQ(message.answered_by(), "");
  }
}

TEST_F(SupportTest, AnEditKeepsWhoAnswered) {
  const std::string ticket = Ask("Wie geht das?");
  auto answer = Answer(ticket, "So.");
  answer.set_answered_by("Sam");
  const auto answered = tool_.Must(&Support::AnswerTicket, answer);
  EXPECT_EQ(answered.answered_by(), "Sam");
  v1::EditTicketMessageRequest edit;
  edit.set_name(answered.name());
  edit.mutable_message()->set_text("So nicht.");
  EXPECT_EQ(tool_.Must(&Support::EditTicketMessage, edit).answered_by(), "Sam");
}

TEST_F(SupportTest, ARepeatAsksAndAnswersOnce) {
  auto question = Question("einmal");
  question.set_request_id("ask-1");
  const auto first = practice_.customer.Must(&Support::AskSupport, question);
  EXPECT_EQ(practice_.customer.Must(&Support::AskSupport, question).message().name(),
            first.message().name());
  auto answer = Answer(first.ticket().name(), "So.");
  answer.set_request_id("answer-1");
  const auto answered = tool_.Must(&Support::AnswerTicket, answer);
  EXPECT_EQ(tool_.Must(&Support::AnswerTicket, answer).name(), answered.name());
  v1::ListTicketMessagesRequest list;
  list.set_parent(first.ticket().name());
  EXPECT_EQ(practice_.customer.Must(&Support::ListTicketMessages, list).messages_size(), 2);
}

}  // namespace
}  // namespace kalends::test
