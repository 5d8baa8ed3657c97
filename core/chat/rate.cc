#include "core/chat/rate.h"

#include <algorithm>

namespace kalends::core {

Instant MaySendAt(const RateLimit& limit, std::optional<Instant> nth_newest, Instant now) {
  return nth_newest ? std::max(now, *nth_newest + limit.period) : now;
}

}  // namespace kalends::core
