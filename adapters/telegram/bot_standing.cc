#include "adapters/telegram/bot_standing.h"

#include <spdlog/spdlog.h>

namespace kalends::telegram {
namespace {

constexpr std::string_view kPoll = "getUpdates";

// Before anything is known of the bot, and where updates come from, a method that does not exist
// is a wrong address.
bool IsProbe(std::string_view method) { return method == kPoll || method == "getMe"; }

}  // namespace

BotTrouble BotTroubleOf(std::string_view method, const ApiResult& answer) {
  if (answer.outcome == Outcome::kConflict) return BotTrouble::kTaken;
  if (answer.code == 401) return BotTrouble::kRefused;
  const bool unknown_method = answer.description.find("method") != std::string::npos;
  const bool unknown_bot = answer.code == 404 && (!unknown_method || IsProbe(method));
  return unknown_bot ? BotTrouble::kRefused : BotTrouble::kNone;
}

std::optional<ApiResult> BotStanding::Held(std::string_view method, Time now) {
  const std::lock_guard lock(mutex_);
  if (trouble_ != BotTrouble::kRefused || IsProbe(method)) return std::nullopt;
  if (now < probe_at_) return refusal_;
  probe_at_ = now + probe_;
  return std::nullopt;
}

void BotStanding::Note(std::string_view method, ApiResult& answer, Time now) {
  const std::lock_guard lock(mutex_);
  switch (BotTroubleOf(method, answer)) {
    case BotTrouble::kRefused:
      if (++refusals_ < kRefusalsUntilTrouble) return;
      answer.told = true;
      probe_at_ = now + probe_;
      refusal_ = answer;
      Enter(BotTrouble::kRefused, answer);
      return;
    case BotTrouble::kTaken:
      if (++conflicts_ < kConflictsUntilTrouble) return;
      answer.told = true;
      Enter(BotTrouble::kTaken, answer);
      return;
    case BotTrouble::kNone:
      // The network's trouble, or a proxy's words, say nothing about the bot.
      if (answer.outcome != Outcome::kOk && answer.code == 0) return;
      refusals_ = 0;
      if (method == kPoll && answer.outcome == Outcome::kOk) {
        conflicts_ = 0;
        received_ = true;
      }
      if (trouble_ == BotTrouble::kRefused || conflicts_ == 0) Enter(BotTrouble::kNone, answer);
  }
}

void BotStanding::Enter(BotTrouble trouble, const ApiResult& answer) {
  if (trouble == trouble_) return;
  trouble_ = trouble;
  switch (trouble) {
    case BotTrouble::kNone:
      spdlog::info("Telegram serves the bot again");
      break;
    case BotTrouble::kRefused:
      spdlog::error(
          "Telegram refuses the bot's token ({}): it is wrong or was revoked. Ask @BotFather for "
          "the present one, put it into --telegram-token-file or TELEGRAM_BOT_TOKEN, and start "
          "again; until then it is tried again slowly",
          answer.description);
      break;
    case BotTrouble::kTaken:
      spdlog::error(
          "another process receives this bot's updates ({}): end it, or give one of the two "
          "another bot; until then they are asked for slowly",
          answer.description);
  }
}

BotTrouble BotStanding::trouble() const {
  const std::lock_guard lock(mutex_);
  return trouble_;
}

bool BotStanding::taken_from_start() const {
  const std::lock_guard lock(mutex_);
  return !received_ && conflicts_ >= kConflictsUntilEnd;
}

}  // namespace kalends::telegram
