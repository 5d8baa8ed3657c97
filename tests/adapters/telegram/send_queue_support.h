// What tests of the send queue have in common.
#pragma once

#include <string>
#include <utility>

#include "adapters/telegram/send_queue.h"

namespace kalends::telegram {

inline const SteadyTime kStart = SteadyTime() + std::chrono::hours(1);

inline Outgoing To(std::int64_t chat, const char* name, Priority priority = Priority::kReply,
                   std::int64_t edits = 0) {
  Outgoing outgoing;
  outgoing.chat = chat;
  outgoing.call.method = name;
  outgoing.priority = priority;
  outgoing.edits = edits;
  return outgoing;
}

inline ApiResult Ok() {
  ApiResult result;
  result.outcome = Outcome::kOk;
  return result;
}

inline ApiResult Retry(int after_s) {
  ApiResult result;
  result.outcome = Outcome::kRetry;
  result.retry_after_s = after_s;
  return result;
}

// Takes and finishes what may go at `now`; its names in order.
inline std::string SendAll(SendQueue& queue, SteadyTime now) {
  std::string sent;
  while (auto outgoing = queue.Take(now)) {
    sent += outgoing->call.method;
    queue.Finish(std::move(*outgoing), Ok(), now);
  }
  return sent;
}

}  // namespace kalends::telegram
