#include "tools/kalends/imports/calendar_lines.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <libical/ical.h>

#include <memory>
#include <string_view>

namespace kalends::cli {
namespace {

struct ComponentFree {
  void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};

icaltimetype TimeAt(std::int64_t seconds) {
  return icaltime_from_timet_with_zone(static_cast<time_t>(seconds), 0,
                                       icaltimezone_get_utc_timezone());
}

icalproperty_status StatusOf(std::string_view status) {
  if (status == "pending") return ICAL_STATUS_TENTATIVE;
  return status == "cancelled" || status == "rejected" ? ICAL_STATUS_CANCELLED
                                                       : ICAL_STATUS_CONFIRMED;
}

}  // namespace

std::string CalendarHead() {
  return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Kalends//kalends export//EN\r\n";
}
std::string CalendarFoot() { return "END:VCALENDAR\r\n"; }

std::string CalendarEntry(const CalendarLines& entry) {
  const std::unique_ptr<icalcomponent, ComponentFree> event(
      icalcomponent_new(ICAL_VEVENT_COMPONENT));
  const auto add = [&](icalproperty* property) {
    icalcomponent_add_property(event.get(), property);
  };
  add(icalproperty_new_uid(entry.uid.c_str()));
  add(icalproperty_new_dtstamp(TimeAt(entry.stamp)));
  add(icalproperty_new_dtstart(TimeAt(entry.start)));
  add(icalproperty_new_dtend(TimeAt(entry.end)));
  if (!entry.summary.empty()) add(icalproperty_new_summary(entry.summary.c_str()));
  if (!entry.place.empty()) add(icalproperty_new_location(entry.place.c_str()));
  add(icalproperty_new_status(StatusOf(entry.status)));
  // A customer has no address to write to here.
  icalproperty* const attendee =
      icalproperty_new_attendee(fmt::format("urn:kalends:{}", entry.customer_id).c_str());
  icalproperty_add_parameter(attendee, icalparameter_new_cn(entry.customer.c_str()));
  add(attendee);
  const std::unique_ptr<char, decltype(&icalmemory_free_buffer)> text(
      icalcomponent_as_ical_string_r(event.get()), icalmemory_free_buffer);
  return text == nullptr ? std::string() : std::string(text.get());
}

}  // namespace kalends::cli
