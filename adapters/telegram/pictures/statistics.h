// A provider's week or month as a picture (SPEC 3.12).
#pragma once

#include <string>

#include "adapters/telegram/screens/common.h"
#include "kalends/v1/statistics_service.pb.h"

namespace kalends::telegram {

// A bar for each day, of what was agreed, by what became of it. A PNG.
std::string StatisticsPicture(const Reader& reader, const v1::Statistics& statistics);

}  // namespace kalends::telegram
