// What becomes of agreed wall-clock times when zone rules change (SPEC 4.3a). Pure but for the zone
// rules themselves, which are those in force.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/booking/appointment.h"
#include "core/timezone/time_zone.h"

namespace kalends::core {

// What is agreed on with a start: what the clock of `zone` shows at it, by the rules of `version`.
AgreedTime AgreeOn(Instant start, const TimeZone& zone, std::string version);

// What new rules did to an appointment.
enum class Outcome {
  kMoved,    // The agreed time is kept, and the start with it.
  kStands,   // It had been lost, and by newer rules the clock shows it again. Nothing moved.
  kTaken,    // Lost: something else is in the specialist's way there.
  kSkipped,  // Lost: the clock does not show it any more.
  kPassed,   // Lost: the start would be over already.
};
// "zone_rules_moved" and so on: the reason in the history and in what both sides are told.
std::string_view NameOf(Outcome outcome);
inline bool IsKept(Outcome outcome) {
  return outcome == Outcome::kMoved || outcome == Outcome::kStands;
}

struct Ruling {
  std::size_t index = 0;  // In `holding`.
  Outcome outcome = Outcome::kMoved;
  Instant start;  // Where it begins from now on.
};

// Whether new rules concern the appointment: it is open and ahead, its clock shows at the start
// what was neither agreed on nor told since, or again what was agreed on and had been lost.
bool IsConcerned(const Appointment& appointment, Instant now);

// What becomes of the appointments of one specialist that new rules concern. `holding`: all that
// hold time of theirs and end after `now`, in any order. They are ruled on together, for who moves
// makes room for the next; an appointment that keeps its place may in turn be in others' way. Of
// two that want the same time, an accepted one goes before a request, then the earlier made.
// Members of a group session move together or not at all. The holds that result overlap no more
// than before.
//
// Of a time that the clock shows twice, the instant is the one nearer to the present start, the
// earlier of equals. Returns at least `enough` rulings if there are so many, a day or so more:
// what is left out neither needs nor hinders what is returned. In any order.
std::vector<Ruling> RuleOnAgreedTimes(std::span<const Appointment> holding, Instant now,
                                      std::size_t enough);

// Carries a ruling out on the appointment itself: start, end, hold, and what was told.
void ApplyRuling(Appointment& appointment, const Ruling& ruling);

}  // namespace kalends::core
