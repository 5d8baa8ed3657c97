// Who has signed a document and who has not, and asking the latter, over the wire.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "tests/support/files.h"
#include "tests/support/notification_stream.h"

namespace kalends::test {
namespace {

using Consents = v1::ConsentService::Stub;
using testing::ElementsAre;
using testing::IsEmpty;

class ConsentRemindersTest : public testing::Test {
 protected:
  ConsentRemindersTest() {
    v1::PublishConsentDocumentRequest first;
    first.mutable_header()->set_parent(practice_.provider);
    first.mutable_header()->mutable_document()->set_display_name("Behandlungsvertrag");
    first.mutable_header()->mutable_document()->set_needs_consent(true);
    first.mutable_header()->set_content_type("application/pdf");
    first.mutable_header()->set_request_id(Client::NextRequestId());
    EXPECT_EQ(ReasonOf(Upload(practice_.specialist, &Consents::PublishConsentDocument, first,
                              "version 1", &document_)),
              "OK");
  }

  Client Newcomer(const std::string& identity, const std::string& name) {
    Client client = practice_.NewCustomer(identity);
    v1::EnsureAccountRequest account;
    account.set_identity(identity);
    account.set_display_name(name);
    practice_.admin.Must(&v1::AccountService::Stub::EnsureAccount, account);
    return client;
  }
  void Sign(const Client& client) {
    v1::ChangeConsentsRequest request;
    request.set_parent(practice_.provider + "/links/me");
    request.set_channel("telegram");
    auto* change = request.add_changes();
    change->set_version(document_.version().name());
    change->set_decision(v1::CONSENT_DECISION_GIVE);
    client.Must(&Consents::ChangeConsents, request);
  }
  v1::ConsentDocument Get(const Client& client) {
    v1::GetConsentDocumentRequest request;
    request.set_name(document_.name());
    return client.Must(&Consents::GetConsentDocument, request);
  }
  std::vector<std::string> Names(v1::Consent::State state, int page_size = 0) {
    v1::ListCustomerConsentsRequest request;
    request.set_parent(document_.name());
    request.set_state(state);
    request.set_page_size(page_size);
    std::vector<std::string> names;
    do {
      const auto page = practice_.specialist.Must(&Consents::ListCustomerConsents, request);
      for (const auto& one : page.customer_consents()) names.push_back(one.customer_display_name());
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return names;
  }
  std::string TryRemind() {
    v1::RemindConsentsRequest request;
    request.set_name(document_.name());
    return practice_.specialist.Try(&Consents::RemindConsents, request);
  }
  int MustRemind() {
    v1::RemindConsentsRequest request;
    request.set_name(document_.name());
    return practice_.specialist.Must(&Consents::RemindConsents, request).reminded_count();
  }
  void Update(const std::string& path) {
    v1::UpdateConsentDocumentRequest request;
    request.mutable_consent_document()->set_name(document_.name());
    request.mutable_consent_document()->set_archived(path == "archived");
    request.mutable_update_mask()->add_paths(path);
    practice_.specialist.Must(&Consents::UpdateConsentDocument, request);
  }

  TestServer server_;
  Practice practice_{server_};
  const Client ben_ = Newcomer("telegram:2002", "Ben");
  const Client carla_ = Newcomer("telegram:2003", "Carla");
  v1::ConsentDocument document_;
};

TEST_F(ConsentRemindersTest, TheProviderSeesWhoHasSignedWhichVersionAndWhoHasNot) {
  EXPECT_THAT(Names(v1::Consent::STATE_PENDING), ElementsAre("Anna", "Ben", "Carla"));
  Sign(ben_);
  EXPECT_THAT(Names(v1::Consent::STATE_PENDING, 1), ElementsAre("Anna", "Carla"));
  EXPECT_THAT(Names(v1::Consent::STATE_SIGNED), ElementsAre("Ben"));
  EXPECT_THAT(Names(v1::Consent::STATE_UNSPECIFIED, 1), ElementsAre("Anna", "Ben", "Carla"));
  EXPECT_EQ(Get(practice_.specialist).signed_count(), 1);
  EXPECT_EQ(Get(practice_.specialist).pending_count(), 2);
  EXPECT_EQ(Get(ben_).signed_count(), 0) << "a customer learns nothing of others";
  v1::ListCustomerConsentsRequest request;
  request.set_parent(document_.name());
  request.set_state(v1::Consent::STATE_SIGNED);
  EXPECT_EQ(ben_.Try(&Consents::ListCustomerConsents, request), "NOT_FOUND");
  const auto all = practice_.specialist.Must(&Consents::ListCustomerConsents, request);
  EXPECT_EQ(all.customer_consents(0).signed_version(), document_.version().name());
  EXPECT_TRUE(all.customer_consents(0).has_change_time());
  // A new version is signed by nobody.
  v1::PublishConsentVersionRequest version;
  version.mutable_header()->set_parent(document_.name());
  version.mutable_header()->set_content_type("application/pdf");
  version.mutable_header()->set_request_id(Client::NextRequestId());
  Upload(practice_.specialist, &Consents::PublishConsentVersion, version, "version 2", &document_);
  EXPECT_THAT(Names(v1::Consent::STATE_SIGNED), IsEmpty());
  EXPECT_EQ(Get(practice_.specialist).pending_count(), 3);
}

TEST_F(ConsentRemindersTest, WhoHasNotSignedIsAskedOnceADay) {
  Sign(ben_);
  EXPECT_EQ(MustRemind(), 2);
  EXPECT_TRUE(Get(practice_.specialist).has_remind_time());
  EXPECT_FALSE(Get(ben_).has_remind_time());
  NotificationStream stream(practice_.admin);
  std::set<std::string> asked;
  while (asked.size() < 2) {
    const auto next = stream.Next();
    Acknowledge(practice_.admin, next);
    if (next.kind() != v1::Notification::KIND_CONSENT_WANTED) continue;
    EXPECT_EQ(next.reason(), "Behandlungsvertrag");
    EXPECT_EQ(next.provider().name(), practice_.provider);
    asked.insert(next.identity());
  }
  EXPECT_EQ(asked, (std::set<std::string>{"telegram:2001", "telegram:2003"}));
  server_.Advance(std::chrono::hours(23));
  EXPECT_EQ(TryRemind(), "RATE_LIMITED");
  server_.Advance(std::chrono::hours(1));
  EXPECT_EQ(MustRemind(), 2);
}

TEST_F(ConsentRemindersTest, NobodyIsAskedToSignWhatTheyCannot) {
  v1::ListLinksRequest list;
  list.set_parent(practice_.provider);
  const auto links = practice_.specialist.Must(&v1::LinkService::Stub::ListLinks, list);
  v1::BlockLinkRequest block;
  for (const auto& link : links.links()) {
    if (link.customer_display_name() == "Carla") block.set_name(link.name());
  }
  practice_.specialist.Must(&v1::LinkService::Stub::BlockLink, block);
  EXPECT_THAT(Names(v1::Consent::STATE_PENDING), ElementsAre("Anna", "Ben"));
  EXPECT_EQ(MustRemind(), 2);
  server_.Advance(std::chrono::hours(24));
  Update("needs_consent");
  EXPECT_EQ(TryRemind(), "CONSENT_NOT_NEEDED");
  Update("archived");
  EXPECT_EQ(TryRemind(), "CONSENT_DOCUMENT_ARCHIVED");
}

}  // namespace
}  // namespace kalends::test
