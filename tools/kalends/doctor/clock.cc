#include <fmt/format.h>
#include <sys/timex.h>

#include "tools/kalends/doctor/doctor.h"

namespace kalends::cli {

// What the kernel knows of the program that keeps its clock right; nobody outside is asked.
Findings CheckClock(const Patient&) {
  timex clock{};
  const int state = adjtimex(&clock);  // No modes: it only reads.
  if (state < 0) {
    return {Warning("the state of the clock cannot be read",
                    "see that the clock is kept right: timedatectl")};
  }
  if (state == TIME_ERROR || (clock.status & STA_UNSYNC) != 0) {
    return {Warning("nothing keeps the clock right (NTP)",
                    "run chrony or systemd-timesyncd: reminders and starts are as right as the "
                    "clock is; in a container the machine's own says it")};
  }
  return {Ok(fmt::format("the clock is kept right, to {} ms", clock.maxerror / 1000))};
}

}  // namespace kalends::cli
