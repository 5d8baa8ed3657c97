// A core with something of every kind that is sealed, to be damaged.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "tests/storage/sqlite/temporary_file.h"
#include "tests/support/damage.h"
#include "tests/support/files.h"
#include "tests/support/log_capture.h"
#include "tests/support/test_server.h"

namespace kalends::test {

class DamageTest : public testing::Test {
 protected:
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
};

}  // namespace kalends::test
