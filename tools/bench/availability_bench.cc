// Times BookableStarts: 30 days of weekly hours with a lunch break and 500 holds, and variants of
// it that show what each rule costs. Prints nanoseconds of CPU time per call: the
// median of several runs, and the best.
#include <time.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

#include "core/booking/availability.h"

namespace kalends::core {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

constexpr int kRuns = 101;
constexpr int kCallsPerRun = 2000;
constexpr int kHolds = 500;
constexpr days kRange{30};
// The clocks of Berlin change on 2027-03-28, inside the range.
constexpr Instant kNow{date::sys_days{date::year{2027} / 3 / 8}};

Calendar BerlinCalendar() {
  Calendar calendar;
  calendar.schedule.time_zone = "Europe/Berlin";
  for (unsigned day = 1; day <= 7; ++day) {
    const date::weekday weekday{day};
    calendar.schedule.weekly.push_back({weekday, {hours{9}, hours{12}}});
    calendar.schedule.weekly.push_back({weekday, {hours{13}, hours{18}}});
  }
  return calendar;
}

// Holds of 20 minutes, evenly over the range: most starts are taken, as in a busy practice.
std::vector<Hold> EvenHolds() {
  std::vector<Hold> holds;
  for (int i = 0; i < kHolds; ++i) {
    const Instant start = kNow + i * minutes{kRange} / kHolds;
    const Interval taken{start, start + minutes{20}};
    holds.push_back({AppointmentId{i + 1}, taken, taken, ServiceId{1}, 1});
  }
  return holds;
}

// Of this thread alone: what else the machine does is not measured.
double CpuNanoseconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e9 + static_cast<double>(time.tv_nsec);
}

void Measure(const char* name, const Calendar& calendar, const Wanted& wanted) {
  const Interval range{kNow, kNow + kRange};
  std::vector<double> nanoseconds;
  std::size_t starts = 0;
  for (int run = 0; run < kRuns; ++run) {
    const double before = CpuNanoseconds();
    std::size_t sum = 0;
    for (int call = 0; call < kCallsPerRun; ++call) {
      sum += BookableStarts(calendar, wanted, range, kNow).size();
    }
    nanoseconds.push_back((CpuNanoseconds() - before) / kCallsPerRun);
    starts = sum / kCallsPerRun;
  }
  std::sort(nanoseconds.begin(), nanoseconds.end());
  std::printf("%-28s %5zu starts %8.0f ns median %8.0f ns best\n", name, starts,
              nanoseconds[nanoseconds.size() / 2], nanoseconds.front());
}

void Run() {
  const Wanted wanted{.service = ServiceId{1}, .rules = {.duration = hours{1}}, .ignore = {}};
  Calendar calendar = BerlinCalendar();
  Measure("no holds", calendar, wanted);
  calendar.holds = EvenHolds();
  Measure("500 holds", calendar, wanted);

  Wanted short_visit = wanted;
  short_visit.rules.duration = minutes{10};
  short_visit.rules.step = minutes{10};
  Measure("500 holds, 10-minute steps", calendar, short_visit);

  Calendar capped = calendar;
  capped.schedule.daily_cap = 1000;
  Measure("500 holds, daily cap", capped, wanted);

  Calendar cut = calendar;
  for (int i = 0; i < 20; ++i) {
    const Instant start = kNow + hours{36 * i};
    cut.closures.push_back({start, start + hours{2}});
    cut.openings.push_back({start + hours{20}, start + hours{22}});
  }
  Measure("500 holds, 20 closures", cut, wanted);

  Calendar always = calendar;
  always.schedule.weekly.clear();
  for (unsigned day = 1; day <= 7; ++day) {
    always.schedule.weekly.push_back({date::weekday{day}, {hours{0}, hours{24}}});
  }
  Measure("500 holds, never closed", always, wanted);
}

}  // namespace
}  // namespace kalends::core

int main() {
  kalends::core::Run();
  return 0;
}
