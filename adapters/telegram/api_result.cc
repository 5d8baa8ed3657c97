#include "adapters/telegram/api_result.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "adapters/telegram/json_reader.h"

namespace kalends::telegram {
namespace {

struct Refusal {
  int code;
  std::string_view words;  // Lower case; part of the description.
  Outcome outcome;
};

// The first that fits decides. Wordings: tdlib/telegram-bot-api, teloxide's errors.rs.
constexpr Refusal kRefusals[] = {
    {400, "message is not modified", Outcome::kBenign},
    {400, "query is too old", Outcome::kBenign},
    {400, "query id is invalid", Outcome::kBenign},
    {400, "message to delete not found", Outcome::kBenign},
    {400, "message can't be deleted", Outcome::kBenign},
    {400, "message_id_invalid", Outcome::kCannotEdit},
    {400, "message to edit not found", Outcome::kCannotEdit},
    {400, "message can't be edited", Outcome::kCannotEdit},
    {400, "there is no text in the message to edit", Outcome::kCannotEdit},
    {400, "chat not found", Outcome::kGone},
    {400, "peer_id_invalid", Outcome::kGone},
    {400, "user not found", Outcome::kGone},
    {400, "have no rights to send a message", Outcome::kGone},
    {400, "not enough rights to send", Outcome::kGone},
    {400, "chat_write_forbidden", Outcome::kGone},
    {401, "", Outcome::kNotServed},
    {404, "", Outcome::kNotServed},
    {403, "", Outcome::kGone},
    {409, "", Outcome::kConflict},
};

std::string LowerCase(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

Outcome Classify(long code, const std::string& description) {
  if (code == 429 || code >= 500) return Outcome::kRetry;
  const std::string words = LowerCase(description);
  for (const Refusal& refusal : kRefusals) {
    if (refusal.code == code && words.find(refusal.words) != std::string::npos) {
      return refusal.outcome;
    }
  }
  return Outcome::kBug;
}

}  // namespace

ApiResult ReadAnswer(long http_status, std::string_view body) {
  ApiResult answer;
  nlohmann::json json = ReadJson(body);
  if (!json.is_object() || !json.contains("ok")) {
    // Not the Bot API's words: a proxy's, or none, or what nobody can read.
    const bool refused = http_status >= 400 && http_status < 429;
    answer.outcome = refused ? Outcome::kNotServed : Outcome::kRetry;
    answer.description = "HTTP " + std::to_string(http_status);
    if (http_status == 200) answer.unreadable = body;
    return answer;
  }
  if (json["ok"] == true) {
    answer.outcome = Outcome::kOk;
    answer.result = std::move(json["result"]);
    return answer;
  }
  answer.description = TextAt(json, "description");
  const nlohmann::json& parameters = json["parameters"];
  answer.migrate_to = NumberAt(parameters, "migrate_to_chat_id");
  answer.retry_after_s = static_cast<int>(
      std::clamp<std::int64_t>(NumberAt(parameters, "retry_after"), 0, kRetryAfterMax.count()));
  const std::int64_t said = NumberAt(json, "error_code");
  const long code = said == 0 ? http_status : static_cast<long>(said);
  answer.code = static_cast<int>(std::clamp(code, 0L, 999L));
  answer.outcome = answer.migrate_to != 0 ? Outcome::kMigrated : Classify(code, answer.description);
  return answer;
}

std::string_view NameOf(Outcome outcome) {
  switch (outcome) {
    case Outcome::kOk:
      return "ok";
    case Outcome::kBenign:
      return "benign";
    case Outcome::kRetry:
      return "retry";
    case Outcome::kCannotEdit:
      return "cannot_edit";
    case Outcome::kGone:
      return "gone";
    case Outcome::kMigrated:
      return "migrated";
    case Outcome::kConflict:
      return "conflict";
    case Outcome::kNotServed:
      return "not_served";
    case Outcome::kBug:
      break;
  }
  return "bug";
}

}  // namespace kalends::telegram
