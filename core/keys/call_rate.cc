#include "core/keys/call_rate.h"

#include <algorithm>
#include <cassert>

namespace kalends::core {

TakenCall TakeCall(int count, Ticks period, Ticks full_at, Ticks now) {
  assert(count > 0);
  const Ticks full_after = std::max(full_at, now) + period / count;
  const Ticks wait = std::max(Ticks(0), full_after - now - period);
  return wait == Ticks(0) ? TakenCall{full_after, wait} : TakenCall{full_at, wait};
}

TakenCall TakeCall(int per_second, Ticks full_at, Ticks now) {
  return TakeCall(per_second, std::chrono::seconds(1), full_at, now);
}

}  // namespace kalends::core
