// What the bot says about itself to Telegram when it starts.
#pragma once

#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "adapters/telegram/bot_api.h"
#include "adapters/telegram/texts.h"

namespace kalends::telegram {

// The bot's username. While Telegram cannot be reached it tries again, after each `pause`, which
// says false where it shall not: CANCELLED. UNAUTHENTICATED: Telegram refuses the token.
absl::StatusOr<std::string> FetchUsername(BotApi& api, const std::function<bool()>& pause);

// The list of commands in every language. Failing is no trouble.
void PublishCommands(BotApi& api, const Languages& languages);

// Updates come to `url` with `secret`; with an empty url they are polled for.
bool SetWebhook(BotApi& api, const std::string& url, const std::string& secret);

}  // namespace kalends::telegram
