// What is shown of a notification to its recipient.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/accounts/account.h"
#include "core/app/booking.h"
#include "core/app/chat.h"
#include "core/app/packages.h"
#include "core/app/providers.h"
#include "core/app/support.h"
#include "core/notifications/notification.h"
#include "storage/notifications.h"

namespace kalends::app {

struct NotificationView {
  core::Notification notification;
  core::Identity identity;
  core::Account recipient;
  // By what its kind is about.
  std::optional<AppointmentView> appointment;
  // kCustomer and kSpecialist: who was joined. kOrganization. kSoldPackage: who sold it.
  std::optional<ProviderView> provider;
  std::optional<core::Provider> specialist;  // kSpecialist.
  std::vector<std::string> cards;            // Of kAppointmentChanged: messages to draw anew.
  std::string customer_name;                 // kCustomer.
  std::optional<SoldPackageView> sold_package;
  std::string reminder_text;  // Of kReminder: what the provider adds.
  std::optional<MessageView> message;
  std::optional<TicketView> ticket;
  std::optional<TicketMessageView> ticket_message;
  std::string delivered_as;  // What shows the message to the recipient already; empty: nothing.
  core::Instant lease_expires;
};

// What the recipient sees of it. NOT_FOUND: what it was about is gone. INTERNAL: what is stored of
// it is damaged, or of a newer program.
absl::StatusOr<NotificationView> ViewNotification(storage::Transaction& tx, core::Instant now,
                                                  const storage::MasterKeys& master_keys,
                                                  const storage::DueNotification& due);

}  // namespace kalends::app
