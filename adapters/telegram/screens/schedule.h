// A specialist's hours (SPEC 3.5): the card with all of them, and the weekly ones.
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

// The week, days of the same hours in one line, and the zone. HTML.
std::string HoursText(const Reader& reader, const v1::Schedule& schedule);

struct HoursView {
  v1::Schedule schedule;
  std::vector<v1::Closure> closures;  // The next ones.
  std::vector<v1::Opening> openings;
  int affected = 0;          // Appointments outside of all that.
  std::string heading = {};  // HTML; may be empty.
};
Screen HoursScreen(const Reader& reader, const HoursView& view);

Screen PickWeekdaysScreen(const Reader& reader, const v1::Schedule& schedule,
                          const PickWeekdays& choice, Nonce nonce);
// Hours may be typed instead of picked.
Screen PickFromScreen(const Reader& reader, const v1::Schedule& schedule, const PickFrom& choice);
Screen PickToScreen(const Reader& reader, const PickTo& choice);
Screen ReviewHoursScreen(const Reader& reader, const ReviewHours& choice, Nonce nonce);
// From which other day?
Screen AskCopyScreen(const Reader& reader, const v1::Schedule& schedule, int days, Nonce nonce);

enum class KeepHours { kOld, kNone };
// What weekdays `days` have once they get `spans` in `weeks`, besides their old hours there or in
// their place: those of the other weeks stay.
std::vector<v1::WeeklyHours> HoursWith(const v1::Schedule& schedule, int days, InWeeks weeks,
                                       const std::vector<HourSpan>& spans, KeepHours keep);
// Those of `weekday`, for each of `days`.
std::vector<v1::WeeklyHours> HoursCopied(const v1::Schedule& schedule, int days, int weekday);
// Whether any hours are of weeks A or B alone.
bool HasWeeksApart(const v1::Schedule& schedule);
// Which week the day is in: kA or kB.
InWeeks WeekOf(const v1::Schedule& schedule, date::year_month_day day);
date::year_month_day MondayOf(date::year_month_day day);

// "9-17", "9:00–12:30, 14 bis 18 Uhr"; empty: not understood.
std::vector<HourSpan> ParseHours(std::string_view text);

}  // namespace kalends::telegram
