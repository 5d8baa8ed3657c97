// Whatever is written into an appointment, its calendar file is one event of that appointment.
#include "adapters/telegram/calendar_file.h"

#include <libical/ical.h>

#include <memory>

#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kalends;
  if (size == 0) return 0;  // A name is never empty.
  const std::string text(fuzz::Text(data, size));
  v1::Appointment appointment;
  appointment.set_name("providers/0prv000000001/appointments/0apt000000001");
  appointment.set_status(v1::Appointment::STATUS_ACCEPTED);
  appointment.mutable_start_time()->set_seconds(1798466400);
  appointment.mutable_end_time()->set_seconds(1798469400);
  appointment.set_place(text);
  appointment.set_service_display_name(text);
  const std::string file =
      telegram::CalendarFile(appointment, telegram::CalendarTitle(appointment, text), {});
  const std::unique_ptr<icalcomponent, decltype(&icalcomponent_free)> calendar(
      icalparser_parse_string(file.c_str()), icalcomponent_free);
  fuzz::Require(calendar != nullptr, "it can be read");
  fuzz::Require(icalcomponent_count_components(calendar.get(), ICAL_ANY_COMPONENT) == 1,
                "nothing typed becomes a component");
  icalcomponent* event = icalcomponent_get_first_component(calendar.get(), ICAL_VEVENT_COMPONENT);
  fuzz::Require(event != nullptr, "it is an event");
  fuzz::Require(std::string_view(icalcomponent_get_uid(event)) == "0apt000000001@kalends",
                "its identity is the appointment's");
  fuzz::Require(icalcomponent_count_properties(event, ICAL_UID_PROPERTY) == 1 &&
                    icalcomponent_count_properties(event, ICAL_LOCATION_PROPERTY) <= 1 &&
                    icalcomponent_count_properties(event, ICAL_SUMMARY_PROPERTY) == 1,
                "nothing typed becomes a property");
  return 0;
}
