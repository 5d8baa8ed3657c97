#include "adapters/telegram/profile.h"

#include <spdlog/spdlog.h>

#include "adapters/telegram/json_reader.h"
#include "adapters/telegram/router.h"
#include "adapters/telegram/status.h"

namespace kalends::telegram {
namespace {

// Trouble that passes is told when it begins, and waited out.
absl::StatusOr<nlohmann::json> CallUntilAnswered(BotApi& api, const ApiCall& call,
                                                 const std::function<bool()>& pause) {
  std::string last;
  for (;;) {
    ApiResult answer = api.Call(call);
    if (answer.outcome == Outcome::kOk) return std::move(answer.result);
    if (BotTroubleOf(call.method, answer) == BotTrouble::kRefused ||
        answer.outcome == Outcome::kNotServed) {
      spdlog::error(
          "{}: Telegram refuses the bot ({}): its token is wrong or was revoked, or --telegram-api "
          "is no Bot API. Ask @BotFather for the present token, put it into --telegram-token-file "
          "or TELEGRAM_BOT_TOKEN, and start again",
          call.method, answer.description);
      return absl::UnauthenticatedError(answer.description);
    }
    if (answer.outcome != Outcome::kRetry) {
      spdlog::error("{}: {}", call.method, answer.description);
      return absl::FailedPreconditionError(answer.description);
    }
    if (answer.description != last) {
      spdlog::error("{}: {}; trying again", call.method, answer.description);
    }
    last = answer.description;
    if (!pause()) return absl::CancelledError("told to stop");
  }
}

}  // namespace

absl::StatusOr<BotName> FetchName(BotApi& api, const std::function<bool()>& pause) {
  KALENDS_ASSIGN_OR_RETURN(const nlohmann::json me,
                           CallUntilAnswered(api, {.method = "getMe"}, pause));
  return BotName{NumberAt(me, "id"), TextAt(me, "username")};
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
    if (answer.outcome != Outcome::kOk && !answer.told) {
      spdlog::warn("setMyCommands: {}", answer.description);
    }
  }
}

absl::Status SetWebhook(BotApi& api, const std::string& url, const std::string& secret,
                        const std::function<bool()>& pause) {
  ApiCall call{.method = "deleteWebhook"};
  if (!url.empty()) {
    call.method = "setWebhook";
    call.params = {
        {"url", url},
        {"secret_token", secret},
        {"allowed_updates", {"message", "edited_message", "callback_query", "my_chat_member"}}};
  }
  return CallUntilAnswered(api, call, pause).status();
}

}  // namespace kalends::telegram
