// Documents over the wire: who sees them, what is refused, and that nothing half-done stays.
#include <gtest/gtest.h>

#include <thread>

#include "storage/database.h"
#include "tests/storage/sqlite/temporary_file.h"
#include "tests/support/any_call.h"
#include "tests/support/await.h"
#include "tests/support/files.h"

namespace kalends::test {
namespace {

using Documents = v1::DocumentService::Stub;

class DocumentTest : public testing::Test {
 protected:
  std::string LinkOf(const Client& client) const {
    v1::GetAccountRequest request;
    request.set_name("accounts/me");
    const auto account = client.Must(&v1::AccountService::Stub::GetAccount, request);
    return practice_.provider + "/links/" + account.name().substr(account.name().find('/') + 1);
  }
  v1::UploadDocumentRequest First(const std::string& file_name = "Befund.pdf",
                                  const std::string& type = "application/pdf") const {
    v1::UploadDocumentRequest first;
    first.mutable_header()->set_parent(link_);
    first.mutable_header()->set_file_name(file_name);
    first.mutable_header()->set_content_type(type);
    first.mutable_header()->set_request_id(Client::NextRequestId());
    return first;
  }
  grpc::Status Send(const Client& client, const v1::UploadDocumentRequest& first,
                    std::string_view bytes, v1::Document* document) const {
    return Upload(client, &Documents::UploadDocument, first, bytes, document);
  }
  v1::Document MustSend(const Client& client, std::string_view bytes) const {
    v1::Document document;
    const grpc::Status status = Send(client, First(), bytes, &document);
    EXPECT_EQ(ReasonOf(status), "OK");
    return document;
  }
  std::string TrySend(const Client& client, const v1::UploadDocumentRequest& first,
                      std::string_view bytes) const {
    v1::Document document;
    return ReasonOf(Send(client, first, bytes, &document));
  }
  std::string TryFetch(const Client& client, const std::string& name) const {
    v1::FetchDocumentRequest request;
    request.set_name(name);
    v1::FetchDocumentResponse first;
    std::string bytes;
    return ReasonOf(Fetch(client, &Documents::FetchDocument, request, &first, &bytes));
  }
  v1::ListDocumentsResponse List(const Client& client) const {
    v1::ListDocumentsRequest request;
    request.set_parent(link_);
    return client.Must(&Documents::ListDocuments, request);
  }
  std::string TryDelete(const Client& client, const std::string& name) const {
    v1::DeleteDocumentRequest request;
    request.set_name(name);
    return client.Try(&Documents::DeleteDocument, request);
  }
  v1::DownloadLink LinkTo(const Client& client, const std::string& name) const {
    v1::CreateDownloadLinkRequest request;
    request.set_name(name);
    return client.Must(&Documents::CreateDownloadLink, request);
  }
  std::string TryDownload(const std::string& token, std::string* bytes) const {
    v1::FetchDownloadRequest request;
    request.set_token(token);
    v1::FetchDownloadResponse first;
    return ReasonOf(Fetch(web_, &Documents::FetchDownload, request, &first, bytes));
  }
  int Files() const { return FilesIn(server_.blobs()); }

  const storage::TemporaryFile file_;
  TestServer server_{file_.path()};
  Practice practice_{server_};
  Client web_{server_, server_.MakeKey({v1::SCOPE_WEB})};
  std::string link_ = LinkOf(practice_.customer);
};

// They are no end of the stream: what came before is not the whole file.
TEST_F(DocumentTest, BytesThatAreNoMessageRefuseTheWholeUpload) {
  const auto* method = google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(
      "kalends.v1.DocumentService.UploadDocument");
  v1::UploadDocumentRequest data;
  data.set_data("half");
  const std::string broken = "\x12\xff\xff\xff\x0f";  // Bytes without their end.
  const AnyAnswer answer = CallAny(practice_.customer, *method,
                                   {First().SerializeAsString(), data.SerializeAsString(), broken});
  EXPECT_EQ(ReasonOf(answer.status), "INVALID_FIELD");
  EXPECT_EQ(List(practice_.customer).documents_size(), 0);
  EXPECT_TRUE(Eventually([&] { return Files() == 0; }));
}

TEST_F(DocumentTest, WhatOneSideUploadsBothCanFetch) {
  std::string text(3 * kMegabyte + 77, '\0');
  for (std::size_t i = 0; i < text.size(); ++i) text[i] = static_cast<char>(i * 31 >> 3);
  v1::UploadDocumentRequest first = First("../Befund \u202Efdp.pdf", "Application/PDF");
  first.mutable_header()->set_parent(practice_.provider + "/links/me");
  v1::Document document;
  ASSERT_EQ(ReasonOf(Send(practice_.customer, first, text, &document)), "OK");
  EXPECT_EQ(document.file_name(), "Befund fdp.pdf");
  EXPECT_EQ(document.content_type(), "application/pdf");
  EXPECT_EQ(document.size_bytes(), static_cast<std::int64_t>(text.size()));
  EXPECT_EQ(document.uploader(), v1::LINK_SIDE_CUSTOMER);
  EXPECT_TRUE(document.deletable());
  for (const Client& client : {practice_.customer, practice_.specialist, practice_.admin}) {
    v1::FetchDocumentRequest request;
    request.set_name(document.name());
    v1::FetchDocumentResponse info;
    std::string bytes;
    ASSERT_EQ(ReasonOf(Fetch(client, &Documents::FetchDocument, request, &info, &bytes)), "OK");
    EXPECT_TRUE(bytes == text);
    EXPECT_EQ(info.file().file_name(), "Befund fdp.pdf");
  }
  const auto list = List(practice_.specialist);
  ASSERT_EQ(list.documents_size(), 1);
  EXPECT_FALSE(list.documents(0).deletable());
  EXPECT_EQ(list.used_bytes(), document.size_bytes());
}

TEST_F(DocumentTest, FetchesAnyPartOfADocument) {
  std::string text(2 * kMegabyte, '\0');
  for (std::size_t i = 0; i < text.size(); ++i) text[i] = static_cast<char>(i * 7 >> 4);
  const auto document = MustSend(practice_.customer, text);
  const auto part = [&](std::int64_t offset, std::int64_t length, std::string* bytes) {
    v1::FetchDocumentRequest request;
    request.set_name(document.name());
    request.set_offset(offset);
    request.set_length(length);
    v1::FetchDocumentResponse info;
    return ReasonOf(Fetch(practice_.customer, &Documents::FetchDocument, request, &info, bytes));
  };
  std::string bytes;
  EXPECT_EQ(part(kMegabyte + 5, 100'000, &bytes), "OK");
  EXPECT_TRUE(bytes == text.substr(kMegabyte + 5, 100'000));
  EXPECT_EQ(part(2 * kMegabyte - 1, 0, &bytes), "OK");
  EXPECT_EQ(bytes, text.substr(2 * kMegabyte - 1));
  EXPECT_EQ(part(2 * kMegabyte, 0, &bytes), "OK");
  EXPECT_EQ(bytes, "");
  EXPECT_EQ(part(2 * kMegabyte + 1, 0, &bytes), "INVALID_FIELD");
  EXPECT_EQ(part(-1, 0, &bytes), "INVALID_FIELD");
  EXPECT_EQ(part(0, -1, &bytes), "INVALID_FIELD");
}

TEST_F(DocumentTest, ARequestThatTheContractRefusesOpensNoFile) {
  v1::FetchDocumentRequest request;
  request.set_name(link_ + "/documents/0000000000001");
  v1::FetchDocumentResponse info;
  std::string bytes;
  const auto reason = [&] {
    return ReasonOf(Fetch(practice_.customer, &Documents::FetchDocument, request, &info, &bytes));
  };
  EXPECT_EQ(reason(), "NOT_FOUND");
  request.set_length(-1);
  EXPECT_EQ(reason(), "INVALID_FIELD");
}

TEST_F(DocumentTest, AnotherCustomersDocumentIsNotThere) {
  const auto document = MustSend(practice_.customer, "secret");
  const Client other = practice_.NewCustomer("telegram:2002");
  v1::GetDocumentRequest get;
  get.set_name(document.name());
  EXPECT_EQ(other.Try(&Documents::GetDocument, get), "NOT_FOUND");
  EXPECT_EQ(TryFetch(other, document.name()), "NOT_FOUND");
  EXPECT_EQ(TryDelete(other, document.name()), "NOT_FOUND");
  v1::CreateDownloadLinkRequest download;
  download.set_name(document.name());
  EXPECT_EQ(other.Try(&Documents::CreateDownloadLink, download), "NOT_FOUND");
  v1::ListDocumentsRequest list;
  list.set_parent(link_);
  EXPECT_EQ(other.Try(&Documents::ListDocuments, list), "NOT_FOUND");
  EXPECT_EQ(TrySend(other, First(), "x"), "NOT_FOUND");
  // By its id, within a link that is one's own.
  const std::string id = document.name().substr(document.name().rfind('/'));
  EXPECT_EQ(TryFetch(other, LinkOf(other) + "/documents" + id), "NOT_FOUND");
  EXPECT_EQ(TryFetch(practice_.customer, document.name()), "OK");
}

TEST_F(DocumentTest, ARefusedUploadNamesTheFieldOfTheRequest) {
  const struct {
    const char* field;
    std::function<void(v1::UploadDocumentRequest::Header&)> spoil;
  } kCases[] = {
      {"header.parent", [](v1::UploadDocumentRequest::Header& u) { u.set_parent("providers/x"); }},
      {"header.content_type",
       [](v1::UploadDocumentRequest::Header& u) { u.set_content_type("no type"); }},
      {"header.request_id",
       [](v1::UploadDocumentRequest::Header& u) { u.set_request_id("two words"); }},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.field);
    auto first = First();
    c.spoil(*first.mutable_header());
    v1::Document document;
    EXPECT_EQ(FieldOf(Send(practice_.customer, first, "x", &document)), c.field);
  }
}

TEST_F(DocumentTest, AFileThatIsMissingIsSaidToBeUnreadable) {
  const auto document = MustSend(practice_.customer, "bytes");
  for (const auto& entry : std::filesystem::directory_iterator(server_.blobs())) {
    if (entry.path().filename() != "store-id") std::filesystem::remove(entry.path());
  }
  EXPECT_EQ(TryFetch(practice_.customer, document.name()), "UNREADABLE");
}

TEST_F(DocumentTest, RefusedUploadsLeaveNothing) {
  const Client& customer = practice_.customer;
  v1::UploadDocumentRequest no_id = First();
  no_id.mutable_header()->clear_request_id();
  v1::UploadDocumentRequest bad_parent = First();
  bad_parent.mutable_header()->set_parent("providers/x");
  v1::UploadDocumentRequest bytes_first;
  bytes_first.set_data("x");
  EXPECT_EQ(TrySend(customer, First(), ""), "EMPTY_FILE");
  EXPECT_EQ(TrySend(customer, First(), std::string(51 * kMegabyte, 'x')), "FILE_TOO_LARGE");
  EXPECT_EQ(TrySend(customer, First("a", "no type"), "x"), "INVALID_FIELD");
  EXPECT_EQ(TrySend(customer, no_id, "x"), "INVALID_FIELD");
  EXPECT_EQ(TrySend(customer, bad_parent, "x"), "INVALID_FIELD");
  EXPECT_EQ(TrySend(customer, bytes_first, "x"), "INVALID_FIELD");
  EXPECT_EQ(TrySend(Client(server_, "kal_wrong"), First(), "x"), "UNKNOWN_KEY");
  EXPECT_EQ(TrySend(Client(server_, server_.MakeKey({v1::SCOPE_TOOL_READ})), First(), "x"),
            "SCOPE_MISSING");
  EXPECT_EQ(List(customer).documents_size(), 0);
  EXPECT_EQ(Files(), 0);
}

TEST_F(DocumentTest, AnUploadThatIsBrokenOffLeavesNothing) {
  Documents stub(server_.channel());
  {
    grpc::ClientContext context;
    practice_.customer.Prepare(context);
    v1::Document document;
    const auto writer = stub.UploadDocument(&context, &document);
    ASSERT_TRUE(writer->Write(First()));
    v1::UploadDocumentRequest piece;
    piece.set_data(std::string(500'000, 'x'));
    for (int i = 0; i < 8; ++i) ASSERT_TRUE(writer->Write(piece));
    context.TryCancel();
    EXPECT_EQ(writer->Finish().error_code(), grpc::StatusCode::CANCELLED);
  }
  // Whether the core has noticed shows in the directory alone.
  EXPECT_TRUE(Eventually([&] { return Files() == 0; }));
  EXPECT_EQ(List(practice_.customer).documents_size(), 0);
}

TEST_F(DocumentTest, AnUploadRepeatedByItsRequestIdIsOne) {
  const v1::UploadDocumentRequest first = First();
  v1::Document document;
  v1::Document again;
  ASSERT_EQ(ReasonOf(Send(practice_.customer, first, "bytes", &document)), "OK");
  ASSERT_EQ(ReasonOf(Send(practice_.customer, first, "bytes", &again)), "OK");
  EXPECT_EQ(again.SerializeAsString(), document.SerializeAsString());
  EXPECT_EQ(TrySend(practice_.customer, first, "other"), "REQUEST_ID_REUSED");
  EXPECT_EQ(List(practice_.customer).documents_size(), 1);
  EXPECT_EQ(Files(), 1);
}

TEST_F(DocumentTest, OnlyTheUploaderDeletesAndThenNothingIsLeft) {
  const auto document = MustSend(practice_.specialist, "bytes");
  EXPECT_EQ(document.uploader(), v1::LINK_SIDE_PROVIDER);
  EXPECT_EQ(TryDelete(practice_.customer, document.name()), "NOT_YOUR_DOCUMENT");
  EXPECT_EQ(TryDelete(practice_.specialist, document.name()), "OK");
  EXPECT_EQ(TryDelete(practice_.specialist, document.name()), "NOT_FOUND");
  EXPECT_EQ(TryFetch(practice_.specialist, document.name()), "NOT_FOUND");
  EXPECT_EQ(List(practice_.customer).documents_size(), 0);
  // It leaves the disk a moment after the answer.
  EXPECT_TRUE(Eventually([&] { return Files() == 0; }));
}

TEST_F(DocumentTest, ListsInPages) {
  for (int i = 0; i < 5; ++i) MustSend(practice_.customer, "x");
  v1::ListDocumentsRequest request;
  request.set_parent(link_);
  request.set_page_size(2);
  std::vector<int> sizes;
  do {
    const auto page = practice_.customer.Must(&Documents::ListDocuments, request);
    sizes.push_back(page.documents_size());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(sizes, (std::vector<int>{2, 2, 1}));
  request.set_page_token("guess");
  EXPECT_EQ(practice_.customer.Try(&Documents::ListDocuments, request), "INVALID_PAGE_TOKEN");
}

TEST_F(DocumentTest, ADownloadLinkWorksForFiveMinutes) {
  const auto document = MustSend(practice_.specialist, "bytes");
  const auto link = LinkTo(practice_.customer, document.name());
  EXPECT_EQ(link.token().size(), 43U);
  std::string bytes;
  EXPECT_EQ(TryDownload(link.token(), &bytes), "OK");
  EXPECT_EQ(bytes, "bytes");
  v1::GetDownloadRequest get;
  get.set_token(link.token());
  const auto download = web_.Must(&Documents::GetDownload, get);
  EXPECT_EQ(download.file().file_name(), "Befund.pdf");
  EXPECT_EQ(download.language_code(), "en");
  server_.Advance(std::chrono::seconds(299));
  EXPECT_EQ(TryDownload(link.token(), &bytes), "OK");
  server_.Advance(std::chrono::seconds(1));
  EXPECT_EQ(TryDownload(link.token(), &bytes), "DOWNLOAD_EXPIRED");
  EXPECT_EQ(bytes, "");
  v1::Download refused;
  const grpc::Status status = web_.Call(&Documents::GetDownload, get, &refused);
  EXPECT_EQ(ReasonOf(status), "DOWNLOAD_EXPIRED");
}

TEST_F(DocumentTest, DownloadsTellUnknownFromDeleted) {
  const auto document = MustSend(practice_.customer, "bytes");
  const auto link = LinkTo(practice_.customer, document.name());
  std::string bytes;
  for (const std::string& token : {std::string(), std::string("guess"), link.token() + "x",
                                   std::string(43, 'A'), std::string(10'000, 'A')}) {
    EXPECT_EQ(TryDownload(token, &bytes), "DOWNLOAD_UNKNOWN") << token;
  }
  ASSERT_EQ(TryDelete(practice_.customer, document.name()), "OK");
  EXPECT_EQ(TryDownload(link.token(), &bytes), "DOWNLOAD_DELETED");
  // The token is the web's business alone.
  v1::GetDownloadRequest get;
  get.set_token(link.token());
  EXPECT_EQ(Client(server_, server_.MakeKey({v1::SCOPE_ADAPTER})).Try(&Documents::GetDownload, get),
            "SCOPE_MISSING");
}

TEST_F(DocumentTest, ADownloadLinkIsShownOnce) {
  const auto document = MustSend(practice_.customer, "bytes");
  v1::CreateDownloadLinkRequest request;
  request.set_name(document.name());
  request.set_request_id("link-once");
  EXPECT_NE(practice_.customer.Must(&Documents::CreateDownloadLink, request).token(), "");
  EXPECT_EQ(practice_.customer.Must(&Documents::CreateDownloadLink, request).token(), "");
}

TEST_F(DocumentTest, ADownloadLinkIsUnknownOnceItsRequesterMayNotSeeTheFileAnyMore) {
  const auto document = MustSend(practice_.specialist, "bytes");
  const auto theirs = LinkTo(practice_.customer, document.name());
  const auto its = LinkTo(practice_.specialist, document.name());
  // No call takes a link away as yet without taking the documents along.
  ASSERT_TRUE(server_.home()
                  .Write([&](storage::Transaction& tx) {
                    tx.Execute("DELETE FROM links");
                    return absl::OkStatus();
                  })
                  .ok());
  std::string bytes;
  EXPECT_EQ(TryDownload(theirs.token(), &bytes), "DOWNLOAD_UNKNOWN");
  EXPECT_EQ(TryDownload(its.token(), &bytes), "DOWNLOAD_UNKNOWN");
  EXPECT_EQ(bytes, "");
}

TEST_F(DocumentTest, AnAccountHasTwoHundredDownloadLinksAtATime) {
  v1::CreateDownloadLinkRequest request;
  request.set_name(MustSend(practice_.customer, "bytes").name());
  const auto method = &Documents::CreateDownloadLink;
  for (int i = 0; i < 200; ++i) ASSERT_EQ(practice_.customer.Try(method, request), "OK");
  EXPECT_EQ(practice_.customer.Try(method, request), "LIMIT_REACHED");
  EXPECT_EQ(practice_.specialist.Try(method, request), "OK");
  server_.Advance(std::chrono::minutes(5));
  EXPECT_EQ(practice_.customer.Try(method, request), "OK");
}

TEST_F(DocumentTest, AReaderThatLeavesEndsItsStream) {
  const auto document = MustSend(practice_.customer, std::string(20 * kMegabyte, 'x'));
  Documents stub(server_.channel());
  grpc::ClientContext context;
  practice_.customer.Prepare(context);
  v1::FetchDocumentRequest request;
  request.set_name(document.name());
  const auto reader = stub.FetchDocument(&context, request);
  v1::FetchDocumentResponse message;
  ASSERT_TRUE(reader->Read(&message));
  context.TryCancel();
  while (reader->Read(&message)) {
  }
  EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::CANCELLED);
  EXPECT_EQ(TryFetch(practice_.customer, document.name()), "OK");
}

TEST_F(DocumentTest, TheMasterKeyOfTheEnvironmentIsRotatedThere) {
  EXPECT_EQ(
      practice_.admin.Try(&v1::AdminService::Stub::RotateMasterKey, v1::RotateMasterKeyRequest()),
      "MASTER_KEY_ELSEWHERE");
  const auto rewrapped = practice_.admin.Must(&v1::AdminService::Stub::RewrapDocumentKeys,
                                              v1::RewrapDocumentKeysRequest());
  EXPECT_EQ(rewrapped.rewrapped(), 0);
  EXPECT_EQ(rewrapped.remaining(), 0);
}

}  // namespace
}  // namespace kalends::test
