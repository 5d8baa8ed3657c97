// Files and consents in exports and erasures.
#include <gtest/gtest.h>

#include <thread>

#include "tests/storage/sqlite/temporary_file.h"
#include "tests/support/await.h"
#include "tests/support/export.h"
#include "tests/support/files.h"

namespace kalends::test {
namespace {

using Consents = v1::ConsentService::Stub;
using Documents = v1::DocumentService::Stub;
using Privacy = v1::PrivacyService::Stub;

class PrivacyFilesTest : public testing::Test {
 protected:
  PrivacyFilesTest() {
    Share(practice_.customer, "Überweisung.pdf", "from the customer");
    Share(practice_.specialist, "Übungen.pdf", "from the specialist");
    v1::PublishConsentDocumentRequest first;
    first.mutable_header()->set_parent("providers/me");
    first.mutable_header()->mutable_document()->set_display_name("AGB");
    first.mutable_header()->mutable_document()->set_needs_consent(true);
    first.mutable_header()->set_file_name("agb.txt");
    first.mutable_header()->set_content_type("text/plain");
    first.mutable_header()->set_request_id(Client::NextRequestId());
    EXPECT_EQ(ReasonOf(Upload(practice_.specialist, &Consents::PublishConsentDocument, first,
                              "the terms", &terms_)),
              "OK");
    Change(practice_.customer, v1::CONSENT_DECISION_GIVE);
  }

  void Share(const Client& client, const std::string& name, std::string_view bytes) const {
    v1::UploadDocumentRequest first;
    first.mutable_header()->set_parent(link_);
    first.mutable_header()->set_file_name(name);
    first.mutable_header()->set_content_type("application/pdf");
    first.mutable_header()->set_request_id(Client::NextRequestId());
    v1::Document document;
    EXPECT_EQ(ReasonOf(Upload(client, &Documents::UploadDocument, first, bytes, &document)), "OK");
  }
  void Change(const Client& client, v1::ConsentDecision decision) const {
    v1::ChangeConsentsRequest request;
    request.set_parent(practice_.provider + "/links/me");
    request.set_channel("telegram");
    request.add_changes()->set_version(terms_.version().name());
    request.mutable_changes(0)->set_decision(decision);
    client.Must(&Consents::ChangeConsents, request);
  }
  static void Delete(const Client& client) {
    v1::DeleteAccountRequest request;
    request.set_name("accounts/me");
    client.Must(&Privacy::DeleteAccount, request);
  }
  static v1::AccountDeletionPreview PreviewFor(const Client& client) {
    v1::PreviewAccountDeletionRequest request;
    request.set_name("accounts/me");
    return client.Must(&Privacy::PreviewAccountDeletion, request);
  }
  static std::string AccountId(const Client& client) {
    v1::GetAccountRequest request;
    request.set_name("accounts/me");
    const std::string name = client.Must(&v1::AccountService::Stub::GetAccount, request).name();
    return name.substr(name.find('/') + 1);
  }
  v1::ListConsentRecordsResponse Records(const Client& client, const std::string& of = "") const {
    v1::ListConsentRecordsRequest request;
    request.set_parent(practice_.provider);
    request.set_customer(of);
    return client.Must(&Consents::ListConsentRecords, request);
  }
  int FilesOnDisk() const { return FilesIn(server_.blobs()); }
  // Files leave the disk a moment after the answer.
  void AwaitFilesOnDisk(std::ptrdiff_t count) const {
    EXPECT_TRUE(Eventually([&] { return FilesOnDisk() == count; }))
        << FilesOnDisk() << " files instead of " << count;
  }

  const storage::TemporaryFile file_;
  TestServer server_{file_.path()};
  Practice practice_{server_};
  const std::string link_ = practice_.provider + "/links/" + AccountId(practice_.customer);
  v1::ConsentDocument terms_;
};

// The text of the one file in `folder`; "?" for none, "!" for several.
std::string OnlyFileIn(const Exported& exported, const std::string& folder,
                       const std::string& name_end) {
  std::string text = "?";
  for (const auto& [path, bytes] : exported.files) {
    if (!path.starts_with(folder) || !path.ends_with(name_end)) continue;
    text = text == "?" ? bytes : "!";
  }
  return text;
}

TEST_F(PrivacyFilesTest, AnExportHoldsTheFilesOfBothSidesAndTheConsents) {
  const Exported theirs = ExportOf(practice_.customer);
  EXPECT_EQ(theirs.reason, "OK");
  EXPECT_EQ(OnlyFileIn(theirs, "customer/documents/", "-Überweisung.pdf"), "from the customer");
  EXPECT_EQ(OnlyFileIn(theirs, "customer/documents/", "-Übungen.pdf"), "from the specialist");
  EXPECT_NE(theirs.files.at("customer/documents.json").find("Übungen.pdf"), std::string::npos);
  EXPECT_NE(theirs.files.at("customer/consents.json").find("AGB"), std::string::npos);
  const Exported its = ExportOf(practice_.specialist);
  EXPECT_EQ(OnlyFileIn(its, "provider/documents/", "-Überweisung.pdf"), "from the customer");
  EXPECT_EQ(OnlyFileIn(its, "provider/consent_versions/", "-1-agb.txt"), "the terms");
  EXPECT_NE(its.files.at("provider/consents.json").find("CONSENT_DECISION_GIVE"),
            std::string::npos);
  EXPECT_NE(its.files.at("provider/consent_documents.json").find("\"AGB\""), std::string::npos);
  EXPECT_NE(its.files.at("provider/profile.json").find("/profile\""), std::string::npos);
}

TEST_F(PrivacyFilesTest, AnExportWithoutFilesStillSaysWhichThereAre) {
  const Exported exported = ExportOf(practice_.customer, "accounts/me", ExportBytes::kOmit);
  EXPECT_EQ(exported.reason, "OK");
  EXPECT_EQ(OnlyFileIn(exported, "customer/documents/", ""), "?");
  EXPECT_NE(exported.files.at("customer/documents.json").find("Übungen.pdf"), std::string::npos);
  EXPECT_EQ(exported.files.at("README.txt").find("customer/documents/\n"), std::string::npos);
}

TEST_F(PrivacyFilesTest, DeletingACustomerRemovesBytesAndKeysAndKeepsTheRecordOfConsents) {
  const auto preview = PreviewFor(practice_.customer);
  EXPECT_EQ(preview.documents(), 2);
  EXPECT_EQ(FilesOnDisk(), 3);
  Delete(practice_.customer);
  // The terms are the provider's.
  AwaitFilesOnDisk(1);
  const auto records = Records(practice_.specialist);
  ASSERT_EQ(records.consent_records_size(), 1);
  EXPECT_EQ(records.consent_records(0).customer_display_name(), "–");
  EXPECT_EQ(OnlyFileIn(ExportOf(practice_.specialist), "provider/documents/", ""), "?");
}

TEST_F(PrivacyFilesTest, DeletingAProviderRemovesItsFilesAndPage) {
  v1::UpdateProfileRequest publish;
  publish.mutable_profile()->set_name("providers/me/profile");
  publish.mutable_profile()->set_published(true);
  publish.mutable_update_mask()->add_paths("published");
  const auto profile = practice_.specialist.Must(&v1::ProfileService::Stub::UpdateProfile, publish);
  const auto preview = PreviewFor(practice_.specialist).of_provider();
  EXPECT_EQ(preview.documents(), 2);
  EXPECT_EQ(preview.consent_documents(), 1);
  Delete(practice_.specialist);
  AwaitFilesOnDisk(0);
  v1::GetPublicProfileRequest page;
  page.set_slug(profile.slug());
  EXPECT_EQ(practice_.admin.Try(&v1::ProfileService::Stub::GetPublicProfile, page), "NOT_FOUND");
  // What the customer did is still theirs to take along, as far as it is not the provider's.
  const Exported exported = ExportOf(practice_.customer);
  EXPECT_EQ(exported.reason, "OK");
  EXPECT_EQ(OnlyFileIn(exported, "customer/documents/", ""), "?");
  // So are their consents, though the link that they hung on is gone, and that there were files.
  const std::string& consents = exported.files.at("customer/consents.json");
  EXPECT_NE(consents.find("CONSENT_DECISION_GIVE"), std::string::npos);
  EXPECT_EQ(consents.find("AGB"), std::string::npos);
  const std::string& deleted = exported.files.at("customer/deleted_documents.json");
  EXPECT_NE(deleted.find("LINK_SIDE_CUSTOMER"), std::string::npos);
  EXPECT_NE(deleted.find("LINK_SIDE_PROVIDER"), std::string::npos);
}

TEST_F(PrivacyFilesTest, AnExportTellsBothSidesWhatIsLeftOfADeletedFile) {
  v1::ListDocumentsRequest list;
  list.set_parent(link_);
  const auto listed = practice_.customer.Must(&Documents::ListDocuments, list);
  for (const auto& document : listed.documents()) {
    if (!document.deletable()) continue;
    v1::DeleteDocumentRequest deletion;
    deletion.set_name(document.name());
    practice_.customer.Must(&Documents::DeleteDocument, deletion);
  }
  for (const auto& [client, folder] : {std::pair(practice_.customer, std::string("customer/")),
                                       std::pair(practice_.specialist, std::string("provider/"))}) {
    const Exported exported = ExportOf(client);
    EXPECT_EQ(OnlyFileIn(exported, folder + "documents/", ""), "from the specialist");
    const std::string& deleted = exported.files.at(folder + "deleted_documents.json");
    for (const char* known : {"LINK_SIDE_CUSTOMER", "application/pdf", "\"size_bytes\": \"17\"",
                              "\"create_time\"", "\"delete_time\""}) {
      EXPECT_NE(deleted.find(known), std::string::npos) << known << " in " << deleted;
    }
    EXPECT_EQ(deleted.find("file_name"), std::string::npos);
    EXPECT_EQ(deleted.find("LINK_SIDE_PROVIDER"), std::string::npos);
  }
}

TEST_F(PrivacyFilesTest, AnExportHoldsTheFormerAddressesOfThePage) {
  for (const char* slug : {"weber", "marie-weber"}) {
    v1::UpdateProfileRequest update;
    update.mutable_profile()->set_name("providers/me/profile");
    update.mutable_profile()->set_slug(slug);
    update.mutable_update_mask()->add_paths("slug");
    practice_.specialist.Must(&v1::ProfileService::Stub::UpdateProfile, update);
  }
  const Exported exported = ExportOf(practice_.specialist);
  const std::string& profile = exported.files.at("provider/profile.json");
  EXPECT_NE(profile.find("\"slug\": \"marie-weber\""), std::string::npos);
  EXPECT_NE(profile.find("\"weber\""), std::string::npos);
}

TEST_F(PrivacyFilesTest, ACustomerListsTheirOwnRecordsOnly) {
  const std::string own = "accounts/" + AccountId(practice_.customer);
  EXPECT_EQ(Records(practice_.customer, own).consent_records_size(), 1);
  v1::ListConsentRecordsRequest request;
  request.set_parent(practice_.provider);
  EXPECT_EQ(practice_.customer.Try(&Consents::ListConsentRecords, request), "NOT_FOUND");
  request.set_customer(own);
  const Client stranger = practice_.NewCustomer("telegram:2002");
  EXPECT_EQ(stranger.Try(&Consents::ListConsentRecords, request), "NOT_FOUND");
}

// Their order is what decides whether a consent holds.
TEST_F(PrivacyFilesTest, TheLatestRecordCountsAlsoAfterTheClockWasSetBack) {
  const std::string key = server_.admin_key();
  server_.SetNow(server_.now() - std::chrono::hours(1));
  server_.Restart();
  const Client customer(server_, key, "telegram:2001");
  Change(customer, v1::CONSENT_DECISION_WITHDRAW);
  v1::ListConsentsRequest request;
  request.set_parent(practice_.provider + "/links/me");
  EXPECT_EQ(customer.Must(&Consents::ListConsents, request).consents(0).state(),
            v1::Consent::STATE_PENDING);
}

TEST_F(PrivacyFilesTest, NothingIsSharedOverALinkThatWasRemovedOrBlocked) {
  const auto try_share = [&](const Client& client) {
    v1::UploadDocumentRequest first;
    first.mutable_header()->set_parent(link_);
    first.mutable_header()->set_file_name("x.pdf");
    first.mutable_header()->set_content_type("application/pdf");
    first.mutable_header()->set_request_id(Client::NextRequestId());
    v1::Document document;
    return ReasonOf(Upload(client, &Documents::UploadDocument, first, "x", &document));
  };
  const auto documents = [&](const Client& client) {
    v1::ListDocumentsRequest request;
    request.set_parent(link_);
    return client.Must(&Documents::ListDocuments, request).documents_size();
  };
  v1::BlockLinkRequest block;
  block.set_name(link_);
  practice_.specialist.Must(&v1::LinkService::Stub::BlockLink, block);
  EXPECT_EQ(try_share(practice_.customer), "LINK_BLOCKED");
  EXPECT_EQ(try_share(practice_.specialist), "LINK_BLOCKED");
  v1::RemoveLinkRequest remove;
  remove.set_name(link_);
  practice_.customer.Must(&v1::LinkService::Stub::RemoveLink, remove);
  EXPECT_EQ(try_share(practice_.customer), "LINK_REMOVED");
  // What is there already stays within reach of both.
  EXPECT_EQ(documents(practice_.customer), 2);
  EXPECT_EQ(documents(practice_.specialist), 2);
}

}  // namespace
}  // namespace kalends::test
