// Times as other programs write them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "core/base/time.h"
#include "core/timezone/time_zone.h"

namespace kalends::cli {

// How "03/04/2026" is meant; kUnsaid refuses it.
enum class DateOrder { kUnsaid, kDayFirst, kMonthFirst };

struct Moment {
  core::Instant instant;
  bool happens_twice = false;  // The wall clock showed it twice: the first is taken.
};

// Reads "2026-03-29 14:30", "2026-03-29T14:30:00+02:00", "2026-03-29T12:30:00.000Z", "29.03.2026
// 14:30", "3/29/2026 2:30 PM" and such. A time without an offset is that of the wall clock in
// `zone`. INVALID_ARGUMENT, with a sentence: it is none of these, is a date whose order nobody
// said, or a wall time that the clock skipped.
absl::StatusOr<Moment> ReadMoment(std::string_view text, const core::TimeZone& zone,
                                  DateOrder order);

// "12,50", "12.50", "1.234,50", "12" and such -> minor units of a currency with `digits` decimals;
// nullopt: it is no amount.
std::optional<std::int64_t> ReadAmount(std::string_view text, int digits);
// "12.50" of 1250 and 2; nothing of 0.
std::string WriteAmount(std::int64_t minor, int digits);
// "2026-03-29T12:30:00Z", which ReadMoment reads.
std::string WriteInstant(std::int64_t unix_seconds);
// 2 for EUR, 0 for JPY, 3 for IQD.
int DecimalsOf(const std::string& currency);

}  // namespace kalends::cli
