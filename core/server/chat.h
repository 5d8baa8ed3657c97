// Threads, messages of chats and their messages.
#pragma once

#include <cstdint>
#include <string>

#include "core/app/chat.h"
#include "core/server/listing.h"
#include "kalends/v1/chat_service.pb.h"

namespace kalends::server {

void Encode(const app::MessageView& view, v1::Message* message);
void Encode(const app::ThreadView& view, v1::Thread* message);

// The newest first.
using MessageListing = Listing<app::MessageView, std::int64_t, v1::Message>;
MessageListing MessagesOf(const core::LinkKey& thread);

}  // namespace kalends::server
