// Consent documents over the wire: versions, the record, and what blocks booking.
#include <gtest/gtest.h>

#include "tests/support/files.h"

namespace kalends::test {
namespace {

using Consents = v1::ConsentService::Stub;
using Documents = v1::DocumentService::Stub;

class ConsentTest : public testing::Test {
 protected:
  v1::PublishConsentDocumentRequest First(const std::string& name, bool needs, bool blocks) const {
    v1::PublishConsentDocumentRequest first;
    auto* header = first.mutable_header();
    header->set_parent(practice_.provider);
    header->mutable_document()->set_display_name(name);
    header->mutable_document()->set_needs_consent(needs);
    header->mutable_document()->set_blocks_booking(blocks);
    header->set_file_name("agb.pdf");
    header->set_content_type("application/pdf");
    header->set_request_id(Client::NextRequestId());
    return first;
  }
  v1::ConsentDocument Publish(const std::string& name, bool needs, bool blocks) const {
    v1::ConsentDocument document;
    EXPECT_EQ(ReasonOf(Upload(practice_.specialist, &Consents::PublishConsentDocument,
                              First(name, needs, blocks), "version 1 of " + name, &document)),
              "OK");
    return document;
  }
  std::string TryPublish(const Client& client, const v1::PublishConsentDocumentRequest& first,
                         std::string_view bytes) const {
    v1::ConsentDocument document;
    return ReasonOf(Upload(client, &Consents::PublishConsentDocument, first, bytes, &document));
  }
  grpc::Status NewVersion(const std::string& parent, std::string_view bytes,
                          v1::ConsentDocument* document) const {
    v1::PublishConsentVersionRequest first;
    first.mutable_header()->set_parent(parent);
    first.mutable_header()->set_content_type("text/plain");
    first.mutable_header()->set_request_id(Client::NextRequestId());
    return Upload(practice_.specialist, &Consents::PublishConsentVersion, first, bytes, document);
  }
  using Change = std::pair<std::string, v1::ConsentDecision>;
  std::string TryChange(const Client& client, const std::vector<Change>& changes,
                        const std::string& link = "me") const {
    v1::ChangeConsentsRequest request;
    request.set_parent(practice_.provider + "/links/" + link);
    request.set_channel("telegram");
    for (const auto& [version, decision] : changes) {
      auto* change = request.add_changes();
      change->set_version(version);
      change->set_decision(decision);
    }
    return client.Try(&Consents::ChangeConsents, request);
  }
  static std::string OwnId(const Client& client) {
    v1::GetAccountRequest request;
    request.set_name("accounts/me");
    const auto name = client.Must(&v1::AccountService::Stub::GetAccount, request).name();
    return name.substr(name.rfind('/') + 1);
  }
  std::vector<v1::Consent::State> States(const Client& client) const {
    v1::ListConsentsRequest request;
    request.set_parent(practice_.provider + "/links/me");
    std::vector<v1::Consent::State> states;
    const auto list = client.Must(&Consents::ListConsents, request);
    for (const auto& consent : list.consents()) states.push_back(consent.state());
    return states;
  }
  v1::ListConsentRecordsResponse Records() const {
    v1::ListConsentRecordsRequest request;
    request.set_parent(practice_.provider);
    return practice_.specialist.Must(&Consents::ListConsentRecords, request);
  }

  static constexpr auto kGive = v1::CONSENT_DECISION_GIVE;
  static constexpr auto kWithdraw = v1::CONSENT_DECISION_WITHDRAW;
  static constexpr auto kNone = v1::Consent::STATE_NOT_NEEDED;
  static constexpr auto kPending = v1::Consent::STATE_PENDING;
  static constexpr auto kSigned = v1::Consent::STATE_SIGNED;

  TestServer server_;
  Practice practice_{server_};
};

TEST_F(ConsentTest, ACustomerSignsSeveralAtOnceAndWithdraws) {
  const auto terms = Publish("AGB", true, false);
  const auto privacy = Publish("Datenschutz", true, false);
  Publish("Hausordnung", false, false);
  EXPECT_EQ(terms.version().number(), 1);
  EXPECT_EQ(terms.version().sha256().size(), 32U);
  using List = std::vector<v1::Consent::State>;
  EXPECT_EQ(States(practice_.customer), (List{kPending, kPending, kNone}));
  EXPECT_EQ(TryChange(practice_.customer,
                      {{terms.version().name(), kGive}, {privacy.version().name(), kGive}}),
            "OK");
  EXPECT_EQ(States(practice_.customer), (List{kSigned, kSigned, kNone}));
  server_.Advance(std::chrono::seconds(60));
  EXPECT_EQ(TryChange(practice_.customer, {{terms.version().name(), kWithdraw}}), "OK");
  EXPECT_EQ(States(practice_.customer), (List{kPending, kSigned, kNone}));
  // A withdrawal never erases that it was given.
  const auto records = Records();
  ASSERT_EQ(records.consent_records_size(), 3);
  EXPECT_EQ(records.consent_records(0).decision(), kWithdraw);
  EXPECT_EQ(records.consent_records(0).consent_document_display_name(), "AGB");
  EXPECT_EQ(records.consent_records(0).customer_display_name(), "Anna");
  EXPECT_EQ(records.consent_records(0).channel(), "telegram");
  EXPECT_EQ(records.consent_records(2).decision(), kGive);
  EXPECT_EQ(records.consent_records(2).version().sha256(), terms.version().sha256());
}

TEST_F(ConsentTest, ANewVersionMakesItPendingAgain) {
  const auto terms = Publish("AGB", true, false);
  ASSERT_EQ(TryChange(practice_.customer, {{terms.version().name(), kGive}}), "OK");
  v1::ConsentDocument second;
  EXPECT_EQ(ReasonOf(NewVersion(terms.name(), "version 1 of AGB", &second)), "SAME_VERSION");
  ASSERT_EQ(ReasonOf(NewVersion(terms.name(), "version 2 of AGB", &second)), "OK");
  EXPECT_EQ(second.version().number(), 2);
  EXPECT_EQ(States(practice_.customer), (std::vector{kPending}));
  // What was read is not what would be signed.
  EXPECT_EQ(TryChange(practice_.customer, {{terms.version().name(), kGive}}), "VERSION_OUTDATED");
  EXPECT_EQ(TryChange(practice_.customer, {{second.version().name(), kGive}}), "OK");
  EXPECT_EQ(States(practice_.customer), (std::vector{kSigned}));
  v1::ListConsentVersionsRequest versions;
  versions.set_parent(terms.name());
  EXPECT_EQ(practice_.customer.Must(&Consents::ListConsentVersions, versions).versions_size(), 2);
}

TEST_F(ConsentTest, ADocumentThatBlocksBookingIsSignedFirst) {
  const core::Instant start = At("2026-03-03T09:00:00Z");
  const auto terms = Publish("AGB", true, true);
  Publish("Werbung", true, false);
  v1::Appointment appointment;
  const grpc::Status refused = practice_.Request(start, &appointment);
  EXPECT_EQ(refused.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(ReasonOf(refused), "CONSENT_MISSING");
  const auto missing = MissingConsentsOf(refused);
  ASSERT_EQ(missing.size(), 1U);
  EXPECT_EQ(missing[0].name(), terms.name());
  EXPECT_EQ(missing[0].version(), terms.version().name());
  EXPECT_EQ(missing[0].display_name(), "AGB");
  ASSERT_EQ(TryChange(practice_.customer, {{missing[0].version(), kGive}}), "OK");
  EXPECT_EQ(ReasonOf(practice_.Request(start, &appointment)), "OK");
  ASSERT_EQ(TryChange(practice_.customer, {{missing[0].version(), kWithdraw}}), "OK");
  const auto later = start + std::chrono::hours(2);
  EXPECT_EQ(ReasonOf(practice_.Request(later, &appointment)), "CONSENT_MISSING");
  v1::UpdateConsentDocumentRequest archive;
  archive.mutable_consent_document()->set_name(terms.name());
  archive.mutable_consent_document()->set_archived(true);
  archive.mutable_update_mask()->add_paths("archived");
  practice_.specialist.Must(&Consents::UpdateConsentDocument, archive);
  EXPECT_EQ(ReasonOf(practice_.Request(later, &appointment)), "OK");
}

TEST_F(ConsentTest, AProposedTimeIsTakenWithConsentToo) {
  const core::Instant start = At("2026-03-03T09:00:00Z");
  const auto appointment = practice_.MustRequest(start);
  v1::ProposeTimesRequest propose;
  propose.set_name(appointment.name());
  propose.add_start_times()->set_seconds(core::ToUnixSeconds(start + std::chrono::hours(2)));
  practice_.specialist.Must(&v1::BookingService::Stub::ProposeTimes, propose);
  const auto terms = Publish("AGB", true, true);
  v1::ChooseProposedTimeRequest choose;
  choose.set_name(appointment.name());
  *choose.mutable_start_time() = propose.start_times(0);
  const auto method = &v1::BookingService::Stub::ChooseProposedTime;
  EXPECT_EQ(practice_.customer.Try(method, choose), "CONSENT_MISSING");
  ASSERT_EQ(TryChange(practice_.customer, {{terms.version().name(), kGive}}), "OK");
  EXPECT_EQ(practice_.customer.Try(method, choose), "OK");
}

TEST_F(ConsentTest, TheProviderBooksAndMovesWithoutOneAndLearnsWhatIsUnsigned) {
  const auto terms = Publish("AGB", true, true);
  Publish("Datenschutz", true, false);  // Blocks nothing.
  v1::BookAppointmentRequest book;
  book.set_parent(practice_.provider);
  book.set_customer("accounts/" + OwnId(practice_.customer));
  book.set_service(practice_.service);
  book.mutable_start_time()->set_seconds(core::ToUnixSeconds(At("2026-03-03T09:00:00Z")));
  const auto booked = practice_.specialist.Must(&v1::BookingService::Stub::BookAppointment, book);
  ASSERT_EQ(booked.missing_consents_size(), 1);
  EXPECT_EQ(booked.missing_consents(0).version(), terms.version().name());
  ASSERT_EQ(TryChange(practice_.customer, {{terms.version().name(), kGive}}), "OK");
  book.mutable_start_time()->set_seconds(core::ToUnixSeconds(At("2026-03-03T11:00:00Z")));
  EXPECT_EQ(practice_.specialist.Must(&v1::BookingService::Stub::BookAppointment, book)
                .missing_consents_size(),
            0);
}

TEST_F(ConsentTest, ChangesAreAllMadeOrNone) {
  const auto terms = Publish("AGB", true, false);
  const auto rules = Publish("Hausordnung", false, false);
  EXPECT_EQ(TryChange(practice_.customer,
                      {{terms.version().name(), kGive}, {rules.version().name(), kGive}}),
            "CONSENT_NOT_NEEDED");
  EXPECT_EQ(States(practice_.customer), (std::vector{kPending, kNone}));
  EXPECT_EQ(Records().consent_records_size(), 0);
  EXPECT_EQ(TryChange(practice_.customer, {}), "INVALID_FIELD");
  EXPECT_EQ(TryChange(practice_.customer, {{terms.name(), kGive}}), "INVALID_FIELD");
  EXPECT_EQ(TryChange(practice_.customer, {{terms.name() + "/versions/7", kGive}}),
            "VERSION_OUTDATED");
  EXPECT_EQ(TryChange(practice_.customer,
                      {{terms.version().name(), kGive}, {terms.version().name(), kWithdraw}}),
            "INVALID_FIELD");
  // Saying again what is so adds no line.
  EXPECT_EQ(TryChange(practice_.customer, {{terms.version().name(), kGive}}), "OK");
  EXPECT_EQ(TryChange(practice_.customer, {{terms.version().name(), kGive}}), "OK");
  EXPECT_EQ(Records().consent_records_size(), 1);
}

TEST_F(ConsentTest, OnlyTheCustomerSignsAndOnlyTheProviderSeesTheRecord) {
  const auto terms = Publish("AGB", true, false);
  EXPECT_EQ(
      TryChange(practice_.specialist, {{terms.version().name(), kGive}}, OwnId(practice_.customer)),
      "CUSTOMER_ONLY");
  v1::EnsureAccountRequest stranger;
  stranger.set_identity("telegram:2999");
  stranger.set_display_name("Stranger");
  practice_.admin.Must(&v1::AccountService::Stub::EnsureAccount, stranger);
  const Client nobody(server_, server_.admin_key(), "telegram:2999");
  EXPECT_EQ(TryChange(nobody, {{terms.version().name(), kGive}}), "NOT_FOUND");
  v1::GetConsentDocumentRequest get;
  get.set_name(terms.name());
  EXPECT_EQ(nobody.Try(&Consents::GetConsentDocument, get), "NOT_FOUND");
  EXPECT_EQ(practice_.customer.Try(&Consents::GetConsentDocument, get), "OK");
  v1::ListConsentRecordsRequest records;
  records.set_parent(practice_.provider);
  EXPECT_EQ(practice_.customer.Try(&Consents::ListConsentRecords, records), "NOT_FOUND");
  EXPECT_EQ(TryPublish(practice_.customer, First("x", true, true), "bytes"), "NOT_FOUND");
}

TEST_F(ConsentTest, RefusedPublicationsSayWhy) {
  const auto wrong = [&](const std::function<void(v1::PublishConsentDocumentRequest::Header&)>& f) {
    v1::PublishConsentDocumentRequest first = First("AGB", true, true);
    f(*first.mutable_header());
    return TryPublish(practice_.specialist, first, "bytes");
  };
  using Header = v1::PublishConsentDocumentRequest::Header;
  EXPECT_EQ(wrong([](Header& h) { h.mutable_document()->clear_display_name(); }), "INVALID_FIELD");
  EXPECT_EQ(wrong([](Header& h) { h.mutable_document()->set_needs_consent(false); }),
            "INVALID_FIELD");
  EXPECT_EQ(wrong([](Header& h) { h.set_content_type("text/html"); }), "INVALID_FIELD");
  EXPECT_EQ(wrong([](Header& h) { h.clear_content_type(); }), "INVALID_FIELD");
  EXPECT_EQ(TryPublish(practice_.specialist, First("AGB", true, true), ""), "EMPTY_FILE");
  v1::ListConsentDocumentsRequest list;
  list.set_parent(practice_.provider);
  EXPECT_EQ(practice_.customer.Must(&Consents::ListConsentDocuments, list).consent_documents_size(),
            0);
}

TEST_F(ConsentTest, AnUpdateKeepsToTheRulesAndTheEtag) {
  const auto terms = Publish("AGB", true, true);
  v1::UpdateConsentDocumentRequest update;
  update.mutable_consent_document()->set_name(terms.name());
  update.mutable_consent_document()->set_etag(terms.etag());
  update.mutable_update_mask()->add_paths("needs_consent");
  const auto method = &Consents::UpdateConsentDocument;
  EXPECT_EQ(practice_.specialist.Try(method, update), "INVALID_FIELD");
  update.mutable_update_mask()->add_paths("blocks_booking");
  EXPECT_EQ(practice_.specialist.Try(method, update), "OK");
  EXPECT_EQ(practice_.specialist.Try(method, update), "STALE_ETAG");
  EXPECT_EQ(practice_.customer.Try(method, update), "NOT_FOUND");
  EXPECT_EQ(States(practice_.customer), (std::vector{kNone}));
}

TEST_F(ConsentTest, AVersionIsFetchedAndDownloadedByCustomers) {
  const auto terms = Publish("AGB", true, true);
  v1::FetchDocumentRequest fetch;
  fetch.set_name(terms.version().name());
  v1::FetchDocumentResponse info;
  std::string bytes;
  EXPECT_EQ(ReasonOf(Fetch(practice_.customer, &Documents::FetchDocument, fetch, &info, &bytes)),
            "OK");
  EXPECT_EQ(bytes, "version 1 of AGB");
  EXPECT_EQ(info.file().content_type(), "application/pdf");
  v1::CreateDownloadLinkRequest create;
  create.set_name(terms.version().name());
  v1::FetchDownloadRequest download;
  download.set_token(practice_.customer.Must(&Documents::CreateDownloadLink, create).token());
  const Client web(server_, server_.MakeKey({v1::SCOPE_WEB}));
  v1::FetchDownloadResponse first;
  EXPECT_EQ(ReasonOf(Fetch(web, &Documents::FetchDownload, download, &first, &bytes)), "OK");
  EXPECT_EQ(bytes, "version 1 of AGB");
  EXPECT_EQ(first.download().file().file_name(), "agb.pdf");
}

}  // namespace
}  // namespace kalends::test
