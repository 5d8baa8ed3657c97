// A specialist's working hours (the part of SPEC 3.5 that a start needs).
#pragma once

#include <vector>

#include "adapters/telegram/actions/schedule.h"
#include "adapters/telegram/screens/common.h"
#include "kalends/v1/schedule_service.pb.h"

namespace kalends::telegram {

inline constexpr int kWeekdaysAll = (1 << 7) - 1;
// Whether a set of weekdays has one, of 1 (Monday) to 7.
inline bool HasWeekday(int days, int weekday) { return (days >> (weekday - 1) & 1) != 0; }
inline constexpr std::size_t kSpansMax = 6;  // Typed at once.

// Minutes after 00:00; an end at or before the start means the next day.
struct HourSpan {
  int from = 0;
  int to = 0;
  friend bool operator==(const HourSpan&, const HourSpan&) = default;
};

// "Mo: 09:00–12:00, 13:00–17:00", a line for each weekday, and the zone.
std::string HoursText(const Reader& reader, const v1::Schedule& schedule);  // HTML.
Screen HoursScreen(const Reader& reader, const v1::Schedule& schedule);
Screen PickWeekdaysScreen(const Reader& reader, int days, Nonce nonce);
// Hours may be typed instead of picked.
Screen PickFromScreen(const Reader& reader, int days, const v1::Schedule& schedule);
Screen PickToScreen(const Reader& reader, int days, int from);
Screen ReviewHoursScreen(const Reader& reader, const ReviewHours& choice, Nonce nonce);
// After a change; `affected` appointments now lie outside.
Screen HoursSavedScreen(const Reader& reader, const v1::Schedule& schedule, int affected);

// "9-17", "9:00–12:30, 14 bis 18 Uhr"; empty: not understood.
std::vector<HourSpan> ParseHours(std::string_view text);

}  // namespace kalends::telegram
