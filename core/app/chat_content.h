// What chats and support tickets share: content that is checked, sealed and opened.
#pragma once

#include <string>
#include <string_view>

#include "core/app/context.h"
#include "core/chat/content.h"

namespace kalends::app {

// INVALID_FIELD, under "message": a text without attachments is empty, or something is too long.
absl::Status CheckContent(const core::Content& content);

// `row` is where it is kept, as MasterKeys says.
std::string SealContent(const WriteContext& cx, const core::Content& content, std::string_view row);
absl::StatusOr<core::Content> OpenContent(const ReadContext& cx, std::string_view sealed,
                                          std::string_view row);

}  // namespace kalends::app
