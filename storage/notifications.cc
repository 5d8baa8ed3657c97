#include "storage/notifications.h"

#include <algorithm>
#include <exception>
#include <unordered_set>

#include "storage/privacy.h"
#include "storage/sealed.h"
#include "storage/values.h"

namespace kalends::storage {
namespace {

// Lines looked at in the first query of DueNotifications. Each further one looks at more, so that
// lines of the same second, which each query has to pass anew, are not passed often.
constexpr int kDueScanLines = 256;
constexpr int kDueScanGrowth = 4;

Place LineReasonPlace(core::NotificationId id) { return Place("notifications.reason", id); }

core::Notification ReadNotification(const Row& row) {
  core::Notification notification;
  notification.id = IdAt<core::NotificationId>(row, 0);
  notification.recipient = IdAt<core::AccountId>(row, 1);
  notification.kind = ParsedAt(row, 2, core::ParseNotificationKind);
  notification.due = InstantAt(row, 3);
  notification.appointment = OptionalIdAt<core::AppointmentId>(row, 4);
  notification.provider = OptionalIdAt<core::ProviderId>(row, 5);
  notification.customer = OptionalIdAt<core::AccountId>(row, 6);
  notification.status = ParsedAt(row, 7, core::ParseAppointmentStatus);
  notification.start = InstantAt(row, 8);
  notification.reason = OpenedAt(row, 9, LineReasonPlace(notification.id));
  notification.actor = ParsedAt(row, 10, core::ParseActor);
  notification.ticket = OptionalIdAt<core::TicketId>(row, 11);
  notification.message_number = row.OptionalInt(12);
  notification.previous_start = OptionalInstantAt(row, 13);
  notification.sold_package = OptionalIdAt<core::SoldPackageId>(row, 14);
  return notification;
}

// A row that cannot be read must not keep the others back.
DueNotification ReadDue(const Row& row, std::string_view channel) {
  DueNotification due;
  try {
    due.identity = {std::string(channel), row.Text(15)};
    due.notification = ReadNotification(row);
  } catch (const std::exception&) {
    due.readable = false;
    due.notification.id = IdAt<core::NotificationId>(row, 0);
    due.notification.recipient = IdAt<core::AccountId>(row, 1);
  }
  return due;
}

}  // namespace

void InsertNotification(Transaction& tx, const core::Notification& notification) {
  tx.Execute(
      "INSERT INTO notifications (id, recipient_id, kind, due_s, appointment_id, provider_id,"
      " customer_id, status, start_s, reason, actor, ticket_id, message_number, previous_start_s,"
      " sold_package_id, number, parked)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,"
      " CASE WHEN $3 = 'REMINDER' THEN NULL ELSE (SELECT coalesce(max(number), 0) + 1"
      "  FROM notifications WHERE recipient_id = $2 AND number IS NOT NULL) END,"
      " CASE WHEN EXISTS (SELECT 1 FROM identities WHERE account_id = $2 AND reachable = 1)"
      "  THEN 0 ELSE 1 END)",
      {ToValue(notification.id), ToValue(notification.recipient), core::NameOf(notification.kind),
       ToValue(notification.due), ToValue(notification.appointment), ToValue(notification.provider),
       ToValue(notification.customer), core::NameOf(notification.status),
       ToValue(notification.start),
       Sealed(tx, notification.reason, LineReasonPlace(notification.id)),
       core::NameOf(notification.actor), ToValue(notification.ticket),
       notification.message_number ? Value(*notification.message_number) : Value(nullptr),
       ToValue(notification.previous_start), ToValue(notification.sold_package)});
}

std::optional<core::Notification> FindNotification(Transaction& tx, core::NotificationId id) {
  return RowOf(tx,
               "SELECT id, recipient_id, kind, due_s, appointment_id, provider_id, customer_id,"
               " status, start_s, reason, actor, ticket_id, message_number, previous_start_s,"
               " sold_package_id FROM notifications WHERE id = $1",
               {ToValue(id)}, ReadNotification);
}

bool DeleteNotification(Transaction& tx, core::NotificationId id) {
  return tx.Execute("DELETE FROM notifications WHERE id = $1", {ToValue(id)}) > 0;
}

bool SetAsideNotification(Transaction& tx, core::NotificationId id, core::Instant now) {
  // Column by column: of a line that nobody can read, too.
  tx.Execute(
      "INSERT INTO set_aside (id, recipient_id, kind, set_aside_s)"
      " SELECT id, recipient_id, kind, $2 FROM notifications WHERE id = $1"
      " ON CONFLICT (id) DO NOTHING",
      {ToValue(id), ToValue(now)});
  if (!DeleteNotification(tx, id)) return false;
  tx.Execute("UPDATE set_aside_count SET count = count + 1 WHERE one = 1", {});
  return true;
}

std::int64_t CountSetAside(Transaction& tx) {
  return NumberOf(tx, "SELECT count FROM set_aside_count WHERE one = 1", {});
}

std::int64_t PurgeSetAside(Transaction& tx, core::Instant before, int limit) {
  return tx.Execute(
      "DELETE FROM set_aside WHERE id IN"
      " (SELECT id FROM set_aside WHERE set_aside_s < $1 ORDER BY set_aside_s LIMIT $2)",
      {ToValue(before), limit});
}

bool HasOldSetAside(Transaction& tx, core::Instant before) {
  return HasRow(tx, "SELECT 1 FROM set_aside WHERE set_aside_s < $1 LIMIT 1", {ToValue(before)});
}

void PostponeNotification(Transaction& tx, core::NotificationId id, core::Instant due) {
  tx.Execute("UPDATE notifications SET due_s = $2 WHERE id = $1", {ToValue(id), ToValue(due)});
}

void DeleteReminders(Transaction& tx, core::AppointmentId appointment) {
  tx.Execute("DELETE FROM notifications WHERE appointment_id = $1 AND kind = 'REMINDER'",
             {ToValue(appointment)});
}

void DeleteReminder(Transaction& tx, core::AppointmentId appointment, core::Instant due) {
  tx.Execute(
      "DELETE FROM notifications WHERE appointment_id = $1 AND kind = 'REMINDER' AND due_s = $2",
      {ToValue(appointment), ToValue(due)});
}

void DeleteTicketNotifications(Transaction& tx, core::AccountId recipient) {
  tx.Execute(
      "DELETE FROM notifications WHERE recipient_id = $1 AND ticket_id IS NOT NULL"
      " AND ticket_id NOT IN (SELECT id FROM tickets WHERE account_id = $1)",
      {ToValue(recipient)});
}

std::int64_t PurgeLateReminders(Transaction& tx, core::Instant now, int limit) {
  return tx.Execute(
      "DELETE FROM notifications WHERE id IN (SELECT id FROM notifications"
      " WHERE kind = 'REMINDER' AND start_s <= $1 ORDER BY start_s LIMIT $2)",
      {ToValue(now), limit});
}

bool HasLateReminders(Transaction& tx, core::Instant now) {
  return HasRow(tx, "SELECT 1 FROM notifications WHERE kind = 'REMINDER' AND start_s <= $1 LIMIT 1",
                {ToValue(now)});
}

namespace {

// Goes through lines in their order and takes each recipient's first, so that lines which are not
// due yet, or parked, are never touched, however many wait.
class FirstLines {
 public:
  FirstLines(std::string_view channel, int limit) : channel_(channel), limit_(limit) {}

  bool full() const { return static_cast<int>(lines_.size()) == limit_; }
  std::vector<DueNotification> Take() { return std::move(lines_); }

  // `run(wanted, each)` queries the next `wanted` lines behind those that `each` has seen.
  template <typename Run>
  void Scan(Run run) {
    int scanned = 0;
    int wanted = kDueScanLines / kDueScanGrowth;
    do {
      scanned = 0;
      wanted *= kDueScanGrowth;
      run(wanted, [&](const Row& row) {
        ++scanned;
        Look(row);
      });
    } while (scanned == wanted && !full());
  }

 private:
  // Column 15 is the address, or NULL for who cannot be reached in this channel.
  void Look(const Row& row) {
    if (row.IsNull(15) || full()) return;
    if (!seen_.insert(IdAt<core::AccountId>(row, 1)).second) return;
    lines_.push_back(ReadDue(row, channel_));
  }

  const std::string channel_;
  const int limit_;
  std::vector<DueNotification> lines_;
  std::unordered_set<core::AccountId> seen_;
};

}  // namespace

std::vector<DueNotification> DueNotifications(Transaction& tx, std::string_view channel,
                                              core::Instant now, int limit) {
  FirstLines first(channel, limit);
  core::NotificationId id{-1};
  first.Scan([&](int wanted, const auto& look) {
    tx.Query(
        "SELECT n.id, n.recipient_id, n.kind, n.due_s, n.appointment_id, n.provider_id,"
        " n.customer_id, n.status, n.start_s, n.reason, n.actor, n.ticket_id, n.message_number,"
        " n.previous_start_s, n.sold_package_id,"
        " (SELECT min(i.address) FROM identities AS i WHERE i.account_id = n.recipient_id"
        "  AND i.channel = $1 AND i.reachable = 1)"
        " FROM notifications AS n WHERE n.parked = 0 AND n.number IS NOT NULL AND n.id > $2"
        " AND n.number = (SELECT min(o.number) FROM notifications AS o"
        "  WHERE o.recipient_id = n.recipient_id AND o.number IS NOT NULL)"
        " ORDER BY n.id LIMIT $3",
        {channel, ToValue(id), wanted}, [&](const Row& row) {
          id = IdAt<core::NotificationId>(row, 0);
          look(row);
        });
  });
  if (first.full()) return first.Take();
  core::Instant at = core::Instant::min();
  id = {-1};
  first.Scan([&](int wanted, const auto& look) {
    tx.Query(
        "SELECT n.id, n.recipient_id, n.kind, n.due_s, n.appointment_id, n.provider_id,"
        " n.customer_id, n.status, n.start_s, n.reason, n.actor, n.ticket_id, n.message_number,"
        " n.previous_start_s, n.sold_package_id,"
        " (SELECT min(i.address) FROM identities AS i WHERE i.account_id = n.recipient_id"
        "  AND i.channel = $1 AND i.reachable = 1)"
        " FROM notifications AS n WHERE n.parked = 0 AND n.number IS NULL AND n.due_s <= $2"
        " AND (n.due_s, n.id) > ($3, $4) ORDER BY n.due_s, n.id LIMIT $5",
        {channel, ToValue(now), ToValue(at), ToValue(id), wanted}, [&](const Row& row) {
          id = IdAt<core::NotificationId>(row, 0);
          at = core::FromUnixSeconds(row.Int(3));  // As it is: a place, and no time to tell.
          look(row);
        });
  });
  return first.Take();
}

std::optional<core::Instant> NextDue(Transaction& tx, core::Instant now) {
  return RowOf(tx,
               "SELECT due_s FROM notifications WHERE parked = 0 AND number IS NULL AND due_s > $1"
               " ORDER BY due_s LIMIT 1",
               {ToValue(now)}, [](const Row& row) { return InstantAt(row, 0); });
}

std::int64_t CountDue(Transaction& tx, core::Instant now) {
  return NumberOf(tx,
                  "SELECT count(*) FROM notifications"
                  " WHERE parked = 0 AND number IS NOT NULL AND id > -1",
                  {}) +
         NumberOf(tx,
                  "SELECT count(*) FROM notifications"
                  " WHERE parked = 0 AND number IS NULL AND due_s <= $1",
                  {ToValue(now)});
}

std::optional<core::Instant> OldestDue(Transaction& tx, core::Instant now) {
  std::optional<core::Instant> oldest;
  const auto take = [&](const Row& row) {
    const core::Instant due = InstantAt(row, 0);
    oldest = std::min(due, oldest.value_or(due));
  };
  // Their ids rise with the time.
  tx.Query(
      "SELECT due_s FROM notifications WHERE parked = 0 AND number IS NOT NULL AND id > -1"
      " ORDER BY id LIMIT 1",
      {}, take);
  tx.Query(
      "SELECT due_s FROM notifications WHERE parked = 0 AND number IS NULL AND due_s <= $1"
      " ORDER BY due_s LIMIT 1",
      {ToValue(now)}, take);
  return oldest;
}

namespace {

constexpr std::string_view kErasedTables[] = {"cards", "notifications", "set_aside"};

// What waits to be told to the account or was set aside, where it sees appointments, and what was
// written about it in what waits to be told to others: that it happened is still told.
UnusedBlobs EraseOfCustomer(Transaction& tx, const Leaver& leaver) {
  return ExecuteAll(
      tx,
      {"DELETE FROM notifications WHERE ticket_id IN"
       " (SELECT id FROM tickets WHERE account_id = $1)",
       "DELETE FROM notifications WHERE recipient_id = $1",
       "DELETE FROM set_aside WHERE recipient_id = $1", "DELETE FROM cards WHERE account_id = $1",
       "DELETE FROM notifications WHERE customer_id = $1",
       "UPDATE notifications SET reason = '' WHERE reason <> '' AND actor <> 'SYSTEM'"
       " AND appointment_id IN (SELECT id FROM appointments WHERE customer_id = $1)"},
      {ToValue(leaver.account)});
}

// Reasons that a customer gave are the customer's, and stay.
UnusedBlobs EraseOfProvider(Transaction& tx, const Leaver& leaver) {
  return ExecuteAll(
      tx,
      {"DELETE FROM notifications WHERE provider_id = $1",
       "UPDATE notifications SET reason = '' WHERE reason <> '' AND actor = 'PROVIDER'"
       " AND appointment_id IN"
       " (SELECT id FROM appointments WHERE provider_id = $1 UNION ALL SELECT id"
       "  FROM appointments WHERE specialist_id = $1 AND specialist_id <> provider_id)"},
      {ToValue(*leaver.provider)});
}

}  // namespace

extern constinit const Erasure kNotificationsErasure{.subject = "notifications",
                                                     .tables = kErasedTables,
                                                     .of_customer = EraseOfCustomer,
                                                     .of_provider = EraseOfProvider};

}  // namespace kalends::storage
