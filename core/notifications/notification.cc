#include "core/notifications/notification.h"

#include <algorithm>
#include <cassert>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/text.h"

namespace kalends::core {
namespace {

constexpr std::chrono::hours kQuietFrom{22};
constexpr std::chrono::hours kQuietUntil{7};

bool IsQuiet(Instant at, const TimeZone& zone) {
  const date::local_seconds wall = zone.ToLocal(at);
  const auto time_of_day = wall - date::floor<date::days>(wall);
  return time_of_day < kQuietUntil || time_of_day >= kQuietFrom;
}

// The last whole minute before the quiet hours that `due` lies in.
Instant BeforeQuietHours(Instant due, const TimeZone& zone) {
  Instant candidate = std::chrono::floor<std::chrono::minutes>(due);
  while (IsQuiet(candidate, zone)) candidate -= std::chrono::minutes(1);
  return candidate;
}

}  // namespace

const NotificationRow& RowOf(NotificationKind kind) {
  const NotificationRow& row = kNotificationRows[static_cast<std::size_t>(kind)];
  assert(row.kind == kind);
  return row;
}

std::string_view NameOf(NotificationKind kind) { return RowOf(kind).name; }

std::optional<NotificationKind> ParseNotificationKind(std::string_view name) {
  for (const NotificationRow& row : kNotificationRows) {
    if (row.name == name) return row.kind;
  }
  return std::nullopt;
}

Instant AfterQuietHours(Instant due, const TimeZone& zone) {
  if (!IsQuiet(due, zone)) return due;
  const date::local_seconds local = zone.ToLocal(due);
  const date::local_days today = date::floor<date::days>(local);
  const auto time_of_day = local - today;
  const date::local_days day = time_of_day >= kQuietFrom ? today + date::days(1) : today;
  // Where 07:00 is skipped or repeated by a clock change, the first instant not before it counts.
  const Instant day_start = zone.StartOfDay(day);
  for (Instant candidate = std::max(due, day_start);; candidate += std::chrono::minutes(1)) {
    if (!IsQuiet(candidate, zone)) return candidate;
  }
}

absl::Status CheckReminders(const std::vector<Minutes>& before) {
  constexpr std::string_view kField = "provider.reminders";
  if (before.size() > kRemindersMax) {
    return InvalidField(kField, "may be at most " + std::to_string(kRemindersMax));
  }
  return CheckEach(kField, before, [&](Minutes lead) {
    const bool fits = lead >= kReminderLeadMin && lead <= kReminderLeadMax;
    return fits ? absl::OkStatus() : InvalidField(kField, "must be 5 minutes to 30 days");
  });
}

absl::Status CheckReminderText(std::string_view text) {
  return CheckText("provider.reminder_text", text, 0, kReminderTextCharsMax, Lines::kMany);
}

std::vector<Instant> ReminderTimes(Instant start, const std::vector<Minutes>& before, Instant now,
                                   const TimeZone& zone) {
  std::vector<Instant> times;
  for (const Minutes lead : before) {
    const Instant due = start - lead;
    if (due <= now) continue;
    const bool in_time = AfterQuietHours(due, zone) < start;
    times.push_back(in_time ? due : std::max(now, BeforeQuietHours(due, zone)));
  }
  std::sort(times.begin(), times.end());
  times.erase(std::unique(times.begin(), times.end()), times.end());
  return times;
}

}  // namespace kalends::core
