// Offsets from UTC as people and programs write them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/time.h"

namespace kalends::core {

// Reads "UTC", "UTC+5", "GMT+05:45", "+0545", "utc−3" (a minus of any kind). nullopt: anything else
// ("GMT" alone is a zone of the tz database), or outside [-12:00, +14:00].
std::optional<Minutes> ReadOffset(std::string_view text);

// What a zone of a bare offset is called: "UTC", "UTC+05:45".
std::string FixedOffsetName(Minutes offset);

}  // namespace kalends::core
