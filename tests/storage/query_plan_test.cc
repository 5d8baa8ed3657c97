// Every query must be answered from indexes: what it costs may depend on what it returns, not on
// how much is stored.
#include <string>

#include "storage/accounts.h"
#include "storage/booking.h"
#include "storage/catalog.h"
#include "storage/chat.h"
#include "storage/consents.h"
#include "storage/documents.h"
#include "storage/invitations.h"
#include "storage/keys.h"
#include "storage/links.h"
#include "storage/notifications.h"
#include "storage/payments.h"
#include "storage/privacy.h"
#include "storage/profiles.h"
#include "storage/providers.h"
#include "storage/requests.h"
#include "storage/schedule.h"
#include "storage/sessions.h"
#include "storage/support.h"
#include "tests/storage/sample.h"

namespace kalends::storage {
namespace {

// Runs nothing of its own: asks SQLite for the plan of each statement and passes it on.
class PlanReader final : public Transaction {
 public:
  explicit PlanReader(Transaction& tx) : tx_(tx) {}

  std::int64_t Execute(std::string_view sql, std::span<const Value> values) override {
    Note(sql, values);
    return tx_.Execute(sql, values);
  }
  void Query(std::string_view sql, std::span<const Value> values,
             const std::function<void(const Row&)>& each) override {
    Note(sql, values);
    tx_.Query(sql, values, [&](const Row& row) {
      ++rows_;
      each(row);
    });
  }

  // A line for each step of each statement since the last call.
  std::string Take() { return std::exchange(plan_, ""); }
  // How many rows the queries returned so far.
  int rows() const { return rows_; }

 private:
  void Note(std::string_view sql, std::span<const Value> values) {
    tx_.Query("EXPLAIN QUERY PLAN " + std::string(sql), values,
              [&](const Row& row) { plan_ += row.Text(3) + "\n"; });
  }

  Transaction& tx_;
  std::string plan_;
  int rows_ = 0;
};

struct Case {
  const char* name;
  std::function<void(Transaction&)> run;
  bool may_sort = false;  // What is sorted is bounded by a limit of the product.
};

const Whose kWhose[] = {AsCustomer{kAda}, AsProvider{kCarla}};

std::vector<Case> Cases() {
  const core::Interval day{kNow, kNow + std::chrono::hours(24)};
  std::vector<Case> cases = {
      {"FindAppointment", [](Transaction& tx) { FindAppointment(tx, {1}); }},
      {"HistoryOf", [](Transaction& tx) { HistoryOf(tx, {1}); }},
      {"CountPending", [](Transaction& tx) { CountPending(tx, kCarla, kAda); }},
      {"NthNewestRequest",
       [](Transaction& tx) { NthNewestRequest(tx, kCarla, kAda, {kNow, kNow}, 30); }},
      {"HoldingAppointments", [](Transaction& tx) { HoldingAppointments(tx, kCarla, kNow, 10); },
       true},
      {"UnansweredAt", [](Transaction& tx) { UnansweredAt(tx, kNow, 10); }},
      {"UnmarkedSince", [](Transaction& tx) { UnmarkedSince(tx, kNow, 10); }},
      {"LoadCalendar", [](Transaction& tx) { LoadCalendar(tx, kCarla, kNow); }, true},
      {"ListClosures", [](Transaction& tx) { ListClosures(tx, kCarla, kNow, {}, 10); }, true},
      {"ListOpenings", [](Transaction& tx) { ListOpenings(tx, kCarla, kNow, {}, 10); }, true},
      {"DueNotifications", [](Transaction& tx) { DueNotifications(tx, "telegram", kNow, 10); }},
      {"SetAsideNotification", [](Transaction& tx) { SetAsideNotification(tx, {1}, kNow); }},
      {"CountSetAside", [](Transaction& tx) { CountSetAside(tx); }},
      {"PurgeSetAside", [](Transaction& tx) { PurgeSetAside(tx, kNow, 10); }},
      {"HasOldSetAside", [](Transaction& tx) { HasOldSetAside(tx, kNow); }},
      {"NextDue", [](Transaction& tx) { NextDue(tx, kNow); }},
      {"CountDue", [](Transaction& tx) { CountDue(tx, kNow); }},
      {"DeleteReminders", [](Transaction& tx) { DeleteReminders(tx, {1}); }},
      {"PurgeLateReminders", [](Transaction& tx) { PurgeLateReminders(tx, kNow, 10); }},
      {"HasLateReminders", [](Transaction& tx) { HasLateReminders(tx, kNow); }},
      {"SetReachable", [](Transaction& tx) { SetReachable(tx, {"telegram", "1"}, true); }},
      {"ListInvitations", [](Transaction& tx) { ListInvitations(tx, kCarla, {}, 10); }},
      {"FindInvitationByCode", [](Transaction& tx) { FindInvitationByCode(tx, "x"); }},
      {"FindProfile", [](Transaction& tx) { FindProfile(tx, kCarla); }},
      {"FindSlugOwner", [](Transaction& tx) { FindSlugOwner(tx, "x"); }},
      {"CountSlugs", [](Transaction& tx) { CountSlugs(tx, kCarla); }},
      {"PublishedSlug", [](Transaction& tx) { PublishedSlug(tx, kCarla); }},
      {"ListServices", [](Transaction& tx) { ListServices(tx, kCarla, Archived::kHide, {}, 10); }},
      {"FindIdentity", [](Transaction& tx) { FindIdentity(tx, {"telegram", "1"}); }},
      {"IdentitiesOf", [](Transaction& tx) { IdentitiesOf(tx, kAda); }},
      {"FindProviderOfAccount", [](Transaction& tx) { FindProviderOfAccount(tx, kAda); }},
      {"StaffOf", [](Transaction& tx) { StaffOf(tx, kStudio); }},
      {"LinkedProviders", [](Transaction& tx) { LinkedProviders(tx, kAda, {}, 10); }, true},
      {"FindRequest", [](Transaction& tx) { FindRequest(tx, {"a", "b"}); }},
      {"PurgeRequests", [](Transaction& tx) { PurgeRequests(tx, kNow, 10); }},
      {"PurgeSessions", [](Transaction& tx) { PurgeSessions(tx, kNow, 10); }},
      {"HasOldRequests", [](Transaction& tx) { HasOldRequests(tx, kNow); }},
      {"HasOldSessions", [](Transaction& tx) { HasOldSessions(tx, kNow); }},
      {"BlobsOfOtherKeys", [](Transaction& tx) { BlobsOfOtherKeys(tx, "k", {}, 10); }},
      {"CountBlobsOfOtherKeys", [](Transaction& tx) { CountBlobsOfOtherKeys(tx, "k"); }},
      {"DeleteBlob", [](Transaction& tx) { DeleteBlob(tx, "x"); }},
      {"ListDocuments", [](Transaction& tx) { ListDocuments(tx, {kCarla, kAda}, {}, 10); }},
      {"ListDeletedDocuments of a customer",
       [](Transaction& tx) { ListDeletedDocuments(tx, kAda, {}, 10); }},
      {"ListDeletedDocuments of a provider",
       [](Transaction& tx) { ListDeletedDocuments(tx, kCarla, {}, 10); }},
      {"DocumentUsage", [](Transaction& tx) { DocumentUsage(tx, {kCarla, kAda}); }},
      {"FindDownloadLink", [](Transaction& tx) { FindDownloadLink(tx, "x"); }},
      {"CountDownloadLinks", [](Transaction& tx) { CountDownloadLinks(tx, kAda, kNow); }},
      {"PurgeDownloadLinks", [](Transaction& tx) { PurgeDownloadLinks(tx, kNow, 10); }},
      {"HasExpiredDownloadLinks", [](Transaction& tx) { HasExpiredDownloadLinks(tx, kNow); }},
      {"ListConsentDocuments",
       [](Transaction& tx) { ListConsentDocuments(tx, kCarla, Archived::kHide, {}, 10); }},
      {"BlockingConsentDocuments", [](Transaction& tx) { BlockingConsentDocuments(tx, kCarla); }},
      {"ConsentUsageOf", [](Transaction& tx) { ConsentUsageOf(tx, kCarla); }},
      {"ListConsentVersions",
       [](Transaction& tx) { ListConsentVersions(tx, kCarla, {1}, {}, 10); }},
      {"LastConsentRecord", [](Transaction& tx) { LastConsentRecord(tx, kCarla, kAda, {1}); }},
      {"ListConsentRecords", [](Transaction& tx) { ListConsentRecords(tx, kCarla, {}, {}, 10); }},
      {"ListConsentRecords of a document",
       [](Transaction& tx) {
         ListConsentRecords(tx, kCarla, {core::ConsentDocumentId{1}, {}}, {}, 10);
       }},
      {"ListConsentRecords of a customer",
       [](Transaction& tx) { ListConsentRecords(tx, kCarla, {{}, kAda}, {}, 10); }},
      {"ListConsentRecords of a customer with all",
       [](Transaction& tx) { ListConsentRecords(tx, kAda, {}, 10); }},
      {"HasOpenAppointment", [](Transaction& tx) { HasOpenAppointment(tx, kCarla, kAda, kNow); }},
      {"FindLink", [](Transaction& tx) { FindLink(tx, kCarla, kAda); }},
      {"LinksOf a customer", [](Transaction& tx) { LinksOf(tx, kAda, core::ProviderId{-1}, 9); }},
      {"LinksOf a provider", [](Transaction& tx) { LinksOf(tx, kCarla, core::AccountId{-1}, 9); }},
      {"PaymentsOf", [](Transaction& tx) { PaymentsOf(tx, kCarla, {1}); }},
      {"ListMessages", [](Transaction& tx) { ListMessages(tx, {kCarla, kAda}, 9, 9); }},
      {"CountMessages",
       [](Transaction& tx) { CountMessages(tx, {kCarla, kAda}, core::Side::kCustomer, 0, 9); }},
      {"NthNewestMessage", [](Transaction& tx) { NthNewestMessage(tx, kAda, 20, kNow); }},
      {"ListThreads of a provider", [](Transaction& tx) { ListThreads(tx, kCarla, {}, 9); }},
      {"ListThreads of a customer", [](Transaction& tx) { ListThreads(tx, kAda, {}, 9); }},
      {"FindOpenTicket", [](Transaction& tx) { FindOpenTicket(tx, kAda); }},
      {"CountOpenTickets", [](Transaction& tx) { CountOpenTickets(tx, kAda); }},
      {"ListTicketsOf", [](Transaction& tx) { ListTicketsOf(tx, kAda, {}, 9); }},
      {"ListTickets", [](Transaction& tx) { ListTickets(tx, core::TicketState::kOpen, {}, 9); }},
      {"ListTicketMessages", [](Transaction& tx) { ListTicketMessages(tx, {1}, 9, 9); }},
      {"NthNewestTicketMessage",
       [](Transaction& tx) { NthNewestTicketMessage(tx, kAda, 20, kNow); }},
      {"FindTicketBridge", [](Transaction& tx) { FindTicketBridge(tx, "x"); }},
      {"SupportDesks", [](Transaction& tx) { SupportDesks(tx); }},
      {"DeleteTicketNotifications", [](Transaction& tx) { DeleteTicketNotifications(tx, kAda); }},
      {"CountTraces",
       [](Transaction& tx) {
         for (const Erasure* erasure : Erasures()) {
           CountTraces(tx, {.account = kAda, .provider = kCarla}, erasure->traces);
         }
       }},
      {"Erase",
       [](Transaction& tx) {
         Erase(tx, {.account = kDanAccount, .provider = kDan, .request_scope = "account:x"});
       }},
      {"Erase of a customer",
       [](Transaction& tx) { Erase(tx, {.account = kBen, .request_scope = "account:x"}); }},
      {"OrganizationsOf", [](Transaction& tx) { OrganizationsOf(tx, kCarla); }},
      {"ListApiKeys", [](Transaction& tx) { ListApiKeys(tx, {}, 10); }},
      {"FindApiKey", [](Transaction& tx) { FindApiKey(tx, {1}); }},
      {"KeysNotRevoked", [](Transaction& tx) { KeysNotRevoked(tx); }},
      {"PutLastUse", [](Transaction& tx) { PutLastUse(tx, {1}, kNow); }},
  };
  for (const Whose& whose : kWhose) {
    const auto add = [&](const char* name, std::function<void(Transaction&)> run) {
      cases.push_back({name, std::move(run)});
    };
    add("ListByStart", [=](Transaction& tx) { ListByStart(tx, whose, day, {}, 10); });
    add("ListUpcoming", [=](Transaction& tx) { ListUpcoming(tx, whose, kNow, {}, 10); });
    add("ListPast", [=](Transaction& tx) { ListPast(tx, whose, kNow, {}, 10); });
    add("ListPending", [=](Transaction& tx) { ListPending(tx, whose, {}, 10); });
  }
  return cases;
}

TEST(QueryPlans, NoQueryScansATableOrSortsWhatIsNotBounded) {
  Store store;
  store.Write([](Transaction& tx) {
    InsertAppointment(tx, SampleAppointment(200, kNow));
    PlanReader reader(tx);
    for (const Case& c : Cases()) {
      c.run(reader);
      const std::string plan = reader.Take();
      SCOPED_TRACE(testing::Message() << c.name << ":\n" << plan);
      EXPECT_NE(plan, "");
      // "SCAN CONSTANT ROW" is the absence of a table.
      for (std::size_t at = 0; (at = plan.find("SCAN ", at)) != std::string::npos; ++at) {
        EXPECT_EQ(plan.compare(at, 17, "SCAN CONSTANT ROW"), 0);
      }
      EXPECT_TRUE(c.may_sort || plan.find("TEMP B-TREE") == std::string::npos);
    }
  });
}

// Which index, where it decides over how much is read.
TEST(QueryPlans, ListsSeekToTheirFirstRow) {
  Store store;
  const struct {
    const char* name;
    std::function<void(Transaction&)> run;
    const char* step;
  } kCases[] = {
      {"upcoming", [](Transaction& tx) { ListUpcoming(tx, AsCustomer{kAda}, kNow, {}, 10); },
       "appointments_by_customer (customer_id=? AND start_s>?)"},
      {"past", [](Transaction& tx) { ListPast(tx, AsCustomer{kAda}, kNow, {}, 10); },
       "appointments_by_customer (customer_id=? AND start_s<?)"},
      {"of a provider", [](Transaction& tx) { ListUpcoming(tx, AsProvider{kCarla}, kNow, {}, 10); },
       "appointments_by_provider (provider_id=? AND start_s>?)"},
      {"for an organization",
       [](Transaction& tx) { ListUpcoming(tx, AsProvider{kCarla}, kNow, {}, 10); },
       "appointments_by_specialist (specialist_id=? AND start_s>?)"},
      {"pending of a pair", [](Transaction& tx) { CountPending(tx, kCarla, kAda); },
       "appointments_pending_by_customer (customer_id=?)"},
      {"open between a pair", [](Transaction& tx) { HasOpenAppointment(tx, kCarla, kAda, kNow); },
       "appointments_by_customer (customer_id=? AND start_s>?)"},
      {"requests of late",
       [](Transaction& tx) { NthNewestRequest(tx, kCarla, kAda, {kNow, kNow}, 30); },
       "appointments_by_customer_made (customer_id=? AND created_s>? AND created_s<?)"},
      {"pending of a customer", [](Transaction& tx) { ListPending(tx, AsCustomer{kAda}, {}, 10); },
       "appointments_pending_by_customer (customer_id=? AND id>?)"},
      {"pending", [](Transaction& tx) { ListPending(tx, AsProvider{kCarla}, {}, 10); },
       "appointments_pending_by_provider (provider_id=? AND id>?)"},
      {"holds", [](Transaction& tx) { LoadCalendar(tx, kCarla, kNow); },
       "appointments_holding (specialist_id=? AND hold_start_s>?)"},
      {"due", [](Transaction& tx) { DueNotifications(tx, "telegram", kNow, 10); },
       "notifications_waiting (id>?)"},
      {"first of a recipient", [](Transaction& tx) { DueNotifications(tx, "telegram", kNow, 10); },
       "notifications_in_order (recipient_id=? AND number>?)"},
      {"reminders", [](Transaction& tx) { DueNotifications(tx, "telegram", kNow, 10); },
       "notifications_by_due (due_s>? AND due_s<?)"},
  };
  store.Write([&](Transaction& tx) {
    PlanReader reader(tx);
    for (const auto& c : kCases) {
      c.run(reader);
      const std::string plan = reader.Take();
      EXPECT_NE(plan.find(c.step), std::string::npos) << c.name << ":\n" << plan;
    }
  });
}

// They may be many, and the outbox is looked through every second.
TEST(QueryPlans, DueNotificationsDoNotVisitLinesOfTheUnreachable) {
  Store store;
  store.Write([](Transaction& tx) {
    InsertIdentity(tx, {{"telegram", "1"}, kAda, true});
    InsertIdentity(tx, {{"telegram", "2"}, kBen, true});
    core::Notification line;
    line.due = kNow - std::chrono::hours(1);
    line.recipient = kBen;
    for (line.id = {1000}; line.id.value < 2000; ++line.id.value) InsertNotification(tx, line);
    SetReachable(tx, {"telegram", "2"}, false);
    line.recipient = kAda;
    InsertNotification(tx, line);
    PlanReader reader(tx);
    EXPECT_EQ(DueNotifications(reader, "telegram", kNow, 10).size(), 1U);
    EXPECT_EQ(reader.rows(), 1);
    // Nor does the engine behind the query: they are not in the index that it goes through.
    EXPECT_NE(reader.Take().find("notifications_waiting (id>?)"), std::string::npos);
    for (const char* index : {"notifications_waiting", "notifications_by_due"}) {
      tx.Query("SELECT sql FROM sqlite_schema WHERE name = $1", {index}, [](const Row& row) {
        EXPECT_NE(row.Text(0).find("WHERE parked = 0"), std::string::npos) << row.Text(0);
      });
    }
  });
}

// Notes which steps of SQLite's programs, those of triggers among them, statements are made of.
class StepReader final : public Transaction {
 public:
  explicit StepReader(Transaction& tx) : tx_(tx) {}

  std::int64_t Execute(std::string_view sql, std::span<const Value> values) override {
    tx_.Query("EXPLAIN " + std::string(sql), values,
              [&](const Row& row) { steps_ += row.Text(1) + "\n"; });
    return tx_.Execute(sql, values);
  }
  void Query(std::string_view sql, std::span<const Value> values,
             const std::function<void(const Row&)>& each) override {
    tx_.Query(sql, values, each);
  }

  const std::string& steps() const { return steps_; }

 private:
  Transaction& tx_;
  std::string steps_;
};

// A CHECK or a trigger that asks for one of three or more makes SQLite build a table for each row
// that is written.
TEST(QueryPlans, ABookingIsWrittenWithoutTablesInMemory) {
  Store store;
  store.Write([](Transaction& tx) {
    StepReader reader(tx);
    core::Appointment appointment = SampleAppointment(200, kNow);
    InsertAppointment(reader, appointment);
    InsertStatusChange(reader, appointment, {});
    appointment.status = core::AppointmentStatus::kAccepted;
    UpdateAppointmentStatus(reader, appointment);
    core::Notification line;
    line.id = {1000};
    line.recipient = kAda;
    InsertNotification(reader, line);
    DeleteReminders(reader, appointment.id);
    BumpCalendarVersion(reader, kCarla);
    InsertRequest(reader, {"a", "b"}, {"digest", "response"}, kNow);
    EXPECT_NE(reader.steps().find("IdxInsert"), std::string::npos);
    EXPECT_EQ(reader.steps().find("OpenEphemeral"), std::string::npos);
  });
}

}  // namespace
}  // namespace kalends::storage
