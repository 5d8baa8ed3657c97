// Chats over the wire: both ways, sealed, paged, limited, told.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "tests/storage/sqlite/temporary_file.h"
#include "tests/support/notification_stream.h"
#include "tests/support/test_server.h"

namespace kalends::test {
namespace {

using Chats = v1::ChatService::Stub;

std::string AccountOf(const Client& client) {
  v1::GetAccountRequest request;
  request.set_name("accounts/me");
  const auto name = client.Must(&v1::AccountService::Stub::GetAccount, request).name();
  return name.substr(name.rfind('/') + 1);
}

v1::SendMessageRequest Text(const std::string& link, const std::string& text) {
  v1::SendMessageRequest request;
  request.set_parent(link);
  request.mutable_message()->set_text(text);
  return request;
}

v1::Thread ThreadOf(const Client& client, const std::string& link) {
  v1::GetThreadRequest request;
  request.set_name(link + "/thread");
  return client.Must(&Chats::GetThread, request);
}

class ChatTest : public testing::Test {
 protected:
  v1::Message Send(const Client& client, const std::string& text) const {
    return client.Must(&Chats::SendMessage, Text(link_, text));
  }

  TestServer server_;
  Practice practice_{server_};
  const std::string link_ = practice_.provider + "/links/" + AccountOf(practice_.customer);
};

TEST_F(ChatTest, AThreadNamesTheClockOfItsProvider) {
  EXPECT_EQ(ThreadOf(practice_.customer, link_).provider_time_zone(), "Europe/Berlin");
  EXPECT_EQ(ThreadOf(practice_.specialist, link_).provider_time_zone(), "Europe/Berlin");
}

TEST_F(ChatTest, GoesBothWaysAndIsReadFromTheNewest) {
  Send(practice_.customer, "Guten Tag!\n<b>&amp; 🙂</b>");
  Send(practice_.specialist, "Hallo Anna");
  v1::ListMessagesRequest list;
  list.set_parent(practice_.provider + "/links/me");
  const auto found = practice_.customer.Must(&Chats::ListMessages, list);
  ASSERT_EQ(found.messages_size(), 2);
  EXPECT_EQ(found.messages(0).text(), "Hallo Anna");
  EXPECT_EQ(found.messages(0).sender(), v1::LINK_SIDE_PROVIDER);
  EXPECT_EQ(found.messages(0).sender_display_name(), "Praxis Weber");
  EXPECT_EQ(found.messages(1).text(), "Guten Tag!\n<b>&amp; 🙂</b>");
  EXPECT_EQ(found.messages(1).sender_display_name(), "Anna");
  // Who answered has read it.
  EXPECT_TRUE(found.messages(1).read());
  EXPECT_FALSE(found.messages(0).read());
}

TEST_F(ChatTest, AttachmentsComeBackAsTheyWereSent) {
  v1::SendMessageRequest request = Text(link_, "");
  v1::Attachment* voice = request.mutable_message()->add_attachments();
  voice->set_kind(v1::Attachment::KIND_VOICE);
  voice->set_channel("telegram");
  voice->set_reference("AwACAgIAAx0");
  v1::Attachment* file = request.mutable_message()->add_attachments();
  *file = *voice;
  file->set_kind(v1::Attachment::KIND_FILE);
  file->set_file_name("../Befund 🙂.pdf");
  file->set_media_type("application/pdf");
  file->set_size_bytes(123456);
  const auto sent = practice_.specialist.Must(&Chats::SendMessage, request);
  ASSERT_EQ(sent.attachments_size(), 2);
  EXPECT_EQ(sent.attachments(0).SerializeAsString(),
            request.message().attachments(0).SerializeAsString());
  EXPECT_EQ(sent.attachments(1).SerializeAsString(),
            request.message().attachments(1).SerializeAsString());
}

TEST_F(ChatTest, NamesOfFilesShowHowTheyEnd) {
  v1::SendMessageRequest request = Text(link_, "");
  v1::Attachment& file = *request.mutable_message()->add_attachments();
  file.set_kind(v1::Attachment::KIND_FILE);
  file.set_channel("telegram");
  file.set_reference("AwACAgIAAx0");
  file.set_file_name("rechnung\u202Efdp.exe");
  const auto sent = practice_.customer.Must(&Chats::SendMessage, request);
  EXPECT_EQ(sent.attachments(0).file_name(), "rechnungfdp.exe");
}

v1::EditMessageRequest Edit(const v1::Message& message, const std::string& text) {
  v1::EditMessageRequest request;
  request.set_name(message.name());
  request.mutable_message()->set_text(text);
  return request;
}

TEST_F(ChatTest, AnEditKeepsWhatWasSaidAndTellsTheOtherSide) {
  const Client adapter(server_, server_.MakeKey({v1::SCOPE_ADAPTER}));
  NotificationStream stream(adapter);
  Acknowledge(adapter, stream.Next());  // The customer joined.
  const auto sent = Send(practice_.customer, "Dienstag?");
  EXPECT_FALSE(sent.has_edit_time());
  const auto told = stream.Next();
  EXPECT_EQ(told.delivered_as(), "");
  v1::AcknowledgeNotificationRequest shown;
  shown.set_name(told.name());
  shown.set_delivered_as("telegram:1:2:3");
  adapter.Must(&v1::NotificationService::Stub::AcknowledgeNotification, shown);

  server_.Advance(std::chrono::seconds(60));
  const auto edited = practice_.customer.Must(&Chats::EditMessage, Edit(sent, "Mittwoch?"));
  EXPECT_EQ(edited.text(), "Mittwoch?");
  EXPECT_EQ(edited.edit_time().seconds(), sent.create_time().seconds() + 60);
  const auto again = stream.Next();
  EXPECT_EQ(again.kind(), v1::Notification::KIND_CHAT_MESSAGE);
  EXPECT_EQ(again.message().name(), sent.name());
  EXPECT_EQ(again.message().text(), "Mittwoch?");
  EXPECT_EQ(again.delivered_as(), "telegram:1:2:3");
  Acknowledge(adapter, again);

  // What is there already is no edit.
  practice_.customer.Must(&Chats::EditMessage, Edit(sent, "Mittwoch?"));
  v1::ListMessageVersionsRequest list;
  list.set_parent(link_);
  for (const Client* reader : {&practice_.customer, &practice_.specialist}) {
    const auto versions = reader->Must(&Chats::ListMessageVersions, list);
    ASSERT_EQ(versions.versions_size(), 1);
    EXPECT_EQ(versions.versions(0).message(), sent.name());
    EXPECT_EQ(versions.versions(0).number(), 1);
    EXPECT_EQ(versions.versions(0).text(), "Dienstag?");
  }
}

TEST_F(ChatTest, AMessageIsFoundByWhatItsChannelCallsIt) {
  auto request = Text(link_, "Dienstag?");
  request.set_channel_key("telegram:1:2:3");
  const auto sent = practice_.customer.Must(&Chats::SendMessage, request);
  v1::EditMessageRequest edit;
  edit.set_channel_key("telegram:1:2:3");
  edit.mutable_message()->set_text("Mittwoch?");
  EXPECT_EQ(practice_.customer.Must(&Chats::EditMessage, edit).name(), sent.name());
  // Of somebody else's message nobody knows the key.
  EXPECT_EQ(practice_.specialist.Try(&Chats::EditMessage, edit), "NOT_FOUND");
  EXPECT_EQ(practice_.specialist.Try(&Chats::EditMessage, Edit(sent, "x")), "NOT_FOUND");
  edit.set_channel_key("telegram:1:2:4");
  EXPECT_EQ(practice_.customer.Try(&Chats::EditMessage, edit), "NOT_FOUND");
  // A number that begins anew is another message's.
  const auto next = practice_.customer.Must(&Chats::SendMessage, request);
  edit.set_channel_key("telegram:1:2:3");
  EXPECT_EQ(practice_.customer.Must(&Chats::EditMessage, edit).name(), next.name());
}

TEST_F(ChatTest, AMessageIsEditedTwentyTimesAtMost) {
  const auto sent = Send(practice_.customer, "0");
  for (int i = 1; i <= 20; ++i) {
    practice_.customer.Must(&Chats::EditMessage, Edit(sent, std::to_string(i)));
  }
  EXPECT_EQ(practice_.customer.Try(&Chats::EditMessage, Edit(sent, "21")), "LIMIT_REACHED");
}

TEST_F(ChatTest, BadMessagesNameTheFieldAndAreNotSent) {
  const auto attach = [](v1::SendMessageRequest& r) -> v1::Attachment& {
    v1::Attachment* one = r.mutable_message()->add_attachments();
    one->set_kind(v1::Attachment::KIND_PHOTO);
    one->set_channel("telegram");
    one->set_reference("x");
    return *one;
  };
  const struct {
    const char* name;
    std::function<void(v1::SendMessageRequest&)> change;
    const char* field;
  } kCases[] = {
      {"nothing", [](auto& r) { r.clear_message(); }, "message.text"},
      {"4001 characters", [](auto& r) { r.mutable_message()->set_text(std::string(4001, 'x')); },
       "message.text"},
      {"a filler nobody sees", [](auto& r) { r.mutable_message()->set_text("\u3164"); },
       "message.text"},
      {"a control character", [](auto& r) { r.mutable_message()->set_text("a\x1f"); },
       "message.text"},
      {"eleven photos",
       [&](auto& r) {
         for (int i = 0; i < 11; ++i) attach(r);
       },
       "message.attachments"},
      {"no kind", [&](auto& r) { attach(r).clear_kind(); }, "message.attachments[0].kind"},
      {"no channel", [&](auto& r) { attach(r).clear_channel(); }, "message.attachments[0].channel"},
      {"no reference", [&](auto& r) { attach(r).clear_reference(); },
       "message.attachments[0].reference"},
      {"a name of two lines", [&](auto& r) { attach(r).set_file_name("a\nb"); },
       "message.attachments[0].file_name"},
      {"a negative size", [&](auto& r) { attach(r).set_size_bytes(-1); },
       "message.attachments[0].size_bytes"},
      {"another's name", [&](auto& r) { r.set_parent("providers/x/links/y"); }, "parent"},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.name);
    v1::SendMessageRequest request = Text(link_, "x");
    c.change(request);
    v1::Message unused;
    EXPECT_EQ(FieldOf(practice_.customer.Call(&Chats::SendMessage, request, &unused)), c.field);
  }
  EXPECT_EQ(ThreadOf(practice_.customer, link_).has_last_message(), false);
  EXPECT_EQ(practice_.customer.Try(&Chats::SendMessage, Text(link_, std::string(4000, 'x'))), "OK");
}

TEST_F(ChatTest, IsNotThereForOthers) {
  const auto sent = Send(practice_.customer, "geheim");
  const Client stranger = practice_.NewCustomer("telegram:2002");
  EXPECT_EQ(stranger.Try(&Chats::SendMessage, Text(link_, "x")), "NOT_FOUND");
  v1::ListMessagesRequest list;
  list.set_parent(link_);
  EXPECT_EQ(stranger.Try(&Chats::ListMessages, list), "NOT_FOUND");
  v1::GetThreadRequest get;
  get.set_name(link_ + "/thread");
  EXPECT_EQ(stranger.Try(&Chats::GetThread, get), "NOT_FOUND");
  v1::MarkReadRequest mark;
  mark.set_name(sent.name());
  EXPECT_EQ(stranger.Try(&Chats::MarkRead, mark), "NOT_FOUND");
  v1::ListThreadsRequest threads;
  threads.set_parent(practice_.provider);
  EXPECT_EQ(stranger.Try(&Chats::ListThreads, threads), "NOT_FOUND");
  threads.set_parent("accounts/" + AccountOf(practice_.customer));
  EXPECT_EQ(stranger.Try(&Chats::ListThreads, threads), "NOT_FOUND");
  // A thread with nobody, and sending for nobody.
  EXPECT_EQ(practice_.specialist.Try(
                &Chats::SendMessage,
                Text(practice_.provider + "/links/" + AccountOf(practice_.specialist), "x")),
            "NOT_FOUND");
  EXPECT_EQ(practice_.admin.Try(&Chats::SendMessage, Text(link_, "x")), "ACCOUNT_MISSING");
  EXPECT_EQ(practice_.admin.Must(&Chats::ListMessages, list).messages_size(), 1);
}

TEST_F(ChatTest, ReadingCountsUpToTheMarkAndNeverBack) {
  std::vector<std::string> names;
  for (int i = 0; i < 5; ++i) names.push_back(Send(practice_.customer, "x").name());
  EXPECT_EQ(ThreadOf(practice_.specialist, link_).unread_count(), 5);
  EXPECT_EQ(ThreadOf(practice_.customer, link_).unread_count(), 0);
  const auto mark = [&](const std::string& name) {
    v1::MarkReadRequest request;
    request.set_name(name);
    return practice_.specialist.Must(&Chats::MarkRead, request).unread_count();
  };
  EXPECT_EQ(mark(names[2]), 2);
  EXPECT_EQ(mark(names[0]), 2);
  EXPECT_EQ(mark(names[4]), 0);
  v1::MarkReadRequest beyond;
  beyond.set_name(link_ + "/messages/0000000000009");
  EXPECT_EQ(practice_.specialist.Try(&Chats::MarkRead, beyond), "NOT_FOUND");
  beyond.set_name(link_ + "/messages/9");
  EXPECT_EQ(practice_.specialist.Try(&Chats::MarkRead, beyond), "INVALID_FIELD");
}

TEST_F(ChatTest, HistoryAndThreadsArePaged) {
  for (int i = 0; i < 7; ++i) Send(practice_.customer, std::to_string(i));
  v1::ListMessagesRequest list;
  list.set_parent(link_);
  list.set_page_size(3);
  std::string texts;
  do {
    const auto page = practice_.specialist.Must(&Chats::ListMessages, list);
    for (const auto& message : page.messages()) texts += message.text();
    list.set_page_token(page.next_page_token());
  } while (!list.page_token().empty());
  EXPECT_EQ(texts, "6543210");
  list.set_page_size(-1);
  EXPECT_EQ(practice_.specialist.Try(&Chats::ListMessages, list), "INVALID_FIELD");
  for (const char* identity : {"telegram:2002", "telegram:2003"}) {
    server_.Advance(std::chrono::seconds(1));
    practice_.NewCustomer(identity).Must(&Chats::SendMessage,
                                         Text(practice_.provider + "/links/me", identity));
  }
  v1::ListThreadsRequest threads;
  threads.set_parent("providers/me");
  threads.set_page_size(2);
  const auto first = practice_.specialist.Must(&Chats::ListThreads, threads);
  ASSERT_EQ(first.threads_size(), 2);
  EXPECT_EQ(first.threads(0).last_message().text(), "telegram:2003");
  EXPECT_EQ(first.threads(1).last_message().text(), "telegram:2002");
  threads.set_page_token(first.next_page_token());
  const auto second = practice_.specialist.Must(&Chats::ListThreads, threads);
  ASSERT_EQ(second.threads_size(), 1);
  EXPECT_EQ(second.threads(0).unread_count(), 7);
  EXPECT_EQ(second.next_page_token(), "");
}

TEST_F(ChatTest, ARepeatSendsOnce) {
  auto request = Text(link_, "einmal");
  request.set_request_id("update-1");
  const auto first = practice_.customer.Must(&Chats::SendMessage, request);
  EXPECT_EQ(practice_.customer.Must(&Chats::SendMessage, request).name(), first.name());
  EXPECT_EQ(ThreadOf(practice_.specialist, link_).unread_count(), 1);
  request.mutable_message()->set_text("zweimal");
  EXPECT_EQ(practice_.customer.Try(&Chats::SendMessage, request), "REQUEST_ID_REUSED");
}

TEST_F(ChatTest, TheOtherSideIsToldAndCanReply) {
  const Client adapter(server_, server_.MakeKey({v1::SCOPE_ADAPTER}));
  NotificationStream stream(adapter);
  Acknowledge(adapter, stream.Next());  // The customer joined.
  Send(practice_.customer, "Guten Tag");
  const auto to_provider = stream.Next();
  EXPECT_EQ(to_provider.kind(), v1::Notification::KIND_CHAT_MESSAGE);
  EXPECT_EQ(to_provider.identity(), "telegram:1001");
  EXPECT_EQ(to_provider.message().text(), "Guten Tag");
  EXPECT_EQ(to_provider.message().sender_display_name(), "Anna");
  practice_.specialist.Must(&Chats::SendMessage, Text(to_provider.message().link(), "Hallo"));
  const auto to_customer = stream.Next();
  EXPECT_EQ(to_customer.identity(), "telegram:2001");
  EXPECT_EQ(to_customer.message().text(), "Hallo");
}

TEST(ChatRate, HoldsAcrossARestartAndSaysWhenToGoOn) {
  const storage::TemporaryFile file;
  TestServer server(file.path());
  std::string thread;
  {
    const Practice practice(server);
    thread = practice.provider + "/links/me";
    for (int i = 0; i < 20; ++i) {
      practice.customer.Must(&Chats::SendMessage, Text(thread, "x"));
      server.Advance(std::chrono::seconds(1));
    }
  }
  server.Restart();
  const Client customer(server, server.admin_key(), "telegram:2001");
  v1::Message unused;
  const auto refused = customer.Call(&Chats::SendMessage, Text(thread, "x"), &unused);
  EXPECT_EQ(ReasonOf(refused), "RATE_LIMITED");
  EXPECT_EQ(refused.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(RetryDelayOf(refused), std::chrono::seconds(40));
  server.Advance(std::chrono::seconds(39));
  EXPECT_EQ(customer.Try(&Chats::SendMessage, Text(thread, "x")), "RATE_LIMITED");
  server.Advance(std::chrono::seconds(1));
  EXPECT_EQ(customer.Try(&Chats::SendMessage, Text(thread, "x")), "OK");
}

TEST(ChatSeal, NoFileOfTheDatabaseHoldsWhatWasWritten) {
  const storage::TemporaryFile file;
  TestServer server(file.path());
  const Practice practice(server);
  constexpr char kSecret[] = "Kurkumawurzelbehandlung";
  auto request = Text(practice.provider + "/links/me", kSecret);
  practice.customer.Must(&Chats::SendMessage, request);
  for (const char* suffix : {"", "-wal"}) {
    std::ifstream stream(file.path() + suffix, std::ios::binary);
    ASSERT_TRUE(stream) << suffix;
    const std::string bytes((std::istreambuf_iterator<char>(stream)), {});
    EXPECT_EQ(bytes.find(kSecret), std::string::npos) << suffix;
    EXPECT_FALSE(bytes.empty() && *suffix == '\0');
  }
}

}  // namespace
}  // namespace kalends::test
