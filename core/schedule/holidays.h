// Bringing the special dates of a schedule in line with a file of public holidays.
#pragma once

#include <vector>

#include "core/schedule/holiday_file.h"
#include "core/schedule/schedule.h"

namespace kalends::core {

// Whether dates on which the file says that one has time are holidays, too. Many files of public
// holidays say so of all of theirs.
enum class FreeEntries { kLeaveOut, kTakeIn };

// Each ascending, by date.
struct HolidayChanges {
  std::vector<SpecialDate> added;
  std::vector<SpecialDate> changed;  // Have another label now.
  std::vector<SpecialDate> removed;
  std::vector<SpecialDate> unchanged;
  std::vector<SpecialDate> kept;  // What somebody entered for a date that the file has: it stays.
};

// Makes of `schedule` what the file wants of `window`: its dates without hours. Of what is there
// only what an import made is changed or removed; dates outside of the window stay. A yearly date
// that stands for a date of the file counts as there. The same file again changes nothing.
HolidayChanges ImportHolidays(Schedule& schedule, const std::vector<Holiday>& holidays,
                              const HolidayWindow& window, FreeEntries free);

}  // namespace kalends::core
