// Files of public holidays, which providers send as they found them.
#include "core/schedule/holiday_file.h"

#include "core/base/limits.h"
#include "core/base/text.h"
#include "core/schedule/holidays.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kalends::core;
  namespace fuzz = kalends::fuzz;
  static const TimeZone zone = *TimeZone::Find("Europe/Berlin");
  const date::local_days first(date::year(2026) / date::January / 1);
  const HolidayWindow window{first, first + kHolidaysAhead};
  const auto file = ReadHolidayFile(fuzz::Text(data, size), window, zone);
  if (!file.ok()) return 0;
  date::local_days last = first - date::days(1);
  for (const Holiday& one : file->holidays) {
    fuzz::Require(one.date > last && one.date <= window.last, "dates are in the window, in order");
    fuzz::Require(CheckText("label", one.label, 0, kLabelCharsMax).ok(), "a label can be kept");
    last = one.date;
  }
  Schedule schedule;
  ImportHolidays(schedule, file->holidays, window, FreeEntries::kTakeIn);
  const auto again = ImportHolidays(schedule, file->holidays, window, FreeEntries::kTakeIn);
  fuzz::Require(again.added.empty() && again.changed.empty() && again.removed.empty(),
                "the same again changes nothing");
  return 0;
}
