// What other subjects need of a provider's calendar.
#pragma once

#include <optional>

#include "adapters/telegram/screens/calendar.h"
#include "adapters/telegram/turn.h"
#include "kalends/v1/provider_service.pb.h"

namespace kalends::telegram {

// A day of the reader's own, of an organization of all its specialists, or of one. No day: today.
absl::StatusOr<CalendarView> ReadDay(Turn& turn, const ProviderId& specialist,
                                     std::optional<date::year_month_day> day);
// Today, of `count` of an organization's specialists, from the `first` on.
absl::StatusOr<CalendarView> ReadTeamsDay(Turn& turn, const v1::Provider& organization, int first,
                                          int count);

}  // namespace kalends::telegram
