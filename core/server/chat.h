// Threads, messages of chats and their messages.
#pragma once

#include <cstdint>
#include <string>

#include "core/app/chat.h"
#include "core/server/listing.h"
#include "kalends/v1/chat_service.pb.h"

namespace kalends::server {

std::string MessageName(const core::LinkKey& thread, std::int64_t number);

void Encode(const app::MessageView& view, v1::Message* message);
void Encode(const app::ThreadView& view, v1::Thread* message);

// The newest first.
using MessageListing = Listing<app::MessageView, std::int64_t, v1::Message>;
MessageListing MessagesOf(const core::LinkKey& thread);

// What messages of chats, or of tickets, said before; the oldest first.
using MessageVersionListing =
    Listing<app::MessageVersionView, storage::VersionCursor, v1::MessageVersion>;
inline storage::VersionCursor PlaceOfVersion(const app::MessageVersionView& view) {
  return {view.version.number, view.version.version};
}
// `name` is that of the message.
void EncodeVersion(const std::string& name, const app::MessageVersionView& view,
                   v1::MessageVersion* message);

}  // namespace kalends::server
