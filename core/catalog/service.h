// What can be booked.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/id.h"
#include "core/base/money.h"
#include "core/base/time.h"

namespace kalends::core {

// The numbers that decide where a service fits. All are whole minutes.
struct BookingRules {
  Minutes duration{60};              // 5 to 1440.
  Minutes buffer_before{0};          // 0 to 720.
  Minutes buffer_after{0};           // 0 to 720.
  Minutes step{30};                  // 5 to 1440; starts lie at block start + k * step.
  Minutes minimum_notice{0};         // The earliest start is now + minimum_notice.
  Minutes horizon{90 * 24 * 60};     // The latest start is now + horizon.
  Minutes cancellation_deadline{0};  // A customer may cancel until start - deadline.
  int capacity = 1;                  // 1: individual; n: a group session of up to n.

  friend bool operator==(const BookingRules&, const BookingRules&) = default;
};

struct LocalizedText {
  std::string name;
  std::string description;

  friend bool operator==(const LocalizedText&, const LocalizedText&) = default;
};

struct Service {
  ServiceId id;
  ProviderId provider;
  std::string name;
  std::string description;
  std::map<std::string, LocalizedText> translations;  // By language: "de", "en", ...
  BookingRules rules;
  Money price;
  std::string payment_link;  // https URL with {appointment}, {amount}, {currency}; may be empty.
  std::string place;         // Default place or video link; may be empty.
  bool auto_accept = false;
  int position = 0;  // Order in the catalog, ascending, then by id.
  bool archived = false;
  std::int64_t version = 1;
  std::vector<ProviderId> specialists;  // Of an organization's service: who is to do it; none: all.
  std::vector<ProviderId> declined;     // Who of the staff does not, as they said themselves.
};

// Whether `specialist`, of the staff of the organization whose service it is, does it.
inline bool IsDoneBy(const Service& service, ProviderId specialist) {
  const auto holds = [&](const std::vector<ProviderId>& ids) {
    return std::find(ids.begin(), ids.end(), specialist) != ids.end();
  };
  return (service.specialists.empty() || holds(service.specialists)) && !holds(service.declined);
}

// Its texts for who reads `language` ("de"), each in the provider's first language where there is
// none in that one.
LocalizedText TextsIn(const Service& service, std::string_view language);

}  // namespace kalends::core
