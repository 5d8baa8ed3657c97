#include "core/documents/pace.h"

#include <algorithm>

namespace kalends::core {

Ticks Pace::MayWait(Ticks now) const {
  return std::min({limits_.idle_max, limits_.window - waited_, limits_.whole_max - (now - begun_)});
}

void Pace::Moved(std::int64_t bytes, Ticks waited) {
  bytes_ += bytes;
  waited_ += waited;
  if (bytes_ < limits_.bytes) return;
  bytes_ = 0;
  waited_ = Ticks(0);
}

}  // namespace kalends::core
