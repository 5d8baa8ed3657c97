// Calendar files (iCalendar, RFC 5545): entries as appointments.
#include <fmt/format.h>
#include <libical/ical.h>

#include <memory>
#include <set>

#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "core/base/text.h"
#include "core/schedule/calendar_text.h"
#include "tools/kalends/imports/reading.h"

namespace kalends::cli {
namespace {

// Of all appointments of a practice, and no file to end libical with, which recurs.
constexpr core::CalendarLimits kLimits{
    .bytes = kImportFileBytesMax, .components = 500'000, .nesting = core::kHolidayNestingMax};

struct ComponentCloser {
  void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
using Component = std::unique_ptr<icalcomponent, ComponentCloser>;

std::string Said(const char* text) { return text == nullptr ? std::string() : text; }

class Calendar {
 public:
  Calendar(const SourceFile& file, const SourceOptions& options, Records& records)
      : file_(file), options_(options), records_(records) {}

  void Read(icalcomponent* event) {
    ++number_;
    AppointmentRecord record;
    record.where = {file_.name, 0, fmt::format("VEVENT {}", number_)};
    record.id = Said(icalcomponent_get_uid(event));
    if (record.id.empty()) return Refuse("UID", "The entry has no UID.");
    if (icalcomponent_get_first_property(event, ICAL_RRULE_PROPERTY) != nullptr) {
      return Refuse("RRULE", "The entry repeats: bring in its single appointments.");
    }
    icalproperty* const recurrence =
        icalcomponent_get_first_property(event, ICAL_RECURRENCEID_PROPERTY);
    if (recurrence != nullptr) record.id += fmt::format("/{}", number_);
    const auto start = TimeOf(event, ICAL_DTSTART_PROPERTY, "DTSTART");
    if (!start) return;
    auto end = EndOf(event, *start);
    if (!end) return;
    record.interval = {*start, *end};
    SetStatus(event, record);
    record.provider = options_.provider;
    record.place = Shortened(Said(icalcomponent_get_location(event)), core::kPlaceCharsMax);
    record.note = Shortened(Said(icalcomponent_get_description(event)), core::kRequestNoteCharsMax);
    record.customer = CustomerOf(event, record.where);
    if (record.customer.empty()) return Refuse("ATTENDEE", "Nothing says whose it is.");
    records_.appointments.push_back(std::move(record));
  }

 private:
  Where At(std::string_view property) const {
    return {file_.name, 0, fmt::format("VEVENT {} {}", number_, property)};
  }
  void Refuse(std::string_view property, std::string why) {
    records_.refused.push_back({At(property), std::move(why)});
  }

  std::optional<core::Instant> TimeOf(icalcomponent* event, icalproperty_kind kind,
                                      std::string_view name) {
    icalproperty* const property = icalcomponent_get_first_property(event, kind);
    const icalvalue* const value = property == nullptr ? nullptr : icalproperty_get_value(property);
    if (value == nullptr || icalvalue_isa(value) != ICAL_DATETIME_VALUE) {
      Refuse(name, "The entry has no time of day, as all-day ones have none.");
      return std::nullopt;
    }
    const icaltimetype time = icalvalue_get_datetime(value);
    const std::string text =
        fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}{}", time.year, time.month, time.day,
                    time.hour, time.minute, time.second, icaltime_is_utc(time) ? "Z" : "");
    icalparameter* const named = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER);
    const char* const tzid = named == nullptr ? nullptr : icalparameter_get_tzid(named);
    const auto zone = icaltime_is_utc(time) ? core::TimeZone::Utc()
                                            : ZoneOf(tzid == nullptr ? options_.time_zone : tzid);
    if (!zone.ok()) {
      Refuse(name, std::string(zone.status().message()));
      return std::nullopt;
    }
    const auto moment = ReadMoment(text, *zone, DateOrder::kUnsaid);
    if (!moment.ok()) {
      Refuse(name, std::string(moment.status().message()));
      return std::nullopt;
    }
    if (moment->happens_twice) {
      records_.noted.push_back(
          {At(name), fmt::format("The clock in {} showed {} twice; the first of the two is taken.",
                                 zone->name(), text)});
    }
    return moment->instant;
  }

  std::optional<core::Instant> EndOf(icalcomponent* event, core::Instant start) {
    icalproperty* const length = icalcomponent_get_first_property(event, ICAL_DURATION_PROPERTY);
    if (length == nullptr) return TimeOf(event, ICAL_DTEND_PROPERTY, "DTEND");
    return start + std::chrono::seconds(icaldurationtype_as_int(icalproperty_get_duration(length)));
  }

  static void SetStatus(icalcomponent* event, AppointmentRecord& record) {
    using enum core::AppointmentStatus;
    const icalproperty_status status = icalcomponent_get_status(event);
    record.status = status == ICAL_STATUS_CANCELLED   ? kCancelled
                    : status == ICAL_STATUS_TENTATIVE ? kPending
                                                      : kAccepted;
  }

  // The first attendee or, where there is none, who the summary names.
  std::string CustomerOf(icalcomponent* event, const Where& where) {
    CustomerRecord record;
    record.where = where;
    record.provider = options_.provider;
    icalproperty* const attendee = icalcomponent_get_first_property(event, ICAL_ATTENDEE_PROPERTY);
    if (attendee != nullptr) {
      std::string address = Said(icalproperty_get_attendee(attendee));
      constexpr std::string_view kMailTo = "mailto:";
      if (FoldColumn(address.substr(0, kMailTo.size())) == "mailto") {
        address.erase(0, kMailTo.size());
      }
      icalparameter* const cn = icalproperty_get_first_parameter(attendee, ICAL_CN_PARAMETER);
      record.id = address;
      record.name = cn == nullptr ? address : Said(icalparameter_get_cn(cn));
      AppendLine(record.note, "E-mail", address);
    } else {
      record.id = record.name = Said(icalcomponent_get_summary(event));
    }
    record.name = Shortened(core::CleanLine(record.name), core::kNameCharsMax);
    if (record.name.empty()) return {};
    std::string id = record.id;
    if (customers_.insert(id).second) records_.customers.push_back(std::move(record));
    return id;
  }

  const SourceFile& file_;
  const SourceOptions& options_;
  Records& records_;
  std::set<std::string> customers_;
  int number_ = 0;
};

void ReadEntries(icalcomponent* parent, Calendar& calendar) {
  for (icalcomponent* event = icalcomponent_get_first_component(parent, ICAL_VEVENT_COMPONENT);
       event != nullptr; event = icalcomponent_get_next_component(parent, ICAL_VEVENT_COMPONENT)) {
    calendar.Read(event);
  }
}

}  // namespace

absl::Status ReadCalendar(const SourceFile& file, const SourceOptions& options, Records& records) {
  ASSIGN_OR_RETURN(const std::string text, core::CalendarText(file.text, kLimits));
  const Component root(icalparser_parse_string(text.c_str()));
  if (root == nullptr) return absl::InvalidArgumentError("The file is no calendar (iCalendar).");
  Calendar calendar(file, options, records);
  if (icalcomponent_isa(root.get()) == ICAL_VCALENDAR_COMPONENT) {
    ReadEntries(root.get(), calendar);
    return absl::OkStatus();
  }
  icalcomponent* one = icalcomponent_get_first_component(root.get(), ICAL_VCALENDAR_COMPONENT);
  if (one == nullptr) return absl::InvalidArgumentError("The file is no calendar (iCalendar).");
  for (; one != nullptr;
       one = icalcomponent_get_next_component(root.get(), ICAL_VCALENDAR_COMPONENT)) {
    ReadEntries(one, calendar);
  }
  return absl::OkStatus();
}

}  // namespace kalends::cli
