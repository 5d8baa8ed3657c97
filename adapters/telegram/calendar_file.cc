#include "adapters/telegram/calendar_file.h"

#include <string_view>

#include "adapters/telegram/ids.h"

namespace kalends::telegram {
namespace {

constexpr std::size_t kLineBytesMax = 75;  // RFC 5545, 3.1.

std::string Utc(Instant instant) { return date::format("%Y%m%dT%H%M%SZ", instant); }

std::string EscapeText(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '\\' || c == ',' || c == ';') escaped += '\\';
    if (c == '\n') {
      escaped += "\\n";
    } else if (c != '\r') {
      escaped += c;
    }
  }
  return escaped;
}

// Adds a line, folded without breaking a character.
void AddLine(std::string& file, const std::string& line) {
  std::size_t used = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool starts_character = (static_cast<unsigned char>(line[i]) & 0xC0) != 0x80;
    if (starts_character && used + 4 > kLineBytesMax) {
      file += "\r\n ";
      used = 1;
    }
    file += line[i];
    ++used;
  }
  file += "\r\n";
}

Instant At(const google::protobuf::Timestamp& time) {
  return Instant(std::chrono::seconds(time.seconds()));
}

}  // namespace

std::string CalendarTitle(const v1::Appointment& appointment, const std::string& other_name) {
  if (appointment.service_display_name().empty()) return other_name;
  return appointment.service_display_name() + " · " + other_name;
}

std::string CalendarFile(const v1::Appointment& appointment, const std::string& title,
                         Instant now) {
  const bool accepted = appointment.status() == v1::Appointment::STATUS_ACCEPTED ||
                        appointment.status() == v1::Appointment::STATUS_COMPLETED;
  const bool pending = appointment.status() == v1::Appointment::STATUS_PENDING;
  std::string file;
  AddLine(file, "BEGIN:VCALENDAR");
  AddLine(file, "VERSION:2.0");
  AddLine(file, "PRODID:-//Kalends//kalends-telegram//EN");
  AddLine(file, "METHOD:PUBLISH");
  AddLine(file, "BEGIN:VEVENT");
  AddLine(file, "UID:" + AppointmentId::Of(appointment.name()).text + "@kalends");
  AddLine(file, "DTSTAMP:" + Utc(now));
  AddLine(file, "DTSTART:" + Utc(At(appointment.start_time())));
  AddLine(file, "DTEND:" + Utc(At(appointment.end_time())));
  AddLine(file, "SUMMARY:" + EscapeText(title));
  if (!appointment.place().empty()) AddLine(file, "LOCATION:" + EscapeText(appointment.place()));
  AddLine(file, accepted ? "STATUS:CONFIRMED" : pending ? "STATUS:TENTATIVE" : "STATUS:CANCELLED");
  AddLine(file, "END:VEVENT");
  AddLine(file, "END:VCALENDAR");
  return file;
}

}  // namespace kalends::telegram
