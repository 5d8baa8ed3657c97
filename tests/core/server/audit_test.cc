// Each change that a tool or an operator makes for nobody leaves a line: SPEC 7.10.
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
  // "PaymentService.CreatePayment <name>" of what was done by `key`, in the order it was.
  std::vector<std::string> LinesOf(const std::string& key) const {
    std::vector<std::string> lines;
    v1::ListAuditLinesRequest request;
    request.set_page_size(2);
    do {
      const auto page = practice_.admin.Must(&v1::AdminService::Stub::ListAuditLines, request);
      for (const v1::AuditLine& line : page.audit_lines()) {
        EXPECT_EQ(line.create_time().seconds(), core::ToUnixSeconds(server_.now()));
        if (line.api_key() == key) lines.push_back(line.method() + " " + line.resource());
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

TEST_F(AuditTest, WhatIsDoneForAnAccountStandsWithWhatWasChanged) {
  const auto made = MakeTool();
  const Client specialist(server_, made.secret(), "telegram:1001");
  v1::AcceptAppointmentRequest accept;
  accept.set_name(practice_.MustRequest(At("2026-03-03T09:00:00Z")).name());
  specialist.Must(&v1::BookingService::Stub::AcceptAppointment, accept);
  EXPECT_THAT(LinesOf(made.api_key().name()), ElementsAre());
}

TEST_F(AuditTest, AnUploadByAToolLeavesALineToo) {
  const auto made = MakeTool();
  const auto account = practice_.customer.Must(&v1::AccountService::Stub::GetAccount, [] {
    v1::GetAccountRequest request;
    request.set_name("accounts/me");
    return request;
  }());
  v1::UploadDocumentRequest first;
  first.mutable_header()->set_parent(practice_.provider + "/links/" +
                                     account.name().substr(account.name().rfind('/') + 1));
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
