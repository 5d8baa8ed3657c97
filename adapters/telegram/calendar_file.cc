#include "adapters/telegram/calendar_file.h"

#include <libical/ical.h>

#include <cstdlib>
#include <memory>

#include "adapters/shared/safe_text.h"
#include "adapters/telegram/ids.h"

namespace kalends::telegram {
namespace {

// Calendars want to know who organizes; an address for answers there is not.
constexpr char kNoAddress[] = "invalid:nomail";

struct FreeComponent {
  void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
using Component = std::unique_ptr<icalcomponent, FreeComponent>;

icaltimetype Utc(Instant instant) {
  return icaltime_from_timet_with_zone(instant.time_since_epoch().count(), 0,
                                       icaltimezone_get_utc_timezone());
}

Instant At(const google::protobuf::Timestamp& time) {
  return Instant(std::chrono::seconds(time.seconds()));
}

// Without the control characters that RFC 5545 forbids in texts; a line break is none of them.
std::string Printable(const std::string& text) {
  std::string printable;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte >= 0x20 && byte != 0x7F) || c == '\n') printable += c;
  }
  return printable;
}

// A parameter value may not hold quotes or line breaks either.
std::string ParameterText(const std::string& text) {
  std::string safe = Printable(text);
  std::erase_if(safe, [](char c) { return c == '"' || c == '\n'; });
  return safe;
}

icalproperty_status StatusOf(const v1::Appointment& appointment) {
  switch (appointment.status()) {
    case v1::Appointment::STATUS_PENDING:
      return ICAL_STATUS_TENTATIVE;
    case v1::Appointment::STATUS_ACCEPTED:
    case v1::Appointment::STATUS_COMPLETED:
    case v1::Appointment::STATUS_MISSED:
      return ICAL_STATUS_CONFIRMED;
    default:
      return ICAL_STATUS_CANCELLED;
  }
}

Component Event(const v1::Appointment& appointment, const std::string& title, Instant now) {
  Component event(icalcomponent_new(ICAL_VEVENT_COMPONENT));
  const auto add = [&](icalproperty* property) {
    icalcomponent_add_property(event.get(), property);
  };
  const std::string uid = AppointmentId::Of(appointment.name()).text + "@kalends";
  add(icalproperty_new_uid(uid.c_str()));
  add(icalproperty_new_sequence(appointment.revision()));
  add(icalproperty_new_dtstamp(Utc(now)));
  add(icalproperty_new_dtstart(Utc(At(appointment.start_time()))));
  add(icalproperty_new_dtend(Utc(At(appointment.end_time()))));
  add(icalproperty_new_summary(Printable(title).c_str()));
  icalproperty* const organizer = icalproperty_new_organizer(kNoAddress);
  const std::string name = ParameterText(SafeText(appointment.provider_display_name()));
  if (!name.empty()) icalproperty_add_parameter(organizer, icalparameter_new_cn(name.c_str()));
  add(organizer);
  if (const std::string place = Printable(appointment.place()); !place.empty()) {
    add(icalproperty_new_location(place.c_str()));
  }
  add(icalproperty_new_status(StatusOf(appointment)));
  return event;
}

}  // namespace

std::string CalendarTitle(const v1::Appointment& appointment, const std::string& other_name) {
  std::string other = SafeText(other_name);
  if (appointment.service_display_name().empty()) return other;
  return SafeText(appointment.service_display_name()) + " · " + other;
}

bool IsTakenBack(const v1::Appointment& appointment) {
  return StatusOf(appointment) == ICAL_STATUS_CANCELLED;
}

std::string CalendarFile(const v1::Appointment& appointment, const std::string& title,
                         Instant now) {
  const Component calendar(icalcomponent_new(ICAL_VCALENDAR_COMPONENT));
  const auto add = [&](icalproperty* property) {
    icalcomponent_add_property(calendar.get(), property);
  };
  add(icalproperty_new_version("2.0"));
  add(icalproperty_new_prodid("-//Kalends//kalends-telegram//EN"));
  add(icalproperty_new_method(IsTakenBack(appointment) ? ICAL_METHOD_CANCEL : ICAL_METHOD_PUBLISH));
  icalcomponent_add_component(calendar.get(), Event(appointment, title, now).release());
  const std::unique_ptr<char, decltype(&std::free)> text(
      icalcomponent_as_ical_string_r(calendar.get()), &std::free);
  return text.get();
}

}  // namespace kalends::telegram
