#include "core/app/keys_reads.h"

#include "core/base/limits.h"

namespace kalends::app {

bool ReadTrail::Take(const Reading& reading, core::Instant now) {
  const std::int64_t hour = core::ToUnixSeconds(now) / core::kReadingAuditedOncePer.count();
  const std::lock_guard lock(mutex_);
  if (hour != hour_ || taken_.size() >= max_) taken_.clear();
  hour_ = hour;
  return taken_.insert(reading).second;
}

void ReadTrail::GiveBack(const Reading& reading) {
  const std::lock_guard lock(mutex_);
  taken_.erase(reading);
}

}  // namespace kalends::app
