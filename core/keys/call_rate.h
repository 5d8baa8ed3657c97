// How many calls may come in a second, by a bucket of tokens: one drips in every 1/`per_second`
// seconds, each call takes one, and a bucket that is full holds those of one second.
#pragma once

#include "core/base/time.h"

namespace kalends::core {

struct TakenCall {
  Ticks full_at;  // When the bucket is full again, if nothing more is taken.
  Ticks wait;     // 0: the call may run. Otherwise nothing was taken; how long until it may.
};
// Takes a token from a bucket that was last known to be full again at `full_at`; of a new one that
// is 0 or any time that has passed. `per_second` > 0.
TakenCall TakeCall(int per_second, Ticks full_at, Ticks now);

}  // namespace kalends::core
