#include "adapters/shared/calendar_writer.h"

#include <gtest/gtest.h>
#include <libical/ical.h>

#include <map>
#include <memory>
#include <random>

#include "core/timezone/time_zone.h"

namespace kalends {
namespace {

using Instant = std::chrono::sys_seconds;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::seconds;
using std::chrono::year;

struct FreeComponent {
  void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};

// A text as a calendar program reads it that knows no zones but those in the text.
class Read {
 public:
  explicit Read(const std::string& text) : calendar_(icalparser_parse_string(text.c_str())) {
    if (calendar_ == nullptr) return;
    for (auto* zone = icalcomponent_get_first_component(calendar_.get(), ICAL_VTIMEZONE_COMPONENT);
         zone != nullptr;
         zone = icalcomponent_get_next_component(calendar_.get(), ICAL_VTIMEZONE_COMPONENT)) {
      icaltimezone* const own = icaltimezone_new();
      icaltimezone_set_component(own, icalcomponent_new_clone(zone));
      zones_[icaltimezone_get_tzid(own)] = own;
    }
  }
  ~Read() {
    for (const auto& [name, zone] : zones_) icaltimezone_free(zone, 1);
  }

  bool is_valid() const {
    return calendar_ != nullptr && icalcomponent_count_errors(calendar_.get()) == 0 &&
           icalrestriction_check(calendar_.get()) != 0;
  }
  icalcomponent* calendar() const { return calendar_.get(); }
  icalcomponent* event() const {
    return icalcomponent_get_first_component(calendar_.get(), ICAL_VEVENT_COMPONENT);
  }
  bool is_utc() const { return icaltime_is_utc(icalcomponent_get_dtstart(event())) != 0; }
  Instant start(icalcomponent* of) const { return At(of, ICAL_DTSTART_PROPERTY); }
  Instant end(icalcomponent* of) const { return At(of, ICAL_DTEND_PROPERTY); }

 private:
  Instant At(icalcomponent* of, icalproperty_kind kind) const {
    icalproperty* const property = icalcomponent_get_first_property(of, kind);
    const icaltimetype time = icalvalue_get_datetime(icalproperty_get_value(property));
    icalparameter* const zone = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER);
    const auto* known =
        zone == nullptr ? icaltimezone_get_utc_timezone() : zones_.at(icalparameter_get_tzid(zone));
    return Instant(seconds(icaltime_as_timet_with_zone(time, const_cast<icaltimezone*>(known))));
  }

  std::unique_ptr<icalcomponent, FreeComponent> calendar_;
  std::map<std::string, icaltimezone*> zones_;
};

CalendarZone ZoneOver(const std::string& name, Instant first, Instant last) {
  CalendarZone zone{name, {}};
  const auto found = core::TimeZone::Find(name);
  EXPECT_TRUE(found) << name;
  for (const core::OffsetSpan& span : found->OffsetsOver({first - days(366), last + days(366)})) {
    zone.spans.push_back({std::max(span.interval.start, Instant(seconds(0))), span.offset});
  }
  return zone;
}

CalendarEvent EventAt(Instant start) {
  return {.uid = "0apt000000001",
          .sequence = 3,
          .stamp = start - days(10),
          .start = start,
          .end = start + hours(1),
          .summary = "Massage"};
}

Instant On(int y, unsigned m, unsigned d, int h = 10) {
  return std::chrono::sys_days(year(y) / static_cast<int>(m) / static_cast<int>(d)) + hours(h);
}

TEST(CalendarWriter, EveryInstantOfEveryKindOfZoneIsReadBack) {
  constexpr const char* kZones[] = {
      "Europe/Berlin",      "Europe/Dublin",       "Africa/Casablanca", "America/New_York",
      "Asia/Kathmandu",     "Australia/Lord_Howe", "America/St_Johns",  "Pacific/Apia",
      "Asia/Almaty",        "Africa/Cairo",        "Asia/Gaza",         "America/Sao_Paulo",
      "Antarctica/Troll",   "Asia/Tehran",         "Europe/Istanbul",   "America/Nuuk",
      "Pacific/Kiritimati", "Africa/El_Aaiun",     "Asia/Pyongyang",    "Europe/Volgograd"};
  constexpr std::uint32_t kSeed = 20261130;
  SCOPED_TRACE(kSeed);
  std::mt19937 random(kSeed);
  for (const char* const name : kZones) {
    for (const int from : {2007, 2026, 2036, 2080}) {
      const Instant first = On(from, 1, 1);
      const Instant last = first + days(3 * 366);
      const CalendarZone zone = ZoneOver(name, first, last);
      Calendar calendar{.program = "test", .zones = {zone}};
      std::uniform_int_distribution<std::int64_t> minutes(0,
                                                          (last - first) / std::chrono::minutes(1));
      const auto add = [&](Instant start) {
        CalendarEvent event = EventAt(start);
        event.zone = name;
        calendar.events.push_back(event);
      };
      for (int i = 0; i < 40; ++i) add(first + std::chrono::minutes(minutes(random)));
      // Around each change, and across it.
      for (const ClockSpan& span : zone.spans) {
        for (const int m : {-121, -90, -60, -31, -1, 0, 1, 29, 30, 59, 60, 90, 119, 120}) {
          if (span.start > first && span.start < last) add(span.start + std::chrono::minutes(m));
        }
      }
      const Read read(CalendarText(calendar));
      ASSERT_TRUE(read.is_valid()) << name << " " << from;
      auto* event = read.event();
      for (const CalendarEvent& written : calendar.events) {
        ASSERT_NE(event, nullptr);
        ASSERT_EQ(read.start(event), written.start)
            << name << " " << written.start.time_since_epoch();
        ASSERT_EQ(read.end(event), written.end) << name << " " << written.end.time_since_epoch();
        event = icalcomponent_get_next_component(read.calendar(), ICAL_VEVENT_COMPONENT);
      }
    }
  }
}

TEST(CalendarWriter, TellsWallTimesWhereTheyOccurOnce) {
  // Clocks in Berlin went back at 01:00 UTC.
  const Instant change = On(2026, 10, 25, 1);
  const CalendarZone zone = ZoneOver("Europe/Berlin", change, change);
  const auto is_utc = [&](Instant start) {
    CalendarEvent event = EventAt(start);
    event.zone = zone.name;
    return Read(CalendarText({.program = "test", .zones = {zone}, .events = {event}})).is_utc();
  };
  EXPECT_FALSE(is_utc(change - hours(3)));
  EXPECT_TRUE(is_utc(change - hours(2))) << "ends when 02:00 is shown for the first time";
  EXPECT_TRUE(is_utc(change - hours(1)));
  EXPECT_TRUE(is_utc(change + seconds(3599)));
  EXPECT_FALSE(is_utc(change + hours(1)));
}

TEST(CalendarWriter, TellsInUtcWhatIsInNoZoneOfTheCalendar) {
  CalendarEvent event = EventAt(On(2027, 1, 11));
  event.zone = "UTC+05:45";
  EXPECT_TRUE(Read(CalendarText({.program = "test", .events = {event}})).is_utc());
}

TEST(CalendarWriter, WritesTheSameTextForTheSameCalendar) {
  const Instant start = On(2027, 1, 11);
  CalendarEvent event = EventAt(start);
  event.zone = "Europe/Dublin";
  event.changed = start - days(3);
  event.alarms = {hours(24), hours(2)};
  const Calendar calendar{.program = "test",
                          .name = "Ada",
                          .refresh = std::chrono::minutes(60),
                          .zones = {ZoneOver("Europe/Dublin", start, start)},
                          .events = {event}};
  const std::string text = CalendarText(calendar);
  EXPECT_EQ(text, CalendarText(calendar));
  for (const char* line :
       {"METHOD:PUBLISH\r\n", "X-WR-CALNAME:Ada\r\n", "REFRESH-INTERVAL;VALUE=DURATION:PT60M\r\n",
        "X-PUBLISHED-TTL:PT60M\r\n", "UID:0apt000000001@kalends\r\n", "SEQUENCE:3\r\n",
        "DTSTART;TZID=Europe/Dublin:20270111T100000\r\n", "DTSTAMP:20270101T100000Z\r\n",
        "LAST-MODIFIED:20270108T100000Z\r\n", "TRIGGER:-P1D\r\n", "TRIGGER:-PT2H\r\n",
        "TZOFFSETTO:+0000\r\n", "TZOFFSETTO:+0100\r\n"}) {
    EXPECT_NE(text.find(line), std::string::npos) << line << text;
  }
}

TEST(CalendarWriter, KeepsTextsTexts) {
  for (const std::string hostile : {"\"Ada\": the; best, one\\", "END:VEVENT\r\nBEGIN:VEVENT",
                                    "\x01\x7fx", "😀\nשל; \\n", "x\r\n BEGIN:VALARM"}) {
    CalendarEvent event = EventAt(On(2027, 1, 11));
    event.summary = event.description = event.place = event.organizer = hostile;
    const std::string text =
        CalendarText({.program = "test", .name = hostile, .events = {event, event}});
    const Read read(text);
    ASSERT_TRUE(read.is_valid()) << text;
    EXPECT_EQ(icalcomponent_count_components(read.calendar(), ICAL_ANY_COMPONENT), 2) << text;
    EXPECT_EQ(icalcomponent_count_components(read.event(), ICAL_ANY_COMPONENT), 0) << text;
    EXPECT_EQ(icalcomponent_count_properties(read.event(), ICAL_SUMMARY_PROPERTY), 1);
    std::string plain = hostile;
    std::erase_if(plain, [](char c) { return c == '\r' || c == '\x01' || c == '\x7f'; });
    EXPECT_EQ(icalcomponent_get_summary(read.event()), plain);
    EXPECT_EQ(icalcomponent_get_location(read.event()), plain);
  }
}

TEST(CalendarWriter, FoldsLinesOfAtMost75OctetsBetweenCharacters) {
  std::string name;
  for (int i = 0; i < 50; ++i) name += i % 3 == 0 ? "ä" : i % 3 == 1 ? "😀" : "x";
  CalendarEvent event = EventAt(On(2027, 1, 11));
  event.summary = event.description = event.place = event.organizer = name;
  const std::string text = CalendarText({.program = "test", .name = name, .events = {event}});
  std::size_t from = 0;
  for (std::size_t end = text.find("\r\n"); end != std::string::npos;
       from = end + 2, end = text.find("\r\n", from)) {
    const std::string line = text.substr(from, end - from);
    EXPECT_LE(line.size(), 75U) << line;
    EXPECT_NE(static_cast<unsigned char>(line[line.front() == ' ' ? 1 : 0]) & 0xC0, 0x80)
        << "breaks a character";
  }
  EXPECT_EQ(from, text.size()) << "every line ends in CR LF";
}

TEST(CalendarWriter, TellsWhatIsOff) {
  CalendarEvent event = EventAt(On(2027, 1, 11));
  event.status = EventStatus::kCancelled;
  const Read feed(CalendarText({.program = "test", .events = {event}}));
  EXPECT_EQ(icalcomponent_get_status(feed.event()), ICAL_STATUS_CANCELLED);
  EXPECT_EQ(icalcomponent_get_method(feed.calendar()), ICAL_METHOD_PUBLISH);
  const Read file(CalendarText({.program = "test", .takes_back = true, .events = {event}}));
  EXPECT_EQ(icalcomponent_get_method(file.calendar()), ICAL_METHOD_CANCEL);
}

}  // namespace
}  // namespace kalends
