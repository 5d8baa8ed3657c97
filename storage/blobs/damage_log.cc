#include "storage/blobs/damage_log.h"

#include <spdlog/spdlog.h>

#include "core/operate/metrics.h"

namespace kalends::storage {
namespace {

operate::Counter unreadable("kalends_storage_unreadable_values_total",
                            "Values that could not be read, each named in the log once.");

}  // namespace

void DamageLog::Note(std::string_view place, std::string_view why) {
  {
    const std::lock_guard lock(mutex_);
    if (places_.size() == kDamagedPlacesMax || !places_.emplace(place).second) return;
  }
  unreadable.Add();
  spdlog::error("{} cannot be read and is left out: {}", place, why);
}

std::int64_t DamageLog::count() const {
  const std::lock_guard lock(mutex_);
  return static_cast<std::int64_t>(places_.size());
}

}  // namespace kalends::storage
