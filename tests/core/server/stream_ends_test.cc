// How streams end that do not come to their end: idle, abandoned, refused; and what is logged.
#include <gtest/gtest.h>
#include <sodium.h>

#include <chrono>
#include <functional>
#include <vector>

#include "core/base/limits.h"
#include "tests/support/export.h"
#include "tests/support/files.h"
#include "tests/support/log_capture.h"

namespace kalends::test {
namespace {

using Documents = v1::DocumentService::Stub;
using Uploads = std::unique_ptr<grpc::ClientWriter<v1::UploadDocumentRequest>>;
using Downloads = std::unique_ptr<grpc::ClientReader<v1::FetchDocumentResponse>>;

class StreamEndsTest : public testing::Test {
 protected:
  explicit StreamEndsTest(TestServer::Adjust adjust = nullptr)
      : server_(":memory:", std::move(adjust)) {}

  v1::UploadDocumentRequest First() const {
    v1::UploadDocumentRequest first;
    first.mutable_header()->set_parent(practice_.provider + "/links/me");
    first.mutable_header()->set_file_name("Befund.pdf");
    first.mutable_header()->set_request_id(Client::NextRequestId());
    return first;
  }
  std::string MustSend(std::string_view bytes) const {
    v1::Document document;
    EXPECT_EQ(
        ReasonOf(Upload(practice_.customer, &Documents::UploadDocument, First(), bytes, &document)),
        "OK");
    return document.name();
  }
  grpc::Status TryFetch(const Client& client, const std::string& name) const {
    v1::FetchDocumentRequest request;
    request.set_name(name);
    v1::FetchDocumentResponse first;
    std::string bytes;
    return Fetch(client, &Documents::FetchDocument, request, &first, &bytes);
  }
  // Begins a download that takes no more than the first message.
  Downloads BeginFetch(grpc::ClientContext& context, const std::string& name) {
    practice_.customer.Prepare(context);
    v1::FetchDocumentRequest request;
    request.set_name(name);
    Downloads reader = stub_.FetchDocument(&context, request);
    v1::FetchDocumentResponse message;
    EXPECT_TRUE(reader->Read(&message));
    return reader;
  }
  // Which does not shrink when it is packed.
  static std::string Noise(std::size_t size) {
    std::string noise(size, '\0');
    randombytes_buf(noise.data(), noise.size());
    return noise;
  }
  int Files() const { return FilesIn(server_.blobs()); }

  const LogCapture log_;
  TestServer server_;
  Practice practice_{server_};
  // Takes no more than is asked for: a window that grows with the speed swallows whole files.
  static grpc::ChannelArguments SmallWindow() {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_HTTP2_BDP_PROBE, 0);
    return arguments;
  }
  Documents stub_{server_.NewChannel(SmallWindow())};
};

TEST_F(StreamEndsTest, AKeyWithoutTheScopeIsRefusedBeforeItTakesAPlace) {
  const Client reader(server_, server_.MakeKey({v1::SCOPE_TOOL_READ}));
  const Client web(server_, server_.MakeKey({v1::SCOPE_WEB}));
  for (const Client& client : {reader, web}) {
    grpc::ClientContext context;
    client.Prepare(context);
    v1::Document document;
    // Nothing is sent: whoever had a place would keep it now.
    EXPECT_EQ(ReasonOf(stub_.UploadDocument(&context, &document)->Finish()), "SCOPE_MISSING");
  }
  EXPECT_EQ(ReasonOf(TryFetch(web, "documents/x")), "SCOPE_MISSING");
  EXPECT_EQ(ExportOf(web).reason, "SCOPE_MISSING");
}

TEST_F(StreamEndsTest, APlaceIsGivenBackByWhoHasGone) {
  const std::string name = MustSend(std::string(2 * kMegabyte, 'x'));
  std::vector<std::unique_ptr<grpc::ClientContext>> contexts;
  std::vector<Downloads> readers;
  for (int i = 0; i < core::kDownloadsAtOnceShare; ++i) {
    contexts.push_back(std::make_unique<grpc::ClientContext>());
    readers.push_back(BeginFetch(*contexts.back(), name));
  }
  EXPECT_EQ(ReasonOf(TryFetch(practice_.customer, name)), "LIMIT_REACHED");
  for (std::size_t i = 0; i < readers.size(); ++i) {
    contexts[i]->TryCancel();
    readers[i]->Finish();
  }
  // The places are given back as the core notices that the callers have gone.
  while (ReasonOf(TryFetch(practice_.customer, name)) == "LIMIT_REACHED") {
  }
  EXPECT_EQ(ReasonOf(TryFetch(practice_.customer, name)), "OK");
}

// Whoever calls again as soon as the status is there. Of each kind all of its share are taken but
// one.
TEST_F(StreamEndsTest, WhoKnowsHowAStreamEndedFindsItsPlaceFree) {
  constexpr int kCalls = 300;
  MustSend(Noise(2 * kMegabyte));
  std::vector<std::unique_ptr<grpc::ClientContext>> contexts;
  const auto context = [&]() -> grpc::ClientContext& {
    practice_.customer.Prepare(*contexts.emplace_back(std::make_unique<grpc::ClientContext>()));
    return *contexts.back();
  };
  std::vector<Uploads> uploads;
  std::vector<v1::Document> documents(core::kUploadsAtOnceShare - 1);
  for (v1::Document& document : documents) {
    uploads.push_back(stub_.UploadDocument(&context(), &document));
    ASSERT_TRUE(uploads.back()->Write(First()));
  }
  v1::PrivacyService::Stub privacy(server_.NewChannel(SmallWindow()));
  std::vector<std::unique_ptr<grpc::ClientReader<v1::ExportAccountResponse>>> exports;
  v1::ExportAccountRequest request;
  request.set_name("accounts/me");
  v1::ExportAccountResponse part;
  for (int i = 1; i < core::kExportsAtOnceShare; ++i) {
    exports.push_back(privacy.ExportAccount(&context(), request));
    ASSERT_TRUE(exports.back()->Read(&part));
  }
  for (int i = 0; i < kCalls; ++i) {
    v1::Document document;
    ASSERT_EQ(ReasonOf(Upload(practice_.customer, &Documents::UploadDocument,
                              v1::UploadDocumentRequest(), "", &document)),
              "INVALID_FIELD");
    ASSERT_EQ(ExportOf(practice_.customer, "accounts/" + core::AccountId{1}.ToString()).reason,
              "NOT_FOUND");
  }
  for (const auto& one : contexts) one->TryCancel();
  for (const Uploads& one : uploads) one->Finish();
  for (const auto& one : exports) one->Finish();
}

// The same of the streams of a key, of which it may have one.
TEST_F(StreamEndsTest, WhoKnowsHowAStreamEndedMayOpenTheNextOfItsKey) {
  constexpr int kCalls = 300;
  v1::ApiKey key;
  key.add_scopes(v1::SCOPE_ADAPTER);
  key.set_max_streams(1);
  const Client client(server_, server_.MakeKey(key).secret(), "telegram:2001");
  const std::string name = MustSend("x");
  for (int i = 0; i < kCalls; ++i) {
    v1::Document document;
    ASSERT_EQ(ReasonOf(Upload(client, &Documents::UploadDocument, v1::UploadDocumentRequest(), "",
                              &document)),
              "INVALID_FIELD");
    ASSERT_EQ(ReasonOf(TryFetch(client, name)), "OK");
    ASSERT_EQ(ExportOf(client, "accounts/" + core::AccountId{1}.ToString()).reason, "NOT_FOUND");
  }
}

TEST_F(StreamEndsTest, EveryEndIsOneLineWithoutNames) {
  const std::string name = MustSend(std::string(20 * kMegabyte, 'x'));
  const Client nobody(server_, "");
  const Client unknown(server_, "kal_wrong");
  v1::Document document;
  Upload(nobody, &Documents::UploadDocument, First(), "x", &document);
  log_.Await("info DocumentService.UploadDocument MISSING_KEY ");
  EXPECT_EQ(ReasonOf(TryFetch(unknown, name)), "UNKNOWN_KEY");
  log_.Await("info DocumentService.FetchDocument UNKNOWN_KEY ");
  EXPECT_EQ(ExportOf(nobody).reason, "MISSING_KEY");
  log_.Await("info PrivacyService.ExportAccount MISSING_KEY ");
  const std::string another = name.substr(0, name.rfind('/') + 1) + core::DocumentId{1}.ToString();
  EXPECT_EQ(ReasonOf(TryFetch(practice_.customer, another)), "NOT_FOUND");
  log_.Await("info DocumentService.FetchDocument NOT_FOUND ");
  {
    grpc::ClientContext context;
    practice_.customer.Prepare(context);
    const Uploads writer = stub_.UploadDocument(&context, &document);
    ASSERT_TRUE(writer->Write(First()));
    context.TryCancel();
    writer->Finish();
  }
  log_.Await("debug DocumentService.UploadDocument CANCELLED ");
  {
    grpc::ClientContext context;
    const Downloads reader = BeginFetch(context, name);
    context.TryCancel();
    reader->Finish();
  }
  log_.Await("debug DocumentService.FetchDocument CANCELLED ");
  EXPECT_EQ(ReasonOf(TryFetch(practice_.customer, name)), "OK");
  log_.Await("debug DocumentService.FetchDocument OK ");
  EXPECT_EQ(log_.Text().find("Befund"), std::string::npos);
  EXPECT_EQ(log_.Text().find(name.substr(name.rfind('/') + 1)), std::string::npos);
}

class IdleStreamsTest : public StreamEndsTest {
 protected:
  IdleStreamsTest()
      : StreamEndsTest([](server::ServerOptions& options) {
          options.paces.file.idle_max = std::chrono::milliseconds(100);
          options.paces.whole_export.idle_max = std::chrono::milliseconds(100);
        }) {}
};

TEST_F(IdleStreamsTest, AnUploadThatSendsNothingEndsAndLeavesNothing) {
  for (const int messages : {0, 1, 2}) {
    SCOPED_TRACE(messages);
    grpc::ClientContext context;
    practice_.customer.Prepare(context);
    v1::Document document;
    const Uploads writer = stub_.UploadDocument(&context, &document);
    v1::UploadDocumentRequest piece;
    piece.set_data(std::string(kMegabyte, 'x'));
    if (messages > 0) writer->Write(First());
    if (messages > 1) writer->Write(piece);
    // Waits for what the core says, without ending the stream.
    const grpc::Status status = writer->Finish();
    EXPECT_EQ(ReasonOf(status), "STREAM_IDLE");
    EXPECT_EQ(status.error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
    EXPECT_EQ(Files(), 0);
  }
  // A stream that moves is left alone.
  EXPECT_NE(MustSend(std::string(5 * kMegabyte, 'x')), "");
}

TEST_F(IdleStreamsTest, ADownloadThatTakesNothingEnds) {
  const std::string name = MustSend(std::string(20 * kMegabyte, 'x'));
  grpc::ClientContext context;
  const Downloads reader = BeginFetch(context, name);
  log_.Await("info DocumentService.FetchDocument STREAM_IDLE ");
  v1::FetchDocumentResponse message;
  while (reader->Read(&message)) {
  }
  EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::CANCELLED);
  EXPECT_EQ(ReasonOf(TryFetch(practice_.customer, name)), "OK");
}

TEST_F(IdleStreamsTest, AnExportThatTakesNothingEnds) {
  MustSend(Noise(10 * kMegabyte));
  v1::PrivacyService::Stub privacy(server_.NewChannel(SmallWindow()));
  grpc::ClientContext context;
  practice_.customer.Prepare(context);
  v1::ExportAccountRequest request;
  request.set_name("accounts/me");
  const auto reader = privacy.ExportAccount(&context, request);
  log_.Await("info PrivacyService.ExportAccount STREAM_IDLE ");
  v1::ExportAccountResponse message;
  while (reader->Read(&message)) {
  }
  EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::CANCELLED);
}

}  // namespace
}  // namespace kalends::test
