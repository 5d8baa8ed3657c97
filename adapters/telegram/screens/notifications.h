// Notifications as messages of their own (SPEC 2.5, 3.1 and 4.8).
#pragma once

#include "adapters/telegram/screens/common.h"
#include "kalends/v1/notification_service.pb.h"

namespace kalends::telegram {

// What the recipient is told, with buttons for what they may do now.
Screen NotificationScreen(const Reader& reader, const v1::Notification& notification);

// Of APPOINTMENT_CHANGED: what is to stand in the messages that show the appointment.
// `has_way_back`: the message is the chat's screen.
Screen CardScreen(const Reader& reader, const v1::Notification& notification, bool has_way_back);

// Of one without an appointment: in place of what the reader does not see any more.
Screen LostCardScreen(const Reader& reader);

// The same in a few words of ours, for a text that Telegram does not take: what kind of event it
// is, and a button that leads there.
Screen ShortNotificationScreen(const Reader& reader, const v1::Notification& notification);

// Whether it arrives without a sound: nothing to do, nothing urgent.
bool IsSilent(const v1::Notification& notification);

// Whether it tells a provider of what may wait for them now, or may not any more.
bool ChangesWhatWaits(const v1::Notification& notification);

// A nonce that is the same for every delivery of the notification.
Nonce NonceOf(const v1::Notification& notification);

}  // namespace kalends::telegram
