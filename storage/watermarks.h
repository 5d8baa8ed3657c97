// How far ids and clocks have come, whatever was deleted since. Call only inside Database::Read or
// Submit.
#pragma once

#include <cstdint>

#include "core/base/time.h"
#include "storage/database.h"

namespace kalends::storage {

struct Watermarks {
  std::int64_t ids_up_to = 0;  // No id above it was ever given.
  core::Instant written;       // When a core wrote here, by its clock; at most some hours ago.
};
Watermarks FindWatermarks(Transaction& tx);
void PutWatermarks(Transaction& tx, const Watermarks& watermarks);

}  // namespace kalends::storage
