// The private chat of a customer and a provider, for both sides (SPEC 2.10).
#pragma once

#include "adapters/telegram/actions/chat.h"
#include "adapters/telegram/screens/common.h"
#include "kalends/v1/chat_service.pb.h"

namespace kalends::telegram {

inline constexpr int kMessagesPerPage = 8;
inline constexpr int kThreadsPerPage = 8;

// A provider's chats, the one with the latest message first.
Screen ThreadsScreen(const Reader& reader, const Page<v1::Thread>& threads);

// "You are now talking to …", above it a page of what was said. Page 0 is the newest.
Screen ChatScreen(const Reader& reader, const v1::Thread& thread, Side side,
                  const Page<v1::Message>& messages);
// After something was sent: the chat goes on.
Screen MessageSentScreen(const Reader& reader, const v1::Thread& thread, Side side);

// A message that has come in, with a button to reply. Its files are sent by the notifier.
Screen MessageScreen(const Reader& reader, const v1::Message& message);

// What shows the chat of a link.
Action ChatAction(const std::string& link);

// Whom `side` talks to: "👤 Dr. Ada Weiss", "Jo".
std::string OtherName(const v1::Thread& thread, Side side);

}  // namespace kalends::telegram
