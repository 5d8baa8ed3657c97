// Nothing private that people write stands in any file of the data directory.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "storage/blobs/master_keys.h"
#include "tests/storage/sqlite/temporary_file.h"
#include "tests/support/files.h"
#include "tests/support/text_columns.h"

namespace kalends::test {
namespace {

// The word that goes to each sealed column through the API. What has none here is one of the
// program's own making, told beside it.
const std::map<std::string, std::string> kWords = {
    {"accounts.display_name", "Zwetschgenbaum"},
    {"appointments.note", "Knieschmerz"},
    {"appointments.place", "Videolinkeins"},
    {"closures.label", "Kuraufenthalt"},
    {"consent_versions.file_name", "Einwilligungsdatei"},
    {"documents.file_name", "Befundbericht"},
    {"invitations.label", "Schwiegermutter"},
    {"invitations.sealed_code", ""},  // Of each run.
    {"message_versions.text", "Kellertreppe"},
    {"messages.content", "Dachboden"},
    {"notifications.reason", "Heiserkeit"},
    {"payments.note", "Barzahlungsrest"},
    {"requests.response", "Heiserkeit"},
    {"services.payment_link", "zahlungsempfaenger"},
    {"services.place", "Videolinkeins"},
    {"sessions.data", "Sitzungsentwurf"},
    {"special_dates.label", "Silberhochzeit"},
    {"status_changes.reason", "Heiserkeit"},
    {"ticket_message_versions.text", "Hilferufeins"},
    {"ticket_messages.answered_by", "Wunibald"},
    {"ticket_messages.content", "Hilferufzwei"},
};

class SealedTextsTest : public testing::Test {
 protected:
  // Of the words, those that stand in a file.
  std::vector<std::string> Found(const std::string& code) const {
    std::vector<std::string> found;
    for (const auto& root : {std::filesystem::path(file_.path()).parent_path(), server_.blobs()}) {
      for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
        if (!entry.is_regular_file()) continue;
        std::ifstream file(entry.path(), std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(file), {}};
        for (const auto& [column, word] : kWords) {
          if (bytes.find(word.empty() ? code : word) != std::string::npos) found.push_back(column);
        }
      }
    }
    return found;
  }

  std::string Link() const {
    v1::GetAccountRequest request;
    request.set_name("accounts/me");
    const auto name =
        practice_.customer.Must(&v1::AccountService::Stub::GetAccount, request).name();
    return practice_.provider + "/links/" + name.substr(name.rfind('/') + 1);
  }

  void WriteAsSpecialist() const {
    const Client& specialist = practice_.specialist;
    v1::CreateClosureRequest closure;
    closure.set_parent(practice_.provider);
    closure.mutable_closure()->mutable_start_time()->set_seconds(
        core::ToUnixSeconds(At("2026-05-05T09:00:00Z")));
    closure.mutable_closure()->mutable_end_time()->set_seconds(
        core::ToUnixSeconds(At("2026-05-06T09:00:00Z")));
    closure.mutable_closure()->set_label("Kuraufenthalt");
    specialist.Must(&v1::ScheduleService::Stub::CreateClosure, closure);
    v1::GetScheduleRequest which;
    which.set_name(practice_.provider + "/schedule");
    v1::UpdateScheduleRequest schedule;
    *schedule.mutable_schedule() = specialist.Must(&v1::ScheduleService::Stub::GetSchedule, which);
    auto* day = schedule.mutable_schedule()->add_special_dates();
    day->mutable_date()->set_year(2026);
    day->mutable_date()->set_month(7);
    day->mutable_date()->set_day(7);
    day->set_label("Silberhochzeit");
    schedule.mutable_update_mask()->add_paths("special_dates");
    specialist.Must(&v1::ScheduleService::Stub::UpdateSchedule, schedule);
    v1::UpdateServiceRequest service;
    service.mutable_service()->set_name(practice_.service);
    service.mutable_service()->set_place("https://video.example/Videolinkeins");
    service.mutable_service()->set_payment_link("https://pay.example/zahlungsempfaenger");
    service.mutable_update_mask()->add_paths("place");
    service.mutable_update_mask()->add_paths("payment_link");
    specialist.Must(&v1::CatalogService::Stub::UpdateService, service);
    v1::PublishConsentDocumentRequest consent;
    consent.mutable_header()->set_parent(practice_.provider);
    consent.mutable_header()->mutable_document()->set_display_name("AGB");
    consent.mutable_header()->set_file_name("Einwilligungsdatei.pdf");
    consent.mutable_header()->set_content_type("application/pdf");
    consent.mutable_header()->set_request_id(Client::NextRequestId());
    v1::ConsentDocument document;
    EXPECT_EQ(ReasonOf(Upload(specialist, &v1::ConsentService::Stub::PublishConsentDocument,
                              consent, "bytes", &document)),
              "OK");
  }

  std::string Invite() const {
    v1::CreateInvitationRequest request;
    request.set_parent(practice_.provider);
    request.mutable_invitation()->set_kind(v1::Invitation::KIND_CUSTOMER);
    request.mutable_invitation()->set_label("Schwiegermutter");
    return practice_.specialist.Must(&v1::InvitationService::Stub::CreateInvitation, request)
        .code();
  }

  void Book() const {
    v1::RequestAppointmentRequest request;
    request.set_parent(practice_.provider);
    request.mutable_appointment()->set_service(practice_.service);
    request.mutable_appointment()->mutable_start_time()->set_seconds(
        core::ToUnixSeconds(At("2026-03-03T09:00:00Z")));
    request.mutable_appointment()->set_note("Knieschmerz");
    const auto appointment =
        practice_.customer.Must(&v1::BookingService::Stub::RequestAppointment, request);
    practice_.Accept(appointment.name());
    v1::CreatePaymentRequest payment;
    payment.set_parent(appointment.name());
    payment.mutable_payment()->set_kind(v1::Payment::KIND_PAYMENT);
    payment.mutable_payment()->mutable_amount()->set_minor_units(100);
    payment.mutable_payment()->mutable_amount()->set_currency_code("EUR");
    payment.mutable_payment()->set_note("Barzahlungsrest");
    practice_.specialist.Must(&v1::PaymentService::Stub::CreatePayment, payment);
    v1::CancelAppointmentRequest cancellation;
    cancellation.set_name(appointment.name());
    cancellation.set_reason("wegen Heiserkeit");
    practice_.customer.Must(&v1::BookingService::Stub::CancelAppointment, cancellation);
  }

  void WriteAsCustomer() const {
    const Client& customer = practice_.customer;
    v1::UpdateAccountRequest account;
    account.mutable_account()->set_name("accounts/me");
    account.mutable_account()->set_display_name("Anna Zwetschgenbaum");
    account.mutable_update_mask()->add_paths("display_name");
    customer.Must(&v1::AccountService::Stub::UpdateAccount, account);
    v1::SendMessageRequest message;
    message.set_parent(Link());
    message.mutable_message()->set_text("auf der Kellertreppe");
    message.set_channel_key("telegram:1");
    customer.Must(&v1::ChatService::Stub::SendMessage, message);
    v1::EditMessageRequest edit;
    edit.set_channel_key("telegram:1");
    edit.mutable_message()->set_text("auf dem Dachboden");
    customer.Must(&v1::ChatService::Stub::EditMessage, edit);
    v1::AskSupportRequest question;
    question.mutable_message()->set_text("Hilferufeins");
    question.set_channel_key("telegram:2");
    v1::AnswerTicketRequest answer;
    answer.set_name(customer.Must(&v1::SupportService::Stub::AskSupport, question).ticket().name());
    answer.mutable_message()->set_text("Man hilft gern");
    answer.set_answered_by("Teammitglied Wunibald");
    practice_.admin.Must(&v1::SupportService::Stub::AnswerTicket, answer);
    v1::EditTicketMessageRequest correction;
    correction.set_channel_key("telegram:2");
    correction.mutable_message()->set_text("Hilferufzwei");
    customer.Must(&v1::SupportService::Stub::EditTicketMessage, correction);
    v1::UploadDocumentRequest document;
    document.mutable_header()->set_parent(Link());
    document.mutable_header()->set_file_name("Befundbericht.pdf");
    document.mutable_header()->set_content_type("application/pdf");
    document.mutable_header()->set_request_id(Client::NextRequestId());
    v1::Document sent;
    EXPECT_EQ(ReasonOf(Upload(customer, &v1::DocumentService::Stub::UploadDocument, document,
                              "bytes", &sent)),
              "OK");
    v1::UpdateSessionRequest draft;
    draft.mutable_session()->set_name("sessions/telegram:2001");
    draft.mutable_session()->set_data("Sitzungsentwurf");
    practice_.admin.Must(&v1::SessionService::Stub::UpdateSession, draft);
  }

  const storage::TemporaryFile file_;
  TestServer server_{file_.path()};
  Practice practice_{server_};
};

TEST_F(SealedTextsTest, EveryColumnThatIsToBeSealedHasItsWord) {
  std::set<std::string> columns;
  for (const auto& [column, word] : kWords) columns.insert(column);
  EXPECT_EQ(columns, storage::SealedTextColumns());
}

TEST_F(SealedTextsTest, NoneIsFoundInAnyFileNeitherNowNorAfterARestart) {
  WriteAsSpecialist();
  const std::string code = Invite();
  Book();
  WriteAsCustomer();
  EXPECT_THAT(Found(code), testing::IsEmpty());
  server_.Restart();
  EXPECT_THAT(Found(code), testing::IsEmpty());
  server_.Stop();
  EXPECT_THAT(Found(code), testing::IsEmpty());
  // The words went to where they are said to go: there is something sealed in each.
  SQLite::Database database(file_.path());
  for (const auto& [column, word] : kWords) {
    const std::string table = column.substr(0, column.find('.'));
    const std::string name = column.substr(table.size() + 1);
    EXPECT_GE(
        database.execAndGet("SELECT coalesce(max(length(" + name + ")), 0) FROM " + table).getInt(),
        static_cast<int>(storage::kSealOverheadBytes))
        << column;
  }
}

}  // namespace
}  // namespace kalends::test
