// The Telegram group that answers support (SPEC 4.10): a reply to a question goes to who asked.
#pragma once

#include "adapters/telegram/context.h"
#include "adapters/telegram/update.h"

namespace kalends::telegram {

// Makes the configured group, if any, the only support desk of this channel.
absl::Status ConnectSupportDesk(const Context& context);
// After a group let the bot in again: the configured one can be told again what it missed.
void OnMembership(const Context& context, const Membership& membership);

// Notes that `message` of `group` is about `ticket`, so that a reply to it finds its way.
absl::Status BridgeTicket(const Context& context, std::int64_t group, std::int64_t message,
                          const std::string& ticket);

// Hands a reply on: as an answer with the name of who wrote it, as what an answer says now, or
// `/close` as the end of the ticket. What cannot be handed on is told below it, and so is that
// nobody answers as the group. Replies in other groups and to other messages, and commands to other
// bots, are nobody's.
void AnswerFromGroup(const Context& context, const Update& update, const GroupReply& reply);

}  // namespace kalends::telegram
