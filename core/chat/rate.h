// How much one person may send.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <span>

#include "core/base/limits.h"
#include "core/base/time.h"

namespace kalends::core {

// At most `count` in any `period`.
struct RateLimit {
  int count = 0;
  std::chrono::seconds period{0};
};
inline constexpr RateLimit kMessageRates[] = {
    {kMessagesPerMinuteMax, std::chrono::minutes(1)},
    {kMessagesPerDayMax, std::chrono::hours(24)},
};
// Of appointments, to one provider.
inline constexpr RateLimit kRequestRates[] = {{kRequestsPerDayMax, std::chrono::hours(24)}};
// Of reminders by hand: of one appointment, and of all that a customer has with a provider. As each
// appointment has one a day, the last ones of all of them are those of the day.
inline constexpr RateLimit kAppointmentReminderRates[] = {{1, std::chrono::hours(24)}};
inline constexpr RateLimit kCustomerReminderRates[] = {
    {kHandRemindersPerDayMax, std::chrono::hours(24)}};

// Of asking customers by hand to sign a document.
inline constexpr RateLimit kConsentReminderRates[] = {{1, std::chrono::hours(24)}};

// When the next one may be sent: `nth_newest` is when the `count`-th newest one was sent (none:
// there are fewer), and [it, it + period) may hold no more than it does. `now` if at once.
Instant MaySendAt(const RateLimit& limit, std::optional<Instant> nth_newest, Instant now);
// The same of all limits: the latest. `nth_newest` tells it of the n-th newest.
Instant MaySendAt(std::span<const RateLimit> limits,
                  const std::function<std::optional<Instant>(int nth)>& nth_newest, Instant now);

}  // namespace kalends::core
