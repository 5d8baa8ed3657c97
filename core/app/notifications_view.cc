#include "core/app/notifications_view.h"

#include <cassert>
#include <exception>

#include "core/base/error.h"
#include "core/base/status_macros.h"
#include "storage/accounts.h"
#include "storage/booking.h"
#include "storage/notifications_cards.h"
#include "storage/providers.h"

namespace kalends::app {
namespace {

using core::NotificationAbout;

// Messages may show an appointment to somebody who does not see it any more: those are told of,
// and nothing else of it.
absl::Status LoadCards(const ReadContext& cx, NotificationView& view) {
  const core::AppointmentId id = *view.notification.appointment;
  const auto appointment = storage::FindAppointment(cx.tx, id);
  if (!appointment) return core::Error(core::Reason::kNotFound);
  auto seen = GetAppointment(cx, {std::nullopt, id});
  if (!seen.ok() && core::ReasonOf(seen.status()) != core::Reason::kNotFound) return seen.status();
  const std::int64_t right_from = seen.ok() ? appointment->version : appointment->version + 1;
  view.cards = storage::StaleCards(cx.tx, view.recipient.id, view.identity.channel, id, right_from);
  if (!seen.ok()) return view.cards.empty() ? seen.status() : absl::OkStatus();
  view.appointment = *std::move(seen);
  return absl::OkStatus();
}

absl::Status LoadAppointment(const ReadContext& cx, NotificationView& view) {
  if (!view.notification.appointment) return absl::OkStatus();
  if (view.notification.kind == core::NotificationKind::kAppointmentChanged) {
    return LoadCards(cx, view);
  }
  ASSIGN_OR_RETURN(view.appointment,
                   GetAppointment(cx, {std::nullopt, *view.notification.appointment}));
  if (view.notification.kind == core::NotificationKind::kReminder) {
    view.reminder_text = storage::ReminderTextOf(cx.tx, view.appointment->appointment.provider);
  }
  return absl::OkStatus();
}

absl::Status LoadCustomer(const ReadContext& cx, NotificationView& view) {
  const core::Notification& notification = view.notification;
  if (notification.provider) {
    ASSIGN_OR_RETURN(view.provider, GetProvider(cx, *notification.provider));
  }
  if (notification.customer) {
    if (const auto customer = storage::FindAccount(cx.tx, *notification.customer)) {
      view.customer_name = customer->display_name;
    }
  }
  return absl::OkStatus();
}

absl::Status LoadMessage(const ReadContext& cx, NotificationView& view) {
  const core::Notification& notification = view.notification;
  const core::LinkKey thread{notification.provider.value(), notification.customer.value()};
  const std::int64_t number = notification.message_number.value();
  ASSIGN_OR_RETURN(view.message, ViewMessage(cx, thread, number));
  view.delivered_as = storage::FindMessageCopy(cx.tx, thread, number, notification.recipient);
  return absl::OkStatus();
}

absl::Status LoadTicket(const ReadContext& cx, NotificationView& view) {
  const core::Notification& notification = view.notification;
  const core::TicketId ticket = notification.ticket.value();
  ASSIGN_OR_RETURN(view.ticket, ViewTicket(cx, ticket));
  if (notification.message_number) {
    ASSIGN_OR_RETURN(view.ticket_message,
                     ViewTicketMessage(cx, ticket, *notification.message_number));
    view.delivered_as = storage::FindTicketMessageCopy(cx.tx, ticket, *notification.message_number,
                                                       notification.recipient);
  }
  return absl::OkStatus();
}

absl::Status LoadSpecialist(const ReadContext& cx, NotificationView& view) {
  const core::Notification& notification = view.notification;
  ASSIGN_OR_RETURN(view.provider, GetProvider(cx, notification.provider.value()));
  view.specialist = storage::FindProviderOfAccount(cx.tx, notification.customer.value());
  return view.specialist ? absl::OkStatus() : core::Error(core::Reason::kNotFound);
}

// Also to who does not see it any more: what it is called, and no more.
absl::Status LoadOrganization(const ReadContext& cx, NotificationView& view) {
  auto organization = storage::FindProvider(cx.tx, view.notification.provider.value());
  if (!organization || organization->erased) return core::Error(core::Reason::kNotFound);
  view.provider = ViewProvider(cx, *std::move(organization));
  view.provider->specialists.clear();
  view.provider->missing.clear();
  return absl::OkStatus();
}

absl::Status LoadSoldPackage(const ReadContext& cx, NotificationView& view) {
  const core::Notification& notification = view.notification;
  RETURN_IF_ERROR(LoadCustomer(cx, view));
  const core::LinkKey link{notification.provider.value(), notification.customer.value()};
  ASSIGN_OR_RETURN(view.sold_package,
                   GetSoldPackage(cx, {link, notification.sold_package.value()}));
  return absl::OkStatus();
}

// What a line of each kind carries.
constexpr struct {
  NotificationAbout about;
  absl::Status (*load)(const ReadContext& cx, NotificationView& view);
} kLoaders[] = {
    {NotificationAbout::kAppointment, LoadAppointment},
    {NotificationAbout::kCustomer, LoadCustomer},
    {NotificationAbout::kMessage, LoadMessage},
    {NotificationAbout::kTicket, LoadTicket},
    {NotificationAbout::kSpecialist, LoadSpecialist},
    {NotificationAbout::kOrganization, LoadOrganization},
    {NotificationAbout::kSoldPackage, LoadSoldPackage},
};

absl::Status Load(const ReadContext& cx, NotificationView& view) {
  const NotificationAbout about = core::RowOf(view.notification.kind).about;
  const auto& loader = kLoaders[static_cast<std::size_t>(about)];
  assert(loader.about == about);
  return loader.load(cx, view);
}

}  // namespace

absl::StatusOr<NotificationView> ViewNotification(storage::Transaction& tx, core::Instant now,
                                                  const storage::MasterKeys& master_keys,
                                                  const storage::DueNotification& due) {
  if (!due.readable) return core::Error(core::Reason::kInternal);
  try {
    NotificationView view;
    view.notification = due.notification;
    view.identity = due.identity;
    auto recipient = storage::FindAccount(tx, due.notification.recipient);
    if (!recipient) return core::Error(core::Reason::kNotFound);
    view.recipient = *std::move(recipient);
    RETURN_IF_ERROR(Load({tx, {{}, {}, view.recipient.id}, now, master_keys}, view));
    return view;
  } catch (const std::exception&) {  // The others must not wait for a damaged row.
    return core::Error(core::Reason::kInternal);
  }
}

}  // namespace kalends::app
