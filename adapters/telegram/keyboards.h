// The main menu's keyboard as a chat has it: what its keys count, and the commands beside it.
//
// Telegram edits no keyboard. One with other numbers comes with a message, so it comes with each
// main menu, and where a mark appears or goes, or a key is tapped that has another number by now,
// with a quiet line of its own, of which there is one in a chat.
#pragma once

#include "absl/status/statusor.h"
#include "adapters/telegram/context.h"
#include "adapters/telegram/screens/menu.h"
#include "adapters/telegram/update.h"

namespace kalends::telegram {

// How much a keyboard must be wrong to be sent anew: a mark is missing or has nothing behind it, or
// any number is another.
enum class CountsDiffer { kInMarks, kAtAll };
bool Differ(const MenuCounts& a, const MenuCounts& b, CountsDiffer how);

// What waits for the provider that `identity` is.
absl::StatusOr<MenuCounts> ReadCounts(const Client& client, const std::string& identity);

// Sends the quiet line with the keyboard of `session.counts`, in place of the one before.
void SendCounter(const Context& context, std::int64_t chat, const Texts& texts,
                 const Session& session);
// Takes the line `message` away, where there is one: another message has brought the keyboard.
void TakeCounterAway(const Context& context, std::int64_t chat, std::int64_t message);
// After something was told to the provider in `chat` that may be one more to answer. On the chat's
// strand.
void UpdateCounter(const Context& context, std::int64_t chat, const Texts& texts);

// Gives the chat of `update` the commands of its keyboard in the language of `texts`, where those
// are not what Telegram shows it anyhow.
void PublishChatCommands(const Context& context, const Update& update, MenuOf of,
                         const Texts& texts, Session& session);

}  // namespace kalends::telegram
