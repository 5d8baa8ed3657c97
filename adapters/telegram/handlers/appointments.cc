// Appointments of the customer (SPEC 2.4, 2.5), and what both sides do with one.
#include "adapters/telegram/screens/appointments.h"

#include <algorithm>
#include <iterator>

#include "adapters/telegram/calendar_file.h"
#include "adapters/telegram/handlers/appointments.h"
#include "adapters/telegram/handlers/handlers.h"
#include "adapters/telegram/handlers/shared.h"
#include "adapters/telegram/html.h"
#include "adapters/telegram/screens/booking.h"

namespace kalends::telegram {
namespace {

absl::Status CancelWith(Turn& turn, const AppointmentId& id, const std::string& reason,
                        const std::string& request_id) {
  KALENDS_ASSIGN_OR_RETURN(const auto before, GetAppointment(turn, id));
  v1::CancelAppointmentRequest request;
  request.set_name(before.name());
  request.set_reason(reason);
  request.set_request_id(request_id);
  KALENDS_ASSIGN_OR_RETURN(const auto appointment, turn.Call<v1::Appointment>(request));
  ShowChanged(turn, before, appointment, "appointments.changed_cancelled");
  return absl::OkStatus();
}

// What became of it, and who is told.
std::string ChangedText(Turn& turn, const v1::Appointment& appointment, const char* key) {
  return turn.texts().Html(key, {{"name", OtherName(appointment, SideOf(turn, appointment))}});
}

}  // namespace

absl::Status ShowAppointmentList(Turn& turn, const std::string& parent,
                                 v1::ListAppointmentsRequest::Filter filter, int number,
                                 AppointmentList list) {
  KALENDS_ASSIGN_OR_RETURN(const auto page,
                           ReadPage<v1::Appointment>(
                               number, kAppointmentsPerPage,
                               [&](int page_size, const std::string& token) {
                                 v1::ListAppointmentsRequest request;
                                 request.set_parent(parent);
                                 request.set_filter(filter);
                                 request.set_page_size(page_size);
                                 request.set_page_token(token);
                                 return turn.Call<v1::ListAppointmentsResponse>(request);
                               },
                               [](const auto& answer) { return answer.appointments(); }));
  turn.Show(AppointmentsScreen(turn.reader(), page, list, !turn.account().provider().empty()));
  return absl::OkStatus();
}

void ShowChanged(Turn& turn, const v1::Appointment& before, const v1::Appointment& answer,
                 const char* heading_key) {
  // A repeat changes nothing and gets the first answer: `before` is how it stands.
  const bool is_news = answer.revision() > before.revision();
  const bool as_said = answer.revision() >= before.revision();
  const v1::Appointment& now = is_news ? answer : before;
  Screen screen = AppointmentScreen(turn.reader(), now, SideOf(turn, now), turn.nonce(),
                                    ChangedText(turn, now, as_said ? heading_key : kMovedOn));
  screen.stays = true;  // What was agreed remains to be read.
  turn.Show(screen);
}

void ShowAsItIs(Turn& turn, const v1::Appointment& appointment, const std::string& heading) {
  turn.Show(AppointmentScreen(turn.reader(), appointment, SideOf(turn, appointment), turn.nonce(),
                              heading));
}

bool ShowUnless(Turn& turn, const v1::Appointment& appointment, v1::Appointment::Action action) {
  if (Allows(appointment, action)) return false;
  ShowAsItIs(turn, appointment, turn.texts().Html(kMovedOn));
  return true;
}

namespace {

// Of those that start with `appointment`: who takes, or took, part in the same.
bool IsInSession(const v1::Appointment& other, const v1::Appointment& appointment) {
  return other.service() == appointment.service() &&
         other.specialist() == appointment.specialist() &&
         other.status() != v1::Appointment::STATUS_REJECTED &&
         other.status() != v1::Appointment::STATUS_CANCELLED;
}

std::string CalendarNameOf(const Turn& turn, const v1::Appointment& appointment) {
  if (!turn.is_customer_of(appointment)) return appointment.customer_display_name();
  if (appointment.provider_kind() != v1::PROVIDER_KIND_ORGANIZATION) {
    return appointment.provider_display_name();
  }
  return appointment.provider_display_name() + ", " + appointment.specialist_display_name();
}

}  // namespace

absl::Status Handle(Turn& turn, const ShowUpcoming& action) {
  return ShowAppointmentList(turn, "accounts/me", v1::ListAppointmentsRequest::FILTER_UPCOMING,
                             action.page, AppointmentList::kUpcoming);
}

absl::Status Handle(Turn& turn, const ShowPast& action) {
  return ShowAppointmentList(turn, "accounts/me", v1::ListAppointmentsRequest::FILTER_PAST,
                             action.page, AppointmentList::kPast);
}

absl::Status Handle(Turn& turn, const ShowAppointment& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto appointment, GetAppointment(turn, action.appointment));
  turn.Show(AppointmentScreen(turn.reader(), appointment, SideOf(turn, appointment), turn.nonce()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const ShowMeetingInfo& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto appointment, GetAppointment(turn, action.appointment));
  turn.Show(MeetingInfoScreen(turn.reader(), appointment, SideOf(turn, appointment)));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const SendCalendarFile& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto appointment, GetAppointment(turn, action.appointment));
  const std::string title = CalendarTitle(appointment, CalendarNameOf(turn, appointment));
  turn.SendFile("sendDocument",
                {.field = "document",
                 .name = turn.texts().Plain("info.calendar_file_name") + ".ics",
                 .type = "text/calendar",
                 .bytes = CalendarFile(appointment, title, turn.now())},
                {.text = turn.texts().Html(IsTakenBack(appointment) ? "info.calendar_file_cancel"
                                                                    : "info.calendar_file_caption"),
                 .rows = {}});
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const ShowSessionOf& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto appointment, GetAppointment(turn, action.appointment));
  v1::ListAppointmentsRequest request;
  request.set_parent("providers/me");
  *request.mutable_start_time() = appointment.start_time();
  *request.mutable_end_time() = appointment.start_time();
  request.mutable_end_time()->set_seconds(appointment.start_time().seconds() + 1);
  request.set_page_size(kListPageSize);
  std::vector<v1::Appointment> participants;
  do {
    KALENDS_ASSIGN_OR_RETURN(const auto answer, turn.Call<v1::ListAppointmentsResponse>(request));
    std::copy_if(answer.appointments().begin(), answer.appointments().end(),
                 std::back_inserter(participants),
                 [&](const v1::Appointment& other) { return IsInSession(other, appointment); });
    request.set_page_token(answer.next_page_token());
  } while (!request.page_token().empty());
  const int count = static_cast<int>(participants.size());
  turn.Show(SessionOfScreen(turn.reader(), appointment,
                            PageOf(std::move(participants), action.page, kAppointmentsPerPage),
                            count));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const AskCancel& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto appointment, GetAppointment(turn, action.appointment));
  if (ShowUnless(turn, appointment, v1::Appointment::ACTION_CANCEL)) return absl::OkStatus();
  turn.session().dialogue = TypesCancelReason{action.appointment.text};
  turn.Show(AskCancelScreen(turn.reader(), appointment, SideOf(turn, appointment), turn.nonce()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const Cancel& action) {
  return CancelWith(turn, action.appointment, "", turn.RequestIdOf(action, action.nonce));
}

absl::Status Handle(Turn& turn, const TypesCancelReason& dialogue, const std::string& text) {
  KALENDS_ASSIGN_OR_RETURN(const auto appointment,
                           GetAppointment(turn, AppointmentId{dialogue.appointment}));
  if (ShowUnless(turn, appointment, v1::Appointment::ACTION_CANCEL)) return absl::OkStatus();
  turn.session().dialogue = dialogue;  // Another text takes the place of this one.
  const std::string reason = Shorten(text, kTypedCharsMax);
  turn.KeepShown(reason);
  turn.Show(CancelReasonScreen(turn.reader(), appointment, SideOf(turn, appointment), reason,
                               turn.nonce()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const CancelForShownReason& action) {
  const std::string* reason = turn.ShownWith(action.nonce);
  if (reason == nullptr) return Handle(turn, AskCancel{action.appointment});
  return CancelWith(turn, action.appointment, *reason, turn.RequestIdOf(action, action.nonce));
}

absl::Status Handle(Turn& turn, const Complete& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto before, GetAppointment(turn, action.appointment));
  v1::CompleteAppointmentRequest request;
  request.set_name(before.name());
  request.set_request_id(turn.RequestIdOf(action, action.nonce));
  KALENDS_ASSIGN_OR_RETURN(const auto appointment, turn.Call<v1::Appointment>(request));
  ShowChanged(turn, before, appointment, "appointments.changed_completed");
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const MarkMissed& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto before, GetAppointment(turn, action.appointment));
  v1::MarkAppointmentMissedRequest request;
  request.set_name(before.name());
  request.set_request_id(turn.RequestIdOf(action, action.nonce));
  KALENDS_ASSIGN_OR_RETURN(const auto appointment, turn.Call<v1::Appointment>(request));
  ShowChanged(turn, before, appointment, "appointments.changed_missed");
  return absl::OkStatus();
}

Handlers AppointmentsHandlers() { return HandlersOf<TypesCancelReason>(AppointmentsActions{}); }

}  // namespace kalends::telegram
