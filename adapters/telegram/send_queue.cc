#include "adapters/telegram/send_queue.h"

#include <algorithm>
#include <iterator>

namespace kalends::telegram {
namespace {

constexpr double kChatBurst = 3;
constexpr int kBackoffMax = 10;  // Times the first pause.

// 1, 2, 4, 8, 10, 10 ... times the first pause.
std::chrono::milliseconds Backoff(int attempts, std::chrono::milliseconds first) {
  return first * std::min(kBackoffMax, 1 << std::min(attempts - 1, 4));
}

double PerSecond(std::chrono::milliseconds apart) {
  return 1000.0 / static_cast<double>(apart.count());
}

// Where in `queue` an edit of the same message waits.
auto EditLike(std::deque<Outgoing>& queue, const Outgoing& outgoing) {
  return std::find_if(queue.begin(), queue.end(), [&](const Outgoing& other) {
    return outgoing.edits != 0 && other.edits == outgoing.edits;
  });
}

}  // namespace

void TokenBucket::Refill(SteadyTime now) {
  if (now <= last_) return;
  const std::chrono::duration<double> passed = now - last_;
  tokens_ = std::min(burst_, tokens_ + passed.count() * per_second_);
  last_ = now;
}

SteadyTime TokenBucket::NextAt(SteadyTime now, double tokens) {
  Refill(now);
  constexpr double kFractions = 1e-6;  // What sums of them may lack.
  if (tokens_ >= tokens - kFractions) return now;
  const std::chrono::duration<double> wait((tokens - tokens_) / per_second_);
  return now + std::chrono::ceil<std::chrono::milliseconds>(wait);
}

bool TokenBucket::full(SteadyTime now) {
  Refill(now);
  return tokens_ >= burst_;
}

SendQueue::SendQueue(const Pace& pace) : pace_(pace), overall_(pace.per_second, pace.per_second) {}

SendQueue::Chat& SendQueue::ChatOf(const Outgoing& outgoing) {
  const auto apart = outgoing.chat < 0 ? pace_.per_group : pace_.per_chat;
  const TokenBucket bucket(PerSecond(apart), kChatBurst);
  return chats_.try_emplace(KeyOf(outgoing), bucket).first->second;
}

std::vector<Outgoing> SendQueue::Push(Outgoing outgoing, SteadyTime now) {
  std::vector<Outgoing> superfluous;
  outgoing.sequence = ++sequence_;
  outgoing.pushed = now;
  Chat& chat = ChatOf(outgoing);
  std::deque<Outgoing>& queue = chat.QueueOf(outgoing);
  for (std::deque<Outgoing>* waiting : {&chat.replies, &chat.notifications}) {
    // What a press has drawn is not waited for by what is only drawn anew.
    if (waiting == &chat.replies && &queue != waiting) continue;
    const auto older = EditLike(*waiting, outgoing);
    if (older == waiting->end()) continue;
    superfluous.push_back(std::move(*older));
    waiting->erase(older);
  }
  if (outgoing.priority == Priority::kReply && queue.size() >= kQueuedPerChatMax) {
    superfluous.push_back(std::move(queue.front()));
    queue.pop_front();
  }
  queue.push_back(std::move(outgoing));
  return superfluous;
}

std::vector<Outgoing> SendQueue::LeaveScreen(std::int64_t chat) {
  std::vector<Outgoing> superfluous;
  const auto found = chats_.find(Key{chat, false});
  if (found == chats_.end()) return superfluous;
  found->second.left = sequence_;
  std::deque<Outgoing>& queue = found->second.replies;
  const auto stays = [](const Outgoing& outgoing) { return !outgoing.screen; };
  const auto first = std::stable_partition(queue.begin(), queue.end(), stays);
  std::move(first, queue.end(), std::back_inserter(superfluous));
  queue.erase(first, queue.end());
  return superfluous;
}

SteadyTime SendQueue::ReadyAt(Chat& chat, SteadyTime now) {
  const std::deque<Outgoing>& queue = chat.Next();
  const bool may_wait = !queue.empty() && queue.front().priority == Priority::kRefresh;
  return std::max({chat.bucket.NextAt(now, may_wait ? 2 : 1), chat.flooded_until, chat.retry_at,
                   frozen_until_});
}

std::optional<Outgoing> SendQueue::Take(SteadyTime now) {
  if (frozen_until_ > now || overall_.NextAt(now) > now) return std::nullopt;
  Chat* best = nullptr;
  std::deque<Outgoing>* best_queue = nullptr;
  for (auto& [key, chat] : chats_) {
    if (chat.in_flight || ReadyAt(chat, now) > now) continue;
    std::deque<Outgoing>& queue = chat.Next();
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
  for (auto& [key, chat] : chats_) {
    if (chat.in_flight || (chat.replies.empty() && chat.notifications.empty())) continue;
    const SteadyTime ready = std::max(ReadyAt(chat, now), overall_.NextAt(now));
    next = next ? std::min(*next, ready) : ready;
  }
  return next;
}

std::optional<Outgoing> SendQueue::Finish(Outgoing outgoing, const ApiResult& result,
                                          SteadyTime now) {
  Chat& chat = ChatOf(outgoing);
  chat.in_flight = false;
  outgoing.left = IsLeft(chat, outgoing);
  if (result.outcome != Outcome::kRetry) return outgoing;
  if (result.retry_after_s > 0) {
    const bool others_too = std::any_of(chats_.begin(), chats_.end(), [&](const auto& entry) {
      return entry.first.chat != outgoing.chat && entry.second.flooded_until > now;
    });
    chat.flooded_until = now + std::min(kRetryAfterMax, std::chrono::seconds(result.retry_after_s));
    if (others_too) frozen_until_ = std::max(frozen_until_, chat.flooded_until);
  } else {
    chat.retry_at = now + Backoff(outgoing.attempts, pace_.retry);
  }
  std::deque<Outgoing>& queue = chat.QueueOf(outgoing);
  const bool spent = outgoing.priority == Priority::kFile && outgoing.attempts >= kFileAttemptsMax;
  const bool replaced = EditLike(queue, outgoing) != queue.end() ||
                        EditLike(chat.replies, outgoing) != chat.replies.end();
  if (spent || replaced || outgoing.left || now - outgoing.pushed >= kSendAgeMax) return outgoing;
  queue.push_front(std::move(outgoing));
  return std::nullopt;
}

void SendQueue::ForgetIdle(SteadyTime now) {
  for (auto entry = chats_.begin(); entry != chats_.end();) {
    Chat& chat = entry->second;
    const bool idle =
        chat.idle() && chat.flooded_until <= now && chat.retry_at <= now && chat.bucket.full(now);
    entry = idle ? chats_.erase(entry) : std::next(entry);
  }
}

std::vector<Outgoing> SendQueue::TakeAll() {
  std::vector<Outgoing> all;
  for (auto& [key, chat] : chats_) {
    for (auto* queue : {&chat.replies, &chat.notifications}) {
      for (Outgoing& outgoing : *queue) all.push_back(std::move(outgoing));
      queue->clear();
    }
  }
  return all;
}

}  // namespace kalends::telegram
