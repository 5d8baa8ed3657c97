#include "adapters/telegram/actions.h"
#include "adapters/telegram/screens/calendar.h"
#include "adapters/telegram/screens/proposals.h"
#include "adapters/telegram/screens/requests.h"
#include "adapters/telegram/screens/team.h"
#include "tests/adapters/telegram/golden_screens.h"
#include "tests/adapters/telegram/support.h"

namespace kalends::telegram {
namespace {

const Minute kFirst(std::chrono::minutes(1798466400 / 60));  // As SampleAppointment starts.

v1::Appointment SampleRequest() {
  v1::Appointment request = SampleAppointment(v1::Appointment::STATUS_PENDING);
  for (const auto action : {v1::Appointment::ACTION_ACCEPT, v1::Appointment::ACTION_REJECT,
                            v1::Appointment::ACTION_PROPOSE_TIMES}) {
    request.add_allowed_actions(action);
  }
  request.set_note(Written("Rücken <schmerzen>"));
  request.set_visit_number(2);
  return request;
}

Screens OfRequests(const Reader& reader) {
  const RequestView second{.appointment = SampleRequest(),
                           .number = 1,
                           .count = 3,
                           .around = Around{},
                           .terms = Terms::kSigned,
                           .nonce = kNonce};
  RequestView unsure{.appointment = SampleRequest(),
                     .count = 1,
                     .around = Around{kFirst - std::chrono::minutes(10), std::nullopt},
                     .terms = Terms::kPending,
                     .nonce = kNonce};
  unsure.appointment.clear_service();
  unsure.appointment.clear_note();
  unsure.appointment.set_visit_number(1);
  RequestView proposed = second;
  proposed.around = Around{std::nullopt, kFirst + std::chrono::minutes(50)};
  proposed.appointment.add_proposed_start_times()->set_seconds(1798470000);
  return {
      {"request card", RequestScreen(reader, second)},
      {"request card without a service", RequestScreen(reader, unsure)},
      {"request card with proposed times", RequestScreen(reader, proposed)},
      {"no requests", NoRequestsScreen(reader)},
      {"proposed so far",
       ProposeMonthScreen(reader,
                          {.appointment = {kAppointmentId},
                           .chosen = {kFirst + std::chrono::minutes(60)},
                           .free = {.month = date::year(2026) / 12,
                                    .last_month = date::year(2026) / 12,
                                    .days = {date::year(2026) / 12 / 29},
                                    .first_starts = {Instant(kFirst + std::chrono::minutes(60)),
                                                     Instant(kFirst + std::chrono::minutes(90))},
                                    .next_start = std::nullopt,
                                    .zone = "Europe/Berlin"},
                           .asked = SampleRequest(),
                           .nonce = kNonce})},
  };
}

TimeSpan From(int minutes_after, int length) {
  const Instant start = Instant(kFirst) + std::chrono::minutes(minutes_after);
  return {start, start + std::chrono::minutes(length)};
}

// 28 December: an appointment at 14:00 UTC, free before and after, closed in the evening.
Workload SampleWork() {
  Workload work;
  work.appointments = {SampleAppointment(v1::Appointment::STATUS_ACCEPTED)};
  work.open = {From(-120, 360)};
  work.free = {From(-120, 120), From(60, 180)};
  work.closed = {{From(240, 60), Written("Zahnarzt <Berg>")}};
  return work;
}

CalendarView SampleCalendar(int days) {
  return {.first = date::year(2026) / 12 / 28,
          .days = days,
          .zone = "Europe/Berlin",
          .specialist = {},
          .people = {SampleWork()}};
}

CalendarView TeamCalendar(int days) {
  CalendarView view = SampleCalendar(days);
  view.people[0].closed.clear();
  view.people.push_back({});
  const char* const names[] = {"Klara <K>", "Ben"};
  const char* const ids[] = {"0prv000000002", "0prv000000003"};
  for (std::size_t i = 0; i < view.people.size(); ++i) {
    view.people[i].specialist = {ids[i]};
    view.people[i].name = Written(names[i]);
  }
  return view;
}

Screens OfCalendar(const Reader& reader) {
  CalendarView alone = TeamCalendar(1);
  alone.people.resize(1);
  alone.specialist = alone.people[0].specialist;
  CalendarView closed = SampleCalendar(1);
  closed.people[0] = Workload{};
  return {
      {"day", DayScreen(reader, SampleCalendar(1))},
      {"day without hours", DayScreen(reader, closed)},
      {"day of a team", DayScreen(reader, TeamCalendar(1))},
      {"day of one of a team", DayScreen(reader, alone)},
      {"week", WeekScreen(reader, SampleCalendar(7))},
      {"week of a team", WeekScreen(reader, TeamCalendar(7))},
      {"below a picture", PictureCaption(reader, SampleCalendar(7), PictureTheme::kLight)},
  };
}

v1::Provider SampleTeam() {
  v1::Provider team = SampleProvider();
  team.set_kind(v1::PROVIDER_KIND_ORGANIZATION);
  const CalendarView calendar = TeamCalendar(1);
  for (const Workload& work : calendar.people) {
    auto& one = *team.add_specialists();
    one.set_provider(NameOf(work.specialist));
    one.set_display_name(work.name);
  }
  return team;
}

Screens OfTeam(const Reader& reader) {
  const CalendarView today = TeamCalendar(1);
  CalendarView nobody = today;
  nobody.people.clear();
  const Workload& klara = today.people[0];
  Page<v1::Service> services;
  services.items = {SampleService(), SampleService()};
  services.items[1].add_specialists("providers/0prv000000003");
  RemovalView removal{.specialist = klara.specialist,
                      .name = klara.name,
                      .open = klara.appointments,
                      .count = 3,
                      .handed_on = 2,
                      .nonce = kNonce};
  RemovalView free = removal;
  free.open.clear();
  free.count = free.handed_on = 0;
  v1::RemoveStaffResponse removed;
  removed.add_reassigned_appointments("a");
  removed.add_cancelled_appointments("b");
  return {
      {"team", StaffScreen(reader, today, 0, true)},
      {"nobody in the team", StaffScreen(reader, nobody, 0, false)},
      {"colleague", ColleagueScreen(reader, today)},
      {"what a colleague offers", OffersScreen(reader, {.specialist = klara.specialist,
                                                        .name = klara.name,
                                                        .services = services,
                                                        .last = true,
                                                        .nonce = kNonce})},
      {"ask remove colleague", AskRemoveColleagueScreen(reader, removal)},
      {"ask remove colleague with nothing open", AskRemoveColleagueScreen(reader, free)},
      {"colleague removed", ColleagueRemovedScreen(reader, klara.name, removed)},
      {"who takes over", AskTakeOverScreen(reader, klara.appointments[0], SampleTeam(), kNonce)},
  };
}

}  // namespace

Screens WorkdayScreens(const Reader& reader) {
  Screens screens;
  for (const auto& some : {OfRequests(reader), OfCalendar(reader), OfTeam(reader)}) {
    screens.insert(screens.end(), some.begin(), some.end());
  }
  return screens;
}

}  // namespace kalends::telegram
