// The dates of rules, on a clock of no zone.
#pragma once

#include <date/date.h>
#include <libical/ical.h>

#include <functional>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"

namespace kalends::busy {

// What libical read, as a point of a clock; nullopt: not a time of the years 1 to 9999.
std::optional<date::local_seconds> WallOf(const icaltimetype& time);
icaltimetype ToIcal(date::local_seconds wall, bool is_date);

// Whether the rule is of a kind whose next date is found soon.
bool IsExpandable(const icalrecurrencetype& rule);

// The starts that `rule` names from `first`, which need not be one, in [from, to). `step` is told
// of each date that is gone through, and ends it by an error. The rule is one that IsExpandable
// lets through, its UNTIL on the same clock.
absl::StatusOr<std::vector<date::local_seconds>> StartsOf(
    const icalrecurrencetype& rule, date::local_seconds first, bool is_date,
    date::local_seconds from, date::local_seconds to, const std::function<absl::Status()>& step);

}  // namespace kalends::busy
