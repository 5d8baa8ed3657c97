// A key's streams end with it: SPEC 7.11.
#include <gtest/gtest.h>
#include <sodium.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "tests/support/await.h"
#include "tests/support/export.h"
#include "tests/support/files.h"
#include "tests/support/log_capture.h"
#include "tests/support/notification_stream.h"

namespace kalends::test {
namespace {

using Consents = v1::ConsentService::Stub;
using Documents = v1::DocumentService::Stub;
using std::chrono::seconds;

constexpr std::size_t kLarge = 20 * kMegabyte;  // More than is ever on the wire.

// Takes no more than is asked for: a window that grows with the speed swallows whole files.
grpc::ChannelArguments SmallWindow() {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_HTTP2_BDP_PROBE, 0);
  return arguments;
}

// How a key ends, and what its streams are told.
struct End {
  const char* name;
  const char* reason;
};
// As the name of a test, which must not change from run to run.
void PrintTo(const End& end, std::ostream* out) { *out << end.name; }
constexpr End kEnds[] = {{"revoked", "UNKNOWN_KEY"}, {"expired", "EXPIRED_KEY"}};

class KeyStreamsTest : public testing::TestWithParam<End> {
 protected:
  // Makes the key whose streams are looked at.
  void MakeKey(v1::Scope scope, int max_streams = 0) {
    v1::ApiKey key;
    key.add_scopes(scope);
    key.set_max_streams(max_streams);
    key.mutable_expire_time()->set_seconds(core::ToUnixSeconds(server_.now() + seconds(100)));
    const auto made = server_.MakeKey(key);
    key_ = made.api_key().name();
    secret_ = made.secret();
  }
  void EndKey() {
    if (GetParam().reason == std::string("UNKNOWN_KEY")) {
      server_.RevokeKey(key_);
    } else {
      server_.Advance(seconds(100));
    }
  }
  Client With(const std::string& account = "") { return {server_, secret_, account}; }
  void ExpectEnd(const grpc::Status& status) const {
    EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAUTHENTICATED);
    EXPECT_EQ(ReasonOf(status), GetParam().reason);
  }

  v1::UploadDocumentRequest FirstOfUpload() const {
    v1::UploadDocumentRequest first;
    first.mutable_header()->set_parent(practice_.provider + "/links/me");
    first.mutable_header()->set_file_name("Befund.pdf");
    first.mutable_header()->set_request_id(Client::NextRequestId());
    return first;
  }
  // A document that does not shrink when it is packed.
  std::string MustSend() const {
    std::string noise(kLarge, '\0');
    randombytes_buf(noise.data(), noise.size());
    v1::Document document;
    EXPECT_EQ(ReasonOf(Upload(practice_.customer, &Documents::UploadDocument, FirstOfUpload(),
                              noise, &document)),
              "OK");
    return document.name();
  }
  void Say(const std::string& text) const {
    v1::SendMessageRequest request;
    request.set_parent(practice_.provider + "/links/me");
    request.mutable_message()->set_text(text);
    practice_.customer.Must(&v1::ChatService::Stub::SendMessage, request);
  }
  // The key ends while a stream of `method` has sent `messages`.
  template <typename Stub, typename Request, typename Response>
  void ExpectUploadEnds(
      std::unique_ptr<grpc::ClientWriter<Request>> (Stub::*method)(grpc::ClientContext*, Response*),
      const std::string& account, const std::vector<Request>& messages) {
    MakeKey(v1::SCOPE_ADAPTER);
    Stub stub(server_.channel());
    grpc::ClientContext context;
    With(account).Prepare(context);
    Response response;
    const auto writer = (stub.*method)(&context, &response);
    for (const Request& message : messages) EXPECT_TRUE(writer->Write(message));
    AwaitStream();
    EndKey();
    // The stream is not ended by its caller: the core says so.
    ExpectEnd(writer->Finish());
    // It is removed beside, some time.
    EXPECT_TRUE(Eventually([&] { return FilesIn(server_.blobs()) == 0; }));
  }
  // Reads to the end what the core still sends, and returns how much that is.
  template <typename Response>
  std::size_t Drain(grpc::ClientReader<Response>& reader) {
    std::size_t bytes = 0;
    Response message;
    while (reader.Read(&message)) bytes += message.data().size();
    ExpectEnd(reader.Finish());
    return bytes;
  }
  // Until the core has let the last call in.
  void AwaitStream() {
    v1::ListApiKeysRequest request;
    request.set_page_size(200);
    const auto let_in = [&] {
      const auto list = practice_.admin.Must(&v1::AdminService::Stub::ListApiKeys, request);
      return std::any_of(list.api_keys().begin(), list.api_keys().end(), [&](const auto& key) {
        return key.name() == key_ && key.has_last_use_time();
      });
    };
    ASSERT_TRUE(Eventually(let_in));
  }

  const LogCapture log_;
  std::atomic<core::Ticks> ticks_{core::Ticks(0)};
  TestServer server_{":memory:", [this](server::ServerOptions& options) {
                       options.ticks = [this] { return ticks_.load(); };
                     }};
  Practice practice_{server_};
  std::string key_;
  std::string secret_;
};

INSTANTIATE_TEST_SUITE_P(Ends, KeyStreamsTest, testing::ValuesIn(kEnds),
                         [](const auto& end) { return end.param.name; });

TEST_P(KeyStreamsTest, NotificationsGoToAnotherKeyFromThenOn) {
  MakeKey(v1::SCOPE_ADAPTER);
  NotificationStream ended(With());
  // Its own is leased, but never acknowledged.
  const v1::Notification joined = ended.Next();
  Say("before");
  EndKey();
  Say("after");
  const auto end = ended.AwaitEnd();
  ExpectEnd(end.status);
  EXPECT_TRUE(end.rest.empty());
  const Client other(server_, server_.MakeKey({v1::SCOPE_ADAPTER}));
  NotificationStream goes_on(other);
  EXPECT_EQ(goes_on.Next().name(), joined.name());
  Acknowledge(other, joined);
  for (const char* text : {"before", "after"}) {
    const v1::Notification next = goes_on.Next();
    EXPECT_EQ(next.message().text(), text);
    Acknowledge(other, next);
  }
  log_.Await(std::string("info NotificationService.StreamNotifications ") + GetParam().reason);
}

TEST_P(KeyStreamsTest, UploadsEndWhereTheyAreAndLeaveNothing) {
  v1::UploadDocumentRequest piece;
  piece.set_data(std::string(kMegabyte, 'x'));
  ExpectUploadEnds(&Documents::UploadDocument, "telegram:2001", {FirstOfUpload()});
  ExpectUploadEnds(&Documents::UploadDocument, "telegram:2001", {FirstOfUpload(), piece, piece});
  ExpectUploadEnds<Documents, v1::UploadDocumentRequest>(&Documents::UploadDocument, "", {});
}

TEST_P(KeyStreamsTest, UploadsOfTermsEnd) {
  v1::PublishConsentDocumentRequest first;
  first.mutable_header()->set_parent(practice_.provider);
  first.mutable_header()->mutable_document()->set_display_name("AGB");
  first.mutable_header()->set_file_name("agb.pdf");
  first.mutable_header()->set_content_type("application/pdf");
  first.mutable_header()->set_request_id("terms");
  ExpectUploadEnds(&Consents::PublishConsentDocument, "telegram:1001", {first});
  ExpectUploadEnds<Consents, v1::PublishConsentVersionRequest>(&Consents::PublishConsentVersion,
                                                               "telegram:1001", {});
}

TEST_P(KeyStreamsTest, ADownloadEndsInTheMiddle) {
  const std::string name = MustSend();
  MakeKey(v1::SCOPE_ADAPTER);
  Documents stub(server_.NewChannel(SmallWindow()));
  grpc::ClientContext context;
  With("telegram:2001").Prepare(context);
  v1::FetchDocumentRequest request;
  request.set_name(name);
  const auto reader = stub.FetchDocument(&context, request);
  v1::FetchDocumentResponse first;
  ASSERT_TRUE(reader->Read(&first));
  EndKey();
  EXPECT_LT(Drain(*reader), kLarge / 2);
}

TEST_P(KeyStreamsTest, ADownloadByTokenEndsInTheMiddle) {
  v1::CreateDownloadLinkRequest link;
  link.set_name(MustSend());
  v1::FetchDownloadRequest request;
  request.set_token(practice_.customer.Must(&Documents::CreateDownloadLink, link).token());
  MakeKey(v1::SCOPE_WEB);
  Documents stub(server_.NewChannel(SmallWindow()));
  grpc::ClientContext context;
  With().Prepare(context);
  const auto reader = stub.FetchDownload(&context, request);
  v1::FetchDownloadResponse first;
  ASSERT_TRUE(reader->Read(&first));
  EndKey();
  EXPECT_LT(Drain(*reader), kLarge / 2);
}

TEST_P(KeyStreamsTest, AnExportEndsInTheMiddle) {
  MustSend();
  MakeKey(v1::SCOPE_ADAPTER);
  v1::PrivacyService::Stub stub(server_.NewChannel(SmallWindow()));
  grpc::ClientContext context;
  With("telegram:2001").Prepare(context);
  v1::ExportAccountRequest request;
  request.set_name("accounts/me");
  const auto reader = stub.ExportAccount(&context, request);
  v1::ExportAccountResponse first;
  ASSERT_TRUE(reader->Read(&first));
  EndKey();
  EXPECT_LT(Drain(*reader), kLarge / 2);
}

TEST_P(KeyStreamsTest, WhoDoesNotTakeItsStatusIsCutOff) {
  const std::string name = MustSend();
  MakeKey(v1::SCOPE_ADAPTER);
  Documents stub(server_.NewChannel(SmallWindow()));
  grpc::ClientContext context;
  With("telegram:2001").Prepare(context);
  v1::FetchDocumentRequest request;
  request.set_name(name);
  const auto reader = stub.FetchDocument(&context, request);
  v1::FetchDocumentResponse message;
  ASSERT_TRUE(reader->Read(&message));
  EndKey();
  // Nobody reads on; two ticks of the core's clock go by, the first of which may end the key.
  server_.Advance(seconds(1));
  EXPECT_TRUE(Eventually([&] {
    ticks_ = ticks_.load() + seconds(1);
    server_.Advance(seconds(1));
    return log_.Text().find(std::string("FetchDocument ") + GetParam().reason) != std::string::npos;
  }));
  while (reader->Read(&message)) {
  }
  EXPECT_FALSE(reader->Finish().ok());
}

TEST_P(KeyStreamsTest, StreamsOfAKeyAreLimited) {
  MakeKey(v1::SCOPE_ADAPTER, 2);
  const NotificationStream first(With());
  {
    const NotificationStream second(With());
    NotificationStream third(With());
    EXPECT_EQ(ReasonOf(third.AwaitEnd().status), "LIMIT_REACHED");
    v1::Document document;
    EXPECT_EQ(ReasonOf(Upload(With("telegram:2001"), &Documents::UploadDocument, FirstOfUpload(),
                              "x", &document)),
              "LIMIT_REACHED");
    EXPECT_EQ(ExportOf(With("telegram:2001")).reason, "LIMIT_REACHED");
  }
  // Given back as the core notices.
  EXPECT_TRUE(Eventually([&] { return ExportOf(With("telegram:2001")).reason == "OK"; }));
}

}  // namespace
}  // namespace kalends::test
