// What answers of Telegram's Bot API tell. Pure; the answers are a stranger's.
#pragma once

#include <string>

#include "tools/kalends/doctor/finding.h"

namespace kalends::cli {

// Updates that wait for more than one round of kalends-telegram.
inline constexpr int kPendingUpdatesWarning = 100;

// Of getMe.
Finding FindingOfBot(const std::string& answer);
// Of getWebhookInfo.
Finding FindingOfWebhook(const std::string& answer);

}  // namespace kalends::cli
