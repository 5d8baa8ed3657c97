// The outbox. Call only inside Database::Read or Submit.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/accounts/account.h"
#include "core/notifications/notification.h"
#include "storage/database.h"

namespace kalends::storage {

// A line for somebody who cannot be reached is parked: it waits outside of what is due until
// SetReachable (accounts.h) brings the person back. Unless it is a reminder, it goes behind all
// other lines of its recipient.
void InsertNotification(Transaction& tx, const core::Notification& notification);
std::optional<core::Notification> FindNotification(Transaction& tx, core::NotificationId id);
// False: there was none.
bool DeleteNotification(Transaction& tx, core::NotificationId id);
// Moves a line out of the outbox to those that were set aside. False: there was none.
bool SetAsideNotification(Transaction& tx, core::NotificationId id, core::Instant now);
// How many ever were.
std::int64_t CountSetAside(Transaction& tx);
// Forgets at most `limit` of those that were set aside before `before`; returns how many.
std::int64_t PurgeSetAside(Transaction& tx, core::Instant before, int limit);
// Whether there is one to purge.
bool HasOldSetAside(Transaction& tx, core::Instant before);
void PostponeNotification(Transaction& tx, core::NotificationId id, core::Instant due);
// Removes the reminders of an appointment that is cancelled or moved.
void DeleteReminders(Transaction& tx, core::AppointmentId appointment);
// Removes the one that is due then.
void DeleteReminder(Transaction& tx, core::AppointmentId appointment, core::Instant due);
// Removes what waits to be told to `recipient` about the tickets of others.
void DeleteTicketNotifications(Transaction& tx, core::AccountId recipient);
// Removes at most `limit` reminders of what has begun, whoever they wait for; returns how many.
std::int64_t PurgeLateReminders(Transaction& tx, core::Instant now, int limit);
// Whether there is one to purge.
bool HasLateReminders(Transaction& tx, core::Instant now);

// What is due for one recipient: its first line, or else the reminder that is due the longest.
struct DueNotification {
  core::Notification notification;
  core::Identity identity;  // Of the channel asked for.
  // False: the row says what this program does not know, such as a kind of a newer one. Of
  // `notification` there are then id and recipient.
  bool readable = true;
};
// Of every recipient that has a reachable identity in `channel`, the first line; the oldest first,
// reminders last.
std::vector<DueNotification> DueNotifications(Transaction& tx, std::string_view channel,
                                              core::Instant now, int limit);
// When the next reminder for somebody who can be reached becomes due after `now`; nullopt: none is.
std::optional<core::Instant> NextDue(Transaction& tx, core::Instant now);
// How many are due for somebody who can be reached.
std::int64_t CountDue(Transaction& tx, core::Instant now);
// Since when the oldest of these has been due; nullopt: none is.
std::optional<core::Instant> OldestDue(Transaction& tx, core::Instant now);

}  // namespace kalends::storage
