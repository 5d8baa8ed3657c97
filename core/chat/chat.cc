#include "core/chat/chat.h"

#include "core/base/error.h"

namespace kalends::core {

std::int64_t AddMessage(Thread& thread, const Sent& sent) {
  ++thread.last_number;
  thread.last_message = sent.when;
  thread.activity = sent.activity;
  thread.ReadBy(sent.sender) = thread.last_number;
  return thread.last_number;
}

absl::StatusOr<bool> MarkRead(Thread& thread, Side side, std::int64_t number) {
  if (number < 1 || number > thread.last_number) return Error(Reason::kNotFound);
  std::int64_t& read = thread.ReadBy(side);
  if (number <= read) return false;
  read = number;
  return true;
}

}  // namespace kalends::core
