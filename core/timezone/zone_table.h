// The offsets of an IANA zone, as the tz database's files have them now.
#pragma once

#include <date/date.h>

#include <optional>
#include <string_view>
#include <vector>

#include "core/base/time.h"
#include "core/timezone/time_zone.h"
#include "core/timezone/zone_files.h"

namespace kalends::core {

// The edges of the first and the last span of every zone.
inline constexpr Instant kBeginOfTime{date::sys_days{date::year::min() / 1 / 1}};
inline constexpr Instant kEndOfTime{date::sys_days{date::year::max() / 12 / 31}};
// Clock changes are known before this instant; the offset in force at it is kept for ever after.
inline constexpr Instant kClockChangesEnd{date::sys_days{date::year{2101} / 1 / 1}};

// Returns the spans of `name` from kBeginOfTime to kEndOfTime, in order, without gaps, neighbours
// differing in offset. nullopt: no such zone, or one that means the server's own.
// Reads the file each time it is called.
std::optional<std::vector<OffsetSpan>> LoadOffsets(std::string_view name);
// Of the file that LoadOffsets reads for `name`.
std::optional<FileMark> ZoneFileMark(std::string_view name);

}  // namespace kalends::core
