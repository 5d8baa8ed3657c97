// What the bot says about itself to Telegram when it starts.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "adapters/telegram/bot_api.h"
#include "adapters/telegram/texts.h"

namespace kalends::telegram {

struct BotName {
  std::int64_t id = 0;
  std::string username;
};
// Who the bot is. While Telegram cannot be reached it tries again, after each `pause`, which says
// false where it shall not: CANCELLED. UNAUTHENTICATED: Telegram refuses the token; the log says
// what to do.
absl::StatusOr<BotName> FetchName(BotApi& api, const std::function<bool()>& pause);

// The list of commands in every language. Failing is no trouble.
void PublishCommands(BotApi& api, const Languages& languages);

// Updates come to `url` with `secret`; with an empty url they are polled for. Tries again as
// FetchName does, and says the same; FAILED_PRECONDITION: Telegram does not take the url.
absl::Status SetWebhook(BotApi& api, const std::string& url, const std::string& secret,
                        const std::function<bool()>& pause);

}  // namespace kalends::telegram
