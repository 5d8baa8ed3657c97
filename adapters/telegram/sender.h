// Sends what SendQueue lets through.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "adapters/telegram/bot_api.h"
#include "adapters/telegram/heard.h"
#include "adapters/telegram/screen.h"
#include "adapters/telegram/send_queue.h"

namespace kalends::telegram {

// What shows `screen` to `chat` as a new message.
ApiCall MessageCall(std::int64_t chat, const Screen& screen);

// Marks on what somebody sent: it has arrived; what it was changed to has.
inline constexpr const char* kSentMark = "👌";
inline constexpr const char* kEditedMark = "✍";
// What puts the emoji `mark`, one that Telegram has as a reaction, on a message.
ApiCall ReactionCall(std::int64_t chat, std::int64_t message, const char* mark);

// Safe to share between threads.
class Sender {
 public:
  // `api` must outlive it.
  explicit Sender(BotApi& api, const Pace& pace = {});
  ~Sender() { Stop(); }

  // Queues a call; `outgoing.done` is called on one of our threads, and may push more.
  void Push(Outgoing outgoing);
  // As SendQueue::LeaveScreen has it. Of a call that is under way `done` hears that it was left.
  void LeaveScreen(std::int64_t chat);
  // Queues a call and waits until it is over. Not from `done`. `outgoing.done` is not called.
  ApiResult SendAndWait(Outgoing outgoing);
  // Answers a button press at once, past the queue. An empty `toast` shows nothing.
  void AnswerCallback(const std::string& callback_id, const std::string& toast);
  // Starts a call whose outcome nobody waits for, past the queue; Telegram's pace does not count
  // it.
  void StartAtOnce(ApiCall call);
  // The bot can be written to in `chat`: an update has come from there.
  void NoteHeard(std::int64_t chat);
  // Whether one came since `then`: a 403 to what was begun before says nothing any more.
  bool HeardSince(std::int64_t chat, SteadyTime then);
  // How many calls Telegram has not answered yet.
  int CountInFlight();
  // Waits until everything has been sent, at most `limit`.
  void Drain(std::chrono::seconds limit);
  // Ends what waits, and every later call, with kRetry; waits for calls under way.
  void Stop();

 private:
  void Run();
  void Finish(Outgoing outgoing, const ApiResult& result);

  BotApi& api_;
  std::mutex mutex_;
  std::condition_variable changed_;
  SendQueue queue_;
  Heard heard_;
  int in_flight_ = 0;
  bool stopped_ = false;
  std::thread thread_;
};

}  // namespace kalends::telegram
