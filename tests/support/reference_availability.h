// Availability computed the slow, obvious way (SPEC 4.3): minute by minute, reading the wall clock.
// Everything must lie on whole minutes.
#pragma once

#include <map>
#include <vector>

#include "core/booking/availability.h"
#include "core/timezone/time_zone.h"

namespace kalends::core {

class ReferenceAvailability {
 public:
  // `calendar` outlives this.
  explicit ReferenceAvailability(const Calendar& calendar);

  bool IsOpen(Instant instant);
  std::vector<Instant> Starts(const Wanted& wanted, const Interval& range, Instant now);

 private:
  bool ReadsOpen(Instant instant);
  bool Exists(date::local_days date);
  bool IsInHours(date::local_days date, Minutes since_midnight);
  bool IsBookable(const Wanted& wanted, Instant start, Instant open_since, Instant now);
  std::vector<Hold> Members(const Wanted& wanted, Instant start) const;
  bool HasSeat(const Wanted& wanted, Instant start) const;
  bool HasRoom(const Wanted& wanted, Instant start) const;
  bool IsWithinCap(const Wanted& wanted, Instant start) const;

  const Calendar& calendar_;
  TimeZone zone_;
  std::map<Instant, bool> open_;  // What was read already.
  std::map<date::local_days, bool> exists_;
};

}  // namespace kalends::core
