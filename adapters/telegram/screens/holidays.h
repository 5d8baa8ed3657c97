// A specialist's holidays: special dates, most of them without hours.
#pragma once

#include <string>
#include <vector>

#include "adapters/telegram/actions/holidays.h"
#include "adapters/telegram/screens/common.h"
#include "adapters/telegram/screens/typed_days.h"
#include "kalends/v1/schedule_service.pb.h"

namespace kalends::telegram {

inline constexpr int kHolidaysPerPage = 8;

// A special date, and when it is next.
struct Holiday {
  v1::SpecialDate date;
  date::year_month_day next;
};
// Those from `today` on, by their next day.
std::vector<Holiday> HolidaysAhead(const v1::Schedule& schedule, date::year_month_day today);
// "Fr., 25. Dez. · Weihnachten 🔁". Plain.
std::string HolidayText(const Reader& reader, const Holiday& holiday);

Screen HolidaysScreen(const Reader& reader, const Page<Holiday>& holidays);
Screen AskHolidayScreen(const Reader& reader);
// What was typed, before it is kept.
Screen ReviewHolidayScreen(const Reader& reader, const TypedHoliday& holiday, Nonce nonce);
// `heading`: HTML; may be empty.
Screen HolidayScreen(const Reader& reader, const Holiday& holiday, Nonce nonce,
                     const std::string& heading);
Screen AskHolidayFileScreen(const Reader& reader);

// What a file would change, without the entries on which it says that one is free, and with them.
struct HolidayFileView {
  v1::ImportHolidaysResponse without_free;
  v1::ImportHolidaysResponse with_free;
  Nonce nonce;
};
Screen HolidayFileScreen(const Reader& reader, const HolidayFileView& view);
// What it has changed.
std::string HolidayFileTaken(const Reader& reader, const v1::ImportHolidaysResponse& taken);

}  // namespace kalends::telegram
