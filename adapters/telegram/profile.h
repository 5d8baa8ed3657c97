// What the bot says about itself to Telegram when it starts.
#pragma once

#include <string>

#include "adapters/telegram/bot_api.h"
#include "adapters/telegram/texts.h"

namespace kalends::telegram {

// The bot's username; empty when Telegram refuses the token. Waits while Telegram cannot be
// reached, until the API is stopped.
std::string FetchUsername(BotApi& api);

// The list of commands in every language. Failing is no trouble.
void PublishCommands(BotApi& api, const Languages& languages);

// Updates come to `url` with `secret`; with an empty url they are polled for.
bool SetWebhook(BotApi& api, const std::string& url, const std::string& secret);

}  // namespace kalends::telegram
