// When and how customers are reminded of what is agreed (SPEC 4.8), from the provider's side.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/telegram/actions/reminders.h"
#include "adapters/telegram/screens/common.h"
#include "kalends/v1/notification_service.pb.h"
#include "kalends/v1/provider_service.pb.h"

namespace kalends::telegram {

inline constexpr int kReminderTimesMax = 5;  // The core's limit.

// `heading`: HTML; may be empty.
Screen RemindersScreen(const Reader& reader, const v1::Provider& provider,
                       const std::string& heading, Nonce nonce);
Screen AskReminderScreen(const Reader& reader);
// How `reminder`, a REMINDER of some appointment, reads to its customer; nullopt: there is none to
// show it on.
Screen ReminderTextScreen(const Reader& reader, const v1::Provider& provider,
                          const std::optional<v1::Notification>& reminder, Nonce nonce);

// How long before: "3 Tage", "1 Std.", "45 min", in the words of any language that we speak; a
// number alone is of hours. nullopt: no such time.
std::optional<std::chrono::minutes> ParseLead(std::string_view text);

}  // namespace kalends::telegram
