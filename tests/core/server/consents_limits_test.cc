// What consent documents run into: how many there may be, how large, in which state; and links that
// the customer took off their list.
#include <gtest/gtest.h>

#include "storage/consents.h"
#include "storage/database.h"
#include "storage/documents.h"
#include "tests/storage/sqlite/temporary_file.h"
#include "tests/support/files.h"

namespace kalends::test {
namespace {

using Consents = v1::ConsentService::Stub;
using Documents = v1::DocumentService::Stub;

class ConsentLimitsTest : public testing::Test {
 protected:
  v1::PublishConsentDocumentRequest First(const std::string& name = "AGB") const {
    v1::PublishConsentDocumentRequest first;
    first.mutable_header()->set_parent(practice_.provider);
    first.mutable_header()->mutable_document()->set_display_name(name);
    first.mutable_header()->mutable_document()->set_needs_consent(true);
    first.mutable_header()->mutable_document()->set_blocks_booking(true);
    first.mutable_header()->set_content_type("application/pdf");
    first.mutable_header()->set_request_id(Client::NextRequestId());
    return first;
  }
  grpc::Status Publish(const v1::PublishConsentDocumentRequest& first, std::string_view bytes,
                       v1::ConsentDocument* document) const {
    return Upload(practice_.specialist, &Consents::PublishConsentDocument, first, bytes, document);
  }
  v1::ConsentDocument MustPublish(const std::string& name = "AGB") const {
    v1::ConsentDocument document;
    EXPECT_EQ(ReasonOf(Publish(First(name), "the first version", &document)), "OK");
    return document;
  }
  static v1::PublishConsentVersionRequest FirstOfVersion(const std::string& parent) {
    v1::PublishConsentVersionRequest first;
    first.mutable_header()->set_parent(parent);
    first.mutable_header()->set_content_type("text/plain");
    first.mutable_header()->set_request_id(Client::NextRequestId());
    return first;
  }
  grpc::Status PublishVersion(const v1::PublishConsentVersionRequest& first, std::string_view bytes,
                              v1::ConsentDocument* document) const {
    return Upload(practice_.specialist, &Consents::PublishConsentVersion, first, bytes, document);
  }
  std::string TryVersion(const std::string& parent, std::string_view bytes) const {
    v1::ConsentDocument document;
    return ReasonOf(PublishVersion(FirstOfVersion(parent), bytes, &document));
  }
  std::string TryArchive(const std::string& name, bool archived) const {
    v1::UpdateConsentDocumentRequest request;
    request.mutable_consent_document()->set_name(name);
    request.mutable_consent_document()->set_archived(archived);
    request.mutable_update_mask()->add_paths("archived");
    return practice_.specialist.Try(&Consents::UpdateConsentDocument, request);
  }
  std::string TryChange(const std::vector<std::string>& versions,
                        v1::ConsentDecision decision) const {
    v1::ChangeConsentsRequest request;
    request.set_parent(practice_.provider + "/links/me");
    request.set_channel("telegram");
    for (const std::string& version : versions) {
      auto* change = request.add_changes();
      change->set_version(version);
      change->set_decision(decision);
    }
    return practice_.customer.Try(&Consents::ChangeConsents, request);
  }
  void RemoveLink() const {
    v1::RemoveLinkRequest request;
    request.set_name(practice_.provider + "/links/me");
    practice_.customer.Must(&v1::LinkService::Stub::RemoveLink, request);
  }
  // Writes documents past the core, each with so many versions of this size; their bytes are not
  // needed. The names of them.
  std::vector<std::string> Fill(int documents, int versions, std::int64_t size_bytes,
                                bool archived) {
    std::vector<std::string> names;
    const storage::Body fill = [&](storage::Transaction& tx) {
      const std::string key = storage::KnownMasterKeys(tx).front();
      core::ConsentDocument document;
      document.provider = core::ProviderId::Parse(practice_.provider.substr(10)).value();
      document.display_name = "AGB";
      document.archived = archived;
      document.created = server_.now();
      for (std::int64_t i = 1; i <= documents; ++i) {
        document.id = {i};
        names.push_back(practice_.provider + "/consentDocuments/" + document.id.ToString());
        for (int number = 1; number <= versions; ++number) {
          document.current = {
              number,
              std::string(32, 's'),
              "x.pdf",
              "application/pdf",
              size_bytes,
              std::string(20, 'a') + std::to_string(100'000'000'000 + i * 1000 + number),
              server_.now()};
          storage::InsertBlob(tx, {document.provider, document.current.blob, size_bytes, "w", key});
          if (number == 1) {
            storage::InsertConsentDocument(tx, document);
          } else {
            storage::InsertConsentVersion(tx, document, document.current);
          }
        }
        storage::UpdateConsentDocument(tx, document);
      }
      return absl::OkStatus();
    };
    const absl::Status written = server_.home().Write(fill, server_.master_keys());
    EXPECT_TRUE(written.ok()) << written;
    return names;
  }
  int FilesOnDisk() const { return FilesIn(server_.blobs()); }

  static constexpr auto kGive = v1::CONSENT_DECISION_GIVE;
  static constexpr auto kWithdraw = v1::CONSENT_DECISION_WITHDRAW;

  const storage::TemporaryFile file_;
  TestServer server_{file_.path()};
  Practice practice_{server_};
};

TEST_F(ConsentLimitsTest, FiftyDocumentsAreNotArchived) {
  const auto names = Fill(50, 1, 10, false);
  v1::ConsentDocument document;
  EXPECT_EQ(ReasonOf(Publish(First(), "one too many", &document)), "LIMIT_REACHED");
  ASSERT_EQ(TryArchive(names[0], true), "OK");
  EXPECT_EQ(ReasonOf(Publish(First(), "there is room again", &document)), "OK");
  EXPECT_EQ(TryArchive(names[0], false), "LIMIT_REACHED");
  ASSERT_EQ(TryArchive(names[1], true), "OK");
  EXPECT_EQ(TryArchive(names[0], false), "OK");
  EXPECT_EQ(FilesOnDisk(), 1);
}

TEST_F(ConsentLimitsTest, FiveHundredDocumentsAreKept) {
  const auto names = Fill(499, 1, 10, true);
  MustPublish();
  v1::ConsentDocument document;
  EXPECT_EQ(ReasonOf(Publish(First(), "one too many", &document)), "LIMIT_REACHED");
  // The ones that are there have versions, and come back.
  EXPECT_EQ(TryArchive(names[0], false), "OK");
  EXPECT_EQ(TryVersion(names[0], "bytes"), "OK");
}

TEST_F(ConsentLimitsTest, ADocumentHasTwoHundredVersions) {
  const auto names = Fill(1, 199, 10, false);
  EXPECT_EQ(TryVersion(names[0], "the last one"), "OK");
  EXPECT_EQ(TryVersion(names[0], "one too many"), "LIMIT_REACHED");
  EXPECT_EQ(FilesOnDisk(), 1);
}

TEST_F(ConsentLimitsTest, AllVersionsOfAllDocumentsTakeTwoGibibytes) {
  // 2000 MiB, in the archive: 48 MiB are left.
  const auto names = Fill(40, 1, std::int64_t{50} << 20, true);
  v1::ConsentDocument document;
  const std::string too_large((48 << 20) + 1, 'x');
  EXPECT_EQ(ReasonOf(Publish(First(), too_large, &document)), "LIMIT_REACHED");
  ASSERT_EQ(ReasonOf(Publish(First(), too_large.substr(1), &document)), "OK");
  EXPECT_EQ(ReasonOf(Publish(First(), "x", &document)), "LIMIT_REACHED");
  EXPECT_EQ(TryVersion(document.name(), "x"), "LIMIT_REACHED");
  EXPECT_EQ(FilesOnDisk(), 1);
}

TEST_F(ConsentLimitsTest, ARepeatedPublicationGetsItsFirstAnswerThoughTheLimitIsReached) {
  Fill(49, 1, 10, false);
  const auto first = First();
  v1::ConsentDocument document;
  v1::ConsentDocument again;
  ASSERT_EQ(ReasonOf(Publish(first, "the last one", &document)), "OK");
  ASSERT_EQ(ReasonOf(Publish(First(), "one too many", &again)), "LIMIT_REACHED");
  EXPECT_EQ(ReasonOf(Publish(first, "the last one", &again)), "OK");
  EXPECT_EQ(again.SerializeAsString(), document.SerializeAsString());
  EXPECT_EQ(ReasonOf(Publish(first, "other bytes", &again)), "REQUEST_ID_REUSED");
  EXPECT_EQ(FilesOnDisk(), 1);
}

TEST_F(ConsentLimitsTest, ARepeatedVersionGetsItsFirstAnswerThoughTheDocumentIsArchived) {
  const auto terms = MustPublish();
  const auto first = FirstOfVersion(terms.name());
  v1::ConsentDocument document;
  v1::ConsentDocument again;
  ASSERT_EQ(ReasonOf(PublishVersion(first, "the second version", &document)), "OK");
  ASSERT_EQ(TryArchive(terms.name(), true), "OK");
  EXPECT_EQ(TryVersion(terms.name(), "the third version"), "CONSENT_DOCUMENT_ARCHIVED");
  EXPECT_EQ(ReasonOf(PublishVersion(first, "the second version", &again)), "OK");
  EXPECT_EQ(again.SerializeAsString(), document.SerializeAsString());
  EXPECT_EQ(ReasonOf(PublishVersion(first, "the third version", &again)), "REQUEST_ID_REUSED");
  EXPECT_EQ(TryChange({document.version().name()}, kGive), "CONSENT_DOCUMENT_ARCHIVED");
  EXPECT_EQ(FilesOnDisk(), 2);
}

TEST_F(ConsentLimitsTest, ARefusedPublicationNamesTheFieldOfTheRequest) {
  using Header = v1::PublishConsentDocumentRequest::Header;
  const struct {
    const char* field;
    std::function<void(Header&)> spoil;
  } kCases[] = {
      {"header.parent", [](Header& h) { h.set_parent("providers/x"); }},
      {"header.request_id", [](Header& h) { h.clear_request_id(); }},
      {"header.content_type", [](Header& h) { h.set_content_type("no type"); }},
      {"header.content_type", [](Header& h) { h.set_content_type("text/html"); }},
      {"header.document.display_name",
       [](Header& h) { h.mutable_document()->clear_display_name(); }},
      {"header.document.blocks_booking",
       [](Header& h) { h.mutable_document()->clear_needs_consent(); }},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.field);
    auto first = First();
    c.spoil(*first.mutable_header());
    v1::ConsentDocument document;
    const grpc::Status refused = Publish(first, "bytes", &document);
    EXPECT_EQ(ReasonOf(refused), "INVALID_FIELD");
    EXPECT_EQ(FieldOf(refused), c.field);
  }
}

TEST_F(ConsentLimitsTest, AVersionOfAnotherTypeIsRefusedBeforeItsBytes) {
  auto first = FirstOfVersion(MustPublish().name());
  first.mutable_header()->set_content_type("text/html");
  Consents stub(server_.channel());
  grpc::ClientContext context;
  practice_.specialist.Prepare(context);
  v1::ConsentDocument document;
  const auto writer = stub.PublishConsentVersion(&context, &document);
  ASSERT_TRUE(writer->Write(first));
  // The stream has not ended, nor are there any bytes.
  const grpc::Status refused = writer->Finish();
  EXPECT_EQ(ReasonOf(refused), "INVALID_FIELD");
  EXPECT_EQ(FieldOf(refused), "header.content_type");
}

TEST_F(ConsentLimitsTest, MissingConsentsAreNamedTenAtATime) {
  const core::Instant start = At("2026-03-03T09:00:00Z");
  std::string name;
  for (int i = 0; i < 100; ++i) name += "Ж";
  for (int i = 0; i < 50; ++i) MustPublish(name);
  v1::Appointment appointment;
  int refusals = 0;
  grpc::Status answer = practice_.Request(start, &appointment);
  for (; ReasonOf(answer) == "CONSENT_MISSING"; answer = practice_.Request(start, &appointment)) {
    ++refusals;
    std::vector<std::string> versions;
    for (const auto& document : MissingConsentsOf(answer)) {
      EXPECT_EQ(document.display_name(), name);
      versions.push_back(document.version());
    }
    EXPECT_EQ(versions.size(), 10U);
    ASSERT_EQ(TryChange(versions, kGive), "OK");
  }
  EXPECT_EQ(ReasonOf(answer), "OK");
  EXPECT_EQ(refusals, 5);
}

TEST_F(ConsentLimitsTest, WhoTookAProviderOffTheirListReadsAndWithdrawsButSignsNothing) {
  const auto signed_one = MustPublish("signed");
  const auto other = MustPublish("not signed");
  ASSERT_EQ(TryChange({signed_one.version().name()}, kGive), "OK");
  RemoveLink();
  v1::GetConsentDocumentRequest get;
  get.set_name(signed_one.name());
  EXPECT_EQ(practice_.customer.Try(&Consents::GetConsentDocument, get), "OK");
  v1::ListConsentDocumentsRequest list;
  list.set_parent(practice_.provider);
  EXPECT_EQ(practice_.customer.Must(&Consents::ListConsentDocuments, list).consent_documents_size(),
            2);
  v1::ListConsentVersionsRequest versions;
  versions.set_parent(signed_one.name());
  EXPECT_EQ(practice_.customer.Try(&Consents::ListConsentVersions, versions), "OK");
  v1::FetchDocumentRequest fetch;
  fetch.set_name(signed_one.version().name());
  v1::FetchDocumentResponse info;
  std::string bytes;
  EXPECT_EQ(ReasonOf(Fetch(practice_.customer, &Documents::FetchDocument, fetch, &info, &bytes)),
            "OK");
  EXPECT_EQ(bytes, "the first version");
  v1::CreateDownloadLinkRequest link;
  link.set_name(signed_one.version().name());
  EXPECT_EQ(practice_.customer.Try(&Documents::CreateDownloadLink, link), "OK");
  EXPECT_EQ(TryChange({other.version().name()}, kGive), "LINK_REMOVED");
  EXPECT_EQ(TryChange({signed_one.version().name()}, kWithdraw), "OK");
}

TEST_F(ConsentLimitsTest, WhoIsBlockedSignsNothing) {
  const auto terms = MustPublish();
  v1::ListLinksRequest list;
  list.set_parent(practice_.provider);
  const auto links = practice_.specialist.Must(&v1::LinkService::Stub::ListLinks, list);
  v1::BlockLinkRequest block;
  block.set_name(links.links(0).name());
  practice_.specialist.Must(&v1::LinkService::Stub::BlockLink, block);
  EXPECT_EQ(TryChange({terms.version().name()}, kGive), "LINK_BLOCKED");
  EXPECT_EQ(TryChange({terms.version().name()}, kWithdraw), "OK");
}

}  // namespace
}  // namespace kalends::test
