#include "tools/telegram_sim/update_queue.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "tools/telegram_sim/limits.h"
#include "tools/telegram_sim/status.h"

namespace kalends::sim {
namespace {

using nlohmann::json;

constexpr std::size_t kPastMax = 10000;

// The last three come only when asked for.
constexpr std::array<std::string_view, 27> kUpdateTypes = {"message",
                                                           "edited_message",
                                                           "channel_post",
                                                           "edited_channel_post",
                                                           "business_connection",
                                                           "business_message",
                                                           "edited_business_message",
                                                           "deleted_business_messages",
                                                           "guest_message",
                                                           "stopped_message_generation",
                                                           "inline_query",
                                                           "chosen_inline_result",
                                                           "callback_query",
                                                           "shipping_query",
                                                           "pre_checkout_query",
                                                           "purchased_paid_media",
                                                           "poll",
                                                           "poll_answer",
                                                           "my_chat_member",
                                                           "chat_join_request",
                                                           "chat_boost",
                                                           "removed_chat_boost",
                                                           "managed_bot",
                                                           "subscription",
                                                           "chat_member",
                                                           "message_reaction",
                                                           "message_reaction_count"};
constexpr std::size_t kOnRequest = 3;

}  // namespace

bool UpdateQueue::Allows(const std::string& type) const {
  if (!allowed_.empty()) return allowed_.contains(type);
  return std::find(kUpdateTypes.begin(), kUpdateTypes.end() - kOnRequest, type) !=
         kUpdateTypes.end() - kOnRequest;
}

std::int64_t UpdateQueue::Push(const std::string& type, json payload, std::int64_t now_ms) {
  if (!Allows(type)) return 0;
  const std::int64_t id = next_id_++;
  queue_.push_back({id, now_ms, json{{"update_id", id}, {type, std::move(payload)}}, false});
  past_.push_back(queue_.back());
  if (past_.size() > kPastMax) past_.pop_front();
  return id;
}

void UpdateQueue::Confirm(std::int64_t offset, std::int64_t now_ms) {
  if (offset < 0) {
    const std::size_t keep = std::min(queue_.size(), static_cast<std::size_t>(-offset));
    queue_.erase(queue_.begin(), queue_.end() - static_cast<std::ptrdiff_t>(keep));
  }
  std::erase_if(queue_, [&](const QueuedUpdate& update) {
    if (update.repeated) return false;
    return update.id < offset || update.time_ms < now_ms - kUpdateRetentionMs;
  });
}

std::vector<json> UpdateQueue::Take(int limit) {
  std::vector<json> updates;
  for (QueuedUpdate& update : queue_) {
    if (static_cast<int>(updates.size()) == limit) break;
    update.repeated = false;
    updates.push_back(update.update);
  }
  return updates;
}

bool UpdateQueue::Redeliver(std::int64_t update_id) {
  const auto found = std::find_if(past_.begin(), past_.end(),
                                  [&](const QueuedUpdate& past) { return past.id == update_id; });
  if (found == past_.end()) return false;
  queue_.push_front(*found);
  queue_.front().repeated = true;
  return true;
}

std::vector<std::int64_t> UpdateQueue::LastIds(int count) const {
  std::vector<std::int64_t> ids;
  const std::size_t skip = past_.size() - std::min(past_.size(), static_cast<std::size_t>(count));
  for (std::size_t i = skip; i < past_.size(); ++i) ids.push_back(past_[i].id);
  return ids;
}

void UpdateQueue::Drop(std::int64_t update_id) {
  const auto found = std::find_if(queue_.begin(), queue_.end(), [&](const QueuedUpdate& update) {
    return update.id == update_id;
  });
  if (found != queue_.end()) queue_.erase(found);
}

absl::Status UpdateQueue::Allow(const json& types) {
  if (!types.is_array()) return BadRequest("can't parse allowed updates: Array of String expected");
  std::set<std::string> allowed;
  for (const json& type : types) {
    if (!type.is_string()) return BadRequest("can't parse allowed updates: String expected");
    if (std::find(kUpdateTypes.begin(), kUpdateTypes.end(), type.get<std::string>()) ==
        kUpdateTypes.end()) {
      return BadRequest("unknown update type \"" + type.get<std::string>() + "\"");
    }
    allowed.insert(type.get<std::string>());
  }
  allowed_ = std::move(allowed);
  return absl::OkStatus();
}

}  // namespace kalends::sim
