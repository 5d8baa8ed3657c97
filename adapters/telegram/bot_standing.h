// How we stand with Telegram: what it will go on refusing until somebody does something is told in
// the log once, with what to do, and is tried again slowly.
#pragma once

#include <chrono>
#include <mutex>
#include <optional>
#include <string_view>

#include "adapters/telegram/api_result.h"

namespace kalends::telegram {

// Of a program that ends because Telegram has never served it and will not. As sysexits.h has them:
inline constexpr int kExitBotRefused = 77;  // It refuses the token: no permission.
inline constexpr int kExitBotTaken = 69;    // Another process gets the updates: unavailable.

// So many refusals with no answer between them are no slip of Telegram's.
inline constexpr int kRefusalsUntilTrouble = 2;
inline constexpr int kConflictsUntilTrouble = 3;  // A bot that is just being replaced has fewer.
// So many with no update ever received, and the other process is there to stay.
inline constexpr int kConflictsUntilEnd = 6;

enum class BotTrouble {
  kNone,
  kRefused,  // The token is wrong or was revoked, or there is no bot at this address.
  kTaken,    // Another process receives the updates.
};

// What an answer to `method` says about the bot; a refusal of one call is no trouble.
BotTrouble BotTroubleOf(std::string_view method, const ApiResult& answer);

// Safe to share between threads.
class BotStanding {
 public:
  using Time = std::chrono::steady_clock::time_point;

  // While the bot is refused, one call in each `probe` goes out.
  explicit BotStanding(std::chrono::milliseconds probe) : probe_(probe) {}

  // What a call is answered with at once, because it would be refused; nullopt: it may go out.
  // Polls are never held: the poller paces itself.
  std::optional<ApiResult> Held(std::string_view method, Time now);
  // An answer came. Sets `answer.told` where it is part of a trouble that the log tells of.
  void Note(std::string_view method, ApiResult& answer, Time now);

  BotTrouble trouble() const;
  // Updates have never been received, and another process is there to stay.
  bool taken_from_start() const;

 private:
  void Enter(BotTrouble trouble, const ApiResult& answer);

  const std::chrono::milliseconds probe_;
  mutable std::mutex mutex_;
  BotTrouble trouble_ = BotTrouble::kNone;
  ApiResult refusal_;  // While it is kRefused.
  Time probe_at_{};
  int refusals_ = 0;   // Since the last answer that is none.
  int conflicts_ = 0;  // Since updates were last received.
  bool received_ = false;
};

}  // namespace kalends::telegram
