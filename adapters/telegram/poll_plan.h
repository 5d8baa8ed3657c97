// Which updates to ask for next, and when to pass one over that nobody can read. Bookkeeping alone,
// nothing is asked for here.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string_view>

#include "adapters/telegram/update_key.h"
#include "nlohmann/json.hpp"

namespace kalends::telegram {

inline constexpr int kUpdatesPerPoll = 100;    // Telegram's limit.
inline constexpr int kUnreadableTriesMax = 3;  // Of the same question.

class PollPlan {
 public:
  // What getUpdates asks for: updates from `offset` on, at most `limit`. Singly, once an answer was
  // unreadable, until one update is found that is, or the answer's updates are all behind.
  std::int64_t offset() const { return offset_; }
  int limit() const { return singly_ > 0 ? 1 : kUpdatesPerPoll; }

  // An answer came and all of it is done with. False: it does not say what comes next, so the same
  // comes again.
  bool OnUpdates(const nlohmann::json& updates);

  // No answer came: whoever gives the next one may count anew, so all that is unconfirmed is asked
  // for. Of it, what was done with already is a repeat, until the next OnUpdates.
  void OnFailure();
  bool IsRepeat(const nlohmann::json& update) const;

  // An answer came that cannot be read. After some tries of a single update, its id: it is passed
  // over. It must stand in `answer`, where Telegram writes it first, and lie where the next one is
  // looked for. Nothing is passed over by guess: a proxy that garbles every answer would have us
  // run ahead of all that comes.
  std::optional<std::int64_t> OnUnreadable(std::string_view answer);

 private:
  std::int64_t offset_ = 0;
  std::set<UpdateKey> done_;  // Of the last answer with updates.
  bool failed_ = false;       // No answer has come since.
  int singly_ = 0;            // How many more are asked for one by one.
  int tries_ = 0;             // Of what `offset_` and `limit` ask for.
};

}  // namespace kalends::telegram
