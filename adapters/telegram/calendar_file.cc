#include "adapters/telegram/calendar_file.h"

#include "adapters/shared/calendar_writer.h"
#include "adapters/shared/safe_text.h"
#include "adapters/telegram/ids.h"

namespace kalends::telegram {
namespace {

Instant At(const google::protobuf::Timestamp& time) {
  return Instant(std::chrono::seconds(time.seconds()));
}

EventStatus StatusOf(const v1::Appointment& appointment) {
  switch (appointment.status()) {
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

}  // namespace

std::string CalendarTitle(const v1::Appointment& appointment, const std::string& other_name) {
  std::string other = SafeText(other_name);
  if (appointment.service_display_name().empty()) return other;
  return SafeText(appointment.service_display_name()) + " · " + other;
}

bool IsTakenBack(const v1::Appointment& appointment) {
  return StatusOf(appointment) == EventStatus::kCancelled;
}

std::string CalendarFile(const v1::Appointment& appointment, const std::string& title,
                         Instant now) {
  return CalendarText({.program = "kalends-telegram",
                       .takes_back = IsTakenBack(appointment),
                       .events = {{.uid = AppointmentId::Of(appointment.name()).text,
                                   .sequence = appointment.revision(),
                                   .stamp = now,
                                   .start = At(appointment.start_time()),
                                   .end = At(appointment.end_time()),
                                   .status = StatusOf(appointment),
                                   .summary = title,
                                   .place = appointment.place(),
                                   .organizer = SafeText(appointment.provider_display_name())}}});
}

}  // namespace kalends::telegram
