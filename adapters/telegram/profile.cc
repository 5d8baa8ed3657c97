#include "adapters/telegram/profile.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <set>
#include <sstream>

#include "adapters/telegram/json_reader.h"
#include "adapters/telegram/kept_session.h"
#include "adapters/telegram/picture.h"
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

// Keeps what was published last: a line for all of it, and one for each text that is ours.
constexpr char kPublishedName[] = "sessions/telegram-profile";

std::string HashOf(std::string_view text) {
  std::uint64_t hash = 14695981039346656037U;  // FNV-1a.
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  return fmt::format("{:016x}", hash);
}

class Publisher {
 public:
  explicit Publisher(const Context& context) : context_(context) {}

  void Run() {
    const std::string wanted = HashOf(WriteJson(Wanted()));
    std::istringstream lines(LoadKept(context_.client, kPublishedName).value_or(""));
    std::string line;
    std::getline(lines, line);
    const bool same = line == wanted;
    while (std::getline(lines, line)) ours_.insert(line);
    // A bot that has lost its commands is a new one at the same place.
    if (same && HasCommands()) return;
    PublishCommands();
    PublishTexts("Description", "description", "bot.description");
    PublishTexts("ShortDescription", "short_description", "bot.short_description");
    PublishPicture();
    if (failed_) return;
    std::string kept = wanted;
    for (const std::string& hash : published_) kept += "\n" + hash;
    if (const absl::Status stored = StoreKept(context_.client, kPublishedName, kept);
        !stored.ok()) {
      WarnOf("not kept what the bot says of itself", stored);
    }
  }

 private:
  ApiResult Call(ApiCall call) {
    const std::string method = call.method;
    ApiResult answer = context_.api.Call(std::move(call));
    if (answer.outcome != Outcome::kOk) {
      failed_ = true;
      if (!answer.told) spdlog::warn("{}: {}", method, answer.description);
    }
    return answer;
  }

  static nlohmann::json CommandsIn(const Texts& texts) {
    nlohmann::json commands = nlohmann::json::array();
    for (const auto& [name, description] : CommandsOf(texts, MenuOf::kCustomer)) {
      commands.push_back({{"command", name}, {"description", description}});
    }
    return commands;
  }

  // All that is published, to see whether it has changed.
  nlohmann::json Wanted() const {
    nlohmann::json wanted = {{"bot", context_.bot_id},
                             {"group", context_.support_chat},
                             {"group_language", context_.support_language},
                             {"picture", kPictureBytes}};
    for (const auto& [language, texts] : context_.languages.all()) {
      wanted["texts"][language] = {CommandsIn(texts), texts.Plain("bot.description"),
                                   texts.Plain("bot.short_description"),
                                   texts.Plain("command.close")};
    }
    return wanted;
  }

  bool HasCommands() {
    const ApiResult present =
        Call({.method = "getMyCommands", .params = {{"scope", {{"type", "all_private_chats"}}}}});
    return present.outcome == Outcome::kOk && !present.result.empty();
  }

  void PublishCommands() {
    for (const auto& [language, texts] : context_.languages.all()) {
      ApiCall call{
          .method = "setMyCommands",
          .params = {{"commands", CommandsIn(texts)}, {"scope", {{"type", "all_private_chats"}}}}};
      // The fallback's are also those of every other language.
      if (language != kFallbackLanguage) call.params["language_code"] = language;
      Call(std::move(call));
    }
    if (context_.support_chat == 0) return;
    const Texts& texts = context_.languages.For(context_.support_language);
    // The bot may not be in that group yet; it is told when it comes in.
    ApiCall call{.method = "setMyCommands"};
    call.params = {
        {"commands", {{{"command", "close"}, {"description", texts.Plain("command.close")}}}},
        {"scope", {{"type", "chat"}, {"chat_id", context_.support_chat}}}};
    const bool failed = failed_;
    Call(std::move(call));
    failed_ = failed;
  }

  // `what` as in getMyDescription, whose answer has `field`.
  void PublishTexts(const std::string& what, const std::string& field, const char* key) {
    for (const auto& [language, texts] : context_.languages.all()) {
      nlohmann::json where = nlohmann::json::object();
      if (language != kFallbackLanguage) where["language_code"] = language;
      const std::string wanted = texts.Plain(key);
      const ApiResult present = Call({.method = "getMy" + what, .params = where});
      if (present.outcome != Outcome::kOk) continue;
      const std::string text = TextAt(present.result, field.c_str());
      // Where a language has none of its own, Telegram tells that of all others.
      const bool ours = text.empty() || ours_.contains(HashOf(text)) || IsFallbacks(key, text);
      if (!ours) continue;
      published_.insert(HashOf(wanted));
      if (text == wanted) continue;
      where[field] = wanted;
      Call({.method = "setMy" + what, .params = where});
    }
  }

  bool IsFallbacks(const char* key, const std::string& text) const {
    return text == context_.languages.For(kFallbackLanguage).Plain(key);
  }

  void PublishPicture() {
    const ApiResult present = Call(
        {.method = "getUserProfilePhotos", .params = {{"user_id", context_.bot_id}, {"limit", 1}}});
    if (present.outcome != Outcome::kOk || NumberAt(present.result, "total_count") > 0) return;
    ApiCall call{.method = "setMyProfilePhoto"};
    call.params = {{"photo", {{"type", "static"}, {"photo", "attach://picture"}}}};
    call.file = std::make_shared<const ApiFile>(
        ApiFile{.field = "picture",
                .name = "kalends.jpg",
                .type = "image/jpeg",
                .bytes = std::string(reinterpret_cast<const char*>(kPicture), kPictureBytes)});
    // Older servers do not know how; the bot then does without.
    const bool failed = failed_;
    Call(std::move(call));
    failed_ = failed;
  }

  const Context& context_;
  std::set<std::string> ours_;       // Texts that an earlier version of us published.
  std::set<std::string> published_;  // Those that we leave.
  bool failed_ = false;
};

}  // namespace

absl::StatusOr<BotName> FetchName(BotApi& api, const std::function<bool()>& pause) {
  KALENDS_ASSIGN_OR_RETURN(const nlohmann::json me,
                           CallUntilAnswered(api, {.method = "getMe"}, pause));
  const auto takes = me.find("supports_inline_queries");
  return BotName{NumberAt(me, "id"), TextAt(me, "username"), takes != me.end() && *takes == true};
}

void PublishProfile(const Context& context) { Publisher(context).Run(); }

absl::Status SetWebhook(BotApi& api, const std::string& url, const std::string& secret,
                        const std::function<bool()>& pause) {
  ApiCall call{.method = "deleteWebhook"};
  if (!url.empty()) {
    call.method = "setWebhook";
    call.params = {{"url", url}, {"secret_token", secret}, {"allowed_updates", kAllowedUpdates}};
  }
  return CallUntilAnswered(api, call, pause).status();
}

}  // namespace kalends::telegram
