#include "adapters/telegram/profile.h"

#include <spdlog/spdlog.h>

#include "adapters/telegram/json_reader.h"
#include "adapters/telegram/router.h"

namespace kalends::telegram {

absl::StatusOr<std::string> FetchUsername(BotApi& api, const std::function<bool()>& pause) {
  for (;;) {
    const ApiResult me = api.Call({.method = "getMe"});
    if (me.outcome == Outcome::kOk && me.result.is_object()) {
      return TextAt(me.result, "username");
    }
    spdlog::error("getMe: {}", me.description);
    if (me.outcome != Outcome::kRetry) return absl::UnauthenticatedError(me.description);
    if (!pause()) return absl::CancelledError("told to stop");
  }
}

void PublishCommands(BotApi& api, const Languages& languages) {
  for (const auto& [language, texts] : languages.all()) {
    nlohmann::json commands = nlohmann::json::array();
    for (const auto& [name, description] : CommandsOf(texts)) {
      commands.push_back({{"command", name}, {"description", description}});
    }
    ApiCall call{.method = "setMyCommands", .params = {{"commands", std::move(commands)}}};
    // The fallback's are also those of every other language.
    if (language != kFallbackLanguage) call.params["language_code"] = language;
    const ApiResult answer = api.Call(std::move(call));
    if (answer.outcome != Outcome::kOk) spdlog::warn("setMyCommands: {}", answer.description);
  }
}

bool SetWebhook(BotApi& api, const std::string& url, const std::string& secret) {
  ApiCall call{.method = "deleteWebhook"};
  if (!url.empty()) {
    call.method = "setWebhook";
    call.params = {
        {"url", url},
        {"secret_token", secret},
        {"allowed_updates", {"message", "edited_message", "callback_query", "my_chat_member"}}};
  }
  const ApiResult answer = api.Call(std::move(call));
  if (answer.outcome != Outcome::kOk) spdlog::error("webhook: {}", answer.description);
  return answer.outcome == Outcome::kOk;
}

}  // namespace kalends::telegram
