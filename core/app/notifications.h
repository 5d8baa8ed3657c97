// Putting lines into the outbox, in the transaction of the change that causes them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/app/context.h"
#include "core/booking/appointment.h"
#include "core/chat/chat.h"
#include "core/notifications/notification.h"
#include "core/packages/package.h"
#include "core/support/ticket.h"

namespace kalends::app {

// What happened to an appointment.
struct Event {
  core::NotificationKind kind = core::NotificationKind::kRequested;
  core::Actor actor = core::Actor::kSystem;
  std::string_view reason = {};
  std::optional<core::Instant> previous_start = std::nullopt;  // Of what moved.
};

void NotifyCustomer(WriteContext& cx, const core::Appointment& appointment, const Event& event);
// Whoever core::ProvidersOf names.
void NotifyProvider(WriteContext& cx, const core::Appointment& appointment, const Event& event);
// The same, but for the caller: who acts for one of them need not be told of it.
void NotifyOtherProviders(WriteContext& cx, const core::Appointment& appointment,
                          const Event& event);
// Reminds the customer now, or as soon as their quiet hours let it.
void RemindNow(WriteContext& cx, const core::Appointment& appointment, core::Actor actor);
// Whoever has messages that show the appointment as it was before: they are to be drawn anew. To
// be called last, behind what is told of the same change.
void NotifyCards(WriteContext& cx, const core::Appointment& appointment);
void NotifyCard(WriteContext& cx, const core::Appointment& appointment, core::AccountId account);
void NotifyCustomerJoined(WriteContext& cx, const core::Provider& provider,
                          core::AccountId customer);
// Tells the organization that the specialist of this account is staff now.
void NotifySpecialistJoined(WriteContext& cx, const core::Provider& organization,
                            core::AccountId specialist);

// Tells the customer what the provider did to the link.
void NotifyLink(WriteContext& cx, const core::LinkKey& link, core::NotificationKind kind);
// Tells the customer that the provider sold them a package, or took that back.
void NotifySale(WriteContext& cx, const core::SoldPackage& package, core::NotificationKind kind);
// Asks the customer to sign the document called `document`.
void NotifyConsentWanted(WriteContext& cx, const core::LinkKey& link, const std::string& document);
// Tells a specialist, by its account, what an organization did.
void NotifyStaff(WriteContext& cx, core::ProviderId organization, core::AccountId specialist,
                 core::NotificationKind kind);

// Tells the specialist who kept `appointment` before that another one does.
void NotifyGivenAway(WriteContext& cx, const core::Appointment& appointment,
                     core::ProviderId former);

// Tells the other side of the thread.
void NotifyChatMessage(WriteContext& cx, const core::Message& message,
                       core::AccountId provider_account);
// What happened to a support ticket.
struct TicketEvent {
  core::NotificationKind kind = core::NotificationKind::kTicketMessage;
  core::TicketAuthor by = core::TicketAuthor::kCustomer;
  core::TicketId ticket;
  std::optional<std::int64_t> message_number;
};
void NotifyTicket(WriteContext& cx, core::AccountId recipient, const TicketEvent& event);

// Replaces the reminders of an appointment by those that fit its present status and start.
void ResetReminders(WriteContext& cx, const core::Appointment& appointment);
// The provider reminds so long `before` a start no longer, but as `now_before` says: of those that
// are still to come the others go, and the new ones come. What is due already stays, also where
// quiet hours hold it.
void RenewReminders(WriteContext& cx, const core::Appointment& appointment,
                    const std::vector<core::Minutes>& before,
                    const std::vector<core::Minutes>& now_before);

}  // namespace kalends::app
