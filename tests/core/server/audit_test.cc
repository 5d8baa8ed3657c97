// Each change that a tool or an operator makes, for whomever, leaves a line: SPEC 7.10.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/files.h"
#include "tests/support/test_server.h"

namespace kalends::test {
namespace {

using testing::ElementsAre;

class AuditTest : public testing::Test {
 protected:
  // "PaymentService.CreatePayment <name>", and " for <account>" where it was for one, of what was
  // done by `key`, in the order it was.
  std::vector<std::string> LinesOf(const std::string& key) const {
    std::vector<std::string> lines;
    v1::ListAuditLinesRequest request;
    request.set_page_size(2);
    do {
      const auto page = practice_.admin.Must(&v1::AdminService::Stub::ListAuditLines, request);
      for (const v1::AuditLine& line : page.audit_lines()) {
        EXPECT_EQ(line.create_time().seconds(), core::ToUnixSeconds(server_.now()));
        if (line.api_key() != key) continue;
        lines.push_back(line.method() + " " + line.resource());
        if (!line.account().empty()) lines.back() += " for " + line.account();
      }
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return lines;
  }
  v1::CreateApiKeyResponse MakeTool() {
    v1::ApiKey key;
    key.add_scopes(v1::SCOPE_TOOL_WRITE);
    return server_.MakeKey(key);
  }

  static std::string NameOf(const Client& person) {
    v1::GetAccountRequest request;
    request.set_name("accounts/me");
    return person.Must(&v1::AccountService::Stub::GetAccount, request).name();
  }

  TestServer server_;
  Practice practice_{server_};
};

TEST_F(AuditTest, APaymentByAToolNamesItsKey) {
  const auto made = MakeTool();
  const Client tool(server_, made.secret());
  const auto requested = practice_.MustRequest(At("2026-03-03T09:00:00Z"));
  v1::AcceptAppointmentRequest accept;
  accept.set_name(requested.name());
  tool.Must(&v1::BookingService::Stub::AcceptAppointment, accept);
  v1::CreatePaymentRequest request;
  request.set_parent(requested.name());
  request.mutable_payment()->set_kind(v1::Payment::KIND_PAYMENT);
  request.mutable_payment()->mutable_amount()->set_currency_code("EUR");
  request.mutable_payment()->mutable_amount()->set_minor_units(100);
  request.set_request_id("once");
  const auto payment = tool.Must(&v1::PaymentService::Stub::CreatePayment, request);
  // A repeat changes nothing, and so does what is refused or only read.
  tool.Must(&v1::PaymentService::Stub::CreatePayment, request);
  request.mutable_payment()->mutable_amount()->set_minor_units(-1);
  request.set_request_id("another");
  EXPECT_EQ(tool.Try(&v1::PaymentService::Stub::CreatePayment, request), "INVALID_FIELD");
  v1::GetAppointmentRequest get;
  get.set_name(requested.name());
  tool.Must(&v1::BookingService::Stub::GetAppointment, get);
  EXPECT_THAT(LinesOf(made.api_key().name()),
              ElementsAre("BookingService.AcceptAppointment " + requested.name(),
                          "PaymentService.CreatePayment " + payment.name()));
}

TEST_F(AuditTest, WhatAToolDoesForAnAccountNamesTheAccountHoweverItWasNamed) {
  const auto made = MakeTool();
  const std::string account = NameOf(practice_.specialist);
  for (const std::string& named : {std::string("telegram:1001"), account}) {
    SCOPED_TRACE(named);
    const Client specialist(server_, made.secret(), named);
    const std::string at = named == account ? "2026-03-03T10:00:00Z" : "2026-03-03T09:00:00Z";
    v1::AcceptAppointmentRequest accept;
    accept.set_name(practice_.MustRequest(At(at)).name());
    specialist.Must(&v1::BookingService::Stub::AcceptAppointment, accept);
    // What is refused, or only read, leaves none.
    EXPECT_EQ(specialist.Try(&v1::BookingService::Stub::AcceptAppointment, accept), "WRONG_STATUS");
    v1::GetAppointmentRequest get;
    get.set_name(accept.name());
    specialist.Must(&v1::BookingService::Stub::GetAppointment, get);
    const auto lines = LinesOf(made.api_key().name());
    ASSERT_FALSE(lines.empty());
    EXPECT_EQ(lines.back(),
              "BookingService.AcceptAppointment " + accept.name() + " for " + account);
  }
  EXPECT_EQ(LinesOf(made.api_key().name()).size(), 2U);
}

TEST_F(AuditTest, WhatAnAdapterDoesStandsWithWhatItChanged) {
  v1::ApiKey key;
  key.add_scopes(v1::SCOPE_ADAPTER);
  const auto made = server_.MakeKey(key);
  v1::AcceptAppointmentRequest accept;
  accept.set_name(practice_.MustRequest(At("2026-03-03T09:00:00Z")).name());
  Client(server_, made.secret(), "telegram:1001")
      .Must(&v1::BookingService::Stub::AcceptAppointment, accept);
  v1::EnsureAccountRequest ensure;
  ensure.set_identity("telegram:5005");
  ensure.set_display_name("Boris");
  Client(server_, made.secret()).Must(&v1::AccountService::Stub::EnsureAccount, ensure);
  EXPECT_THAT(LinesOf(made.api_key().name()), ElementsAre());
}

TEST_F(AuditTest, ALineOutlivesTheAccountThatItNames) {
  const auto made = MakeTool();
  const std::string account = NameOf(practice_.customer);
  v1::DeleteAccountRequest erase;
  erase.set_name(account);
  Client(server_, made.secret(), "telegram:2001")
      .Must(&v1::PrivacyService::Stub::DeleteAccount, erase);
  EXPECT_THAT(LinesOf(made.api_key().name()),
              ElementsAre("PrivacyService.DeleteAccount " + account + " for " + account));
}

TEST_F(AuditTest, AnUploadByAToolLeavesALineToo) {
  const auto made = MakeTool();
  const std::string account = NameOf(practice_.customer);
  v1::UploadDocumentRequest first;
  first.mutable_header()->set_parent(practice_.provider + "/links/" +
                                     account.substr(account.rfind('/') + 1));
  first.mutable_header()->set_file_name("a.txt");
  first.mutable_header()->set_request_id("once");
  v1::Document document;
  EXPECT_EQ(ReasonOf(Upload(Client(server_, made.secret()),
                            &v1::DocumentService::Stub::UploadDocument, first, "x", &document)),
            "OK");
  EXPECT_THAT(LinesOf(made.api_key().name()),
              ElementsAre("DocumentService.UploadDocument " + document.name()));
}

TEST_F(AuditTest, AnOperatorsKeysAreNamed) {
  const auto operators = server_.MakeKey([] {
    v1::ApiKey key;
    key.add_scopes(v1::SCOPE_ADMIN);
    return key;
  }());
  const Client admin(server_, operators.secret());
  v1::CreateApiKeyRequest create;
  create.mutable_api_key()->set_display_name("bot");
  create.mutable_api_key()->add_scopes(v1::SCOPE_ADAPTER);
  const auto made = admin.Must(&v1::AdminService::Stub::CreateApiKey, create);
  EXPECT_THAT(LinesOf(operators.api_key().name()),
              ElementsAre("AdminService.CreateApiKey " + made.api_key().name()));
}

}  // namespace
}  // namespace kalends::test
