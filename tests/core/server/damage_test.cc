// What is damaged where it is stored, over the wire: it is left out with a mark in its place,
// counted and named; all that is beside it goes on, and nothing is written over it.
#include <gtest/gtest.h>

#include "storage/sealed_columns.h"
#include "tests/core/server/damage_world.h"
#include "tests/support/export.h"
#include "tests/support/notification_stream.h"

namespace kalends::test {
namespace {

using Bookings = v1::BookingService::Stub;
using Chat = v1::ChatService::Stub;
using Documents = v1::DocumentService::Stub;
using Support = v1::SupportService::Stub;

template <typename Message>
std::vector<std::string> UnreadableIn(const Message& message) {
  return {message.unreadable_fields().begin(), message.unreadable_fields().end()};
}

TEST_F(DamageTest, OfAMessageLeavesTheOthersOfItsThread) {
  Damage([&] { DamageSeals(file_.path(), "messages", "content", "number = 2"); });
  const auto messages = Messages(Specialist());
  ASSERT_EQ(messages.size(), 3U);
  EXPECT_EQ(messages[0].text(), "first");
  EXPECT_EQ(messages[1].text(), "");
  EXPECT_EQ(UnreadableIn(messages[1]), (std::vector<std::string>{"text", "attachments"}));
  EXPECT_EQ(messages[2].text(), "third");
  EXPECT_TRUE(UnreadableIn(messages[2]).empty());
  log_.Await("messages.content/");
  Messages(Customer());
  EXPECT_EQ(Stats().unreadable_values(), 1) << "one place, however often it is read";
}

TEST_F(DamageTest, OfTheLastMessageLeavesTheListOfThreads) {
  Damage([&] { DamageSeals(file_.path(), "messages", "content", "number = 3"); });
  v1::ListThreadsRequest request;
  request.set_parent(provider_);
  const auto threads = Specialist().Must(&Chat::ListThreads, request);
  ASSERT_EQ(threads.threads_size(), 1);
  EXPECT_EQ(UnreadableIn(threads.threads(0).last_message()).size(), 2U);
}

TEST_F(DamageTest, IsNotWrittenOver) {
  Damage([&] { DamageSeals(file_.path(), "messages", "content", "number = 3"); });
  v1::EditMessageRequest edit;
  edit.set_name(Messages(Customer())[2].name());
  edit.mutable_message()->set_text("written over");
  EXPECT_EQ(Customer().Try(&Chat::EditMessage, edit), "UNREADABLE");
  EXPECT_EQ(UnreadableIn(Messages(Customer())[2]).size(), 2U);
  Say(Customer(), "a new one");
  EXPECT_EQ(Messages(Customer()).back().text(), "a new one");
}

TEST_F(DamageTest, OfANoteLeavesTheProvidersList) {
  Damage([&] {
    DamageSeals(file_.path(), "appointments", "note", "id = (SELECT min(id) FROM appointments)");
  });
  v1::ListAppointmentsRequest request;
  request.set_parent(provider_);
  const auto listed = Specialist().Must(&Bookings::ListAppointments, request);
  ASSERT_EQ(listed.appointments_size(), 4);
  EXPECT_EQ(listed.appointments(0).note(), "");
  EXPECT_EQ(UnreadableIn(listed.appointments(0)), std::vector<std::string>{"note"});
  EXPECT_EQ(listed.appointments(1).note(), "Knie rechts");
}

TEST_F(DamageTest, HoldsUpNoNotification) {
  Damage([&] {
    DamageSeals(file_.path(), "appointments", "note", "id = (SELECT min(id) FROM appointments)");
    DamageSeals(file_.path(), "messages", "content", "number = 1");
  });
  const Client adapter(server_, server_.MakeKey({v1::SCOPE_ADAPTER}));
  NotificationStream stream(adapter);
  int marked = 0;
  for (bool whole = false; !whole;) {
    const auto told = stream.Next();
    marked += told.appointment().unreadable_fields_size() > 0 ? 1 : 0;
    marked += told.message().unreadable_fields_size() > 0 ? 1 : 0;
    whole = told.appointment().note() == "Knie rechts";
    v1::AcknowledgeNotificationRequest acknowledge;
    acknowledge.set_name(told.name());
    adapter.Must(&v1::NotificationService::Stub::AcknowledgeNotification, acknowledge);
  }
  EXPECT_EQ(marked, 2);
}

TEST_F(DamageTest, OfAFileIsMarkedInAnExportAndLeavesTheOthers) {
  Damage([&] { std::filesystem::remove(LargestBlob()); });
  const std::string lost = files_[0].substr(files_[0].rfind('/') + 1);
  const std::string whole = files_[1].substr(files_[1].rfind('/') + 1);
  EXPECT_EQ(FetchReason(files_[0]), "UNREADABLE");
  EXPECT_EQ(FetchReason(files_[1]), "OK");
  log_.Await("blobs/");
  const Exported exported = ExportOf(Customer());
  EXPECT_EQ(exported.reason, "OK");
  EXPECT_TRUE(exported.files.contains("customer/documents/" + lost + "-unreadable.txt"));
  EXPECT_EQ(exported.files.at("customer/documents/" + whole + "-two.txt"), "2");
  EXPECT_EQ(Stats().unreadable_values(), 1);
}

TEST_F(DamageTest, OfAFileThatIsCutOffComesBehindWhatIsWhole) {
  Damage([&] { std::filesystem::resize_file(LargestBlob(), 100'000); });
  const std::string lost = files_[0].substr(files_[0].rfind('/') + 1);
  EXPECT_EQ(FetchReason(files_[0]), "UNREADABLE");
  const Exported exported = ExportOf(Customer());
  EXPECT_EQ(exported.reason, "OK");
  EXPECT_EQ(exported.files.at("customer/documents/" + lost + "-one.txt").size(), 65'536U);
  EXPECT_TRUE(exported.files.contains("customer/documents/" + lost + "-unreadable.txt"));
}

TEST_F(DamageTest, OfAFirstAnswerMakesNoSecondOneOfIt) {
  v1::SendMessageRequest request;
  request.set_parent(provider_ + link_);
  request.mutable_message()->set_text("once");
  request.set_request_id("once");
  Customer().Must(&Chat::SendMessage, request);
  Damage([&] { DamageSeals(file_.path(), "requests", "response", "request_id = 'once'"); });
  EXPECT_EQ(Customer().Try(&Chat::SendMessage, request), "UNREADABLE");
  EXPECT_EQ(Messages(Customer()).size(), 4U);
}

// Each kind in turn, whatever is sealed by now: no list fails, and the export is whole but for it.
TEST_F(DamageTest, OfAnyKindStopsNoListAndNoExport) {
  for (const storage::SealedColumn& column : storage::SealedColumns()) {
    SCOPED_TRACE(std::string(column.table) + "." + std::string(column.column));
    Damage([&] { DamageSeals(file_.path(), column.table, column.column); });
    Messages(Customer());
    v1::ListMessageVersionsRequest versions;
    versions.set_parent(provider_ + link_);
    Customer().Must(&Chat::ListMessageVersions, versions);
    v1::ListAppointmentsRequest appointments;
    appointments.set_parent(provider_);
    EXPECT_EQ(Specialist().Must(&Bookings::ListAppointments, appointments).appointments_size(), 4);
    v1::ListDocumentsRequest documents;
    documents.set_parent(provider_ + link_);
    EXPECT_EQ(Customer().Must(&Documents::ListDocuments, documents).documents_size(), 2);
    v1::ListTicketMessagesRequest messages;
    messages.set_parent(ticket_);
    EXPECT_EQ(Customer().Must(&Support::ListTicketMessages, messages).messages_size(), 2);
    v1::ListTicketMessageVersionsRequest questions;
    questions.set_parent(ticket_);
    Customer().Must(&Support::ListTicketMessageVersions, questions);
    ListWhatASpecialistSees();
    EXPECT_EQ(ExportOf(Customer()).reason, "OK");
    EXPECT_EQ(ExportOf(Specialist()).reason, "OK");
  }
}

// Each text that the query files open, in turn: all that leaves it alone is changed beside it.
TEST_F(DamageTest, IsNotWrittenOverByAChangeOfWhatIsBesideIt) {
  for (const storage::SealedColumn& column : storage::SealedColumns()) {
    if (!storage::IsSealedByQueries(column)) continue;
    SCOPED_TRACE(storage::NameOf(column));
    Damage([&] { DamageSeals(file_.path(), column.table, column.column); });
    const auto damaged = Kept(column);
    ChangeWhatIsBeside();
    const auto after = Kept(column);
    for (const auto& [row, sealed] : damaged) {
      EXPECT_TRUE(after.contains(row) && after.at(row) == sealed) << row;
    }
  }
}

TEST_F(DamageTest, IsWrittenOverByWhoReplacesIt) {
  Damage([&] {
    DamageSeals(file_.path(), "accounts", "display_name");
    DamageSeals(file_.path(), "services", "place");
  });
  EXPECT_EQ(Account(Customer()).display_name(), "\uFFFD");
  v1::UpdateAccountRequest account;
  account.mutable_account()->set_name("accounts/me");
  account.mutable_account()->set_display_name("Anna");
  account.mutable_update_mask()->add_paths("display_name");
  EXPECT_EQ(Customer().Must(&v1::AccountService::Stub::UpdateAccount, account).display_name(),
            "Anna");
  EXPECT_EQ(Account(Customer()).display_name(), "Anna");
  v1::UpdateServiceRequest service;
  service.mutable_service()->set_name(service_);
  service.mutable_service()->set_place("Room 2");
  service.mutable_update_mask()->add_paths("place");
  EXPECT_EQ(Specialist().Must(&v1::CatalogService::Stub::UpdateService, service).place(), "Room 2");
}

TEST_F(DamageTest, OfAPrivateNoteIsMarkedAndGoesWithTheNextOneThatIsWritten) {
  Damage([&] {
    DamageSeals(file_.path(), "link_notes", "text");
    DamageSeals(file_.path(), "appointment_notes", "text");
  });
  for (const std::string& noted : {cancelled_, provider_ + link_}) {
    EXPECT_EQ(Note(noted).text(), "");
    EXPECT_EQ(UnreadableIn(Note(noted)), std::vector<std::string>{"text"});
  }
  const auto files = ExportOf(Specialist()).files;
  for (const char* file : {"provider/customer_notes.json", "provider/appointment_notes.json"}) {
    EXPECT_NE(files.at(file).find("privateNote"), std::string::npos) << file;
  }
  v1::UpdatePrivateNoteRequest update;
  update.mutable_private_note()->set_name(cancelled_ + "/privateNote");
  update.mutable_private_note()->set_text("Meniskus");
  update.mutable_update_mask()->add_paths("text");
  Specialist().Must(&v1::NoteService::Stub::UpdatePrivateNote, update);
  EXPECT_EQ(Note(cancelled_).text(), "Meniskus");
  EXPECT_TRUE(UnreadableIn(Note(cancelled_)).empty());
}

TEST_F(DamageTest, OfANoteOnAPaymentLeavesTheBooksOfAPackage) {
  Damage([&] { DamageSeals(file_.path(), "package_payments", "note"); });
  v1::ListPaymentsRequest request;
  request.set_parent(sold_);
  const auto listed = Specialist().Must(&v1::PaymentService::Stub::ListPayments, request);
  ASSERT_EQ(listed.payments_size(), 1);
  EXPECT_EQ(listed.payments(0).note(), "\uFFFD");
  EXPECT_EQ(listed.payments(0).amount().minor_units(), 100);
}

TEST_F(DamageTest, OfAPageLeavesOutWhatWouldLeadSomewhereAndShowsTheRest) {
  for (const char* column : {"email", "map_link", "phone", "website"}) {
    Damage([&] { DamageSeals(file_.path(), "profiles", column); });
  }
  Damage([&] { DamageSeals(file_.path(), "social_profiles", "url"); });
  v1::GetPublicProfileRequest request;
  request.set_slug(PublishPage().slug());
  const auto page = Customer().Must(&v1::ProfileService::Stub::GetPublicProfile, request);
  EXPECT_EQ(page.about(), "Werdegangszeile");
  EXPECT_EQ(page.address(), "Hinterhofadresse 1");
  EXPECT_EQ(page.website() + page.email() + page.phone() + page.map_link(), "");
  EXPECT_EQ(page.social_profiles_size(), 0);
}

TEST_F(DamageTest, OfAPaymentLinkIsMarkedAndSendsNobodyAnywhere) {
  v1::AcceptAppointmentRequest accept;
  accept.set_name(placed_);
  Specialist().Must(&Bookings::AcceptAppointment, accept);
  Damage([&] { DamageSeals(file_.path(), "services", "payment_link"); });
  v1::GetAppointmentRequest request;
  request.set_name(placed_);
  const auto appointment = Customer().Must(&Bookings::GetAppointment, request);
  EXPECT_EQ(appointment.payment_link(), "");
  EXPECT_EQ(UnreadableIn(appointment), std::vector<std::string>{"payment_link"});
}

}  // namespace
}  // namespace kalends::test
