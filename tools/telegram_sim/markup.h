// reply_markup: what Telegram refuses, and a little more.
#pragma once

#include <nlohmann/json.hpp>

#include "absl/status/status.h"

namespace kalends::sim {

// Checks one InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyKeyboardRemove or ForceReply.
// Stricter than Telegram: unknown fields, two actions on one button, an empty label, an unknown
// style and callback data that is not UTF-8 are refused instead of ignored.
absl::Status CheckMarkup(const nlohmann::json& markup);

// As above, for methods that take inline keyboards only.
absl::Status CheckInlineMarkup(const nlohmann::json& markup);

}  // namespace kalends::sim
