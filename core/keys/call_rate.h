// How many calls may come in a second, or in another period, by a bucket of tokens: one drips in
// every 1/`count` of the period, each call takes one, and a bucket that is full holds those of one
// period.
#pragma once

#include "core/base/time.h"

namespace kalends::core {

struct TakenCall {
  Ticks full_at;  // When the bucket is full again, if nothing more is taken.
  Ticks wait;     // 0: the call may run. Otherwise nothing was taken; how long until it may.
};
// Takes a token from a bucket that was last known to be full again at `full_at`; of a new one that
// is 0 or any time that has passed. `count` > 0.
TakenCall TakeCall(int count, Ticks period, Ticks full_at, Ticks now);
// The same of a period of one second.
TakenCall TakeCall(int per_second, Ticks full_at, Ticks now);

}  // namespace kalends::core
