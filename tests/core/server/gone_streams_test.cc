// Streams of an account, or of a file, end when that is deleted: nothing of it is sent any more.
#include <gtest/gtest.h>
#include <sodium.h>

#include "tests/core/server/sealed_words.h"
#include "tests/support/await.h"
#include "tests/support/export.h"
#include "tests/support/files.h"

namespace kalends::test {
namespace {

using Documents = v1::DocumentService::Stub;

class GoneStreams : public testing::Test {
 protected:
  static constexpr std::size_t kFileBytes = 20 * kMegabyte;  // More than is ever on the wire.

  v1::UploadDocumentRequest First() const {
    v1::UploadDocumentRequest first;
    first.mutable_header()->set_parent(LinkOfCustomer(practice_));
    first.mutable_header()->set_file_name("Befund.pdf");
    first.mutable_header()->set_request_id(Client::NextRequestId());
    return first;
  }
  // The name of a document that does not shrink when it is packed.
  std::string MustSend() const {
    std::string noise(kFileBytes, '\0');
    randombytes_buf(noise.data(), noise.size());
    v1::Document document;
    EXPECT_EQ(
        ReasonOf(Upload(practice_.customer, &Documents::UploadDocument, First(), noise, &document)),
        "OK");
    return document.name();
  }
  static void DeleteAccountOf(const Client& client) {
    v1::DeleteAccountRequest request;
    request.set_name("accounts/me");
    client.Must(&v1::PrivacyService::Stub::DeleteAccount, request);
  }
  // A stub over a connection that takes no more than is asked for.
  template <typename Stub>
  std::unique_ptr<Stub> Slowly() const {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_HTTP2_BDP_PROBE, 0);
    return std::make_unique<Stub>(server_.NewChannel(arguments));
  }
  // Begins a stream, reads its first message, lets `go` happen, and reads on: what it ends with.
  template <typename Stub, typename Request, typename Response>
  std::string EndOf(const Client& client,
                    std::unique_ptr<grpc::ClientReader<Response>> (Stub::*method)(
                        grpc::ClientContext*, const Request&),
                    const Request& request, const std::function<void()>& go) const {
    const auto stub = Slowly<Stub>();
    grpc::ClientContext context;
    client.Prepare(context);
    const auto reader = ((*stub).*method)(&context, request);
    Response message;
    EXPECT_TRUE(reader->Read(&message));
    go();
    std::size_t bytes = 0;
    while (reader->Read(&message)) bytes += message.data().size();
    EXPECT_LT(bytes, kFileBytes / 2);
    return ReasonOf(reader->Finish());
  }
  static v1::FetchDocumentRequest FetchOf(const std::string& name) {
    v1::FetchDocumentRequest request;
    request.set_name(name);
    return request;
  }
  std::function<void()> CustomerGoes() const {
    return [this] { DeleteAccountOf(practice_.customer); };
  }

  TestServer server_;
  Practice practice_{server_};
};

TEST_F(GoneStreams, ADownloadEndsWithTheAccountThatReads) {
  EXPECT_EQ(
      EndOf(practice_.customer, &Documents::FetchDocument, FetchOf(MustSend()), CustomerGoes()),
      "ACCOUNT_UNKNOWN");
}

TEST_F(GoneStreams, ADownloadEndsForTheOtherSideToo) {
  EXPECT_EQ(
      EndOf(practice_.specialist, &Documents::FetchDocument, FetchOf(MustSend()), CustomerGoes()),
      "NOT_FOUND");
}

TEST_F(GoneStreams, ADownloadByTokenEndsWithTheAccountThatTheLinkWasMadeFor) {
  v1::PublishConsentDocumentRequest terms;
  terms.mutable_header()->set_parent(practice_.provider);
  terms.mutable_header()->mutable_document()->set_display_name("AGB");
  terms.mutable_header()->set_file_name("agb.pdf");
  terms.mutable_header()->set_content_type("application/pdf");
  terms.mutable_header()->set_request_id("terms");
  v1::ConsentDocument published;
  // The file itself stays: it is the provider's.
  ASSERT_EQ(ReasonOf(Upload(practice_.specialist, &v1::ConsentService::Stub::PublishConsentDocument,
                            terms, std::string(kFileBytes, 'x'), &published)),
            "OK");
  v1::CreateDownloadLinkRequest link;
  link.set_name(published.version().name());
  v1::FetchDownloadRequest request;
  request.set_token(practice_.customer.Must(&Documents::CreateDownloadLink, link).token());
  const Client web(server_, server_.MakeKey({v1::SCOPE_WEB}));
  EXPECT_EQ(EndOf(web, &Documents::FetchDownload, request, CustomerGoes()), "ACCOUNT_UNKNOWN");
}

TEST_F(GoneStreams, ADownloadEndsWithItsDocument) {
  const std::string name = MustSend();
  EXPECT_EQ(EndOf(practice_.specialist, &Documents::FetchDocument, FetchOf(name),
                  [&] {
                    v1::DeleteDocumentRequest request;
                    request.set_name(name);
                    practice_.customer.Must(&Documents::DeleteDocument, request);
                  }),
            "NOT_FOUND");
}

TEST_F(GoneStreams, AnExportEndsWithItsAccount) {
  MustSend();
  v1::ExportAccountRequest request;
  request.set_name("accounts/me");
  EXPECT_EQ(
      EndOf(practice_.customer, &v1::PrivacyService::Stub::ExportAccount, request, CustomerGoes()),
      "ACCOUNT_UNKNOWN");
  EXPECT_EQ(ExportOf(practice_.specialist).reason, "OK");
}

TEST_F(GoneStreams, AnExportByAToolEndsWithItsAccountToo) {
  MustSend();
  const std::string link = LinkOfCustomer(practice_);
  v1::ExportAccountRequest request;
  request.set_name("accounts/" + link.substr(link.rfind('/') + 1));
  const Client tool(server_, server_.MakeKey({v1::SCOPE_TOOL_READ}));
  EXPECT_EQ(EndOf(tool, &v1::PrivacyService::Stub::ExportAccount, request, CustomerGoes()),
            "ACCOUNT_UNKNOWN");
}

// The other side's own goes on, and says what is missing.
TEST_F(GoneStreams, AnExportGoesOnWithoutTheFileThatWasDeleted) {
  MustSend();
  const auto stub = Slowly<v1::PrivacyService::Stub>();
  grpc::ClientContext context;
  practice_.specialist.Prepare(context);
  v1::ExportAccountRequest request;
  request.set_name("accounts/me");
  const auto reader = stub->ExportAccount(&context, request);
  std::string bytes;
  v1::ExportAccountResponse part;
  // Into the file: all else is far smaller.
  while (bytes.size() < kMegabyte && reader->Read(&part)) bytes += part.data();
  DeleteAccountOf(practice_.customer);
  while (reader->Read(&part)) bytes += part.data();
  EXPECT_EQ(ReasonOf(reader->Finish()), "OK");
  EXPECT_LT(bytes.size(), kFileBytes / 2);
  int marks = 0;
  for (const auto& [path, text] : Unzip(bytes)) {
    if (path.ends_with("-deleted.txt")) ++marks;
  }
  EXPECT_EQ(marks, 1);
}

TEST_F(GoneStreams, AnUploadEndsWithTheAccountThatSendsAndLeavesNothing) {
  Documents stub(server_.channel());
  grpc::ClientContext context;
  practice_.customer.Prepare(context);
  v1::Document document;
  const auto writer = stub.UploadDocument(&context, &document);
  v1::UploadDocumentRequest piece;
  piece.set_data(std::string(kMegabyte, 'x'));
  ASSERT_TRUE(writer->Write(First()));
  ASSERT_TRUE(writer->Write(piece));
  // The bytes are on their way to a file.
  ASSERT_TRUE(Eventually([&] { return FilesIn(server_.blobs()) == 1; }));
  DeleteAccountOf(practice_.customer);
  EXPECT_EQ(ReasonOf(writer->Finish()), "ACCOUNT_UNKNOWN");
  EXPECT_TRUE(Eventually([&] { return FilesIn(server_.blobs()) == 0; }));
}

}  // namespace
}  // namespace kalends::test
