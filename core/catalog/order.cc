#include "core/catalog/order.h"

#include <algorithm>
#include <cassert>

namespace kalends::core {

std::vector<ServiceId> MovedBy(std::span<const PlacedService> catalog, ServiceId service,
                               int places) {
  std::vector<PlacedService> order(catalog.begin(), catalog.end());
  auto at = std::find_if(order.begin(), order.end(),
                         [&](const PlacedService& one) { return one.id == service; });
  assert(at != order.end());
  // Past one offered service at a time, and past the archived ones before it.
  for (; places > 0; --places) {
    const auto next =
        std::find_if(at + 1, order.end(), [](const auto& one) { return !one.archived; });
    if (next == order.end()) break;
    std::rotate(at, at + 1, next + 1);
    at = next;
  }
  for (; places < 0; ++places) {
    const auto before = std::find_if(std::make_reverse_iterator(at), order.rend(),
                                     [](const auto& one) { return !one.archived; });
    if (before == order.rend()) break;
    const auto target = before.base() - 1;
    std::rotate(target, at, at + 1);
    at = target;
  }
  std::vector<ServiceId> ids;
  ids.reserve(order.size());
  for (const PlacedService& one : order) ids.push_back(one.id);
  return ids;
}

}  // namespace kalends::core
