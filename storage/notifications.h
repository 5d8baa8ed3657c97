// The outbox. Call only inside Database::Read or Submit.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/notify/notification.h"
#include "core/people/people.h"
#include "storage/database.h"

namespace kalends::storage {

void InsertNotification(Transaction& tx, const core::Notification& notification);
std::optional<core::Notification> FindNotification(Transaction& tx, core::NotificationId id);
// False: there was none.
bool DeleteNotification(Transaction& tx, core::NotificationId id);
void PostponeNotification(Transaction& tx, core::NotificationId id, core::Instant due);
// Removes the reminders of an appointment that is cancelled or moved.
void DeleteReminders(Transaction& tx, core::AppointmentId appointment);

// What is due for one recipient: its first line by (due, id).
struct DueNotification {
  core::Notification notification;
  core::Identity identity;  // Of the channel asked for.
};
// The first due line of every recipient that has a reachable identity in `channel`, the longest due
// first.
std::vector<DueNotification> DueNotifications(Transaction& tx, std::string_view channel,
                                              core::Instant now, int limit);
// When the next line becomes due after `now`; nullopt: none waits.
std::optional<core::Instant> NextDue(Transaction& tx, core::Instant now);
// How many are due for somebody who can be reached.
std::int64_t CountDue(Transaction& tx, core::Instant now);

}  // namespace kalends::storage
