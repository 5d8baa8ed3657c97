// The zones that calendar files name, in all the ways in which programs do.
#pragma once

#include <date/tz.h>
#include <libical/ical.h>

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace kalends::busy {

// Where clocks show the same time: a zone of tzdata, an offset, or what a file says of itself.
class Zone {
 public:
  explicit Zone(const date::time_zone* zone) : rule_(zone) {}
  explicit Zone(std::chrono::seconds offset) : rule_(offset) {}
  explicit Zone(std::shared_ptr<icaltimezone> own) : rule_(std::move(own)) {}

  // As RFC 5545 has it: of a time that comes twice the first; one that a clock leaves out is told
  // by the offset of before.
  std::chrono::sys_seconds ToInstant(date::local_seconds wall) const;
  date::local_seconds ToWall(std::chrono::sys_seconds instant) const;

 private:
  std::variant<const date::time_zone*, std::chrono::seconds, std::shared_ptr<icaltimezone>> rule_;
};

inline Zone Utc() { return Zone(std::chrono::seconds(0)); }

// "Europe/Berlin", also behind a prefix as some programs write it; "UTC+05:45"; a name of Windows
// as CLDR has them, "W. Europe Standard Time". nullopt: none of those.
std::optional<Zone> FindZone(std::string_view name);

// The zones of one file.
class Zones {
 public:
  // `own`: of times in no zone, and in one that nobody knows.
  explicit Zones(Zone own) : own_(std::move(own)) {}

  // Remembers what the VTIMEZONEs of `calendar` say, for names that nobody else knows. Rules that
  // are more than yearly ones are not looked at.
  void Learn(icalcomponent* calendar);
  Zone Named(const std::string& name);
  const Zone& own() const { return own_; }

 private:
  const Zone own_;
  std::map<std::string, Zone> known_;
  std::map<std::string, Zone> learned_;
};

}  // namespace kalends::busy
