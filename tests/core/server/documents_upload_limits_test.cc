// What uploads run into: a link's quota, too many at once, a full disk; and what is kept of one.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <array>
#include <csignal>
#include <thread>

#include "storage/database.h"
#include "storage/documents.h"
#include "tests/storage/sqlite/temporary_file.h"
#include "tests/support/await.h"
#include "tests/support/files.h"

namespace kalends::test {
namespace {

using Documents = v1::DocumentService::Stub;

class UploadLimitsTest : public testing::Test {
 protected:
  core::AccountId CustomerId() const {
    v1::GetAccountRequest request;
    request.set_name("accounts/me");
    const std::string name =
        practice_.customer.Must(&v1::AccountService::Stub::GetAccount, request).name();
    return core::AccountId::Parse(name.substr(name.find('/') + 1)).value();
  }
  v1::UploadDocumentRequest First() const {
    v1::UploadDocumentRequest first;
    first.mutable_header()->set_parent(practice_.provider + "/links/" + CustomerId().ToString());
    first.mutable_header()->set_file_name("x.bin");
    first.mutable_header()->set_request_id(Client::NextRequestId());
    return first;
  }
  grpc::Status Send(const v1::UploadDocumentRequest& first, std::string_view bytes,
                    v1::Document* document) const {
    return Upload(practice_.customer, &Documents::UploadDocument, first, bytes, document);
  }
  std::string TrySend(std::string_view bytes) const {
    v1::Document document;
    return ReasonOf(Send(First(), bytes, &document));
  }
  // That a repeat is answered as `document` was and stores nothing, and that other bytes are
  // refused.
  void ExpectRepeated(const v1::UploadDocumentRequest& first, std::string_view bytes,
                      const v1::Document& document) const {
    const int files = FilesOnDisk();
    v1::Document again;
    EXPECT_EQ(ReasonOf(Send(first, bytes, &again)), "OK");
    EXPECT_EQ(again.SerializeAsString(), document.SerializeAsString());
    EXPECT_EQ(ReasonOf(Send(first, "other bytes", &again)), "REQUEST_ID_REUSED");
    EXPECT_EQ(FilesOnDisk(), files);
  }
  int Listed() const {
    v1::ListDocumentsRequest request;
    request.set_parent(First().header().parent());
    return practice_.customer.Must(&Documents::ListDocuments, request).documents_size();
  }
  int FilesOnDisk() const { return FilesIn(server_.blobs()); }
  // Writes rows of documents past the core, each of this size; their bytes are not needed.
  void Fill(int count, std::int64_t size_bytes) {
    const core::LinkKey link{core::ProviderId::Parse(practice_.provider.substr(10)).value(),
                             CustomerId()};
    const absl::Status written = server_.home().Write([&](storage::Transaction& tx) {
      const std::string key = storage::KnownMasterKeys(tx).front();
      for (int i = 0; i < count; ++i) {
        core::Document document;
        document.id = {i + 1};
        document.link = link;
        document.file_name = "sealed";
        document.content_type = "text/plain";
        document.size_bytes = size_bytes;
        document.blob = std::string(27, 'a') + std::to_string(10000 + i);
        document.created = server_.now();
        storage::InsertBlob(tx, {link.provider, document.blob, size_bytes, "wrapped", key});
        storage::InsertDocument(tx, document);
      }
      return absl::OkStatus();
    });
    ASSERT_TRUE(written.ok()) << written;
  }

  const storage::TemporaryFile file_;
  TestServer server_{file_.path()};
  Practice practice_{server_};
};

TEST_F(UploadLimitsTest, ALinkHoldsAThousandDocuments) {
  Fill(999, 10);
  EXPECT_EQ(TrySend("the last one"), "OK");
  EXPECT_EQ(TrySend("one too many"), "LIMIT_REACHED");
  EXPECT_EQ(FilesOnDisk(), 1);
}

TEST_F(UploadLimitsTest, ALinkHoldsFiveHundredMebibytes) {
  Fill(9, std::int64_t{50} << 20);
  EXPECT_EQ(TrySend(std::string(1 << 20, 'x')), "OK");
  // 49 MiB are left; it is refused as soon as it goes beyond them.
  EXPECT_EQ(TrySend(std::string((49 << 20) + 1, 'x')), "LIMIT_REACHED");
  EXPECT_EQ(FilesOnDisk(), 1);
}

TEST_F(UploadLimitsTest, ARepeatGetsItsFirstAnswerThoughThereAreAThousandByNow) {
  Fill(999, 10);
  const auto first = First();
  v1::Document document;
  ASSERT_EQ(ReasonOf(Send(first, "the last one", &document)), "OK");
  ASSERT_EQ(TrySend("one too many"), "LIMIT_REACHED");
  ExpectRepeated(first, "the last one", document);
}

TEST_F(UploadLimitsTest, ARepeatGetsItsFirstAnswerThoughItWouldNotFitOnceMore) {
  Fill(9, std::int64_t{50} << 20);
  const auto first = First();
  const std::string bytes(30 << 20, 'x');
  v1::Document document;
  ASSERT_EQ(ReasonOf(Send(first, bytes, &document)), "OK");
  ASSERT_EQ(TrySend(bytes), "LIMIT_REACHED");
  ExpectRepeated(first, bytes, document);
}

TEST_F(UploadLimitsTest, ARepeatGetsItsFirstAnswerThoughTheLinkWasRemoved) {
  const auto first = First();
  v1::Document document;
  ASSERT_EQ(ReasonOf(Send(first, "bytes", &document)), "OK");
  v1::RemoveLinkRequest remove;
  remove.set_name(first.header().parent());
  practice_.customer.Must(&v1::LinkService::Stub::RemoveLink, remove);
  ASSERT_EQ(TrySend("bytes"), "LINK_REMOVED");
  ExpectRepeated(first, "bytes", document);
}

TEST_F(UploadLimitsTest, EightUploadsOfAnAccountRunAtOnce) {
  Documents stub(practice_.customer.channel());
  std::vector<std::unique_ptr<grpc::ClientContext>> contexts;
  std::vector<v1::Document> answers(8);
  std::vector<std::unique_ptr<grpc::ClientWriter<v1::UploadDocumentRequest>>> writers;
  for (v1::Document& answer : answers) {
    contexts.push_back(std::make_unique<grpc::ClientContext>());
    practice_.customer.Prepare(*contexts.back());
    writers.push_back(stub.UploadDocument(contexts.back().get(), &answer));
    ASSERT_TRUE(writers.back()->Write(First()));
  }
  // Each begins on a thread of the core's, so the last may only be on its way.
  ASSERT_TRUE(Eventually([&] { return FilesOnDisk() >= 8; }));
  EXPECT_EQ(TrySend("one too many"), "LIMIT_REACHED");
  for (const auto& writer : writers) {
    v1::UploadDocumentRequest piece;
    piece.set_data("x");
    EXPECT_TRUE(writer->Write(piece));
    writer->WritesDone();
    EXPECT_EQ(ReasonOf(writer->Finish()), "OK");
  }
  EXPECT_EQ(TrySend("there is room again"), "OK");
}

TEST_F(UploadLimitsTest, TheQuotaIsCheckedAgainWhenAnUploadEnds) {
  Fill(999, 10);
  Documents stub(practice_.customer.channel());
  std::array<grpc::ClientContext, 2> contexts;
  std::array<v1::Document, 2> answers;
  std::array<std::unique_ptr<grpc::ClientWriter<v1::UploadDocumentRequest>>, 2> writers;
  for (std::size_t i = 0; i < writers.size(); ++i) {
    practice_.customer.Prepare(contexts[i]);
    writers[i] = stub.UploadDocument(&contexts[i], &answers[i]);
    ASSERT_TRUE(writers[i]->Write(First()));
    v1::UploadDocumentRequest piece;
    piece.set_data("there was room when it began");
    ASSERT_TRUE(writers[i]->Write(piece));
  }
  ASSERT_TRUE(Eventually([&] { return FilesOnDisk() >= 2; }));
  writers[0]->WritesDone();
  EXPECT_EQ(ReasonOf(writers[0]->Finish()), "OK");
  writers[1]->WritesDone();
  EXPECT_EQ(ReasonOf(writers[1]->Finish()), "LIMIT_REACHED");
  EXPECT_EQ(FilesOnDisk(), 1);
}

// A file system that takes no more, as far as files beyond a size go.
class SmallFiles {
 public:
  explicit SmallFiles(rlim_t bytes) {
    handler_ = std::signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit small{bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
  }
  ~SmallFiles() {
    setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  SmallFiles(const SmallFiles&) = delete;
  SmallFiles& operator=(const SmallFiles&) = delete;

 private:
  rlimit before_{};
  sighandler_t handler_ = SIG_DFL;
};

TEST_F(UploadLimitsTest, AFullDiskIsSaidAndLeavesNothing) {
  {
    const SmallFiles small(rlim_t{3} << 20);
    EXPECT_EQ(TrySend(std::string(5 << 20, 'x')), "STORAGE_FULL");
    EXPECT_EQ(Listed(), 0);
    EXPECT_EQ(FilesOnDisk(), 0);
    EXPECT_EQ(TrySend("small enough"), "OK");
  }
  EXPECT_EQ(TrySend(std::string(5 << 20, 'x')), "OK");
  EXPECT_EQ(Listed(), 2);
}

TEST(DocumentNames, AreNotAmongTheFirstAnswersThatAreKept) {
  const storage::TemporaryFile file;
  const std::shared_ptr<storage::MasterKeys> keys = storage::MasterKeys::Random();
  TestServer server(file.path(),
                    [&](server::ServerOptions& options) { options.master_keys = keys; });
  const Practice practice(server);
  v1::UploadDocumentRequest first;
  first.mutable_header()->set_parent(practice.provider + "/links/me");
  first.mutable_header()->set_file_name("Befund.pdf");
  first.mutable_header()->set_request_id("once");
  v1::Document document;
  ASSERT_EQ(ReasonOf(Upload(practice.customer, &Documents::UploadDocument, first, "x", &document)),
            "OK");
  std::vector<std::string> kept;
  ASSERT_TRUE(server.home()
                  .Write([&](storage::Transaction& tx) {
                    tx.Query("SELECT scope, response FROM requests WHERE request_id = 'once'", {},
                             [&](const storage::Row& row) {
                               const std::string at = "requests.response/" + row.Text(0) + "/once";
                               kept.push_back(keys->OpenText(row.Text(1), at).value());
                             });
                    return absl::OkStatus();
                  })
                  .ok());
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_NE(kept[0].find(document.name()), std::string::npos);
  EXPECT_EQ(kept[0].find("Befund"), std::string::npos);
}

}  // namespace
}  // namespace kalends::test
