// A provider's requests: accept, reject, propose other times (SPEC 3.1).
#include "adapters/telegram/handlers/requests.h"

#include <algorithm>
#include <functional>

#include "adapters/telegram/handlers/appointments.h"
#include "adapters/telegram/handlers/handlers.h"
#include "adapters/telegram/handlers/shared.h"
#include "adapters/telegram/html.h"
#include "adapters/telegram/screens/booking.h"
#include "adapters/telegram/screens/proposals.h"
#include "adapters/telegram/screens/requests.h"
#include "kalends/v1/booking_service.pb.h"
#include "kalends/v1/consent_service.pb.h"
#include "kalends/v1/schedule_service.pb.h"

namespace kalends::telegram {
namespace {

constexpr int kRequestsMax = 100;  // That are walked through; the core counts no more, either.

bool WaitsForCustomer(const v1::Appointment& appointment) {
  return !appointment.proposed_start_times().empty();
}

// All that wait, the oldest first; behind them those for which other times were proposed.
absl::StatusOr<std::vector<v1::Appointment>> ListRequests(Turn& turn) {
  v1::ListAppointmentsRequest request;
  request.set_parent("providers/me");
  request.set_filter(v1::ListAppointmentsRequest::FILTER_PENDING);
  request.set_page_size(kRequestsMax);
  KALENDS_ASSIGN_OR_RETURN(const auto answer, turn.Call<v1::ListAppointmentsResponse>(request));
  std::vector<v1::Appointment> all(answer.appointments().begin(), answer.appointments().end());
  std::stable_partition(all.begin(), all.end(), std::not_fn(WaitsForCustomer));
  return all;
}

// Without it the request can be answered all the same; so it is with the terms.
std::optional<Around> ReadAround(Turn& turn, const v1::Appointment& appointment) {
  v1::ListBusyTimesRequest request;
  request.set_parent(appointment.specialist());
  *request.mutable_start_time() = ToTimestamp(InstantOf(appointment.start_time()) - kAround);
  *request.mutable_end_time() = ToTimestamp(InstantOf(appointment.end_time()) + kAround);
  request.set_except_appointment(appointment.name());
  const auto times = turn.Call<v1::ListBusyTimesResponse>(request);
  return times.ok() ? AroundOf(appointment, *times) : std::nullopt;
}

Terms ReadTerms(Turn& turn, const v1::Appointment& appointment) {
  v1::ListConsentsRequest request;
  request.set_parent(NameOf(ProviderId::Of(appointment.provider())) + "/links/" +
                     AccountId::Of(appointment.customer()).text);
  request.set_page_size(kListPageSize);
  const auto consents = turn.Call<v1::ListConsentsResponse>(request);
  if (!consents.ok()) return Terms::kUnknown;
  Terms terms = Terms::kNoneNeeded;
  for (const v1::Consent& consent : consents->consents()) {
    if (consent.state() == v1::Consent::STATE_PENDING) return Terms::kPending;
    if (consent.state() == v1::Consent::STATE_SIGNED) terms = Terms::kSigned;
  }
  return terms;
}

absl::Status ShowServicesToAcceptAs(Turn& turn, const v1::Appointment& appointment) {
  KALENDS_ASSIGN_OR_RETURN(const auto services, ListAllServices(turn, appointment.provider()));
  turn.Show(AcceptAsScreen(turn.reader(), appointment, services, turn.nonce()));
  return absl::OkStatus();
}

absl::Status AcceptWith(Turn& turn, const v1::Appointment& before, const ServiceId& service,
                        const std::string& request_id) {
  const bool on_screen = turn.is_press_on_screen();
  v1::AcceptAppointmentRequest request;
  request.set_name(before.name());
  request.set_service(NameOf(ProviderId::Of(before.provider()), service));
  request.set_request_id(request_id);
  const auto accepted = turn.Call<v1::Appointment>(request);
  if (accepted.ok()) {
    ShowChanged(turn, before, *accepted, "appointments.changed_accepted");
    if (on_screen) GoOnWithRequests(turn);
    return absl::OkStatus();
  }
  if (ReasonOf(accepted.status()) == v1::REASON_SERVICE_REQUIRED) {
    return ShowServicesToAcceptAs(turn, before);
  }
  return accepted.status();
}

absl::Status RejectWith(Turn& turn, const AppointmentId& id, const std::string& reason,
                        const std::string& request_id) {
  const bool on_screen = turn.is_press_on_screen();
  KALENDS_ASSIGN_OR_RETURN(const auto before, GetAppointment(turn, id));
  v1::RejectAppointmentRequest request;
  request.set_name(before.name());
  request.set_reason(reason);
  request.set_request_id(request_id);
  KALENDS_ASSIGN_OR_RETURN(const auto rejected, turn.Call<v1::Appointment>(request));
  ShowChanged(turn, before, rejected, "appointments.changed_rejected");
  if (on_screen) GoOnWithRequests(turn);
  return absl::OkStatus();
}

}  // namespace

absl::Status Handle(Turn& turn, const ShowRequests& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto waiting, ListRequests(turn));
  if (waiting.empty()) {
    turn.Show(NoRequestsScreen(turn.reader()));
    return absl::OkStatus();
  }
  RequestView view;
  view.nonce = turn.nonce();
  view.count = static_cast<int>(waiting.size());
  view.number = std::max(action.number, 0) % view.count;
  const auto& listed = waiting[static_cast<std::size_t>(view.number)];
  KALENDS_ASSIGN_OR_RETURN(view.appointment,
                           GetAppointment(turn, AppointmentId::Of(listed.name())));
  view.around = ReadAround(turn, view.appointment);
  view.terms = ReadTerms(turn, view.appointment);
  view.own_customer = view.appointment.provider() == turn.account().provider();
  turn.Show(RequestScreen(turn.reader(), view));
  return absl::OkStatus();
}

void GoOnWithRequests(Turn& turn) {
  const auto waiting = ListRequests(turn);
  if (!waiting.ok() || waiting->empty() || WaitsForCustomer(waiting->front())) return;
  turn.KeepPressedMessage();
  if (const absl::Status shown = Handle(turn, ShowRequests{}); !shown.ok()) {
    WarnOf("next request not shown", shown);
  }
}

absl::Status Handle(Turn& turn, const Accept& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto before, GetAppointment(turn, action.appointment));
  return AcceptWith(turn, before, ServiceId{}, turn.RequestIdOf(action, action.nonce));
}

absl::Status Handle(Turn& turn, const AcceptAs& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto before, GetAppointment(turn, action.appointment));
  return AcceptWith(turn, before, action.service,
                    turn.RequestIdOf(action, action.nonce) + ":" + action.service.text);
}

absl::Status Handle(Turn& turn, const AskReject& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto appointment, GetAppointment(turn, action.appointment));
  if (ShowUnless(turn, appointment, v1::Appointment::ACTION_REJECT)) return absl::OkStatus();
  turn.session().dialogue = TypesRejectReason{action.appointment.text};
  turn.Show(AskRejectScreen(turn.reader(), appointment, turn.nonce()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const Reject& action) {
  return RejectWith(turn, action.appointment, "", turn.RequestIdOf(action, action.nonce));
}

absl::Status Handle(Turn& turn, const TypesRejectReason& dialogue, const std::string& text) {
  KALENDS_ASSIGN_OR_RETURN(const auto appointment,
                           GetAppointment(turn, AppointmentId{dialogue.appointment}));
  if (ShowUnless(turn, appointment, v1::Appointment::ACTION_REJECT)) return absl::OkStatus();
  turn.session().dialogue = dialogue;  // Another text takes the place of this one.
  const std::string reason = Shorten(text, kTypedCharsMax);
  turn.KeepShown(reason);
  turn.Show(RejectReasonScreen(turn.reader(), appointment, reason, turn.nonce()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const RejectForShownReason& action) {
  const std::string* reason = turn.ShownWith(action.nonce);
  if (reason == nullptr) return Handle(turn, AskReject{action.appointment});
  return RejectWith(turn, action.appointment, *reason, turn.RequestIdOf(action, action.nonce));
}

Handlers RequestsHandlers() { return HandlersOf<TypesRejectReason>(RequestsActions{}); }

}  // namespace kalends::telegram
