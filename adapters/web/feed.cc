#include "adapters/web/feed.h"

#include <date/date.h>
#include <fmt/format.h>

#include <algorithm>

#include "adapters/shared/safe_text.h"
#include "adapters/web/limits.h"

namespace kalends::web {
namespace {

using Instant = std::chrono::sys_seconds;

Instant At(const google::protobuf::Timestamp& time) {
  return Instant(std::chrono::seconds(time.seconds()));
}

EventStatus StatusOf(v1::Appointment::Status status) {
  switch (status) {
    case v1::Appointment::STATUS_PENDING:
      return EventStatus::kTentative;
    case v1::Appointment::STATUS_ACCEPTED:
    case v1::Appointment::STATUS_COMPLETED:
    case v1::Appointment::STATUS_MISSED:
      return EventStatus::kConfirmed;
    default:
      return EventStatus::kCancelled;
  }
}

// "Massage · Ada Weiss", as in the files that the bot sends; "Yoga (3/8)" of a session.
std::string TitleOf(const v1::FeedEntry& entry) {
  std::string title = SafeText(entry.service_display_name());
  const auto append = [&](const std::string& name) {
    if (name.empty()) return;
    if (!title.empty()) title += " · ";
    title += SafeText(name);
  };
  if (entry.capacity() > 1) {
    title += fmt::format(" ({}/{})", entry.participants_size(), entry.capacity());
  } else {
    for (const std::string& name : entry.participants()) append(name);
  }
  append(entry.specialist_display_name());
  return title;
}

std::string NamesIn(const v1::FeedEntry& entry) {
  std::string names;
  for (const std::string& name : entry.participants()) {
    if (!names.empty()) names += '\n';
    names += SafeText(name);
  }
  return names;
}

CalendarEvent EventOf(const v1::FeedEntry& entry) {
  CalendarEvent event;
  event.uid = entry.uid();
  event.sequence = entry.revision();
  event.stamp = At(entry.change_time());
  event.changed = event.stamp;
  event.start = At(entry.start_time());
  event.end = At(entry.end_time());
  event.zone = entry.time_zone();
  event.status = StatusOf(entry.status());
  event.summary = TitleOf(entry);
  if (entry.capacity() > 1) event.description = NamesIn(entry);
  event.place = entry.place();
  event.organizer = SafeText(entry.provider_display_name());
  for (const auto& lead : entry.reminders()) {
    event.alarms.emplace_back(lead.seconds());
  }
  return event;
}

}  // namespace

Calendar CalendarOf(const v1::FeedCalendar& feed) {
  Calendar calendar;
  calendar.program = "kalends-web";
  calendar.name = "Kalends";
  if (!feed.display_name().empty()) calendar.name += " · " + SafeText(feed.display_name());
  calendar.refresh = kFeedRefresh;
  for (const v1::ZoneOffsets& offsets : feed.zones()) {
    CalendarZone zone{offsets.time_zone(), {}};
    for (const v1::ZoneOffsets::Span& span : offsets.spans()) {
      zone.spans.push_back({At(span.start_time()), std::chrono::seconds(span.offset_seconds())});
    }
    if (!zone.spans.empty()) calendar.zones.push_back(std::move(zone));
  }
  for (const v1::FeedEntry& entry : feed.entries()) calendar.events.push_back(EventOf(entry));
  return calendar;
}

std::optional<Instant> LastChangeOf(const v1::FeedCalendar& feed) {
  std::optional<Instant> last;
  for (const v1::FeedEntry& entry : feed.entries()) {
    last = std::max(last.value_or(Instant::min()), At(entry.change_time()));
  }
  return last;
}

std::string HttpDate(Instant instant) {
  // English, whatever the locale.
  constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = date::floor<date::days>(instant);
  const date::year_month_day ymd(day);
  const date::hh_mm_ss time(instant - day);
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT",
                     kDays[date::weekday(day).c_encoding()], static_cast<unsigned>(ymd.day()),
                     kMonths[static_cast<unsigned>(ymd.month()) - 1], static_cast<int>(ymd.year()),
                     time.hours().count(), time.minutes().count(), time.seconds().count());
}

}  // namespace kalends::web
