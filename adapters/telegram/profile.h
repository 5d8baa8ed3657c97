// What the bot says about itself to Telegram when it starts.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "adapters/telegram/bot_api.h"
#include "adapters/telegram/context.h"

namespace kalends::telegram {

struct BotName {
  std::int64_t id = 0;
  std::string username;
  bool takes_inline_queries = false;  // Inline mode is turned on at @BotFather.
};
// Who the bot is. While Telegram cannot be reached it tries again, after each `pause`, which says
// false where it shall not: CANCELLED. UNAUTHENTICATED: Telegram refuses the token; the log says
// what to do.
absl::StatusOr<BotName> FetchName(BotApi& api, const std::function<bool()>& pause);

// Explains the bot to who finds it, in every language: what it does, its commands in private chats
// and in the group that answers support, and a picture where it has none. Once, and again when what
// we say has changed: what somebody else wrote at @BotFather stays. Failing is no trouble.
void PublishProfile(const Context& context);

// Updates come to `url` with `secret`; with an empty url they are polled for. Tries again as
// FetchName does, and says the same; FAILED_PRECONDITION: Telegram does not take the url.
absl::Status SetWebhook(BotApi& api, const std::string& url, const std::string& secret,
                        const std::function<bool()>& pause);

}  // namespace kalends::telegram
