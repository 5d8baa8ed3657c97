// A core with something of every kind that is sealed, to be damaged.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "storage/sealed_columns.h"
#include "tests/core/server/sealed_words.h"
#include "tests/storage/sqlite/temporary_file.h"
#include "tests/support/damage.h"
#include "tests/support/files.h"
#include "tests/support/log_capture.h"
#include "tests/support/test_server.h"

namespace kalends::test {

class DamageTest : public testing::Test {
 protected:
  void SetUp() override {
    if (OnPostgres()) GTEST_SKIP() << "it damages SQLite's file";
  }
  // Of every kind that is sealed: an edited message between two others, a note, a file, a ticket.
  DamageTest() {
    const Practice practice(server_);
    provider_ = practice.provider;
    link_ = LinkOf(practice.customer);
    for (const char* text : {"first", "second", "third"}) Say(practice.customer, text);
    v1::EditMessageRequest edit;
    edit.set_name(Messages(practice.customer)[1].name());
    edit.mutable_message()->set_text("second, edited");
    practice.customer.Must(&v1::ChatService::Stub::EditMessage, edit);
    for (const char* note : {"Knie links", "Knie rechts"}) {
      v1::RequestAppointmentRequest request;
      request.set_parent(provider_);
      request.mutable_appointment()->set_service(practice.service);
      request.mutable_appointment()->mutable_start_time()->set_seconds(core::ToUnixSeconds(
          note[5] == 'l' ? At("2026-03-03T09:00:00Z") : At("2026-03-03T11:00:00Z")));
      request.mutable_appointment()->set_note(note);
      appointments_.push_back(
          practice.customer.Must(&v1::BookingService::Stub::RequestAppointment, request).name());
    }
    files_ = {Share(practice.customer, "one.txt", std::string(200'000, '1')),
              Share(practice.customer, "two.txt", "2")};
    v1::AskSupportRequest ask;
    ask.mutable_message()->set_text("help");
    const auto asked = practice.customer.Must(&v1::SupportService::Stub::AskSupport, ask);
    ticket_ = asked.ticket().name();
    v1::EditTicketMessageRequest edit_question;
    edit_question.set_name(asked.message().name());
    edit_question.mutable_message()->set_text("help, edited");
    practice.customer.Must(&v1::SupportService::Stub::EditTicketMessage, edit_question);
    v1::AnswerTicketRequest answer;
    answer.set_name(ticket_);
    answer.mutable_message()->set_text("gladly");
    answer.set_answered_by("Wunibald");
    practice.admin.Must(&v1::SupportService::Stub::AnswerTicket, answer);
    v1::UpdateSessionRequest draft;
    draft.mutable_session()->set_name("sessions/telegram:2001");
    draft.mutable_session()->set_data("draft");
    practice.admin.Must(&v1::SessionService::Stub::UpdateSession, draft);
    service_ = practice.service;
    WriteAsSpecialist(practice);
    Invite(practice);
    Subscribe(practice);
    cancelled_ = BookAndCancel(practice, "2026-03-03T14:00:00Z");
    WriteNotes(practice, cancelled_);
    sold_ = SellPackage(practice);
    v1::RequestAppointmentRequest request;
    request.set_parent(provider_);
    request.mutable_appointment()->set_service(practice.service);
    request.mutable_appointment()->mutable_start_time()->set_seconds(
        core::ToUnixSeconds(At("2026-03-04T09:00:00Z")));
    placed_ = practice.customer.Must(&v1::BookingService::Stub::RequestAppointment, request).name();
  }

  static std::string LinkOf(const Client& customer) {
    v1::GetAccountRequest request;
    request.set_name("accounts/me");
    const std::string name = customer.Must(&v1::AccountService::Stub::GetAccount, request).name();
    return "/links/" + name.substr(name.find('/') + 1);
  }
  void Say(const Client& client, const std::string& text) const {
    v1::SendMessageRequest request;
    request.set_parent(provider_ + link_);
    request.mutable_message()->set_text(text);
    client.Must(&v1::ChatService::Stub::SendMessage, request);
  }
  // The oldest first.
  std::vector<v1::Message> Messages(const Client& client) const {
    v1::ListMessagesRequest request;
    request.set_parent(provider_ + link_);
    const auto listed = client.Must(&v1::ChatService::Stub::ListMessages, request);
    return {listed.messages().rbegin(), listed.messages().rend()};
  }
  std::string Share(const Client& client, const std::string& name, std::string_view bytes) const {
    v1::UploadDocumentRequest first;
    first.mutable_header()->set_parent(provider_ + link_);
    first.mutable_header()->set_file_name(name);
    first.mutable_header()->set_request_id(Client::NextRequestId());
    v1::Document document;
    EXPECT_EQ(ReasonOf(Upload(client, &v1::DocumentService::Stub::UploadDocument, first, bytes,
                              &document)),
              "OK");
    return document.name();
  }
  std::string FetchReason(const std::string& file) {
    v1::FetchDocumentRequest request;
    request.set_name(file);
    v1::FetchDocumentResponse first;
    std::string bytes;
    return ReasonOf(
        Fetch(Customer(), &v1::DocumentService::Stub::FetchDocument, request, &first, &bytes));
  }

  // Stops the core, does it, and starts it anew.
  void Damage(const std::function<void()>& damage) {
    server_.Stop();
    damage();
    server_.Restart();
  }
  static v1::Account Account(const Client& client) {
    v1::GetAccountRequest request;
    request.set_name("accounts/me");
    return client.Must(&v1::AccountService::Stub::GetAccount, request);
  }
  // What the column keeps, by row. The core may run.
  std::map<std::string, std::string> Kept(const storage::SealedColumn& column) const {
    std::map<std::string, std::string> kept;
    const SQLite::Database database(file_.path(), SQLite::OPEN_READONLY);
    std::string key;
    for (const std::string_view one : storage::KeysOf(column)) {
      key += (key.empty() ? "" : " || '/' || ") + std::string(one);
    }
    SQLite::Statement rows(database, "SELECT " + key + ", hex(" + std::string(column.column) +
                                         ") FROM " + std::string(column.table) + " WHERE length(" +
                                         std::string(column.column) + ") > 0");
    while (rows.executeStep()) {
      kept[rows.getColumn(0).getString()] = rows.getColumn(1).getString();
    }
    return kept;
  }
  void ListWhatASpecialistSees() {
    v1::ListClosuresRequest closures;
    closures.set_parent(provider_);
    EXPECT_EQ(Specialist().Must(&v1::ScheduleService::Stub::ListClosures, closures).closures_size(),
              1);
    v1::GetScheduleRequest schedule;
    schedule.set_name(provider_ + "/schedule");
    Specialist().Must(&v1::ScheduleService::Stub::GetSchedule, schedule);
    v1::ListServicesRequest services;
    services.set_parent(provider_);
    Specialist().Must(&v1::CatalogService::Stub::ListServices, services);
    v1::ListInvitationsRequest invitations;
    invitations.set_parent(provider_);
    Specialist().Must(&v1::InvitationService::Stub::ListInvitations, invitations);
    for (const std::string& paid : {cancelled_, sold_}) {
      v1::ListPaymentsRequest payments;
      payments.set_parent(paid);
      EXPECT_EQ(
          Specialist().Must(&v1::PaymentService::Stub::ListPayments, payments).payments_size(), 1);
    }
    for (const std::string& noted : {cancelled_, provider_ + link_}) Note(noted);
    v1::GetProfileRequest page;
    page.set_name(provider_ + "/profile");
    Specialist().Must(&v1::ProfileService::Stub::GetProfile, page);
    v1::ListLinksRequest links;
    links.set_parent(provider_);
    EXPECT_EQ(Specialist().Must(&v1::LinkService::Stub::ListLinks, links).links_size(), 1);
    v1::GetAppointmentRequest appointment;
    appointment.set_name(cancelled_);
    Specialist().Must(&v1::BookingService::Stub::GetAppointment, appointment);
    EXPECT_FALSE(Account(Customer()).display_name().empty());
  }
  // The specialist's own, on a customer or an appointment.
  v1::PrivateNote Note(const std::string& parent) {
    v1::GetPrivateNoteRequest request;
    request.set_name(parent + "/privateNote");
    return Specialist().Must(&v1::NoteService::Stub::GetPrivateNote, request);
  }
  v1::Profile PublishPage() {
    v1::UpdateProfileRequest page;
    page.mutable_profile()->set_name(provider_ + "/profile");
    page.mutable_profile()->set_published(true);
    page.mutable_update_mask()->add_paths("published");
    return Specialist().Must(&v1::ProfileService::Stub::UpdateProfile, page);
  }
  // Changes much, and no text of the columns that the query files seal.
  void ChangeWhatIsBeside() {
    v1::UpdateServiceRequest service;
    service.mutable_service()->set_name(service_);
    service.mutable_service()->set_description("changed");
    service.mutable_update_mask()->add_paths("description");
    Specialist().Must(&v1::CatalogService::Stub::UpdateService, service);
    v1::GetScheduleRequest which;
    which.set_name(provider_ + "/schedule");
    v1::UpdateScheduleRequest schedule;
    *schedule.mutable_schedule() =
        Specialist().Must(&v1::ScheduleService::Stub::GetSchedule, which);
    schedule.mutable_update_mask()->add_paths("special_dates");
    Specialist().Must(&v1::ScheduleService::Stub::UpdateSchedule, schedule);
    for (const Client& client : {Customer(), Specialist()}) {
      v1::UpdateAccountRequest account;
      account.mutable_account()->set_name("accounts/me");
      account.mutable_account()->set_language_code("fr");
      account.mutable_update_mask()->add_paths("language_code");
      client.Must(&v1::AccountService::Stub::UpdateAccount, account);
    }
    PublishPage();
    v1::AcceptAppointmentRequest accept;
    accept.set_name(placed_);
    Specialist().Try(&v1::BookingService::Stub::AcceptAppointment, accept);  // Once.
    v1::ListInvitationsRequest all;
    all.set_parent(provider_);
    const auto invitations =
        Specialist().Must(&v1::InvitationService::Stub::ListInvitations, all).invitations();
    for (const v1::Invitation& invitation : invitations) {
      v1::RevokeInvitationRequest revoke;
      revoke.set_name(invitation.name());
      Specialist().Try(&v1::InvitationService::Stub::RevokeInvitation, revoke);  // Once.
    }
  }
  Client Customer() { return {server_, server_.admin_key(), "telegram:2001"}; }
  Client Specialist() { return {server_, server_.admin_key(), "telegram:1001"}; }
  v1::ServerStats Stats() {
    return Client(server_, server_.admin_key())
        .Must(&v1::AdminService::Stub::GetServerStats, v1::GetServerStatsRequest());
  }
  std::filesystem::path LargestBlob() const {
    std::filesystem::path largest;
    for (const auto& entry : std::filesystem::directory_iterator(server_.blobs())) {
      if (largest.empty() || entry.file_size() > std::filesystem::file_size(largest)) {
        largest = entry.path();
      }
    }
    return largest;
  }

  LogCapture log_;
  const storage::TemporaryFile file_;
  const std::shared_ptr<storage::MasterKeys> keys_ = storage::MasterKeys::Random();
  TestServer server_{file_.path(),
                     [this](server::ServerOptions& options) { options.master_keys = keys_; }};
  std::string provider_;
  std::string link_;
  std::vector<std::string> appointments_;
  std::vector<std::string> files_;
  std::string ticket_;
  std::string service_;
  std::string cancelled_;  // An appointment with a payment and a reason.
  std::string placed_;     // A pending one that has a place.
  std::string sold_;       // A package with a payment.
};

}  // namespace kalends::test
