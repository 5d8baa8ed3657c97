#include "core/booking/group_session.h"

#include <algorithm>
#include <chrono>

#include "core/base/limits.h"
#include "core/booking/occupancy.h"

namespace kalends::core {
namespace {

void AddMember(std::optional<GroupSession>& session, const Hold& hold) {
  if (!session) {
    session = GroupSession{.interval = hold.interval,
                           .hold = hold.hold,
                           .capacity = hold.capacity,
                           .members = 1,
                           .has_loner = hold.capacity == 1};
    return;
  }
  session->alike = session->alike && session->interval == hold.interval &&
                   session->hold == hold.hold && session->capacity == hold.capacity;
  session->has_loner = session->has_loner || hold.capacity == 1;
  ++session->members;
}

}  // namespace

std::optional<GroupSession> SessionAt(const Calendar& calendar, const Wanted& wanted,
                                      Instant start) {
  if (!wanted.service) return std::nullopt;
  std::optional<GroupSession> session;
  const Hold* moving = nullptr;
  const Hold* const end = calendar.holds.data() + calendar.holds.size();
  const Hold* hold = FirstHoldFrom(calendar.holds, start - kBufferMax);
  for (; hold != end && hold->hold.start <= start; ++hold) {
    if (hold->interval.start != start || hold->service != wanted.service) continue;
    if (IsIgnored(*hold, wanted)) {
      moving = hold;
    } else {
      AddMember(session, *hold);
    }
  }
  if (session && moving != nullptr) {
    session->interval = moving->interval;
    session->hold = moving->hold;
    session->capacity = moving->capacity;
    session->has_loner = session->has_loner || moving->capacity == 1;
    session->has_moving = true;
  }
  return session;
}

bool MayJoin(const GroupSession& session, const Wanted& wanted) {
  if (session.has_loner) return false;
  if (session.has_moving) return true;
  if (!session.alike || session.members >= session.capacity) return false;
  if (!wanted.ignore) return true;
  return wanted.rules.capacity > 1 &&
         session.interval.end - session.interval.start == wanted.rules.duration;
}

std::vector<GroupSession> OpenSessions(const Calendar& calendar, const Wanted& wanted,
                                       Instant first, Instant last) {
  std::vector<GroupSession> sessions;
  if (!wanted.service) return sessions;
  std::vector<Instant> starts;
  const Hold* const end = calendar.holds.data() + calendar.holds.size();
  const Hold* hold = FirstHoldFrom(calendar.holds, first - kBufferMax);
  for (; hold != end && hold->hold.start <= last; ++hold) {
    if (hold->capacity == 1 || hold->service != wanted.service) continue;
    const Instant start = hold->interval.start;
    if (start < first || start > last) continue;
    if (starts.empty() || starts.back() != start) starts.push_back(start);
  }
  std::sort(starts.begin(), starts.end());
  starts.erase(std::unique(starts.begin(), starts.end()), starts.end());
  for (const Instant start : starts) {
    const std::optional<GroupSession> session = SessionAt(calendar, wanted, start);
    if (session && MayJoin(*session, wanted)) sessions.push_back(*session);
  }
  return sessions;
}

}  // namespace kalends::core
