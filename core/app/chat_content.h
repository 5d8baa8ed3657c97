// What chats and support tickets share: content that is sealed and opened.
#pragma once

#include <string>
#include <string_view>

#include "core/app/context.h"
#include "core/chat/content.h"

namespace kalends::app {

// `row` is where it is kept, as MasterKeys says. Names of files are kept as core::CleanLine has
// them.
std::string SealContent(const WriteContext& cx, core::Content content, std::string_view row);
// To be shown: what is damaged is `unreadable`.
core::Content OpenContent(const ReadContext& cx, std::string_view sealed, std::string_view row);
// To be changed. UNREADABLE.
absl::StatusOr<core::Content> ReadContent(const ReadContext& cx, std::string_view sealed,
                                          std::string_view row);

}  // namespace kalends::app
