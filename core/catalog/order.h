// The order of a catalog.
#pragma once

#include <span>
#include <vector>

#include "core/base/id.h"

namespace kalends::core {

struct PlacedService {
  ServiceId id;
  bool archived = false;
};

// The ids of `catalog`, which is in its order, once `service` has gone past `places` offered ones
// (below 0: towards the front), or to the end where there are fewer. Archived ones count for
// nothing, and keep their places among the others. `service` is in the catalog.
std::vector<ServiceId> MovedBy(std::span<const PlacedService> catalog, ServiceId service,
                               int places);

}  // namespace kalends::core
