#include "core/keys/call_rate.h"

#include <algorithm>
#include <cassert>

namespace kalends::core {

TakenCall TakeCall(int per_second, Ticks full_at, Ticks now) {
  assert(per_second > 0);
  constexpr Ticks kSecond = std::chrono::seconds(1);
  const Ticks full_after = std::max(full_at, now) + kSecond / per_second;
  const Ticks wait = std::max(Ticks(0), full_after - now - kSecond);
  return wait == Ticks(0) ? TakenCall{full_after, wait} : TakenCall{full_at, wait};
}

}  // namespace kalends::core
