// How fast the bot goes.
#pragma once

#include <chrono>

namespace kalends::telegram {

// What will not mend itself, such as a token that was revoked, is tried again this many times more
// slowly: once a minute by default.
inline constexpr int kProbeRetries = 60;

// As Telegram's FAQ allows and as is kind to a service in trouble. Other values are for tests and
// for Bot API servers of one's own.
struct Pace {
  // How far apart messages to one chat are in the long run; a few may go at once.
  std::chrono::milliseconds per_chat{1000};
  std::chrono::milliseconds per_group{3000};
  int per_second = 30;  // To all chats together; that many may go at once.
  // The pause before the first of many further tries; each doubles, up to ten times the first.
  // Updates are asked for and the start is tried again after twice as long.
  std::chrono::milliseconds retry{1000};
};

}  // namespace kalends::telegram
