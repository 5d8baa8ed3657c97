// Group sessions: appointments of one service with one start share one (SPEC 4.2). A session keeps
// the length, the buffers and the capacity it began with, whatever its service has come to say.
#pragma once

#include <optional>
#include <vector>

#include "core/base/time.h"
#include "core/booking/availability.h"

namespace kalends::core {

struct GroupSession {
  // Of each member; where they differ, of one of them: of the appointment that is being moved, if
  // it sits there.
  Interval interval;
  Interval hold;  // With the buffers.
  int capacity = 1;
  int members = 0;          // But for the appointment that is being moved.
  bool alike = true;        // Whether these members do not differ.
  bool has_loner = false;   // Somebody there is of capacity 1.
  bool has_moving = false;  // The appointment that is being moved sits there.
};

// What `wanted` would share at `start`; nullopt: nobody is there.
std::optional<GroupSession> SessionAt(const Calendar& calendar, const Wanted& wanted,
                                      Instant start);

// Whether `wanted` may take a seat. Who sits there keeps it, however many do; but who was alone by
// their own capacity, or is there with somebody who was, has no seat to keep. Members that differ,
// as before sessions kept what they began with, let nobody else in: there is nothing to take over.
// An appointment that moves keeps its length, which both sides agreed, and its being alone.
bool MayJoin(const GroupSession& session, const Wanted& wanted);

// The sessions that start in [first, last] and that `wanted` may join, ascending.
std::vector<GroupSession> OpenSessions(const Calendar& calendar, const Wanted& wanted,
                                       Instant first, Instant last);

}  // namespace kalends::core
