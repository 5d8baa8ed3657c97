#include "core/feeds/entries.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace kalends::core {
namespace {

constexpr std::chrono::days kYear{366};

// What makes a session one.
using SessionKey = std::tuple<ProviderId, ServiceId, ProviderId, Instant>;

bool IsOff(AppointmentStatus status) {
  return status == AppointmentStatus::kCancelled || status == AppointmentStatus::kRejected;
}

// Which of two statuses tells more of a session.
int Weight(AppointmentStatus status) {
  if (IsOff(status)) return 0;
  return status == AppointmentStatus::kPending ? 1 : 2;
}

std::string SessionUid(const Appointment& appointment) {
  return appointment.service->ToString() + "-" + appointment.specialist.ToString() + "-" +
         std::to_string(ToUnixSeconds(appointment.interval.start));
}

FeedEntry EntryOf(FeedPart part) {
  const Appointment& appointment = part.appointment;
  FeedEntry entry;
  entry.uid = appointment.id.ToString();
  entry.revision = appointment.version;
  entry.changed = part.changed;
  entry.interval = appointment.interval;
  entry.time_zone = appointment.agreed ? appointment.agreed->zone : TimeZone::Utc().name();
  entry.status = appointment.status;
  entry.service = std::move(part.service);
  entry.participants = {std::move(part.participant)};
  entry.specialist_name = std::move(part.specialist_name);
  entry.place = appointment.place;
  entry.provider_name = std::move(part.provider_name);
  entry.reminders = std::move(part.reminders);
  return entry;
}

// `entry` is of a session already; `one` is another appointment of it.
void Join(FeedEntry one, FeedEntry& entry) {
  entry.revision += one.revision;
  entry.changed = std::max(entry.changed, one.changed);
  entry.capacity = std::max(entry.capacity, one.capacity);
  // Of those that are off the place may be an old one.
  if (Weight(one.status) > Weight(entry.status)) {
    entry.status = one.status;
    entry.place = std::move(one.place);
    entry.interval = one.interval;
  }
  std::move(one.participants.begin(), one.participants.end(),
            std::back_inserter(entry.participants));
}

}  // namespace

std::vector<FeedEntry> EntriesOf(std::vector<FeedPart> parts, FeedRole role) {
  std::vector<FeedEntry> entries;
  std::map<SessionKey, std::size_t> sessions;
  for (FeedPart& part : parts) {
    const Appointment& appointment = part.appointment;
    const bool in_session =
        role == FeedRole::kProvider && appointment.capacity > 1 && appointment.service;
    if (!in_session) {
      entries.push_back(EntryOf(std::move(part)));
      continue;
    }
    const SessionKey key{appointment.provider, *appointment.service, appointment.specialist,
                         appointment.interval.start};
    const std::string uid = SessionUid(appointment);
    const int capacity = appointment.capacity;
    FeedEntry entry = EntryOf(std::move(part));
    entry.uid = uid;
    entry.capacity = capacity;
    if (IsOff(entry.status)) entry.participants.clear();
    const auto [found, is_new] = sessions.try_emplace(key, entries.size());
    if (is_new) {
      entries.push_back(std::move(entry));
    } else {
      Join(std::move(entry), entries[found->second]);
    }
  }
  std::sort(entries.begin(), entries.end(), [](const FeedEntry& a, const FeedEntry& b) {
    return std::tie(a.interval.start, a.uid) < std::tie(b.interval.start, b.uid);
  });
  return entries;
}

std::vector<FeedZone> ZonesOf(const std::vector<FeedEntry>& entries) {
  std::map<std::string, Interval> ranges;
  for (const FeedEntry& entry : entries) {
    const auto [found, is_new] = ranges.try_emplace(entry.time_zone, entry.interval);
    found->second.start = std::min(found->second.start, entry.interval.start);
    found->second.end = std::max(found->second.end, entry.interval.end);
  }
  std::vector<FeedZone> zones;
  for (const auto& [name, range] : ranges) {
    const auto zone = TimeZone::Find(name);
    if (!zone || zone->is_fixed_offset()) continue;
    zones.push_back({name, zone->OffsetsOver({range.start - kYear, range.end + kYear})});
  }
  return zones;
}

}  // namespace kalends::core
