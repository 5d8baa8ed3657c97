// Putting lines into the outbox, in the transaction of the change that causes them.
#pragma once

#include <string_view>

#include "core/app/context.h"
#include "core/booking/appointment.h"
#include "core/chat/chat.h"
#include "core/notifications/notification.h"

namespace kalends::app {

// What happened to an appointment.
struct Event {
  core::NotificationKind kind = core::NotificationKind::kRequested;
  core::Actor actor = core::Actor::kSystem;
  std::string_view reason = "";
};

void NotifyCustomer(WriteContext& cx, const core::Appointment& appointment, const Event& event);
// Tells the provider and, for an organization, also the specialist concerned.
void NotifyProvider(WriteContext& cx, const core::Appointment& appointment, const Event& event);
void NotifyCustomerJoined(WriteContext& cx, const core::Provider& provider,
                          core::AccountId customer);

void NotifyChatMessage(WriteContext& cx, const core::Message& message, core::AccountId recipient);
struct TicketEvent {
  core::AccountId recipient;
  core::Actor actor = core::Actor::kSystem;
  core::TicketId ticket;
  std::optional<std::int64_t> message_number;
};
void NotifyTicket(WriteContext& cx, core::NotificationKind kind, const TicketEvent& event);

// Replaces the reminders of an appointment by those that fit its present status and start.
void ResetReminders(WriteContext& cx, const core::Appointment& appointment);

}  // namespace kalends::app
