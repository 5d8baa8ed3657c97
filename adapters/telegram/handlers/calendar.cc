// A provider's calendar: a day, what comes next, completed and missed (SPEC 3.2).
#include "adapters/telegram/actions/calendar.h"

#include "adapters/telegram/handlers/appointments.h"
#include "adapters/telegram/handlers/handlers.h"
#include "adapters/telegram/handlers/shared.h"
#include "adapters/telegram/screens/calendar.h"
#include "kalends/v1/booking_service.pb.h"

namespace kalends::telegram {
namespace {

constexpr int kAppointmentsPerDayMax = 60;

}  // namespace

absl::Status Handle(Turn& turn, const ShowDay& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto provider, GetProvider(turn, "providers/me"));
  const std::string zone(ZoneFor(turn.reader(), provider.time_zone()));
  const date::year_month_day day = action.day ? *action.day : ToLocal(zone, turn.now()).day();
  v1::ListAppointmentsRequest request;
  request.set_parent("providers/me");
  request.set_page_size(kAppointmentsPerDayMax);
  *request.mutable_start_time() = ToTimestamp(DayStart(zone, day));
  *request.mutable_end_time() = ToTimestamp(DayStart(zone, date::sys_days(day) + date::days(1)));
  KALENDS_ASSIGN_OR_RETURN(const auto answer, turn.Call<v1::ListAppointmentsResponse>(request));
  Page<v1::Appointment> page;
  page.items.assign(answer.appointments().begin(), answer.appointments().end());
  turn.Show(DayScreen(turn.reader(), day, zone, page));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const ShowAgenda& action) {
  return ShowAppointmentList(turn, "providers/me", v1::ListAppointmentsRequest::FILTER_UPCOMING,
                             action.page, AppointmentList::kAgenda);
}

Handlers CalendarHandlers() { return HandlersOf(CalendarActions{}); }

}  // namespace kalends::telegram
