// What statistics count. Call only inside Database::Read or Submit.
#pragma once

#include "core/statistics/statistics.h"
#include "storage/database.h"

namespace kalends::storage {

// What was booked with a provider, and paid to it, `within` an interval, by the times that
// core::Facts names. What others wrote into the calendar without a request is no request.
core::Facts FactsOf(Transaction& tx, core::ProviderId provider, const core::Interval& within);

}  // namespace kalends::storage
