#include "core/app/notifications.h"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "core/app/duties.h"
#include "core/base/limits.h"
#include "core/notifications/audience.h"
#include "core/operate/request.h"
#include "core/timezone/time_zone.h"
#include "storage/accounts.h"
#include "storage/notifications.h"
#include "storage/notifications_cards.h"
#include "storage/providers.h"
#include "storage/schedule.h"

namespace kalends::app {
namespace {

// The clock whose night reminders of `appointment` do not disturb: until the customer has set a
// zone, the specialist's.
core::TimeZone ReminderZone(storage::Transaction& tx, const core::Appointment& appointment) {
  const auto customer = storage::FindAccount(tx, appointment.customer);
  std::string name = customer ? customer->time_zone : std::string();
  if (name.empty()) name = storage::ScheduleTimeZone(tx, appointment.specialist).value_or("");
  return core::TimeZone::Find(name).value_or(core::TimeZone::Utc());
}

// Nobody reads what is told to an account that is erased.
void Insert(WriteContext& cx, core::Notification notification) {
  const auto recipient = storage::FindAccount(cx.tx, notification.recipient);
  if (!recipient || recipient->erased) return;
  notification.id = cx.ids.Next<core::NotificationId>(cx.now);
  storage::InsertNotification(cx.tx, notification);
  cx.notified = true;
  if (!spdlog::should_log(spdlog::level::debug)) return;
  // What leads from the request to the adapter's line about the delivery.
  cx.after_commit.push_back([id = notification.id, request_id = operate::CurrentRequest()] {
    const operate::RequestScope request(request_id);
    spdlog::debug("wrote notifications/{}", id.ToString());
  });
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
  notification.previous_start = event.previous_start;
  notification.reason = event.reason;
  notification.actor = event.actor;
  return notification;
}

// Whoever joined did it.
core::Notification Joined(const WriteContext& cx, const core::Provider& provider,
                          core::NotificationKind kind, core::AccountId who) {
  core::Notification notification;
  notification.recipient = provider.account;
  notification.kind = kind;
  notification.due = cx.now;
  notification.provider = provider.id;
  notification.customer = who;
  notification.start = cx.now;
  notification.actor = core::Actor::kCustomer;
  return notification;
}

// What the provider does to its link with a customer.
core::Notification OfLink(const WriteContext& cx, const core::LinkKey& link,
                          core::NotificationKind kind) {
  core::Notification notification;
  notification.recipient = link.customer;
  notification.kind = kind;
  notification.due = cx.now;
  notification.provider = link.provider;
  notification.customer = link.customer;
  notification.start = cx.now;
  notification.actor = core::Actor::kProvider;
  return notification;
}

// Ascending.
std::vector<core::Instant> TimesToCome(WriteContext& cx, const core::Appointment& appointment,
                                       const std::vector<core::Minutes>& before) {
  return core::ReminderTimes(appointment.interval.start, before, cx.now,
                             ReminderZone(cx.tx, appointment));
}

void InsertReminder(WriteContext& cx, const core::Appointment& appointment, core::Instant due) {
  const Event event{core::NotificationKind::kReminder, core::Actor::kSystem};
  Insert(cx, About(appointment, event, appointment.customer, due));
}

}  // namespace

void NotifyCustomer(WriteContext& cx, const core::Appointment& appointment, const Event& event) {
  Insert(cx, About(appointment, event, appointment.customer, cx.now));
}

void NotifyProvider(WriteContext& cx, const core::Appointment& appointment, const Event& event) {
  for (const core::ProviderId id : core::ProvidersOf(appointment)) {
    if (const auto provider = storage::FindProvider(cx.tx, id)) {
      Insert(cx, About(appointment, event, provider->account, cx.now));
    }
  }
}

void NotifyOtherProviders(WriteContext& cx, const core::Appointment& appointment,
                          const Event& event) {
  for (const core::ProviderId id : core::ProvidersOf(appointment)) {
    const auto provider = storage::FindProvider(cx.tx, id);
    if (provider && provider->account != cx.caller.account) {
      Insert(cx, About(appointment, event, provider->account, cx.now));
    }
  }
}

void RemindNow(WriteContext& cx, const core::Appointment& appointment, core::Actor actor) {
  Insert(cx, About(appointment, {core::NotificationKind::kReminder, actor}, appointment.customer,
                   cx.now));
}

void NotifyCards(WriteContext& cx, const core::Appointment& appointment) {
  const core::Instant forget = appointment.interval.end + core::kCardKept;
  storage::SetForgetOfCards(cx.tx, appointment.id, forget);
  for (const core::AccountId account :
       storage::AccountsWithStaleCards(cx.tx, appointment.id, appointment.version)) {
    NotifyCard(cx, appointment, account);
  }
}

void NotifyCard(WriteContext& cx, const core::Appointment& appointment, core::AccountId account) {
  const Event event{core::NotificationKind::kAppointmentChanged, core::Actor::kSystem};
  Insert(cx, About(appointment, event, account, cx.now));
}

void NotifyCustomerJoined(WriteContext& cx, const core::Provider& provider,
                          core::AccountId customer) {
  Insert(cx, Joined(cx, provider, core::NotificationKind::kCustomerJoined, customer));
}

void NotifySpecialistJoined(WriteContext& cx, const core::Provider& organization,
                            core::AccountId specialist) {
  core::Notification notification =
      Joined(cx, organization, core::NotificationKind::kSpecialistJoined, specialist);
  notification.actor = core::Actor::kProvider;
  Insert(cx, std::move(notification));
}

void NotifyLink(WriteContext& cx, const core::LinkKey& link, core::NotificationKind kind) {
  Insert(cx, OfLink(cx, link, kind));
}

void NotifySale(WriteContext& cx, const core::SoldPackage& package, core::NotificationKind kind) {
  core::Notification notification = OfLink(cx, {package.provider, package.customer}, kind);
  notification.sold_package = package.id;
  Insert(cx, std::move(notification));
}

void NotifyConsentWanted(WriteContext& cx, const core::LinkKey& link, const std::string& document) {
  core::Notification notification = OfLink(cx, link, core::NotificationKind::kConsentWanted);
  notification.reason = document;
  Insert(cx, std::move(notification));
}

void NotifyStaff(WriteContext& cx, core::ProviderId organization, core::AccountId specialist,
                 core::NotificationKind kind) {
  core::Notification notification;
  notification.recipient = specialist;
  notification.kind = kind;
  notification.due = cx.now;
  notification.provider = organization;
  notification.start = cx.now;
  notification.actor = core::Actor::kProvider;
  Insert(cx, std::move(notification));
}

void NotifyGivenAway(WriteContext& cx, const core::Appointment& appointment,
                     core::ProviderId former) {
  const auto specialist = storage::FindProvider(cx.tx, former);
  if (!specialist) return;
  core::Notification notification;
  notification.recipient = specialist->account;
  notification.kind = core::NotificationKind::kGivenAway;
  notification.due = cx.now;
  notification.provider = appointment.provider;
  notification.start = appointment.interval.start;
  notification.actor = core::Actor::kProvider;
  Insert(cx, std::move(notification));
}

void NotifyChatMessage(WriteContext& cx, const core::Message& message,
                       core::AccountId provider_account) {
  const core::ChatAudience audience = core::AudienceOf(message.sender);
  const bool to_customer = audience.recipient == core::Side::kCustomer;
  core::Notification notification;
  notification.recipient = to_customer ? message.thread.customer : provider_account;
  notification.kind = core::NotificationKind::kChatMessage;
  notification.due = cx.now;
  notification.provider = message.thread.provider;
  notification.customer = message.thread.customer;
  notification.message_number = message.number;
  notification.start = cx.now;
  notification.actor = audience.actor;
  Insert(cx, std::move(notification));
}

void NotifyTicket(WriteContext& cx, core::AccountId recipient, const TicketEvent& event) {
  core::Notification notification;
  notification.recipient = recipient;
  notification.kind = event.kind;
  notification.due = cx.now;
  notification.ticket = event.ticket;
  notification.message_number = event.message_number;
  notification.start = cx.now;
  notification.actor = core::AudienceOf(event.by).actor;
  Insert(cx, std::move(notification));
}

void ResetReminders(WriteContext& cx, const core::Appointment& appointment) {
  storage::DeleteReminders(cx.tx, appointment.id);
  if (appointment.status != core::AppointmentStatus::kAccepted) return;
  const auto provider = storage::FindProvider(cx.tx, appointment.provider);
  if (!provider) return;
  for (const core::Instant due : TimesToCome(cx, appointment, provider->reminders)) {
    InsertReminder(cx, appointment, due);
  }
}

void RenewReminders(WriteContext& cx, const core::Appointment& appointment,
                    const std::vector<core::Minutes>& before,
                    const std::vector<core::Minutes>& now_before) {
  if (appointment.status != core::AppointmentStatus::kAccepted) return;
  const std::vector<core::Instant> old = TimesToCome(cx, appointment, before);
  const std::vector<core::Instant> wanted = TimesToCome(cx, appointment, now_before);
  for (const core::Instant due : old) {
    const bool stays = std::binary_search(wanted.begin(), wanted.end(), due);
    if (!stays) storage::DeleteReminder(cx.tx, appointment.id, due);
  }
  for (const core::Instant due : wanted) {
    const bool is_there = std::binary_search(old.begin(), old.end(), due);
    if (!is_there) InsertReminder(cx, appointment, due);
  }
}

// Held back past the start, for an unreachable person or a core that was down: they would only
// confuse.
extern constinit const Duty kDropLateReminders{
    "dropping late reminders",
    [](storage::Transaction& tx, core::Instant now, const DutyOptions&) {
      return storage::HasLateReminders(tx, now);
    },
    [](WriteContext& cx, const DutyOptions&) {
      storage::PurgeLateReminders(cx.tx, cx.now, kDutyPurgedMax);
    }};

extern constinit const Duty kForgetSetAside{
    "forgetting what was set aside",
    [](storage::Transaction& tx, core::Instant now, const DutyOptions&) {
      return storage::HasOldSetAside(tx, now - core::kSetAsideKept);
    },
    [](WriteContext& cx, const DutyOptions&) {
      storage::PurgeSetAside(cx.tx, cx.now - core::kSetAsideKept, kDutyPurgedMax);
    }};

}  // namespace kalends::app
