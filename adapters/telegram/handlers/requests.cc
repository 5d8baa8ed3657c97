// A provider's requests: accept, reject, propose other times (SPEC 3.1).
#include "adapters/telegram/actions/requests.h"

#include "adapters/telegram/handlers/appointments.h"
#include "adapters/telegram/handlers/handlers.h"
#include "adapters/telegram/handlers/shared.h"
#include "adapters/telegram/html.h"
#include "adapters/telegram/screens/booking.h"
#include "adapters/telegram/screens/proposals.h"
#include "adapters/telegram/screens/requests.h"
#include "kalends/v1/booking_service.pb.h"

namespace kalends::telegram {
namespace {

absl::Status ShowServicesToAcceptAs(Turn& turn, const v1::Appointment& appointment) {
  KALENDS_ASSIGN_OR_RETURN(const auto services, ListAllServices(turn, appointment.provider()));
  turn.Show(AcceptAsScreen(turn.reader(), appointment, services, turn.nonce()));
  return absl::OkStatus();
}

absl::Status AcceptWith(Turn& turn, const v1::Appointment& before, const ServiceId& service,
                        const std::string& request_id) {
  v1::AcceptAppointmentRequest request;
  request.set_name(before.name());
  request.set_service(NameOf(ProviderId::Of(before.provider()), service));
  request.set_request_id(request_id);
  const auto accepted = turn.Call<v1::Appointment>(request);
  if (accepted.ok()) {
    ShowChanged(turn, before, *accepted, "appointments.changed_accepted");
    return absl::OkStatus();
  }
  if (ReasonOf(accepted.status()) == v1::REASON_SERVICE_REQUIRED) {
    return ShowServicesToAcceptAs(turn, before);
  }
  return accepted.status();
}

absl::Status RejectWith(Turn& turn, const AppointmentId& id, const std::string& reason,
                        const std::string& request_id) {
  KALENDS_ASSIGN_OR_RETURN(const auto before, GetAppointment(turn, id));
  v1::RejectAppointmentRequest request;
  request.set_name(before.name());
  request.set_reason(reason);
  request.set_request_id(request_id);
  KALENDS_ASSIGN_OR_RETURN(const auto rejected, turn.Call<v1::Appointment>(request));
  ShowChanged(turn, before, rejected, "appointments.changed_rejected");
  return absl::OkStatus();
}

}  // namespace

absl::Status Handle(Turn& turn, const ShowRequests& action) {
  return ShowAppointmentList(turn, "providers/me", v1::ListAppointmentsRequest::FILTER_PENDING,
                             action.page, AppointmentList::kRequests);
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
