#include "core/chat/rate.h"

#include <algorithm>

namespace kalends::core {

Instant MaySendAt(const RateLimit& limit, std::optional<Instant> nth_newest, Instant now) {
  return nth_newest ? std::max(now, *nth_newest + limit.period) : now;
}

Instant MaySendAt(std::span<const RateLimit> limits,
                  const std::function<std::optional<Instant>(int nth)>& nth_newest, Instant now) {
  Instant may_go_on = now;
  for (const RateLimit& limit : limits) {
    may_go_on = std::max(may_go_on, MaySendAt(limit, nth_newest(limit.count), now));
  }
  return may_go_on;
}

}  // namespace kalends::core
