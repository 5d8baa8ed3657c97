#include "core/catalog/order.h"

#include <gtest/gtest.h>

#include <string>

namespace kalends::core {
namespace {

// A letter for each service; small ones are archived.
std::string Moved(const std::string& catalog, char service, int places) {
  std::vector<PlacedService> all;
  for (const char c : catalog) all.push_back({ServiceId{c}, c >= 'a'});
  std::string order;
  for (const ServiceId id : MovedBy(all, ServiceId{service}, places)) {
    order += static_cast<char>(id.value);
  }
  return order;
}

TEST(MovedBy, GoesPastOfferedServicesAndStopsAtTheEnds) {
  const struct {
    const char* name;
    const char* catalog;
    char service;
    int places;
    const char* order;
  } kCases[] = {
      {"one on", "ABC", 'A', 1, "BAC"},
      {"two on", "ABC", 'A', 2, "BCA"},
      {"beyond the end", "ABC", 'B', 200, "ACB"},
      {"one back", "ABC", 'C', -1, "ACB"},
      {"beyond the front", "ABC", 'C', -200, "CAB"},
      {"at the end", "ABC", 'C', 1, "ABC"},
      {"at the front", "ABC", 'A', -1, "ABC"},
      {"past archived ones", "AxyB", 'A', 1, "xyBA"},
      {"back past archived ones", "AxyB", 'B', -1, "BAxy"},
      {"only archived ones on", "Axy", 'A', 1, "Axy"},
      {"alone", "A", 'A', -1, "A"},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(Moved(c.catalog, c.service, c.places), c.order);
  }
}

}  // namespace
}  // namespace kalends::core
