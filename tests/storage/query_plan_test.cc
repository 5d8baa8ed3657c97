// Which index a query goes through, where more than one would do; that each goes through one is
// looked at wherever a test runs it (tools/check_statements).
#include <string>

#include "storage/accounts.h"
#include "storage/booking.h"
#include "storage/notifications.h"
#include "storage/requests.h"
#include "storage/schedule.h"
#include "tests/storage/sample.h"

namespace kalends::storage {
namespace {

// Runs nothing of its own: asks SQLite for the plan of each statement and passes it on.
class PlanReader final : public Transaction {
 public:
  explicit PlanReader(Transaction& tx) : tx_(tx) { UseKeys(&tx.keys()); }

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

// Which index, where it decides over how much is read.
TEST(QueryPlans, ListsSeekToTheirFirstRow) {
  if (test::OnPostgres()) GTEST_SKIP() << "these are plans of SQLite";
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
      {"reminders of late",
       [](Transaction& tx) { NthNewestReminder(tx, kCarla, kAda, {kNow, kNow}, 5); },
       "appointments_by_customer (customer_id=? AND start_s>?)"},
      {"booked times", [](Transaction& tx) { BookedTimes(tx, kCarla, {kNow, kNow}); },
       "appointments_by_specialist (specialist_id=? AND start_s>? AND start_s<?)"},
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
  if (test::OnPostgres()) GTEST_SKIP() << "these are plans of SQLite";
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
  explicit StepReader(Transaction& tx) : tx_(tx) { UseKeys(&tx.keys()); }

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
  if (test::OnPostgres()) GTEST_SKIP() << "these are plans of SQLite";
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
    InsertRequest(reader, {"a", "b"}, {"digest", "response"}, {kAda}, kNow);
    EXPECT_NE(reader.steps().find("IdxInsert"), std::string::npos);
    EXPECT_EQ(reader.steps().find("OpenEphemeral"), std::string::npos);
  });
}

}  // namespace
}  // namespace kalends::storage
