// What is left of an account that is erased, looked for in every column of every table.
#include "storage/privacy.h"

#include <gmock/gmock.h>

#include <map>
#include <set>

#include "storage/accounts.h"
#include "storage/blobs/master_keys.h"
#include "storage/booking.h"
#include "storage/catalog.h"
#include "storage/chat.h"
#include "storage/consents.h"
#include "storage/documents.h"
#include "storage/invitations.h"
#include "storage/links.h"
#include "storage/notes.h"
#include "storage/notifications.h"
#include "storage/packages.h"
#include "storage/payments.h"
#include "storage/providers.h"
#include "storage/requests.h"
#include "storage/schedule.h"
#include "storage/sealed_columns.h"
#include "storage/sessions.h"
#include "storage/support.h"
#include "tests/storage/sample.h"
#include "tests/support/schema_tables.h"

namespace kalends::storage {
namespace {

const Leaver kAdaLeaves{.account = kAda, .now = kNow, .request_scope = "account:MARK"};
const Leaver kCarlaLeaves{.account = kCarlaAccount, .provider = kCarla, .now = kNow};

// By field; those of the provider as "provider.messages".
std::map<std::string, int> TracesOf(Store& store, const Leaver& leaver) {
  std::map<std::string, int> traces;
  store.Read([&](Transaction& tx) {
    for (const Erasure* erasure : Erasures()) {
      for (const TraceCount& count : CountTraces(tx, leaver, erasure->traces)) {
        const std::string field(count.field);
        traces[count.of == core::Side::kProvider ? "provider." + field : field] = count.count;
      }
    }
    return 0;
  });
  return traces;
}

TEST(Erasures, NameEveryTableOfTheSchemaOnce) {
  Store store;
  std::multiset<std::string> named;
  for (const Erasure* erasure : Erasures()) {
    SCOPED_TRACE(erasure->subject);
    EXPECT_TRUE(erasure->tables.empty() || erasure->of_customer || erasure->of_provider);
    for (const std::string_view table : erasure->tables) named.emplace(table);
    for (const KeptTable& table : erasure->kept) {
      named.emplace(table.name);
      EXPECT_FALSE(table.why.empty()) << table.name;
    }
  }
  EXPECT_THAT(Complaints(store.Read(TablesOf), named), testing::IsEmpty())
      << "name the table in the Erasure of its subject";
}

// How many texts of a table that the queries seal hold `needle`, once opened.
int SealedWith(Transaction& tx, const std::string& table, const std::string& needle) {
  int count = 0;
  for (const SealedColumn& column : SealedColumns()) {
    if (column.table != table || !IsSealedByQueries(column)) continue;
    EachSealed(tx, column, [&](std::string_view sealed, const std::string& row) {
      const absl::StatusOr<std::string> text = tx.keys().OpenText(sealed, row);
      if (text.value_or("").find(needle) != std::string::npos) ++count;
    });
  }
  return count;
}

// How often a table holds `needle`, in plain or sealed by the queries.
int RowsWith(Transaction& tx, const std::string& table, const std::string& needle) {
  int count = 0;
  for (const std::string& column : TextColumnsIn(tx, table)) {
    tx.Query("SELECT " + column + " FROM " + table, {}, [&](const Row& row) {
      if (row.Bytes(0).find(needle) != std::string::npos) ++count;
    });
  }
  return count + SealedWith(tx, table, needle);
}

std::vector<std::string> TablesWith(Transaction& tx, const std::string& needle) {
  std::vector<std::string> tables;
  for (const std::string& table : TablesOf(tx)) {
    if (RowsWith(tx, table, needle) > 0) tables.push_back(table);
  }
  return tables;
}

// A package of Ada's, with visits left.
void FillPackages(Transaction& tx) {
  core::Package package;
  package.id = {600};
  package.provider = kCarla;
  package.name = "Ten";
  package.translations["de"] = "Zehn";
  package.services = {kHaircut};
  InsertPackage(tx, package);
  core::SoldPackage sold;
  sold.id = {700};
  sold.provider = kCarla;
  sold.customer = kAda;
  sold.package = package.id;
  sold.name = package.name;
  sold.services = package.services;
  sold.sold = kNow;
  InsertSoldPackage(tx, sold);
  core::Payment payment;
  payment.id = {301};
  payment.provider = kCarla;
  payment.package = sold.id;
  payment.amount = {100, "EUR"};
  payment.note = "of MARK";
  payment.account = kCarlaAccount;
  InsertPackagePayment(tx, payment);
}

// Everything that a customer and a provider can leave behind, each text marked.
void Fill(Transaction& tx) {
  core::Account ada = *FindAccount(tx, kAda);
  ada.display_name = "MARK Ada";
  UpdateAccount(tx, ada);
  InsertIdentity(tx, {{"telegram", "MARK"}, kAda, true});
  PutSession(tx, "telegram:MARK", {"MARK", 1, kNow});
  InsertRequest(tx, {"account:MARK", "1"}, {"digest", "MARK"}, {}, kNow);
  InsertLink(tx, kCarla, kAda, kNow);
  core::Appointment appointment = SampleAppointment(200, kNow);
  appointment.place = "MARK street";
  appointment.note = "MARK sealed";
  InsertAppointment(tx, appointment);
  InsertStatusChange(tx, appointment,
                     {std::nullopt, core::AppointmentStatus::kPending, kNow, core::Actor::kCustomer,
                      kAda, "MARK says"});
  InsertStatusChange(tx, appointment,
                     {core::AppointmentStatus::kPending, core::AppointmentStatus::kRejected, kNow,
                      core::Actor::kProvider, kCarlaAccount, "Dear MARK"});
  core::Payment payment;
  payment.id = {300};
  payment.provider = kCarla;
  payment.appointment = {200};
  payment.amount = {100, "EUR"};
  payment.note = "of MARK";
  payment.account = kCarlaAccount;
  InsertPayment(tx, payment);
  FillPackages(tx);
  PutNote(tx, core::LinkKey{kCarla, kAda}, {"on MARK", kNow, 1});
  PutNote(tx, core::AppointmentId{200}, {"on MARK", kNow, 1});
  PutThread(tx, {{kCarla, kAda}, 1, kNow, {}});
  InsertMessage(tx, {{kCarla, kAda}, 1, core::Side::kCustomer, kAda, "MARK", kNow});
  InsertTicket(tx, {{400}, kAda, core::TicketState::kOpen, 1, kNow, kNow});
  InsertTicketMessage(tx, {{400}, 1, core::TicketAuthor::kCustomer, kAda, "MARK", kNow});
  PutTicketBridge(tx, "MARK", {400}, kNow);
  InsertSupportDesk(tx, kAda, kNow);
  core::Notification told;
  told.id = {500};
  told.recipient = kCarlaAccount;
  told.kind = core::NotificationKind::kTicketMessage;
  told.ticket = core::TicketId{400};
  told.reason = "MARK";
  InsertNotification(tx, told);
  told.id = {501};
  told.ticket.reset();
  told.kind = core::NotificationKind::kChatMessage;
  told.provider = kCarla;
  told.customer = kAda;
  InsertNotification(tx, told);
}

// What was said of an appointment of theirs, and is still to be told to each side.
void Tell(Transaction& tx) {
  core::Notification told;
  told.appointment = core::AppointmentId{200};
  told.id = {510};
  told.recipient = kCarlaAccount;
  told.kind = core::NotificationKind::kCancelled;
  told.actor = core::Actor::kCustomer;
  told.reason = "MARK says";
  InsertNotification(tx, told);
  told.id = {511};
  told.recipient = kAda;
  told.kind = core::NotificationKind::kRejected;
  told.actor = core::Actor::kProvider;
  told.reason = "Dear MARK";
  InsertNotification(tx, told);
  told.id = {512};
  told.recipient = kDanAccount;
  told.actor = core::Actor::kSystem;
  told.reason = "unanswered";
  InsertNotification(tx, told);
}

std::optional<std::string> ReasonOf(Store& store, std::int64_t notification) {
  const auto found =
      store.Read([&](Transaction& tx) { return FindNotification(tx, {notification}); });
  return found ? std::optional(found->reason) : std::nullopt;
}

// A file shared between Carla and Ada, in the blob `blob`.
void Share(Transaction& tx, const std::string& blob) {
  InsertMasterKey(tx, std::string(8, 'k'), kNow);
  InsertBlob(tx, {kCarla, blob, 4, "wrapped", std::string(8, 'k')});
  core::Document document;
  document.id = {800};
  document.link = {kCarla, kAda};
  document.file_name = "MARK";
  document.content_type = "text/plain";
  document.size_bytes = 4;
  document.blob = blob;
  document.created = kNow;
  InsertDocument(tx, document);
  InsertDownloadLink(tx,
                     {std::string(32, 'h'), kAda, core::DocumentRef{{kCarla, kAda}, {800}}, kNow});
}

TEST(Erasure, OfFilesTheRowsStayAndTheBlobsAreToldOf) {
  const std::string shared(32, 'a');
  const std::string terms(32, 'b');
  for (const bool of_customer : {true, false}) {
    Store store;
    std::vector<std::string> blobs;
    store.Write([&](Transaction& tx) {
      InsertLink(tx, kCarla, kAda, kNow);
      Share(tx, shared);
      InsertBlob(tx, {kCarla, terms, 4, "wrapped", std::string(8, 'k')});
      core::ConsentDocument document;
      document.id = {900};
      document.provider = kCarla;
      document.display_name = "MARK";
      document.current = {1, std::string(32, 's'), "MARK", "text/plain", 4, terms, kNow};
      document.created = kNow;
      InsertConsentDocument(tx, document);
    });
    store.Write([&](Transaction& tx) {
      blobs = Erase(tx, of_customer ? kAdaLeaves : kCarlaLeaves);
      for (const std::string& blob : blobs) DeleteBlob(tx, blob);
    });
    const auto expected = of_customer ? std::vector{shared} : std::vector{shared, terms};
    EXPECT_EQ(blobs, expected);
    EXPECT_EQ(store.Read([](Transaction& tx) { return TablesWith(tx, "MARK"); }),
              of_customer ? (std::vector<std::string>{"consent_documents", "consent_versions"})
                          : std::vector<std::string>{});
    EXPECT_TRUE(
        store.Read([](Transaction& tx) { return FindDocument(tx, {{kCarla, kAda}, {800}}); })
            ->deleted);
    EXPECT_FALSE(
        store.Read([](Transaction& tx) { return FindDownloadLink(tx, std::string(32, 'h')); }));
  }
}

TEST(Erasure, OfACustomerNoTableHoldsAWord) {
  Store store;
  store.Write(Fill);
  store.Write(Tell);
  const auto traces = TracesOf(store, kAdaLeaves);
  EXPECT_EQ(traces.at("kept_appointments"), 1);
  EXPECT_EQ(traces.at("links"), 1);
  EXPECT_EQ(traces.at("messages"), 1);
  EXPECT_EQ(traces.at("tickets"), 1);
  EXPECT_EQ(traces.at("documents"), 0);
  EXPECT_EQ(traces.at("packages"), 1);
  // The test itself: all of these hold something now.
  EXPECT_EQ(store.Read([](Transaction& tx) { return TablesWith(tx, "MARK"); }),
            (std::vector<std::string>{"accounts", "appointment_notes", "appointments", "identities",
                                      "link_notes", "messages", "notifications", "package_payments",
                                      "payments", "requests", "sessions", "status_changes",
                                      "ticket_bridges", "ticket_messages"}));
  store.Write([](Transaction& tx) { Erase(tx, kAdaLeaves); });
  // The account's own row is the use case's to change.
  EXPECT_EQ(store.Read([](Transaction& tx) { return TablesWith(tx, "MARK"); }),
            (std::vector<std::string>{"accounts"}));
  const auto history = store.Read([](Transaction& tx) { return HistoryOf(tx, {200}); });
  ASSERT_EQ(history.size(), 2U);
  EXPECT_FALSE(history[0].account);
  EXPECT_EQ(history[1].account, kCarlaAccount);
  EXPECT_EQ(store.Read([](Transaction& tx) { return PaymentsOf(tx, kCarla, {200}); }).size(), 1U);
  EXPECT_FALSE(store.Read([](Transaction& tx) { return FindLink(tx, kCarla, kAda); }));
  EXPECT_TRUE(store.Read([](Transaction& tx) { return SupportDesks(tx); }).empty());
  // That it happened is still told; so is what the system gave as a reason.
  EXPECT_EQ(ReasonOf(store, 510), "");
  EXPECT_EQ(ReasonOf(store, 511), std::nullopt);
  EXPECT_EQ(ReasonOf(store, 512), "unanswered");
}

TEST(Erasure, OfAProviderTheCalendarStaysEmpty) {
  Store store;
  store.Write([](Transaction& tx) {
    Fill(tx);
    Tell(tx);
    core::Service service = SampleService(kCarla, {39});
    service.name = "MARK massage";
    service.description = "MARK";
    service.place = "MARK";
    service.payment_link = "https://MARK.example.com";
    service.translations["de"] = {"MARK", "MARK"};
    InsertService(tx, service);
    core::Package package = *FindPackage(tx, kCarla, {600});
    package.name = "MARK package";
    package.translations["de"] = "MARK";
    UpdatePackage(tx, package);
    core::Invitation invitation;
    invitation.id = {600};
    invitation.provider = kCarla;
    invitation.code = "MARK-of-22-letters-600";
    invitation.label = "MARK";
    InsertInvitation(tx, invitation);
    InsertClosure(tx, kCarla, {{700}, {kNow, kNow + std::chrono::hours(1)}, "MARK"});
    ScheduleRow row = *FindSchedule(tx, kCarla);
    row.schedule.special_dates.push_back({date::local_days(date::days(20000)), false, {}, "MARK"});
    ReplaceSchedule(tx, kCarla, row);
  });
  const auto traces = TracesOf(store, kCarlaLeaves);
  EXPECT_EQ(traces.at("provider.kept_appointments"), 1);
  EXPECT_EQ(traces.at("provider.customers"), 1);
  EXPECT_EQ(traces.at("provider.messages"), 1);
  EXPECT_EQ(traces.at("provider.invitations"), 1);
  EXPECT_EQ(traces.at("provider.packages"), 1);
  EXPECT_GE(traces.at("provider.services"), 1);
  const auto studios = store.Read([](Transaction& tx) { return OrganizationsOf(tx, kCarla); });
  EXPECT_EQ(traces.at("provider.organizations"), static_cast<int>(studios.size()));
  store.Write([](Transaction& tx) { Erase(tx, kCarlaLeaves); });
  for (const char* table :
       {"appointment_notes", "appointments", "closures", "invitations", "link_notes", "messages",
        "package_payments", "package_translations", "packages", "payments", "service_translations",
        "services", "special_dates"}) {
    EXPECT_EQ(store.Read([&](Transaction& tx) { return RowsWith(tx, table, "MARK"); }), 0) << table;
  }
  EXPECT_TRUE(store.Read([](Transaction& tx) { return OrganizationsOf(tx, kCarla); }).empty());
  EXPECT_TRUE(store.Read([](Transaction& tx) { return FindSchedule(tx, kCarla); }));
  const auto history = store.Read([](Transaction& tx) { return HistoryOf(tx, {200}); });
  EXPECT_FALSE(history[1].account);
  EXPECT_EQ(history[0].reason, "MARK says");
  EXPECT_EQ(history[1].reason, "");
  EXPECT_EQ(ReasonOf(store, 511), "");
  EXPECT_EQ(ReasonOf(store, 512), "unanswered");
  EXPECT_EQ(ReasonOf(store, 510), std::nullopt);
}

}  // namespace
}  // namespace kalends::storage
