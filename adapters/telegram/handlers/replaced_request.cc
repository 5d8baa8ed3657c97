#include "adapters/telegram/handlers/replaced_request.h"

#include "adapters/telegram/handlers/appointments.h"
#include "adapters/telegram/handlers/shared.h"
#include "adapters/telegram/screens/appointments.h"
#include "kalends/v1/booking_service.pb.h"

namespace kalends::telegram {
namespace {

// An agreed one stands beside the new request.
bool IsDeclined(const v1::Appointment& appointment) {
  return appointment.status() == v1::Appointment::STATUS_PENDING &&
         Allows(appointment, v1::Appointment::ACTION_CHOOSE_PROPOSED_TIME);
}

}  // namespace

void BeginRequest(Turn& turn) {
  turn.session().note = {};
  turn.session().replaced = {};
  turn.session().pays = {};
}

void AskForAnother(Turn& turn, const v1::Appointment& appointment) {
  const std::string provider = ProviderId::Of(appointment.provider()).text;
  // Who has written a new note for this provider meanwhile means that one.
  if (!appointment.note().empty() && turn.session().note.provider != provider) {
    turn.session().note = {provider, Nonce{}, appointment.note()};
  }
  turn.session().replaced = {};
  if (!IsDeclined(appointment)) return;
  turn.session().replaced = {provider, Nonce{}, AppointmentId::Of(appointment.name()).text};
}

std::string ReplacedOnSummary(Turn& turn, const ProviderId& provider) {
  ReplacedRequest& replaced = turn.session().replaced;
  if (replaced.appointment.empty() || replaced.provider != provider.text) return {};
  const auto appointment = GetAppointment(turn, AppointmentId{replaced.appointment});
  if (!appointment.ok() || !IsDeclined(*appointment)) return {};
  replaced.nonce = turn.nonce();
  return turn.texts().Html("booking.replaces",
                           {{"when", ShortWhen(turn.reader(), InstantOf(appointment->start_time()),
                                               appointment->provider_time_zone())}});
}

std::string AcceptedMeanwhile(Turn& turn, const ConfirmRequest& action) {
  const ReplacedRequest replaced = turn.session().replaced;
  // Without a provider the request is sent already, and this is its repeat.
  if (replaced.provider.empty() || replaced.nonce != action.nonce) return {};
  const auto appointment = GetAppointment(turn, AppointmentId{replaced.appointment});
  if (!appointment.ok() || appointment->status() != v1::Appointment::STATUS_ACCEPTED) return {};
  turn.session().replaced = {};
  return turn.texts().Html("booking.replaced_accepted",
                           {{"name", appointment->provider_display_name()},
                            {"when", ShortWhen(turn.reader(), InstantOf(appointment->start_time()),
                                               appointment->provider_time_zone())}});
}

std::string ReplacedBy(Turn& turn, const ConfirmRequest& action) {
  const ReplacedRequest& replaced = turn.session().replaced;
  const bool replaces = !replaced.appointment.empty() && replaced.nonce == action.nonce;
  return replaces ? NameOf(AppointmentId{replaced.appointment}) : "";
}

}  // namespace kalends::telegram
