#include "tools/kalends/doctor/telegram_answers.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "adapters/telegram/json_reader.h"

namespace kalends::cli {
namespace {

using Json = nlohmann::json;
using telegram::NumberAt;
using telegram::TextAt;

bool IsAnswer(const Json& json) { return json.is_object() && json.contains("ok"); }

// Null: it is none, or a refusal.
Json ResultOf(const Json& json) {
  if (!IsAnswer(json) || json["ok"] != true || !json.contains("result")) return nullptr;
  return json["result"].is_object() ? json["result"] : Json();
}

// Scheme and host: secrets stand in paths.
std::string PlaceOf(const std::string& url) {
  const std::size_t host = url.find("://");
  return host == std::string::npos ? url : url.substr(0, url.find('/', host + 3));
}

}  // namespace

Finding FindingOfBot(const std::string& answer) {
  const Json json = telegram::ReadJson(answer);
  const Json bot = ResultOf(json);
  if (!bot.is_null()) {
    return Ok(fmt::format("the token is that of @{}", TextAt(bot, "username")));
  }
  if (IsAnswer(json)) {
    return Broken("Telegram refuses the token: " + TextAt(json, "description"),
                  "take the token that @BotFather shows, and see that its file holds nothing else");
  }
  return Broken("what answers there is no Bot API", "see --telegram-api");
}

Finding FindingOfWebhook(const std::string& answer) {
  const Json info = ResultOf(telegram::ReadJson(answer));
  if (info.is_null()) return Warning("Telegram does not tell of the webhook", "try again");
  const std::string url = TextAt(info, "url");
  const std::int64_t pending = NumberAt(info, "pending_update_count");
  const std::string error = TextAt(info, "last_error_message");
  const std::string how = url.empty()
                              ? "updates are fetched, there is no webhook"
                              : fmt::format("updates come to a webhook at {}", PlaceOf(url));
  if (!url.empty() && !error.empty()) {
    return Warning(fmt::format("{}; it failed last with: {}", how, error),
                   "see that kalends-telegram runs, and that the proxy before it can be reached "
                   "with a certificate that Telegram takes");
  }
  if (pending > kPendingUpdatesWarning) {
    return Warning(fmt::format("{}; {} wait", how, pending), "see that kalends-telegram runs");
  }
  return Ok(fmt::format("{}; {} wait", how, pending));
}

}  // namespace kalends::cli
