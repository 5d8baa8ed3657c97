// Brings notifications from the core to people: leased, sent, and acknowledged only after Telegram
// took them, so that a crash loses none.
#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_set>

#include "adapters/telegram/context.h"

namespace kalends::telegram {

class Notifier {
 public:
  // `context` must outlive it.
  explicit Notifier(const Context& context);
  ~Notifier() { Stop(); }

  // Ends the stream, which gives back what was not sent.
  void Stop();

 private:
  void Run();
  void ReadStream();
  void Deliver(const v1::Notification& notification);
  // `ticket`: what the message that was sent is a question of; empty: none.
  void Settle(const std::string& name, std::int64_t chat, const std::string& ticket,
              const ApiResult& result);

  // Names on their way, and those lately delivered: the core may hand one out twice.
  class Seen {
   public:
    enum class State { kNew, kOnItsWay, kDelivered };
    State Begin(const std::string& name);
    void End(const std::string& name, bool delivered);

   private:
    std::mutex mutex_;
    std::unordered_set<std::string> on_their_way_;
    std::unordered_set<std::string> delivered_;
    std::deque<std::string> order_;  // Of delivered_, the oldest first.
  };

  const Context& context_;
  std::shared_ptr<Seen> seen_ = std::make_shared<Seen>();
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopped_ = false;
  grpc::ClientContext* stream_ = nullptr;  // Of the running stream.
  std::thread thread_;
};

}  // namespace kalends::telegram
