// The updates that wait for the bot, with Telegram's rules of confirmation.
#pragma once

#include <cstdint>
#include <deque>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"

namespace kalends::sim {

struct QueuedUpdate {
  std::int64_t id = 0;
  std::int64_t time_ms = 0;
  nlohmann::json update;  // As getUpdates returns it.
  bool repeated = false;  // A redelivery the bot has not seen yet; no offset confirms it.
};

class UpdateQueue {
 public:
  explicit UpdateQueue(std::int64_t first_id) : next_id_(first_id) {}

  // Queues {"update_id":..., <type>: payload} and returns its id; 0 if the bot does not allow the
  // type, which drops it.
  std::int64_t Push(const std::string& type, nlohmann::json payload, std::int64_t now_ms);

  // Confirms every update below `offset`, which ends their life. A negative offset keeps the last
  // -offset updates; 0 confirms nothing. Updates older than a day go too.
  void Confirm(std::int64_t offset, std::int64_t now_ms);

  // The oldest updates, at most `limit`; they stay queued.
  std::vector<nlohmann::json> Take(int limit);

  // Queues a past update again, with its old id, as happens when a confirmation gets lost. It is
  // handed out once, whatever the bot's offset. False if there never was one.
  bool Redeliver(std::int64_t update_id);
  // The ids of the last `count` updates ever queued, oldest first.
  std::vector<std::int64_t> LastIds(int count) const;

  // The allowed_updates of getUpdates and setWebhook. Empty: all but the three types that Telegram
  // leaves out by default. Stricter than Telegram: an unknown type is refused.
  absl::Status Allow(const nlohmann::json& types);
  nlohmann::json allowed() const { return allowed_; }

  // Confirms one update, as a webhook's answer does.
  void Drop(std::int64_t update_id);

  int size() const { return static_cast<int>(queue_.size()); }
  void Clear() { queue_.clear(); }

 private:
  bool Allows(const std::string& type) const;

  std::int64_t next_id_;
  std::deque<QueuedUpdate> queue_;
  std::deque<QueuedUpdate> past_;  // Everything ever queued, the newest kPastMax.
  std::set<std::string> allowed_;
};

}  // namespace kalends::sim
