// Which outgoing call may go next. Pure bookkeeping: `now` is an argument, nothing is sent here.
//
// Calls to one chat go one at a time and in order, replies before notifications, and those before
// messages that are only drawn anew. What a chat has left is not drawn any more: the calls that may
// go at once are for what is being answered, not for what that replaces. The pace is by
// default what Telegram's FAQ allows: 1 per second and chat with bursts of 3, 20 per minute and
// group, 30 per second overall. A 429 stops its chat for as long as it says, and everything when
// other chats are stopped by one too. While Telegram cannot be reached or is in trouble, each
// chat's first call is tried again and again, and the others wait behind it. Large files travel
// beside the other calls to their chat, which would have to wait for minutes.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>

#include "adapters/telegram/bot_api.h"
#include "adapters/telegram/pace.h"

namespace kalends::telegram {

inline constexpr std::size_t kQueuedPerChatMax = 50;  // Beyond it the oldest reply is given up.
inline constexpr std::chrono::hours kSendAgeMax{6};   // An older call is given up.
inline constexpr int kFileAttemptsMax = 3;  // A file takes its memory for as long as it is tried.

using SteadyTime = std::chrono::steady_clock::time_point;

// kRefresh waits until a further call could go at once: a press that comes now is not held up by
// it.
enum class Priority { kReply, kNotification, kRefresh, kFile };

struct Outgoing {
  std::int64_t chat = 0;  // Negative: a group.
  ApiCall call;
  Priority priority = Priority::kReply;
  // The message this edits; of several waiting edits only the newest is sent. 0: not an edit.
  std::int64_t edits = 0;
  // Of a reply: it draws the chat's one screen, until LeaveScreen says that there is another.
  bool screen = false;
  // Called once with the outcome; kBenign for an edit that a newer one replaced, and for a screen
  // that was left before it was sent.
  BotApi::Done done;
  int attempts = 0;
  // For which request it is sent; set by Sender.
  std::string request_id = {};
  // Set by Push.
  std::uint64_t sequence = 0;
  SteadyTime pushed{};
  // Set by Finish: its chat has left the screen that it draws.
  bool left = false;
};

// Tokens that come back at a steady rate.
class TokenBucket {
 public:
  TokenBucket(double per_second, double burst)
      : per_second_(per_second), burst_(burst), tokens_(burst) {}
  // When so many tokens are there; `now` or earlier: at once.
  SteadyTime NextAt(SteadyTime now, double tokens = 1);
  // Takes the token that NextAt promised.
  void Take() { tokens_ -= 1; }
  bool full(SteadyTime now);

 private:
  void Refill(SteadyTime now);

  double per_second_;
  double burst_;
  double tokens_;
  SteadyTime last_{};
};

// Thread-compatible: the owner locks.
class SendQueue {
 public:
  explicit SendQueue(const Pace& pace = {});

  // Returns what the new call made superfluous; the caller ends those.
  std::vector<Outgoing> Push(Outgoing outgoing, SteadyTime now);
  // The chat goes on to another screen: what waits to draw the one before is returned, and for the
  // caller to end. What is under way is `left` when it is finished, and not tried again.
  std::vector<Outgoing> LeaveScreen(std::int64_t chat);
  // The next call that may go now; its chat waits until Finish.
  std::optional<Outgoing> Take(SteadyTime now);
  // When Take may return something again; nullopt: not before Push or Finish.
  std::optional<SteadyTime> NextAt(SteadyTime now);
  // Ends the call that Take returned. Returns it when it is over: done, given up, left, or an edit
  // that a newer one has replaced meanwhile; nothing when it goes back to the head of its queue to
  // be tried again.
  std::optional<Outgoing> Finish(Outgoing outgoing, const ApiResult& result, SteadyTime now);

  bool idle() const { return chats_.empty(); }
  // Takes everything that waits, for an end of the process.
  std::vector<Outgoing> TakeAll();

 private:
  struct Chat {
    explicit Chat(TokenBucket paced) : bucket(paced) {}
    std::deque<Outgoing> replies;
    std::deque<Outgoing> notifications;
    std::deque<Outgoing>& QueueOf(const Outgoing& outgoing) {
      return outgoing.priority == Priority::kReply ? replies : notifications;
    }
    TokenBucket bucket;
    SteadyTime flooded_until{};  // By a 429.
    SteadyTime retry_at{};       // After another failure.
    bool in_flight = false;
    std::uint64_t left = 0;  // The `sequence` up to which screens were left.
    // What goes next. Only where something waits.
    std::deque<Outgoing>& Next() { return replies.empty() ? notifications : replies; }
    bool idle() const { return !in_flight && replies.empty() && notifications.empty(); }
  };

  // A chat, or the large files to one.
  struct Key {
    std::int64_t chat = 0;
    bool files = false;
    friend auto operator<=>(const Key&, const Key&) = default;
  };
  static Key KeyOf(const Outgoing& outgoing) {
    return {outgoing.chat, outgoing.priority == Priority::kFile};
  }

  Chat& ChatOf(const Outgoing& outgoing);
  static bool IsLeft(const Chat& chat, const Outgoing& outgoing) {
    return outgoing.screen && outgoing.sequence <= chat.left;
  }
  SteadyTime ReadyAt(Chat& chat, SteadyTime now);
  void ForgetIdle(SteadyTime now);

  const Pace pace_;
  std::map<Key, Chat> chats_;
  TokenBucket overall_;
  SteadyTime frozen_until_{};
  std::uint64_t sequence_ = 0;
};

}  // namespace kalends::telegram
