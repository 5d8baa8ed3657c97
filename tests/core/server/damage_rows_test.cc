// Rows that cannot be read, because what is plain in them is damaged: left out of lists and marked
// in exports, refused by name, counted and named once, and written over by nobody.
#include <gtest/gtest.h>

#include "tests/core/server/damage_world.h"
#include "tests/support/export.h"
#include "tests/support/notification_stream.h"

namespace kalends::test {
namespace {

using Bookings = v1::BookingService::Stub;

constexpr char kNoText[] = "CAST(x'4bff6e' AS TEXT)";
constexpr char kFirstAppointment[] = "id = (SELECT min(id) FROM appointments)";

class DamagedRows : public DamageTest {
 protected:
  // Puts `value`, in SQL, in place of what is there; no constraint and no trigger is asked.
  void Spoil(const std::string& table, const std::string& column, const std::string& value,
             const std::string& where = "1 = 1") {
    Damage([&] {
      SQLite::Database database(file_.path(), SQLite::OPEN_READWRITE);
      database.exec("PRAGMA ignore_check_constraints = ON");
      int changed = 0;
      WithoutTriggers(database, table, [&] {
        changed =
            database.exec("UPDATE " + table + " SET " + column + " = " + value + " WHERE " + where);
      });
      EXPECT_GT(changed, 0) << table << "." << column;
    });
  }
  std::string KeptAsHex(const std::string& table, const std::string& column) const {
    const SQLite::Database database(file_.path(), SQLite::OPEN_READONLY);
    SQLite::Statement row(database, "SELECT hex(" + column + ") FROM " + table + " LIMIT 1");
    return row.executeStep() ? row.getColumn(0).getString() : "";
  }

  // All pages, of one each.
  std::vector<v1::Appointment> AllAppointments(const Client& client) const {
    std::vector<v1::Appointment> all;
    v1::ListAppointmentsRequest request;
    request.set_parent(provider_);
    request.set_page_size(1);
    do {
      const auto page = client.Must(&Bookings::ListAppointments, request);
      all.insert(all.end(), page.appointments().begin(), page.appointments().end());
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return all;
  }
  static std::string TryGet(const Client& client, const std::string& appointment) {
    v1::GetAppointmentRequest request;
    request.set_name(appointment);
    return client.Try(&Bookings::GetAppointment, request);
  }
  static std::size_t CountOf(const std::string& text, const std::string& in) {
    std::size_t count = 0;
    for (auto at = in.find(text); at != std::string::npos; at = in.find(text, at + 1)) ++count;
    return count;
  }
};

TEST_F(DamagedRows, AreLeftOutOfListsAndRefusedByName) {
  Spoil("appointments", "status", "'NONSENSE'", kFirstAppointment);
  const auto listed = AllAppointments(Specialist());
  ASSERT_EQ(listed.size(), 3U);
  for (const v1::Appointment& one : listed) EXPECT_NE(one.name(), appointments_[0]);
  EXPECT_EQ(TryGet(Specialist(), appointments_[0]), "UNREADABLE");
  EXPECT_EQ(TryGet(Specialist(), appointments_[1]), "OK");
}

TEST_F(DamagedRows, AreNamedOnceByTheirIdAndCounted) {
  Spoil("appointments", "price_currency", kNoText, kFirstAppointment);
  AllAppointments(Specialist());
  AllAppointments(Specialist());
  const std::string id = appointments_[0].substr(appointments_[0].rfind('/') + 1);
  const std::string line = "appointments.price_currency/" + id + " cannot be read";
  EXPECT_EQ(CountOf(line, log_.Text()), 1U) << log_.Text();
  EXPECT_EQ(Stats().unreadable_values(), 1);
}

TEST_F(DamagedRows, AtTheFrontOfAPageEndNoList) {
  Spoil("appointments", "agreed_zone", kNoText,
        "start_s < (SELECT max(start_s) FROM appointments)");
  EXPECT_EQ(AllAppointments(Specialist()).size(), 1U);
  EXPECT_EQ(ExportOf(Customer()).reason, "OK");
}

TEST_F(DamagedRows, AreThoseWhoseCustomerIsNotThere) {
  Spoil("appointments", "customer_id", "1", kFirstAppointment);
  EXPECT_EQ(AllAppointments(Specialist()).size(), 3U);
}

TEST_F(DamagedRows, AreMarkedInAnExport) {
  Spoil("documents", "uploader", "'NONSENSE'", "id = (SELECT min(id) FROM documents)");
  v1::ListDocumentsRequest request;
  request.set_parent(provider_ + link_);
  EXPECT_EQ(Customer().Must(&v1::DocumentService::Stub::ListDocuments, request).documents_size(),
            1);
  const Exported exported = ExportOf(Customer());
  EXPECT_EQ(exported.reason, "OK");
  EXPECT_TRUE(exported.files.contains("customer/documents.json-unreadable.txt"));
  EXPECT_TRUE(exported.files.contains("customer/documents/some-unreadable.txt"));
  const std::string whole = files_[1].substr(files_[1].rfind('/') + 1);
  EXPECT_EQ(exported.files.at("customer/documents/" + whole + "-two.txt"), "2");
}

TEST_F(DamagedRows, OfAKeyMakeItUselessAndLeaveTheOthers) {
  const std::string lost = server_.MakeKey({v1::SCOPE_TOOL_READ});
  const std::string whole = server_.MakeKey({v1::SCOPE_TOOL_READ});
  Spoil("api_keys", "scopes", kNoText,
        "id = (SELECT max(id) FROM api_keys WHERE id < (SELECT max(id) FROM api_keys))");
  v1::ListTicketsRequest request;
  const auto ask = [&](const std::string& key) {
    return Client(server_, key).Try(&v1::SupportService::Stub::ListTickets, request);
  };
  EXPECT_EQ(ask(lost), "UNKNOWN_KEY");
  EXPECT_EQ(ask(whole), "OK");
  EXPECT_NE(log_.Text().find("api_keys.scopes/"), std::string::npos);
  const auto keys = Client(server_, server_.admin_key())
                        .Must(&v1::AdminService::Stub::ListApiKeys, v1::ListApiKeysRequest());
  EXPECT_EQ(keys.api_keys_size(), 2);
  EXPECT_EQ(ask(server_.MakeKey({v1::SCOPE_TOOL_READ})), "OK");
}

TEST_F(DamagedRows, HaveTheMarkInPlaceOfANameAndStayAsTheyAreBesideAChange) {
  Spoil("providers", "display_name", kNoText);
  v1::GetProviderRequest get;
  get.set_name(provider_);
  EXPECT_EQ(Customer().Must(&v1::ProviderService::Stub::GetProvider, get).display_name(), "\uFFFD");
  EXPECT_EQ(AllAppointments(Specialist()).size(), 4U);
  v1::UpdateProviderRequest update;
  update.mutable_provider()->set_name(provider_);
  update.mutable_provider()->set_ask_before_rescheduling(true);
  update.mutable_update_mask()->add_paths("ask_before_rescheduling");
  EXPECT_TRUE(Specialist()
                  .Must(&v1::ProviderService::Stub::UpdateProvider, update)
                  .ask_before_rescheduling());
  EXPECT_EQ(KeptAsHex("providers", "display_name"), "4BFF6E");
  update.mutable_provider()->set_display_name("Kim");
  update.mutable_update_mask()->add_paths("display_name");
  Specialist().Must(&v1::ProviderService::Stub::UpdateProvider, update);
  EXPECT_EQ(Customer().Must(&v1::ProviderService::Stub::GetProvider, get).display_name(), "Kim");
}

TEST_F(DamagedRows, OfAProviderEndTheListOfACustomersProviders) {
  Spoil("providers", "display_name", kNoText);
  v1::ListProvidersRequest request;
  request.set_parent("accounts/me");
  request.set_page_size(1);
  int pages = 0;
  do {
    const auto page = Customer().Must(&v1::ProviderService::Stub::ListProviders, request);
    EXPECT_EQ(page.providers_size(), 1);
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty() && ++pages < 10);
  EXPECT_EQ(pages, 0);
}

TEST_F(DamagedRows, OfAnAccountKeepNobodyOut) {
  Spoil("accounts", "language", "'tlh'");
  EXPECT_EQ(Account(Customer()).language_code(), "en");
  EXPECT_EQ(AllAppointments(Specialist()).size(), 4U);
  v1::UpdateAccountRequest update;
  update.mutable_account()->set_name("accounts/me");
  update.mutable_account()->set_display_name("Anna");
  update.mutable_update_mask()->add_paths("display_name");
  Customer().Must(&v1::AccountService::Stub::UpdateAccount, update);
  EXPECT_EQ(KeptAsHex("accounts", "language"), "746C68");
  update.mutable_account()->set_language_code("fr");
  update.mutable_update_mask()->add_paths("language_code");
  EXPECT_EQ(Customer().Must(&v1::AccountService::Stub::UpdateAccount, update).language_code(),
            "fr");
}

TEST_F(DamagedRows, HoldUpNoNotificationOfAnotherRecipient) {
  Spoil("schedules", "time_zone", kNoText);
  // Nothing of the specialist's appointments can be shown; who has none of them is told.
  const Client admin(server_, server_.admin_key());
  v1::EnsureAccountRequest account;
  account.set_identity("telegram:3001");
  account.set_display_name("Olga");
  admin.Must(&v1::AccountService::Stub::EnsureAccount, account);
  v1::AskSupportRequest ask;
  ask.mutable_message()->set_text("Hello?");
  v1::AnswerTicketRequest answer;
  answer.set_name(Client(server_, server_.admin_key(), "telegram:3001")
                      .Must(&v1::SupportService::Stub::AskSupport, ask)
                      .ticket()
                      .name());
  answer.mutable_message()->set_text("once more");
  admin.Must(&v1::SupportService::Stub::AnswerTicket, answer);
  const Client adapter(server_, server_.MakeKey({v1::SCOPE_ADAPTER}));
  NotificationStream stream(adapter);
  for (bool told = false; !told;) {
    const auto next = stream.Next();
    told = next.ticket_message().text() == "once more";
    v1::AcknowledgeNotificationRequest acknowledge;
    acknowledge.set_name(next.name());
    adapter.Must(&v1::NotificationService::Stub::AcknowledgeNotification, acknowledge);
  }
}

TEST_F(DamagedRows, HoldUpNothingThatTimeBringsAbout) {
  // The first of the pending ones; the others start later.
  Spoil("appointments", "price_currency", kNoText, kFirstAppointment);
  server_.SetNow(At("2026-03-05T09:00:00Z"));
  EXPECT_TRUE(Eventually([&] {
    const auto listed = AllAppointments(Specialist());
    return std::none_of(listed.begin(), listed.end(), [](const v1::Appointment& one) {
      return one.status() == v1::Appointment::STATUS_PENDING;
    });
  }));
  EXPECT_EQ(TryGet(Specialist(), appointments_[0]), "UNREADABLE");
}

}  // namespace
}  // namespace kalends::test
