// Exporting and erasing accounts over the wire.
#include "core/app/privacy.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "tests/storage/sqlite/temporary_file.h"
#include "tests/support/await.h"
#include "tests/support/export.h"
#include "tests/support/notification_stream.h"

namespace kalends::test {
namespace {

using Privacy = v1::PrivacyService::Stub;
using Bookings = v1::BookingService::Stub;
using Chats = v1::ChatService::Stub;

class PrivacyTest : public testing::Test {
 protected:
  void Say(const Client& client, const std::string& text) const {
    v1::SendMessageRequest request;
    request.set_parent(link_);
    request.mutable_message()->set_text(text);
    client.Must(&Chats::SendMessage, request);
  }
  static std::string AccountName(const Client& client) {
    v1::GetAccountRequest request;
    request.set_name("accounts/me");
    return client.Must(&v1::AccountService::Stub::GetAccount, request).name();
  }
  static v1::DeleteAccountRequest Deletion(const std::string& id = "") {
    v1::DeleteAccountRequest request;
    request.set_name("accounts/me");
    request.set_request_id(id);
    return request;
  }
  v1::AccountDeletionPreview PreviewFor(const Client& client) const {
    v1::PreviewAccountDeletionRequest request;
    request.set_name("accounts/me");
    return client.Must(&Privacy::PreviewAccountDeletion, request);
  }
  v1::Appointment Get(const Client& client, const std::string& name) const {
    v1::GetAppointmentRequest request;
    request.set_name(name);
    return client.Must(&Bookings::GetAppointment, request);
  }

  const storage::TemporaryFile file_;
  TestServer server_{file_.path()};
  Practice practice_{server_};
  const std::string customer_name_ = AccountName(practice_.customer);
  const std::string link_ =
      practice_.provider + "/links/" + customer_name_.substr(customer_name_.rfind('/') + 1);
};

TEST_F(PrivacyTest, AnExportHoldsEverythingOfTheAccount) {
  const auto appointment = practice_.MustRequest(At("2026-03-03T09:00:00Z"));
  practice_.Accept(appointment.name());
  v1::CreatePaymentRequest payment;
  payment.set_parent(appointment.name());
  payment.mutable_payment()->set_kind(v1::Payment::KIND_PAYMENT);
  payment.mutable_payment()->mutable_amount()->set_minor_units(4711);
  payment.mutable_payment()->mutable_amount()->set_currency_code("EUR");
  payment.mutable_payment()->set_note("in bar");
  practice_.specialist.Must(&v1::PaymentService::Stub::CreatePayment, payment);
  Say(practice_.customer, "Grüße 🙂");
  v1::AskSupportRequest question;
  question.mutable_message()->set_text("Wie geht das?");
  const auto asked = practice_.customer.Must(&v1::SupportService::Stub::AskSupport, question);
  v1::AnswerTicketRequest answer;
  answer.set_name(asked.ticket().name());
  answer.mutable_message()->set_text("Unter Einstellungen.");
  answer.set_answered_by("Sam vom Support");
  practice_.admin.Must(&v1::SupportService::Stub::AnswerTicket, answer);
  const auto holds = [](const Exported& exported, const std::string& path,
                        const std::string& text) {
    const auto found = exported.files.find(path);
    return found != exported.files.end() && found->second.find(text) != std::string::npos;
  };
  const Exported customers = ExportOf(practice_.customer);
  EXPECT_EQ(customers.reason, "OK");
  EXPECT_TRUE(holds(customers, "README.txt", "customer/appointments.json"));
  EXPECT_TRUE(holds(customers, "README.txt", "Appointments as a customer"));
  EXPECT_TRUE(holds(customers, "account.json", "telegram:2001"));
  EXPECT_TRUE(holds(customers, "customer/links.json", practice_.provider));
  EXPECT_TRUE(holds(customers, "customer/appointments.json", appointment.name()));
  EXPECT_TRUE(holds(customers, "customer/payments.json", "4711"));
  EXPECT_FALSE(holds(customers, "customer/payments.json", "in bar"));
  EXPECT_TRUE(holds(customers, "customer/messages.json", "Grüße 🙂"));
  EXPECT_TRUE(holds(customers, "support/tickets.json", "STATE_OPEN"));
  EXPECT_TRUE(holds(customers, "support/messages.json", "Wie geht das?"));
  EXPECT_TRUE(holds(customers, "support/messages.json", "Unter Einstellungen."));
  EXPECT_FALSE(holds(customers, "support/messages.json", "Sam vom Support"));
  EXPECT_FALSE(customers.files.contains("provider/provider.json"));
  const Exported providers = ExportOf(practice_.specialist);
  EXPECT_TRUE(holds(providers, "README.txt", "Termine mit Kunden"));
  EXPECT_TRUE(holds(providers, "provider/provider.json", "Praxis Weber"));
  EXPECT_TRUE(holds(providers, "provider/services.json", "Beratung"));
  EXPECT_TRUE(holds(providers, "provider/schedule.json", "Europe/Berlin"));
  EXPECT_TRUE(holds(providers, "provider/invitations.json", practice_.invitation_code));
  EXPECT_TRUE(holds(providers, "provider/links.json", customer_name_));
  EXPECT_TRUE(holds(providers, "provider/appointments.json", appointment.name()));
  EXPECT_TRUE(holds(providers, "provider/payments.json", "in bar"));
  EXPECT_TRUE(holds(providers, "provider/messages.json", "Grüße 🙂"));
  EXPECT_TRUE(holds(providers, "customer/appointments.json", "[\n]"));
  // A tool gets what the account would.
  const Client reader(server_, server_.MakeKey({v1::SCOPE_TOOL_READ}));
  EXPECT_EQ(ExportOf(reader, customer_name_).files, customers.files);
}

TEST_F(PrivacyTest, ALongExportComesInSmallPartsAndWhole) {
  std::string text;
  for (std::uint32_t i = 1; text.size() < 4000; ++i) text += std::to_string(i * 2654435761U);
  text.resize(4000);
  for (int i = 0; i < 120; ++i) {
    // Not two alike, so that little can be compressed.
    std::rotate(text.begin(), text.begin() + 37, text.end());
    Say(practice_.customer, text);
    server_.Advance(std::chrono::seconds(4));
  }
  const Exported exported = ExportOf(practice_.customer);
  EXPECT_EQ(exported.reason, "OK");
  EXPECT_LE(exported.largest, 65536U);
  const std::string& messages = exported.files.at("customer/messages.json");
  EXPECT_GT(messages.size(), 120U * 4000U);
  EXPECT_NE(messages.find(text), std::string::npos);
}

TEST(AccountDeletionPreview, HasOneTraceForEachOfItsCounts) {
  const auto check = [](const google::protobuf::Descriptor* message, core::Side side) {
    std::multiset<std::string> counts;
    std::multiset<std::string> traces;
    for (int i = 0; i < message->field_count(); ++i) {
      const auto* field = message->field(i);
      if (field->cpp_type() == field->CPPTYPE_INT32) counts.insert(field->name());
    }
    for (const storage::Trace& trace : app::PreviewedTraces()) {
      if (trace.of == side) traces.emplace(trace.field);
    }
    EXPECT_EQ(counts, traces) << message->full_name();
  };
  check(v1::AccountDeletionPreview::descriptor(), core::Side::kCustomer);
  check(v1::AccountDeletionPreview::OfProvider::descriptor(), core::Side::kProvider);
}

TEST_F(PrivacyTest, AnAccountExportsPreviewsAndDeletesItselfOnly) {
  EXPECT_EQ(ExportOf(practice_.specialist, customer_name_).reason, "NOT_FOUND");
  EXPECT_EQ(ExportOf(practice_.admin, "accounts/0000000000001").reason, "NOT_FOUND");
  EXPECT_EQ(ExportOf(practice_.admin, "nobody").reason, "INVALID_FIELD");
  EXPECT_EQ(ExportOf(practice_.admin).reason, "ACCOUNT_MISSING");
  EXPECT_EQ(ExportOf(Client(server_, "")).reason, "MISSING_KEY");
  EXPECT_EQ(ExportOf(Client(server_, server_.MakeKey({v1::SCOPE_WEB}))).reason, "SCOPE_MISSING");
  v1::PreviewAccountDeletionRequest preview;
  preview.set_name(customer_name_);
  EXPECT_EQ(practice_.specialist.Try(&Privacy::PreviewAccountDeletion, preview), "NOT_FOUND");
  v1::DeleteAccountRequest deletion;
  deletion.set_name(customer_name_);
  EXPECT_EQ(practice_.specialist.Try(&Privacy::DeleteAccount, deletion), "NOT_FOUND");
  const Client adapter(server_, server_.MakeKey({v1::SCOPE_ADAPTER}));
  EXPECT_EQ(adapter.Try(&Privacy::DeleteAccount, deletion), "NOT_FOUND");
  deletion.set_etag("\"99\"");
  EXPECT_EQ(practice_.customer.Try(&Privacy::DeleteAccount, deletion), "STALE_ETAG");
  EXPECT_EQ(AccountName(practice_.customer), customer_name_);
}

TEST_F(PrivacyTest, DeletingACustomerLeavesAnAnonymousRowInTheBooks) {
  const auto past = practice_.MustRequest(At("2026-03-03T09:00:00Z"));
  practice_.Accept(past.name());
  v1::CreatePaymentRequest payment;
  payment.set_parent(past.name());
  payment.mutable_payment()->set_kind(v1::Payment::KIND_PAYMENT);
  payment.mutable_payment()->mutable_amount()->set_minor_units(8000);
  payment.mutable_payment()->mutable_amount()->set_currency_code("EUR");
  payment.mutable_payment()->set_note("from Anna");
  practice_.specialist.Must(&v1::PaymentService::Stub::CreatePayment, payment);
  server_.SetNow(At("2026-03-04T08:00:00Z"));
  const auto open = practice_.MustRequest(At("2026-03-06T09:00:00Z"));
  practice_.Accept(open.name());
  Say(practice_.customer, "Guten Tag");
  Say(practice_.specialist, "Hallo Anna");
  v1::AskSupportRequest question;
  question.mutable_message()->set_text("?");
  practice_.customer.Must(&v1::SupportService::Stub::AskSupport, question);

  const auto preview = PreviewFor(practice_.customer);
  EXPECT_EQ(preview.cancelled_appointments(), 1);
  EXPECT_EQ(preview.kept_appointments(), 2);
  EXPECT_EQ(preview.links(), 1);
  EXPECT_EQ(preview.messages(), 2);
  EXPECT_EQ(preview.tickets(), 1);
  EXPECT_FALSE(preview.has_of_provider());
  auto deletion = Deletion("delete-1");
  deletion.set_etag(preview.etag());
  practice_.customer.Must(&Privacy::DeleteAccount, deletion);

  const auto cancelled = Get(practice_.specialist, open.name());
  EXPECT_EQ(cancelled.status(), v1::Appointment::STATUS_CANCELLED);
  EXPECT_EQ(cancelled.customer_display_name(), "–");
  EXPECT_EQ(cancelled.customer_time_zone(), "");
  const auto& last = cancelled.history(cancelled.history_size() - 1);
  EXPECT_EQ(last.actor(), v1::Appointment::ACTOR_SYSTEM);
  EXPECT_EQ(last.reason(), "account_deleted");
  EXPECT_EQ(Get(practice_.specialist, past.name()).paid().minor_units(), 8000);
  v1::ListPaymentsRequest payments;
  payments.set_parent(past.name());
  EXPECT_EQ(practice_.specialist.Must(&v1::PaymentService::Stub::ListPayments, payments)
                .payments(0)
                .note(),
            "");
  v1::ListThreadsRequest threads;
  threads.set_parent("providers/me");
  EXPECT_EQ(practice_.specialist.Must(&Chats::ListThreads, threads).threads_size(), 0);
  v1::GetAccountRequest get;
  get.set_name(customer_name_);
  EXPECT_EQ(practice_.admin.Try(&v1::AccountService::Stub::GetAccount, get), "NOT_FOUND");
  EXPECT_EQ(practice_.admin.Must(&v1::SupportService::Stub::ListTickets, v1::ListTicketsRequest())
                .tickets_size(),
            0);
  get.set_name("accounts/me");
  EXPECT_EQ(practice_.customer.Try(&v1::AccountService::Stub::GetAccount, get), "ACCOUNT_UNKNOWN");
  EXPECT_EQ(Client(server_, server_.admin_key(), customer_name_)
                .Try(&v1::AccountService::Stub::GetAccount, get),
            "ACCOUNT_UNKNOWN");
  // The freed time can be booked again, and the person may come back as somebody new.
  const Client back = practice_.NewCustomer("telegram:2001");
  EXPECT_NE(AccountName(back), customer_name_);
  v1::ListAppointmentsRequest list;
  list.set_parent("accounts/me");
  EXPECT_EQ(back.Must(&Bookings::ListAppointments, list).appointments_size(), 0);
  practice_.MustRequest(At("2026-03-06T09:00:00Z"));
}

TEST_F(PrivacyTest, WhatAnErasedPersonWroteIsNotToldAfterwards) {
  v1::CancelAppointmentRequest cancellation;
  cancellation.set_name(practice_.MustRequest(At("2026-03-03T09:00:00Z")).name());
  cancellation.set_reason("Ich bin krank, Anna");
  practice_.customer.Must(&Bookings::CancelAppointment, cancellation);
  v1::RejectAppointmentRequest rejection;
  rejection.set_name(practice_.MustRequest(At("2026-03-03T10:00:00Z")).name());
  rejection.set_reason("Nicht mit Ihnen");
  practice_.specialist.Must(&Bookings::RejectAppointment, rejection);
  const auto told = [&](const std::string& identity, v1::Notification::Kind kind) {
    const Client adapter(server_, server_.MakeKey({v1::SCOPE_ADAPTER}));
    NotificationStream stream(adapter);
    while (true) {
      const auto notification = stream.Next();
      if (notification.identity() != identity) continue;
      if (notification.kind() == kind) return notification.reason();
      Acknowledge(adapter, notification);
    }
  };
  // The test itself: both wait.
  EXPECT_EQ(told("telegram:2001", v1::Notification::KIND_APPOINTMENT_REJECTED), "Nicht mit Ihnen");
  EXPECT_EQ(told("telegram:1001", v1::Notification::KIND_APPOINTMENT_CANCELLED),
            "Ich bin krank, Anna");
  practice_.specialist.Must(&Privacy::DeleteAccount, Deletion());
  EXPECT_EQ(told("telegram:2001", v1::Notification::KIND_APPOINTMENT_REJECTED), "");
}

TEST_F(PrivacyTest, AnErasedCustomersReasonIsNotToldAfterwards) {
  v1::CancelAppointmentRequest cancellation;
  cancellation.set_name(practice_.MustRequest(At("2026-03-03T09:00:00Z")).name());
  cancellation.set_reason("Ich bin krank, Anna");
  practice_.customer.Must(&Bookings::CancelAppointment, cancellation);
  practice_.customer.Must(&Privacy::DeleteAccount, Deletion());
  const Client adapter(server_, server_.MakeKey({v1::SCOPE_ADAPTER}));
  NotificationStream stream(adapter);
  while (true) {
    const auto notification = stream.Next();
    if (notification.kind() == v1::Notification::KIND_APPOINTMENT_CANCELLED) {
      EXPECT_EQ(notification.reason(), "");
      break;
    }
    Acknowledge(adapter, notification);
  }
}

TEST_F(PrivacyTest, ARepeatedDeletionAnswersAlthoughTheAccountIsGone) {
  practice_.customer.Must(&Privacy::DeleteAccount, Deletion("delete-1"));
  EXPECT_EQ(practice_.customer.Try(&Privacy::DeleteAccount, Deletion("delete-1")), "OK");
  EXPECT_EQ(practice_.customer.Try(&Privacy::DeleteAccount, Deletion("delete-2")),
            "ACCOUNT_UNKNOWN");
  // It answers for that account only.
  EXPECT_EQ(practice_.specialist.Try(&Privacy::DeleteAccount, Deletion("delete-1")),
            "REQUEST_ID_REUSED");
  const std::string key = server_.admin_key();
  server_.Restart();
  EXPECT_EQ(
      Client(server_, key, "telegram:2001").Try(&Privacy::DeleteAccount, Deletion("delete-1")),
      "OK");
  EXPECT_EQ(AccountName(Client(server_, key, "telegram:1001")).substr(0, 9), "accounts/");
}

TEST_F(PrivacyTest, DeletingAProviderCancelsWhatIsOpenAndTellsTheCustomers) {
  const auto past = practice_.MustRequest(At("2026-03-03T09:00:00Z"));
  practice_.Accept(past.name());
  const auto accepted = practice_.MustRequest(At("2026-03-05T09:00:00Z"));
  practice_.Accept(accepted.name());
  const auto pending = practice_.MustRequest(At("2026-03-06T09:00:00Z"));
  server_.SetNow(At("2026-03-03T09:30:00Z"));
  Say(practice_.customer, "Guten Tag");
  const auto preview = PreviewFor(practice_.specialist).of_provider();
  EXPECT_EQ(preview.cancelled_appointments(), 2);
  EXPECT_EQ(preview.kept_appointments(), 3);
  EXPECT_EQ(preview.customers(), 1);
  EXPECT_EQ(preview.messages(), 1);
  EXPECT_EQ(preview.services(), 1);
  EXPECT_EQ(preview.invitations(), 1);
  practice_.specialist.Must(&Privacy::DeleteAccount, Deletion());

  EXPECT_EQ(Get(practice_.customer, accepted.name()).status(), v1::Appointment::STATUS_CANCELLED);
  EXPECT_EQ(Get(practice_.customer, pending.name()).status(), v1::Appointment::STATUS_CANCELLED);
  // The one that runs stays, and time completes it.
  EXPECT_EQ(Get(practice_.customer, past.name()).status(), v1::Appointment::STATUS_ACCEPTED);
  EXPECT_EQ(Get(practice_.customer, past.name()).provider_display_name(), "–");
  v1::ListProvidersRequest providers;
  providers.set_parent("accounts/me");
  EXPECT_EQ(practice_.customer.Must(&v1::ProviderService::Stub::ListProviders, providers)
                .providers_size(),
            0);
  v1::GetProviderRequest provider;
  provider.set_name(practice_.provider);
  EXPECT_EQ(practice_.admin.Try(&v1::ProviderService::Stub::GetProvider, provider), "NOT_FOUND");
  v1::RedeemInvitationRequest redeem;
  redeem.set_code(practice_.invitation_code);
  EXPECT_EQ(practice_.customer.Try(&v1::InvitationService::Stub::RedeemInvitation, redeem),
            "INVITATION_UNKNOWN");
  v1::Appointment unused;
  EXPECT_EQ(ReasonOf(practice_.Request(At("2026-03-05T09:00:00Z"), &unused)), "NOT_FOUND");
  // What waited for the provider is gone; the customer hears of both cancellations in turn.
  const Client adapter(server_, server_.MakeKey({v1::SCOPE_ADAPTER}));
  NotificationStream stream(adapter);
  int told = 0;
  while (told < 2) {
    const auto notification = stream.Next();
    EXPECT_EQ(notification.identity(), "telegram:2001");
    if (notification.kind() == v1::Notification::KIND_APPOINTMENT_CANCELLED) {
      EXPECT_EQ(notification.reason(), "account_deleted");
      ++told;
    }
    Acknowledge(adapter, notification);
  }
  server_.SetNow(At("2026-03-05T10:00:00Z"));
  const auto completed = stream.Next();
  EXPECT_EQ(completed.kind(), v1::Notification::KIND_APPOINTMENT_COMPLETED);
  EXPECT_EQ(completed.appointment().name(), past.name());
}

// Of the words, those that stand in a file of the data directory.
std::set<std::string> FoundIn(const std::filesystem::path& directory,
                              const std::set<std::string>& words) {
  std::set<std::string> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    for (const std::string& word : words) {
      if (bytes.find(word) != std::string::npos) found.insert(word);
    }
  }
  return found;
}

// While the core runs: the log of changes would otherwise keep them until it stops. What is public
// is told by words that are not sealed.
TEST_F(PrivacyTest, NothingThatWasErasedStaysInAnyFile) {
  const std::set<std::string> words{"Zwetschgenbaum", "Kellertreppe"};
  v1::UpdateProviderRequest provider;
  provider.mutable_provider()->set_name(practice_.provider);
  provider.mutable_provider()->set_display_name("Praxis Zwetschgenbaum");
  provider.mutable_update_mask()->add_paths("display_name");
  practice_.specialist.Must(&v1::ProviderService::Stub::UpdateProvider, provider);
  v1::UpdateServiceRequest service;
  service.mutable_service()->set_name(practice_.service);
  service.mutable_service()->set_description("nach einem Sturz von der Kellertreppe");
  service.mutable_update_mask()->add_paths("description");
  practice_.specialist.Must(&v1::CatalogService::Stub::UpdateService, service);
  const std::filesystem::path directory = std::filesystem::path(file_.path()).parent_path();
  EXPECT_EQ(FoundIn(directory, words), words) << "they are not where this test looks";
  practice_.specialist.Must(&Privacy::DeleteAccount, Deletion());
  std::set<std::string> found;
  EXPECT_TRUE(Eventually([&] { return (found = FoundIn(directory, words)).empty(); },
                         std::chrono::seconds(10)))
      << testing::PrintToString(found);
}

}  // namespace
}  // namespace kalends::test
