// One customer, key or address that takes all it can get beside another that wants one thing: the
// greedy are refused at their share, the modest always get in. And who is too slow makes room.
#include <gtest/gtest.h>
#include <sodium.h>

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

#include "core/base/limits.h"
#include "tests/support/await.h"
#include "tests/support/export.h"
#include "tests/support/files.h"
#include "tests/support/log_capture.h"
#include "tests/support/notification_stream.h"

namespace kalends::test {
namespace {

using Documents = v1::DocumentService::Stub;

class FairSharesTest : public testing::Test {
 protected:
  explicit FairSharesTest(TestServer::Adjust adjust = nullptr)
      : server_(":memory:", std::move(adjust)) {}
  ~FairSharesTest() override {
    for (const auto& context : contexts_) context->TryCancel();
  }

  grpc::ClientContext& Context(const Client& client) {
    client.Prepare(*contexts_.emplace_back(std::make_unique<grpc::ClientContext>()));
    return *contexts_.back();
  }
  v1::UploadDocumentRequest First(const std::string& link = "me") const {
    v1::UploadDocumentRequest first;
    first.mutable_header()->set_parent(practice_.provider + "/links/" + link);
    first.mutable_header()->set_file_name("Befund.pdf");
    first.mutable_header()->set_request_id(Client::NextRequestId());
    return first;
  }
  std::string TryUpload(const Client& client, std::string_view bytes = "x",
                        v1::Document* document = nullptr) const {
    v1::Document unused;
    return ReasonOf(Upload(client, &Documents::UploadDocument, First(), bytes,
                           document != nullptr ? document : &unused));
  }
  // Of the greedy, larger than what is on the way to who does not read.
  std::string MustSend() const {
    std::string noise(2 * kMegabyte, '\0');
    randombytes_buf(noise.data(), noise.size());
    v1::Document document;
    EXPECT_EQ(TryUpload(greedy_, noise, &document), "OK");
    return document.name();
  }
  std::string TryFetch(const Client& client, const std::string& name) const {
    v1::FetchDocumentRequest request;
    request.set_name(name);
    v1::FetchDocumentResponse first;
    std::string bytes;
    return ReasonOf(Fetch(client, &Documents::FetchDocument, request, &first, &bytes));
  }
  // Begins a download that takes no more than the first message.
  void BeginFetch(const Client& client, const std::string& name) {
    v1::FetchDocumentRequest request;
    request.set_name(name);
    v1::FetchDocumentResponse message;
    EXPECT_TRUE(
        fetches_.emplace_back(stub_.FetchDocument(&Context(client), request))->Read(&message));
  }
  v1::FetchDownloadRequest LinkTo(const Client& client, const std::string& name) const {
    v1::CreateDownloadLinkRequest link;
    link.set_name(name);
    v1::FetchDownloadRequest request;
    request.set_token(client.Must(&Documents::CreateDownloadLink, link).token());
    return request;
  }
  // Takes no more than is asked for: a window that grows with the speed swallows whole files.
  static grpc::ChannelArguments SmallWindow() {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_HTTP2_BDP_PROBE, 0);
    return arguments;
  }

  const LogCapture log_;
  TestServer server_;
  Practice practice_{server_};
  const Client& greedy_ = practice_.customer;
  const Client modest_ = practice_.NewCustomer("telegram:2002");
  Documents stub_{server_.NewChannel(SmallWindow())};
  v1::PrivacyService::Stub privacy_{server_.NewChannel(SmallWindow())};
  std::vector<std::unique_ptr<grpc::ClientContext>> contexts_;
  std::vector<std::unique_ptr<grpc::ClientReader<v1::FetchDocumentResponse>>> fetches_;
};

TEST_F(FairSharesTest, UploadsOfOneAccountLeaveRoomForOthers) {
  std::vector<v1::Document> documents(core::kUploadsAtOnceShare);
  std::vector<std::unique_ptr<grpc::ClientWriter<v1::UploadDocumentRequest>>> uploads;
  for (v1::Document& document : documents) {
    uploads.push_back(stub_.UploadDocument(&Context(greedy_), &document));
    ASSERT_TRUE(uploads.back()->Write(First()));
  }
  // The core has let them all in.
  ASSERT_TRUE(Eventually([&] { return FilesIn(server_.blobs()) == core::kUploadsAtOnceShare; }));
  EXPECT_EQ(TryUpload(greedy_), "LIMIT_REACHED");
  EXPECT_EQ(TryUpload(modest_), "OK");
  uploads[0]->WritesDone();
  EXPECT_EQ(ReasonOf(uploads[0]->Finish()), "EMPTY_FILE");
  EXPECT_EQ(TryUpload(greedy_), "OK");
  for (std::size_t i = 1; i < uploads.size(); ++i) {
    contexts_[i]->TryCancel();
    uploads[i]->Finish();
  }
}

TEST_F(FairSharesTest, AnAccountHasOneShareByWhateverNameAndKey) {
  const std::string name = MustSend();
  v1::GetAccountRequest me;
  me.set_name("accounts/me");
  const auto account = greedy_.Must(&v1::AccountService::Stub::GetAccount, me).name();
  const Client same(server_, server_.MakeKey({v1::SCOPE_ADAPTER}), account);
  for (int i = 0; i < core::kDownloadsAtOnceShare; ++i) BeginFetch(i % 2 ? greedy_ : same, name);
  EXPECT_EQ(TryFetch(greedy_, name), "LIMIT_REACHED");
  EXPECT_EQ(TryFetch(same, name), "LIMIT_REACHED");
}

TEST_F(FairSharesTest, DownloadsOfOneAccountLeaveRoomForOthers) {
  const std::string name = MustSend();
  for (int i = 0; i < core::kDownloadsAtOnceShare; ++i) BeginFetch(greedy_, name);
  EXPECT_EQ(TryFetch(greedy_, name), "LIMIT_REACHED");
  EXPECT_EQ(TryFetch(practice_.specialist, name), "OK");
}

// What was measured: 300 slow readers of one link, all with the key of kalends-web.
TEST_F(FairSharesTest, DownloadsByTheLinkOfOneAccountLeaveRoomForOthers) {
  const std::string name = MustSend();
  const Client web(server_, server_.MakeKey({v1::SCOPE_WEB}));
  const v1::FetchDownloadRequest greedy = LinkTo(greedy_, name);
  std::vector<std::unique_ptr<grpc::ClientReader<v1::FetchDownloadResponse>>> readers;
  v1::FetchDownloadResponse message;
  for (int i = 0; i < core::kDownloadsAtOnceShare; ++i) {
    readers.push_back(stub_.FetchDownload(&Context(web), greedy));
    ASSERT_TRUE(readers.back()->Read(&message));
  }
  const auto try_fetch = [&](const v1::FetchDownloadRequest& request) {
    std::string bytes;
    return ReasonOf(Fetch(web, &Documents::FetchDownload, request, &message, &bytes));
  };
  EXPECT_EQ(try_fetch(greedy), "LIMIT_REACHED");
  // Another link of the same account is no other share.
  EXPECT_EQ(try_fetch(LinkTo(greedy_, name)), "LIMIT_REACHED");
  EXPECT_EQ(try_fetch(LinkTo(practice_.specialist, name)), "OK");
}

// The address, too: or every further key would be a further share.
TEST_F(FairSharesTest, DownloadsForNobodyAreTheKeysAndTheAddresss) {
  const std::string name = MustSend();
  const Client tool(server_, server_.MakeKey({v1::SCOPE_TOOL_READ}));
  const Client other_tool(server_, server_.MakeKey({v1::SCOPE_TOOL_READ}));
  for (int i = 0; i < core::kDownloadsAtOnceShare; ++i) BeginFetch(tool, name);
  EXPECT_EQ(TryFetch(tool, name), "LIMIT_REACHED");
  EXPECT_EQ(TryFetch(other_tool, name), "LIMIT_REACHED");
  EXPECT_EQ(TryFetch(greedy_, name), "OK");
}

TEST_F(FairSharesTest, ExportsOfOneAccountLeaveRoomForOthers) {
  MustSend();
  v1::ExportAccountRequest request;
  request.set_name("accounts/me");
  std::vector<std::unique_ptr<grpc::ClientReader<v1::ExportAccountResponse>>> exports;
  v1::ExportAccountResponse part;
  for (int i = 0; i < core::kExportsAtOnceShare; ++i) {
    exports.push_back(privacy_.ExportAccount(&Context(greedy_), request));
    ASSERT_TRUE(exports.back()->Read(&part));
  }
  EXPECT_EQ(ExportOf(greedy_).reason, "LIMIT_REACHED");
  EXPECT_EQ(ExportOf(modest_).reason, "OK");
}

// Eight accounts had all places for exports, and read none: a ninth was kept out for a minute.
TEST_F(FairSharesTest, OneOfAGroupThatHasAllPlacesForExportsGivesWayToWhoHasNone) {
  constexpr int kGreedy = core::kExportsAtOnceMax / core::kExportsAtOnceShare;
  std::string noise(2 * kMegabyte, '\0');
  randombytes_buf(noise.data(), noise.size());
  v1::ExportAccountRequest request;
  request.set_name("accounts/me");
  std::vector<std::unique_ptr<grpc::ClientReader<v1::ExportAccountResponse>>> exports;
  v1::ExportAccountResponse part;
  for (int i = 0; i < kGreedy; ++i) {
    const Client greedy = practice_.NewCustomer("telegram:" + std::to_string(3000 + i));
    ASSERT_EQ(TryUpload(greedy, noise), "OK");
    for (int j = 0; j < core::kExportsAtOnceShare; ++j) {
      exports.push_back(privacy_.ExportAccount(&Context(greedy), request));
      ASSERT_TRUE(exports.back()->Read(&part));
    }
  }
  EXPECT_EQ(ExportOf(modest_).reason, "OK");
  int gave_way = 0;
  for (const auto& reader : exports) {
    while (reader->Read(&part)) {
    }
    const std::string reason = ReasonOf(reader->Finish());
    EXPECT_TRUE(reason == "OK" || reason == "GAVE_WAY") << reason;
    gave_way += reason == "GAVE_WAY" ? 1 : 0;
  }
  EXPECT_EQ(gave_way, 1);
}

TEST_F(FairSharesTest, OneOfAGroupThatHasAllPlacesForUploadsGivesWayToo) {
  constexpr int kGreedy = core::kUploadsAtOnceMax / core::kUploadsAtOnceShare;
  std::vector<v1::Document> documents(core::kUploadsAtOnceMax);
  std::vector<std::unique_ptr<grpc::ClientWriter<v1::UploadDocumentRequest>>> uploads;
  for (int i = 0; i < kGreedy; ++i) {
    const Client greedy = practice_.NewCustomer("telegram:" + std::to_string(3000 + i));
    for (int j = 0; j < core::kUploadsAtOnceShare; ++j) {
      uploads.push_back(stub_.UploadDocument(&Context(greedy), &documents[uploads.size()]));
      ASSERT_TRUE(uploads.back()->Write(First()));
    }
  }
  ASSERT_TRUE(Eventually([&] { return FilesIn(server_.blobs()) == core::kUploadsAtOnceMax; }));
  EXPECT_EQ(TryUpload(modest_), "OK");
  log_.Await("info DocumentService.UploadDocument GAVE_WAY ");
  for (const auto& context : contexts_) context->TryCancel();
  for (const auto& upload : uploads) upload->Finish();
}

TEST_F(FairSharesTest, NotificationStreamsOfOneKeyLeaveRoomForOthers) {
  const Client greedy(server_, server_.MakeKey({v1::SCOPE_ADAPTER}));
  const Client modest(server_, server_.MakeKey({v1::SCOPE_ADAPTER}));
  std::vector<std::unique_ptr<NotificationStream>> streams;
  for (int i = 0; i < core::kNotificationStreamsPerKeyMax; ++i) {
    streams.push_back(std::make_unique<NotificationStream>(greedy));
  }
  EXPECT_EQ(ReasonOf(NotificationStream(greedy).AwaitEnd().status), "LIMIT_REACHED");
  practice_.MustRequest(At("2026-03-03T09:00:00Z"));
  streams.clear();
  NotificationStream(modest).Next();
}

// The rule is core::Pace; here, that streams keep to it. Nothing else would end them: what may be
// idle is as long as ever.
class SlowStreamsTest : public FairSharesTest {
 protected:
  SlowStreamsTest()
      : FairSharesTest([](server::ServerOptions& options) {
          options.paces.file.window = std::chrono::milliseconds(100);
          options.paces.file.bytes = std::int64_t{1} << 40;
        }) {}
};

TEST_F(SlowStreamsTest, AnUploadThatTricklesEndsAndLeavesNothing) {
  v1::Document document;
  const auto writer = stub_.UploadDocument(&Context(greedy_), &document);
  v1::UploadDocumentRequest byte;
  byte.set_data("x");
  EXPECT_TRUE(writer->Write(First()));
  while (writer->Write(byte)) {
  }
  EXPECT_EQ(ReasonOf(writer->Finish()), "STREAM_IDLE");
  EXPECT_TRUE(Eventually([&] { return FilesIn(server_.blobs()) == 0; }));
}

class LongStreamsTest : public FairSharesTest {
 protected:
  LongStreamsTest()
      : FairSharesTest([](server::ServerOptions& options) {
          options.paces.file.whole_max = std::chrono::milliseconds(100);
        }) {}
};

TEST_F(LongStreamsTest, AnUploadHasADeadlineHoweverMuchMoves) {
  v1::Document document;
  const auto writer = stub_.UploadDocument(&Context(greedy_), &document);
  v1::UploadDocumentRequest byte;
  byte.set_data("x");
  EXPECT_TRUE(writer->Write(First()));
  while (writer->Write(byte)) {
  }
  EXPECT_EQ(ReasonOf(writer->Finish()), "STREAM_IDLE");
}

class LongExportsTest : public FairSharesTest {
 protected:
  LongExportsTest()
      : FairSharesTest([](server::ServerOptions& options) {
          options.paces.whole_export.whole_max = std::chrono::milliseconds(100);
        }) {}
};

TEST_F(LongExportsTest, AnExportHasADeadlineOfItsOwn) {
  MustSend();
  v1::ExportAccountRequest request;
  request.set_name("accounts/me");
  const auto reader = privacy_.ExportAccount(&Context(greedy_), request);
  log_.Await("info PrivacyService.ExportAccount STREAM_IDLE ");
  v1::ExportAccountResponse part;
  while (reader->Read(&part)) {
  }
  EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::CANCELLED);
}

class UnreadNotificationsTest : public FairSharesTest {
 protected:
  UnreadNotificationsTest()
      : FairSharesTest([](server::ServerOptions& options) {
          options.paces.notifications.idle_max = std::chrono::milliseconds(100);
        }) {}
};

// Messages of the longest text: together more than is on the way to who does not read.
TEST_F(UnreadNotificationsTest, WhatAStreamDoesNotTakeGoesToAnother) {
  constexpr int kMessages = core::kMessagesPerMinuteMax;
  constexpr int kWindowBytes = 4096;
  std::string text;
  for (int i = 0; i < 4000; ++i) text += "ж";
  const Client deaf(server_, server_.MakeKey({v1::SCOPE_ADAPTER}));
  grpc::ChannelArguments window = SmallWindow();
  window.SetInt(GRPC_ARG_HTTP2_STREAM_LOOKAHEAD_BYTES, kWindowBytes);
  v1::NotificationService::Stub notifications(server_.NewChannel(window));
  v1::StreamNotificationsRequest request;
  request.set_channel("telegram");
  const auto reader = notifications.StreamNotifications(&Context(deaf), request);
  reader->WaitForInitialMetadata();
  // To as many people, as each is told one thing at a time.
  for (int i = 0; i < kMessages; ++i) {
    const std::string identity = "telegram:" + std::to_string(3000 + i);
    practice_.NewCustomer(identity);
    v1::GetAccountRequest me;
    me.set_name("accounts/me");
    const auto account = Client(server_, server_.admin_key(), identity)
                             .Must(&v1::AccountService::Stub::GetAccount, me)
                             .name();
    v1::SendMessageRequest message;
    message.set_parent(practice_.provider + "/links/" + account.substr(account.find('/') + 1));
    message.mutable_message()->set_text(text);
    practice_.specialist.Must(&v1::ChatService::Stub::SendMessage, message);
  }
  log_.Await("info NotificationService.StreamNotifications STREAM_IDLE ");
  const Client other(server_, server_.MakeKey({v1::SCOPE_ADAPTER}));
  NotificationStream heard(other);
  for (int i = 0; i < kMessages; ++i) heard.Next();
}

}  // namespace
}  // namespace kalends::test
