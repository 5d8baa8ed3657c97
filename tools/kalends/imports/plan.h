// What an import decides before the core is asked.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/base/time.h"

namespace kalends::cli {

// The id by which the core knows a record of `source`: "easyappointments/appointment/17". What is
// not of a few plain characters, an e-mail address say, goes as a hash: ids are kept for good.
// `source` is of at most kSourceCharsMax lower-case letters, digits and dashes.
inline constexpr std::size_t kSourceCharsMax = 30;
bool IsSourceName(std::string_view source);
std::string ExternalId(std::string_view source, std::string_view kind, std::string_view id);

// The times that an import would hold, beside each other: of one specialist none overlaps another,
// but for a group session, the same service at the same time up to its capacity.
class PlannedHolds {
 public:
  bool Fits(const std::string& specialist, const core::Interval& interval,
            const std::string& service, int capacity) const;
  // Where it fits; changes nothing otherwise.
  void Take(const std::string& specialist, const core::Interval& interval,
            const std::string& service, int capacity);

 private:
  struct Held {
    core::Instant end;
    std::string service;
    int seats = 1;
  };
  std::map<std::string, std::map<core::Instant, Held>> held_;  // By specialist, by start.
};

}  // namespace kalends::cli
