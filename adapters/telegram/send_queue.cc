#include "adapters/telegram/send_queue.h"

#include <algorithm>

namespace kalends::telegram {
namespace {

constexpr std::chrono::seconds kBackoffMax{30};
constexpr std::chrono::seconds kRetryAfterMax{3600};

std::chrono::seconds Backoff(int attempts) {
  return std::min(kBackoffMax, std::chrono::seconds(1 << std::min(attempts, 5)));
}

}  // namespace

void TokenBucket::Refill(SteadyTime now) {
  if (now <= last_) return;
  const std::chrono::duration<double> passed = now - last_;
  tokens_ = std::min(burst_, tokens_ + passed.count() * per_second_);
  last_ = now;
}

SteadyTime TokenBucket::NextAt(SteadyTime now) {
  Refill(now);
  constexpr double kEnough = 1.0 - 1e-6;  // Sums of fractions.
  if (tokens_ >= kEnough) return now;
  const std::chrono::duration<double> wait((1.0 - tokens_) / per_second_);
  return now + std::chrono::ceil<std::chrono::milliseconds>(wait);
}

bool TokenBucket::full(SteadyTime now) {
  Refill(now);
  return tokens_ >= burst_;
}

SendQueue::Chat& SendQueue::ChatOf(std::int64_t chat) {
  return chats_.try_emplace(chat, chat < 0).first->second;
}

std::vector<Outgoing> SendQueue::Push(Outgoing outgoing) {
  std::vector<Outgoing> superfluous;
  Chat& chat = ChatOf(outgoing.chat);
  outgoing.sequence = ++sequence_;
  std::deque<Outgoing>& queue =
      outgoing.priority == Priority::kReply ? chat.replies : chat.notifications;
  if (outgoing.edits != 0) {
    const auto older = std::find_if(queue.begin(), queue.end(),
                                    [&](const Outgoing& o) { return o.edits == outgoing.edits; });
    if (older != queue.end()) {
      superfluous.push_back(std::move(*older));
      queue.erase(older);
    }
  }
  if (outgoing.priority == Priority::kReply && queue.size() >= kQueuedPerChatMax) {
    superfluous.push_back(std::move(queue.front()));
    queue.pop_front();
  }
  queue.push_back(std::move(outgoing));
  return superfluous;
}

SteadyTime SendQueue::ReadyAt(Chat& chat, SteadyTime now) {
  return std::max({chat.bucket.NextAt(now), chat.frozen_until, frozen_until_});
}

std::optional<Outgoing> SendQueue::Take(SteadyTime now) {
  if (frozen_until_ > now || overall_.NextAt(now) > now) return std::nullopt;
  Chat* best = nullptr;
  std::deque<Outgoing>* best_queue = nullptr;
  for (auto& [id, chat] : chats_) {
    if (chat.in_flight || ReadyAt(chat, now) > now) continue;
    std::deque<Outgoing>& queue = chat.replies.empty() ? chat.notifications : chat.replies;
    if (queue.empty()) continue;
    const auto rank = [](const Outgoing& o) { return std::pair(o.priority, o.sequence); };
    if (best == nullptr || rank(queue.front()) < rank(best_queue->front())) {
      best = &chat;
      best_queue = &queue;
    }
  }
  if (best == nullptr) {
    ForgetIdle(now);
    return std::nullopt;
  }
  Outgoing outgoing = std::move(best_queue->front());
  best_queue->pop_front();
  best->bucket.Take();
  best->in_flight = true;
  overall_.Take();
  ++outgoing.attempts;
  return outgoing;
}

std::optional<SteadyTime> SendQueue::NextAt(SteadyTime now) {
  std::optional<SteadyTime> next;
  for (auto& [id, chat] : chats_) {
    if (chat.in_flight || (chat.replies.empty() && chat.notifications.empty())) continue;
    const SteadyTime ready = std::max(ReadyAt(chat, now), overall_.NextAt(now));
    next = next ? std::min(*next, ready) : ready;
  }
  return next;
}

std::optional<Outgoing> SendQueue::Finish(Outgoing outgoing, const ApiResult& result,
                                          SteadyTime now) {
  Chat& chat = ChatOf(outgoing.chat);
  chat.in_flight = false;
  if (result.outcome != Outcome::kRetry) return outgoing;
  if (result.retry_after_s > 0) {
    const bool others_too = std::any_of(chats_.begin(), chats_.end(), [&](const auto& entry) {
      return entry.first != outgoing.chat && entry.second.frozen_until > now;
    });
    chat.frozen_until = now + std::min(kRetryAfterMax, std::chrono::seconds(result.retry_after_s));
    if (others_too) frozen_until_ = std::max(frozen_until_, chat.frozen_until);
  } else {
    chat.frozen_until = now + Backoff(outgoing.attempts);
  }
  if (outgoing.attempts >= kSendAttemptsMax) return outgoing;
  (outgoing.priority == Priority::kReply ? chat.replies : chat.notifications)
      .push_front(std::move(outgoing));
  return std::nullopt;
}

void SendQueue::ForgetIdle(SteadyTime now) {
  for (auto entry = chats_.begin(); entry != chats_.end();) {
    Chat& chat = entry->second;
    const bool idle = !chat.in_flight && chat.replies.empty() && chat.notifications.empty() &&
                      chat.frozen_until <= now && chat.bucket.full(now);
    entry = idle ? chats_.erase(entry) : std::next(entry);
  }
}

std::vector<Outgoing> SendQueue::TakeAll() {
  std::vector<Outgoing> all;
  for (auto& [id, chat] : chats_) {
    for (auto* queue : {&chat.replies, &chat.notifications}) {
      for (Outgoing& outgoing : *queue) all.push_back(std::move(outgoing));
      queue->clear();
    }
  }
  return all;
}

}  // namespace kalends::telegram
