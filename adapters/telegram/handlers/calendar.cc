// A provider's calendar: a day, a week, both as pictures, what comes next (SPEC 3.2).
#include "adapters/telegram/handlers/calendar.h"

#include <algorithm>

#include "adapters/telegram/handlers/appointments.h"
#include "adapters/telegram/handlers/handlers.h"
#include "adapters/telegram/handlers/shared.h"
#include "adapters/telegram/pictures/calendar.h"
#include "kalends/v1/booking_service.pb.h"
#include "kalends/v1/schedule_service.pb.h"

namespace kalends::telegram {
namespace {

constexpr int kPagesMax = 4;  // Of appointments, 200 each.
constexpr int kTeamMax = 12;  // Whose days are told; of more, those asked for by themselves.
constexpr date::days kWeek{7};

// What came to nothing takes no time, and is found where its customer is.
bool TakesTime(const v1::Appointment& appointment) {
  return appointment.status() != v1::Appointment::STATUS_REJECTED &&
         appointment.status() != v1::Appointment::STATUS_CANCELLED;
}

absl::StatusOr<std::vector<v1::Appointment>> ListWithin(Turn& turn, const TimeSpan& within) {
  std::vector<v1::Appointment> found;
  v1::ListAppointmentsRequest request;
  request.set_parent("providers/me");
  request.set_page_size(kListPageSize);
  *request.mutable_start_time() = ToTimestamp(within.start);
  *request.mutable_end_time() = ToTimestamp(within.end);
  for (int page = 0; page < kPagesMax; ++page) {
    KALENDS_ASSIGN_OR_RETURN(const auto answer, turn.Call<v1::ListAppointmentsResponse>(request));
    std::ranges::copy_if(answer.appointments(), std::back_inserter(found), TakesTime);
    if (answer.next_page_token().empty()) break;
    request.set_page_token(answer.next_page_token());
  }
  return found;
}

template <typename Spans>
std::vector<TimeSpan> SpansOf(const Spans& spans) {
  std::vector<TimeSpan> all;
  for (const auto& span : spans) {
    all.push_back({InstantOf(span.start_time()), InstantOf(span.end_time())});
  }
  return all;
}

// Where it cannot be read, the appointments are there all the same.
void AddHours(Turn& turn, const std::string& specialist, const TimeSpan& within, Workload& work) {
  v1::ListBusyTimesRequest request;
  request.set_parent(specialist);
  *request.mutable_start_time() = ToTimestamp(within.start);
  *request.mutable_end_time() = ToTimestamp(within.end);
  const auto times = turn.Call<v1::ListBusyTimesResponse>(request);
  if (!times.ok()) return;
  work.open = SpansOf(times->open());
  work.free = FreeIn(work.open, SpansOf(times->busy()), turn.now());
  // Nobody knows here what they are.
  for (const TimeSpan& span : SpansOf(times->imported())) work.closed.push_back({span, "🔒"});
}

// The reader's own: nobody else sees why a specialist is away.
void AddClosures(Turn& turn, const TimeSpan& within, Workload& work) {
  v1::ListClosuresRequest request;
  request.set_parent("providers/me");
  request.set_page_size(kListPageSize);
  const auto closures = turn.Call<v1::ListClosuresResponse>(request);
  if (!closures.ok()) return;
  for (const v1::Closure& closure : closures->closures()) {
    const TimeSpan span{InstantOf(closure.start_time()), InstantOf(closure.end_time())};
    if (span.start < within.end && within.start < span.end) {
      work.closed.push_back({span, closure.label()});
    }
  }
}

// The dates without hours in place of those of the week: holidays.
void AddHolidays(Turn& turn, const CalendarView& view, Workload& work) {
  v1::GetScheduleRequest request;
  request.set_name("providers/me/schedule");
  const auto schedule = turn.Call<v1::Schedule>(request);
  if (!schedule.ok()) return;
  for (int i = 0; i < view.days; ++i) {
    const date::year_month_day day = date::sys_days(view.first) + date::days(i);
    for (const v1::SpecialDate& special : schedule->special_dates()) {
      const date::year_month_day of = DayOf(special.date());
      const bool same =
          special.repeats_yearly() ? of.month() == day.month() && of.day() == day.day() : of == day;
      if (!same || !special.hours().empty()) continue;
      const date::sys_days next = date::sys_days(day) + date::days(1);
      work.closed.push_back(
          {{DayStart(view.zone, day), DayStart(view.zone, next)}, special.label()});
      break;
    }
  }
}

// Of an organization: the one asked for, or some from the `first` on.
struct Whose {
  ProviderId specialist;
  int first = 0;
  int count = kTeamMax;
};

std::vector<Workload> PeopleOf(const v1::Provider& provider, const Whose& whose) {
  if (provider.kind() == v1::PROVIDER_KIND_SPECIALIST) return {Workload{}};
  std::vector<Workload> people;
  const bool all = whose.specialist.empty();
  const int end = all ? std::min(provider.specialists_size(), whose.first + whose.count)
                      : provider.specialists_size();
  for (int i = all ? whose.first : 0; i < end; ++i) {
    const auto& one = provider.specialists(i);
    const ProviderId id = ProviderId::Of(one.provider());
    if (!all && id != whose.specialist) continue;
    Workload work;
    work.specialist = id;
    work.name = one.display_name();
    people.push_back(std::move(work));
  }
  return people;
}

// `days` from `first` on.
absl::StatusOr<CalendarView> ReadCalendar(Turn& turn, const v1::Provider& provider,
                                          date::year_month_day first, int days,
                                          const Whose& whose) {
  CalendarView view{.first = first,
                    .days = days,
                    .zone = std::string(ZoneFor(turn.reader(), provider.time_zone())),
                    .specialist = whose.specialist,
                    .people = PeopleOf(provider, whose)};
  const TimeSpan within{DayStart(view.zone, first),
                        DayStart(view.zone, date::sys_days(first) + date::days(days))};
  KALENDS_ASSIGN_OR_RETURN(const auto appointments, ListWithin(turn, within));
  for (Workload& work : view.people) {
    const bool own = work.specialist.empty();
    const std::string name = own ? provider.name() : NameOf(work.specialist);
    for (const v1::Appointment& appointment : appointments) {
      if (own || appointment.specialist() == name) work.appointments.push_back(appointment);
    }
    AddHours(turn, name, within, work);
    if (own) {
      AddClosures(turn, within, work);
      AddHolidays(turn, view, work);
    }
  }
  return view;
}

absl::StatusOr<CalendarView> ReadWeek(Turn& turn, const ProviderId& specialist,
                                      std::optional<date::year_month_day> day) {
  KALENDS_ASSIGN_OR_RETURN(const auto provider, GetProvider(turn, "providers/me"));
  const auto zone = ZoneFor(turn.reader(), provider.time_zone());
  const auto of = day.value_or(ToLocal(zone, turn.now()).day());
  return ReadCalendar(turn, provider, WeekStart(turn.reader(), of), static_cast<int>(kWeek.count()),
                      {specialist});
}

absl::Status ShowDayOf(Turn& turn, const ProviderId& specialist,
                       std::optional<date::year_month_day> day) {
  KALENDS_ASSIGN_OR_RETURN(const auto view, ReadDay(turn, specialist, day));
  turn.Show(DayScreen(turn.reader(), view));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<CalendarView> ReadDay(Turn& turn, const ProviderId& specialist,
                                     std::optional<date::year_month_day> day) {
  KALENDS_ASSIGN_OR_RETURN(const auto provider, GetProvider(turn, "providers/me"));
  const std::string_view zone = ZoneFor(turn.reader(), provider.time_zone());
  return ReadCalendar(turn, provider, day.value_or(ToLocal(zone, turn.now()).day()), 1,
                      {specialist});
}

absl::StatusOr<CalendarView> ReadTeamsDay(Turn& turn, const v1::Provider& organization, int first,
                                          int count) {
  const auto zone = ZoneFor(turn.reader(), organization.time_zone());
  return ReadCalendar(turn, organization, ToLocal(zone, turn.now()).day(), 1, {{}, first, count});
}

absl::Status Handle(Turn& turn, const ShowDay& action) { return ShowDayOf(turn, {}, action.day); }

absl::Status Handle(Turn& turn, const ShowStaffDay& action) {
  return ShowDayOf(turn, action.specialist, action.day);
}

absl::Status Handle(Turn& turn, const ShowWeek& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto view, ReadWeek(turn, action.specialist, action.day));
  turn.Show(WeekScreen(turn.reader(), view));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const SendCalendarPicture& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto view, action.of == PictureOf::kWeek
                                                ? ReadWeek(turn, action.specialist, action.day)
                                                : ReadDay(turn, action.specialist, action.day));
  turn.SendFile("sendPhoto",
                {.field = "photo",
                 .name = "calendar.png",
                 .type = "image/png",
                 .bytes = CalendarPng(turn.reader(), view, action.theme)},
                PictureCaption(turn.reader(), view, action.theme));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const ShowAgenda& action) {
  return ShowAppointmentList(turn, "providers/me", v1::ListAppointmentsRequest::FILTER_UPCOMING,
                             action.page, AppointmentList::kAgenda);
}

Handlers CalendarHandlers() { return HandlersOf(CalendarActions{}); }

}  // namespace kalends::telegram
