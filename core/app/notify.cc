#include "core/app/notify.h"

#include "storage/notifications.h"
#include "storage/people.h"

namespace kalends::app {
namespace {

void Insert(WriteContext& cx, core::Notification notification) {
  notification.id = cx.ids.Next<core::NotificationId>(cx.now);
  storage::InsertNotification(cx.tx, notification);
  cx.notified = true;
}

core::Notification About(const core::Appointment& appointment, const Event& event,
                         core::AccountId recipient, core::Instant due) {
  core::Notification notification;
  notification.recipient = recipient;
  notification.kind = event.kind;
  notification.due = due;
  notification.appointment = appointment.id;
  notification.status = appointment.status;
  notification.start = appointment.interval.start;
  notification.reason = event.reason;
  notification.actor = event.actor;
  return notification;
}

}  // namespace

void NotifyCustomer(WriteContext& cx, const core::Appointment& appointment, const Event& event) {
  Insert(cx, About(appointment, event, appointment.customer, cx.now));
}

void NotifyProvider(WriteContext& cx, const core::Appointment& appointment, const Event& event) {
  const auto tell = [&](core::ProviderId id) {
    if (const auto provider = storage::FindProvider(cx.tx, id)) {
      Insert(cx, About(appointment, event, provider->account, cx.now));
    }
  };
  tell(appointment.provider);
  if (appointment.specialist != appointment.provider) tell(appointment.specialist);
}

void NotifyCustomerJoined(WriteContext& cx, const core::Provider& provider,
                          core::AccountId customer) {
  core::Notification notification;
  notification.recipient = provider.account;
  notification.kind = core::NotificationKind::kCustomerJoined;
  notification.due = cx.now;
  notification.provider = provider.id;
  notification.customer = customer;
  notification.start = cx.now;
  notification.actor = core::Actor::kCustomer;
  Insert(cx, std::move(notification));
}

void ResetReminders(WriteContext& cx, const core::Appointment& appointment) {
  storage::DeleteReminders(cx.tx, appointment.id);
  if (appointment.status != core::Status::kAccepted) return;
  const auto provider = storage::FindProvider(cx.tx, appointment.provider);
  if (!provider) return;
  const Event event{core::NotificationKind::kReminder, core::Actor::kSystem};
  for (const core::Instant due :
       core::ReminderTimes(appointment.interval.start, provider->reminders, cx.now)) {
    Insert(cx, About(appointment, event, appointment.customer, due));
  }
}

}  // namespace kalends::app
