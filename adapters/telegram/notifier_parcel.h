// What the sources of Notifier share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "adapters/telegram/notifier.h"
#include "adapters/telegram/screens/common.h"

namespace kalends::telegram {

// A notification on its way to a chat.
struct Notifier::Parcel {
  v1::Notification notification;
  std::int64_t chat = 0;
  std::string ticket;  // See TicketOf.
  std::vector<ApiCall> files;
  std::int64_t shown = 0;      // The message with its text, once there is one.
  bool edits = false;          // That message is there from before, and is to be changed.
  std::size_t redrawn = 0;     // Of notification.cards.
  Shown shows = std::nullopt;  // By the message that was sent.
  SteadyTime begun = {};       // When its part that is due was handed to the sender.

  const std::string& name() const { return notification.name(); }
  std::size_t parts() const { return 1 + files.size(); }
};

// Who is told of it, at this moment.
inline Reader ReaderOf(const Context& context, const v1::Notification& notification) {
  return {&context.languages.For(notification.language_code()), notification.time_zone(),
          context.now()};
}

}  // namespace kalends::telegram
