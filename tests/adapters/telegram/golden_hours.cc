#include "adapters/telegram/screens/absences.h"
#include "adapters/telegram/screens/affected.h"
#include "adapters/telegram/screens/busy.h"
#include "adapters/telegram/screens/holidays.h"
#include "adapters/telegram/screens/openings.h"
#include "adapters/telegram/screens/schedule.h"
#include "tests/adapters/telegram/golden_screens.h"
#include "tests/adapters/telegram/support.h"

namespace kalends::telegram {
namespace {

using date::literals::operator""_y;

constexpr char kHoursZone[] = "Europe/Berlin";

void AddWeekly(v1::Schedule& schedule, int weekday, int from, int to,
               v1::WeeklyHours::Parity parity = v1::WeeklyHours::PARITY_UNSPECIFIED) {
  v1::WeeklyHours& hours = *schedule.add_weekly_hours();
  hours.set_weekday(weekday);
  hours.mutable_hours()->set_start_minute(from);
  hours.mutable_hours()->set_end_minute(to);
  hours.set_parity(parity);
}

v1::SpecialDate SpecialOn(date::year_month_day day, const char* label) {
  v1::SpecialDate special;
  *special.mutable_date() = ToProto(day);
  special.set_label(Written(label));
  return special;
}

v1::Schedule SampleSchedule() {
  v1::Schedule schedule;
  schedule.set_time_zone(kHoursZone);
  for (const int weekday : {1, 2, 3}) {
    AddWeekly(schedule, weekday, 540, 720);
    AddWeekly(schedule, weekday, 780, 1020);
  }
  AddWeekly(schedule, 5, 1320, 120);
  AddWeekly(schedule, 6, 600, 840, v1::WeeklyHours::PARITY_WEEK_A);
  *schedule.add_special_dates() = SpecialOn(2019_y / 12 / 25, "Weihnachten <1>");
  schedule.mutable_special_dates(0)->set_repeats_yearly(true);
  *schedule.add_special_dates() = SpecialOn(2026_y / 12 / 31, "Silvester");
  v1::LocalHours& morning = *schedule.mutable_special_dates(1)->add_hours();
  morning.set_start_minute(540);
  morning.set_end_minute(720);
  schedule.mutable_special_dates(1)->set_imported(true);
  return schedule;
}

v1::Closure SampleClosure(Instant from, Instant to, const char* label) {
  v1::Closure closure;
  closure.set_name("providers/0prv000000001/closures/0clo000000001");
  closure.mutable_start_time()->set_seconds(from.time_since_epoch().count());
  closure.mutable_end_time()->set_seconds(to.time_since_epoch().count());
  closure.set_label(Written(label));
  return closure;
}

v1::Opening SampleOpening() {
  v1::Opening opening;
  opening.set_name("providers/0prv000000001/openings/0ope000000001");
  const Instant from = AtClock(kHoursZone, 2026_y / 12 / 12, std::chrono::hours(9));
  opening.mutable_start_time()->set_seconds(from.time_since_epoch().count());
  opening.mutable_end_time()->set_seconds(from.time_since_epoch().count() + 4 * 3600);
  return opening;
}

HolidayFileView SampleFile() {
  HolidayFileView view{.without_free = {}, .with_free = {}, .nonce = kNonce};
  *view.with_free.add_added() = SpecialOn(2026_y / 12 / 25, "1. Weihnachtstag <x>");
  *view.with_free.add_changed() = SpecialOn(2027_y / 1 / 1, "Neujahr");
  *view.with_free.add_removed() = SpecialOn(2027_y / 1 / 6, "Hl. Drei Könige");
  *view.with_free.add_unchanged() = SpecialOn(2027_y / 5 / 1, "Maifeiertag");
  *view.with_free.add_kept() = SpecialOn(2026_y / 12 / 24, "Heiligabend");
  *view.with_free.add_free() = view.with_free.added(0);
  view.with_free.add_skipped()->set_label("x");
  view.with_free.add_affected_appointments("providers/p/appointments/a");
  *view.without_free.add_changed() = view.with_free.changed(0);
  return view;
}

Screens WeekScreens(const Reader& reader) {
  const v1::Schedule schedule = SampleSchedule();
  const v1::Closure vacation = SampleClosure(DayStart(kHoursZone, 2026_y / 12 / 21),
                                             DayStart(kHoursZone, 2027_y / 1 / 4), "Urlaub");
  return {
      {"hours", HoursScreen(reader, {.schedule = schedule,
                                     .closures = {vacation},
                                     .openings = {SampleOpening()},
                                     .affected = 2,
                                     .heading = reader.t().Html("schedule.saved")})},
      {"no hours", HoursScreen(reader, {.schedule = {}, .closures = {}, .openings = {}})},
      {"no weekdays", PickWeekdaysScreen(reader, {}, {}, kNonce)},
      {"weekdays", PickWeekdaysScreen(reader, schedule, {0b11111}, kNonce)},
      {"weekdays of week B", PickWeekdaysScreen(reader, schedule, {0b11111, InWeeks::kB}, kNonce)},
      {"hours from", PickFromScreen(reader, schedule, {0b11111})},
      {"hours to", PickToScreen(reader, {0b11111, InWeeks::kA, 540})},
      {"review hours", ReviewHoursScreen(reader, {0b11111, InWeeks::kAll, 540, 1020}, kNonce)},
      {"review a night", ReviewHoursScreen(reader, {0b10000, InWeeks::kB, 1320, 120}, kNonce)},
      {"copy hours", AskCopyScreen(reader, schedule, 0b11000, kNonce)},
  };
}

Screens AwayScreens(const Reader& reader) {
  const v1::Closure vacation = SampleClosure(DayStart(kHoursZone, 2026_y / 12 / 21),
                                             DayStart(kHoursZone, 2027_y / 1 / 4), "Urlaub");
  const Instant two = AtClock(kHoursZone, 2026_y / 12 / 1, std::chrono::hours(14));
  Page<v1::Closure> closures;
  closures.items = {vacation, SampleClosure(two, two + std::chrono::hours(2), "Arzt <neu>")};
  VacationView view{.first = std::nullopt,
                    .month = 2026_y / 12,
                    .today = 2026_y / 12 / 1,
                    .closures = {vacation},
                    .zone = kHoursZone,
                    .nonce = kNonce};
  Screens screens = {
      {"vacation", VacationScreen(reader, view)},
      {"absence", AbsenceScreen(reader, kHoursZone, kNonce)},
      {"absence until", AbsenceEndScreen(reader, kHoursZone,
                                         {std::chrono::floor<std::chrono::minutes>(two)}, kNonce)},
      {"block a day", BlockDayScreen(reader, kHoursZone, 2026_y / 12 / 3, kNonce)},
      {"closures", ClosuresScreen(reader, closures, kHoursZone)},
      {"no closures", ClosuresScreen(reader, {}, kHoursZone)},
      {"closure", ClosureScreen(reader, vacation, kHoursZone, kNonce, "")},
      {"closure gone", ClosureGoneScreen(reader)},
      {"openings", OpeningsScreen(reader, {.month = 2026_y / 12,
                                           .today = 2026_y / 12 / 1,
                                           .openings = {SampleOpening()},
                                           .zone = kHoursZone})},
      {"opening from", OpeningFromScreen(reader, 2026_y / 12 / 12)},
      {"opening to", OpeningToScreen(reader, {2026_y / 12 / 12, 540}, kNonce)},
      {"opening", OpeningScreen(reader, SampleOpening(), kHoursZone, kNonce, "")},
  };
  view.first = 2026_y / 12 / 21;
  screens.emplace_back("end of a vacation", VacationScreen(reader, view));
  return screens;
}

Screens HolidayScreens(const Reader& reader) {
  Page<Holiday> holidays;
  holidays.items = HolidaysAhead(SampleSchedule(), 2026_y / 12 / 1);
  HolidayFileView same = SampleFile();
  same.with_free.clear_added();
  same.with_free.clear_changed();
  same.with_free.clear_removed();
  same.without_free.clear_changed();
  const TypedHoliday typed{2026_y / 12 / 24, Written("Heiligabend <x>"), {{540, 720}}};
  return {
      {"holidays", HolidaysScreen(reader, holidays)},
      {"no holidays", HolidaysScreen(reader, {})},
      {"ask holiday", AskHolidayScreen(reader)},
      {"review holiday", ReviewHolidayScreen(reader, typed, kNonce)},
      {"yearly holiday", HolidayScreen(reader, holidays.items[0], kNonce, "")},
      {"imported holiday", HolidayScreen(reader, holidays.items[1], kNonce, "")},
      {"ask holiday file", AskHolidayFileScreen(reader)},
      {"holiday file", HolidayFileScreen(reader, SampleFile())},
      {"holiday file again", HolidayFileScreen(reader, same)},
      {"holiday file taken",
       {.text = HolidayFileTaken(reader, SampleFile().with_free), .rows = {}}},
  };
}

Screens HitScreens(const Reader& reader) {
  const v1::Appointment hit = SampleAppointment(v1::Appointment::STATUS_ACCEPTED);
  v1::Appointment cancellable = hit;
  cancellable.add_allowed_actions(v1::Appointment::ACTION_CANCEL);
  cancellable.add_allowed_actions(v1::Appointment::ACTION_RESCHEDULE);
  Screen changed{.text = "x", .rows = {}};
  AddAffected(reader, changed, {.first = {hit, hit}, .count = 5});
  return {
      {"affected", changed},
      {"affected one",
       AffectedScreen(reader,
                      {.appointment = cancellable, .place = 1, .count = 5, .nonce = kNonce})},
      {"affected done", AffectedDoneScreen(reader, 2, "")},
      {"affected none", AffectedDoneScreen(reader, 0, reader.t().Html("schedule.saved"))},
      {"cancel affected", AskCancelAffectedScreen(reader, hit, 1, "", kNonce)},
      {"cancel affected so",
       AskCancelAffectedScreen(reader, hit, 1, Written("Ich bin <krank>"), kNonce)},
  };
}

v1::BusyCalendar SampleCalendar() {
  v1::BusyCalendar calendar;
  calendar.set_name("providers/0prv000000001/busyCalendars/0bsy000000001");
  calendar.set_host(Written("kalender.<x>"));
  return calendar;
}

Screens BusyScreens(const Reader& reader) {
  const v1::BusyCalendar added = SampleCalendar();
  v1::BusyCalendar read = added;
  read.mutable_success_time()->set_seconds(1'780'000'000);
  read.set_busy_count(7);
  read.set_skipped_count(2);
  v1::BusyCalendar failed = read;
  failed.set_all_day_free(true);
  failed.mutable_failure_time()->set_seconds(1'780'003'600);
  Screens screens = {{"busy calendars", BusyCalendarsScreen(reader, {added, read, failed})},
                     {"no busy calendars", BusyCalendarsScreen(reader, {})},
                     {"ask busy address", AskBusyAddressScreen(reader)},
                     {"busy calendar added",
                      BusyCalendarScreen(reader, added, kNonce, reader.t().Html("busy.added"))},
                     {"busy calendar", BusyCalendarScreen(reader, read, kNonce, "")}};
  for (int i = v1::BusyCalendar::Failure_MIN + 1; i <= v1::BusyCalendar::Failure_MAX; ++i) {
    failed.set_failure(static_cast<v1::BusyCalendar::Failure>(i));
    screens.push_back({v1::BusyCalendar::Failure_Name(failed.failure()),
                       BusyCalendarScreen(reader, failed, kNonce, "")});
  }
  return screens;
}

}  // namespace

Screens HoursScreens(const Reader& reader) {
  Screens all = WeekScreens(reader);
  for (const Screens& more :
       {AwayScreens(reader), HolidayScreens(reader), HitScreens(reader), BusyScreens(reader)}) {
    all.insert(all.end(), more.begin(), more.end());
  }
  return all;
}

}  // namespace kalends::telegram
