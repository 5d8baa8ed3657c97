// Inline mode: a person types the bot's name in any chat, the bot offers results, the person sends
// one of them there.
#include <algorithm>
#include <set>

#include "tools/telegram_sim/html.h"
#include "tools/telegram_sim/json_text.h"
#include "tools/telegram_sim/limits.h"
#include "tools/telegram_sim/markup.h"
#include "tools/telegram_sim/methods.h"
#include "tools/telegram_sim/sim_api.h"
#include "tools/telegram_sim/text.h"

namespace kalends::sim {
namespace {

using nlohmann::json;

constexpr std::string_view kArticleFields[] = {
    "type", "id",          "title",         "input_message_content", "reply_markup",
    "url",  "description", "thumbnail_url", "thumbnail_width",       "thumbnail_height"};

// The message that an article makes, as a message holds it; refusals in Telegram's words.
absl::StatusOr<json> ContentOf(const json& result) {
  const json content = result.value("input_message_content", json());
  if (!content.is_object() || !content.contains("message_text")) {
    return BadRequest("can't parse inline query result: Can't find field \"message_text\"");
  }
  const std::string text = TextIn(content, "message_text");
  if (text.size() > kTextBytesMax) return BadRequest("text is too long");
  const std::string mode = Lower(TextIn(content, "parse_mode"));
  if (!mode.empty() && mode != "html") return BadRequest("unsupported parse_mode");
  FormattedText formatted{text, json::array()};
  if (!mode.empty()) {
    absl::StatusOr<FormattedText> parsed = ParseHtml(text);
    if (!parsed.ok()) return parsed.status();
    formatted = *std::move(parsed);
  }
  formatted = AddFoundEntities(TrimEnds(std::move(formatted)));
  if (formatted.text.empty()) return BadRequest("message text is empty");
  if (CodePoints(formatted.text) > kTextCodePointsMax) return BadRequest("MESSAGE_TOO_LONG");
  json api = {{"text", formatted.text}};
  if (!formatted.entities.empty()) api["entities"] = formatted.entities;
  return api;
}

absl::Status CheckResult(const json& result) {
  if (!result.is_object()) return BadRequest("can't parse inline query result: Object expected");
  if (TextIn(result, "type") != "article") return BadRequest("RESULT_TYPE_INVALID");
  for (const auto& [name, value] : result.items()) {
    const bool known = std::find(std::begin(kArticleFields), std::end(kArticleFields), name) !=
                       std::end(kArticleFields);
    if (!known) return BadRequest("unknown field \"" + name + "\" in inline query result");
  }
  const std::string id = TextIn(result, "id");
  if (id.empty() || id.size() > kInlineResultIdBytesMax) return BadRequest("RESULT_ID_INVALID");
  if (Trim(TextIn(result, "title")).empty()) return BadRequest("ARTICLE_TITLE_EMPTY");
  if (result.contains("reply_markup")) {
    absl::Status markup = CheckInlineMarkup(result["reply_markup"]);
    if (!markup.ok()) return markup;
  }
  return ContentOf(result).status();
}

absl::Status CheckResults(const json& results) {
  if (!results.is_array()) return BadRequest("can't parse inline query results JSON object");
  if (results.size() > kInlineResultsMax) return BadRequest("RESULTS_TOO_MUCH");
  std::set<std::string> ids;
  for (const json& result : results) {
    if (absl::Status status = CheckResult(result); !status.ok()) return status;
    if (!ids.insert(TextIn(result, "id")).second) return BadRequest("RESULT_ID_DUPLICATE");
  }
  return absl::OkStatus();
}

}  // namespace

MethodResult AnswerInlineQuery(World& world, const Params& params) {
  InlineQuery* query = world.FindInlineQuery(params.Text("inline_query_id"));
  const bool open = query != nullptr && !query->answered &&
                    world.now_ms() - query->time_ms <= kCallbackAnswerMaxMs;
  if (!open) {
    return BadRequest("query is too old and response timeout expired or query ID is invalid");
  }
  if (!params.Has("results")) return BadRequest("can't parse inline query results JSON object");
  if (absl::Status status = CheckResults(params.Json("results")); !status.ok()) return status;
  query->answered = true;
  query->results = params.Json("results");
  world.Bump();
  return true;
}

SimResult AskInline(World& world, const Args& args) {
  const auto [person, refusal] = ReadPerson(world, args);
  if (person == nullptr) return refusal;
  const std::string text = ArgText(args, "query");
  if (CodePoints(text) > kInlineQueryCodePointsMax) return Refused(400, "The query is too long.");
  const InlineQuery& query = world.AddInlineQuery(person->id, text);
  world.updates.Push("inline_query",
                     {{"id", query.id},
                      {"from", world.UserObject(*person)},
                      {"query", text},
                      {"offset", ""},
                      {"chat_type", "private"}},
                     world.now_ms());
  world.Bump();
  return Done(world, {{"inline_query_id", query.id}});
}

SimResult WaitForInline(World& world, const Args& args) {
  const InlineQuery* query = world.FindInlineQuery(ArgText(args, "id"));
  if (query == nullptr) return Refused(404, "There is no such inline query.");
  if (!query->answered) return std::nullopt;
  return Done(world, {{"results", query->results}});
}

Answer WaitForInlineTimedOut(World&, const Args&) {
  return Refused(408, "The bot has not answered the inline query in time.");
}

// Sends a result into a chat of the person's: in one with the bot, the bot hears it.
SimResult ChooseInline(World& world, const Args& args) {
  const auto [person, refusal] = ReadPerson(world, args);
  if (person == nullptr) return refusal;
  Chat* chat = ReadPersonChat(world, args, *person);
  if (chat == nullptr) return Refused(404, "The user is not in that chat.");
  const InlineQuery* query = world.FindInlineQuery(ArgText(args, "inline_query_id"));
  if (query == nullptr || !query->answered) return Refused(404, "There are no such results.");
  for (const json& result : query->results) {
    if (TextIn(result, "id") != ArgText(args, "result_id")) continue;
    json api = *ContentOf(result);
    api["via_bot"] = world.BotObject();
    if (result.contains("reply_markup")) api["reply_markup"] = result["reply_markup"];
    world.updates.Push("chosen_inline_result",
                       {{"result_id", TextIn(result, "id")},
                        {"from", world.UserObject(*person)},
                        {"query", query->text}},
                       world.now_ms());
    return Post(world, *chat, *person, std::move(api));
  }
  return Refused(404, "There is no such result.");
}

}  // namespace kalends::sim
