// Appointments that lie outside a provider's hours: each is kept, moved or cancelled.
#include "adapters/telegram/screens/affected.h"

#include <algorithm>

#include "adapters/telegram/handlers/handlers.h"
#include "adapters/telegram/handlers/schedule.h"
#include "adapters/telegram/handlers/shared.h"
#include "adapters/telegram/html.h"

namespace kalends::telegram {
namespace {

absl::Status ShowAffectedAt(Turn& turn, int place, const std::string& heading) {
  KALENDS_ASSIGN_OR_RETURN(const auto affected, ListAffected(turn));
  const int count = static_cast<int>(affected.size());
  if (place < 0 || place >= count) {
    turn.Show(AffectedDoneScreen(turn.reader(), count, heading));
    return absl::OkStatus();
  }
  turn.Show(AffectedScreen(turn.reader(), {.appointment = affected[static_cast<std::size_t>(place)],
                                           .place = place,
                                           .count = count,
                                           .nonce = turn.nonce(),
                                           .heading = heading}));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<v1::Appointment>> ListAffected(Turn& turn) {
  v1::ListAppointmentsRequest request;
  request.set_parent(turn.account().provider());
  request.set_filter(v1::ListAppointmentsRequest::FILTER_OUTSIDE_HOURS);
  request.set_page_size(kListPageSize);
  KALENDS_ASSIGN_OR_RETURN(const auto answer, turn.Call<v1::ListAppointmentsResponse>(request));
  return std::vector<v1::Appointment>(answer.appointments().begin(), answer.appointments().end());
}

AffectedView ReadAffected(Turn& turn,
                          const google::protobuf::RepeatedPtrField<std::string>& names) {
  AffectedView view{.first = {}, .count = names.size()};
  for (const std::string& name : names) {
    if (view.first.size() == kAffectedShown) break;
    auto appointment = GetAppointment(turn, AppointmentId::Of(name));
    if (appointment.ok()) view.first.push_back(*std::move(appointment));
  }
  return view;
}

absl::Status Handle(Turn& turn, const ShowAffected& action) {
  return ShowAffectedAt(turn, action.place, "");
}

absl::Status Handle(Turn& turn, const AskCancelAffected& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto appointment, GetAppointment(turn, action.appointment));
  turn.session().dialogue = TypesAffectedReason{action.appointment.text, action.place};
  turn.Show(AskCancelAffectedScreen(turn.reader(), appointment, action.place, "", turn.nonce()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const TypesAffectedReason& dialogue, const std::string& text) {
  KALENDS_ASSIGN_OR_RETURN(const auto appointment,
                           GetAppointment(turn, AppointmentId{dialogue.appointment}));
  turn.session().dialogue = dialogue;  // Another text takes the place of this one.
  const std::string reason = Shorten(text, kTypedCharsMax);
  turn.KeepShown(reason);
  turn.Show(
      AskCancelAffectedScreen(turn.reader(), appointment, dialogue.place, reason, turn.nonce()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const CancelAffected& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto before, GetAppointment(turn, action.appointment));
  v1::CancelAppointmentRequest request;
  request.set_name(before.name());
  if (const std::string* reason = turn.ShownWith(action.nonce)) request.set_reason(*reason);
  request.set_request_id(turn.RequestIdOf(action, action.nonce));
  KALENDS_RETURN_IF_ERROR(turn.Call<v1::Appointment>(request).status());
  return ShowAffectedAt(
      turn, action.place,
      turn.texts().Html("affected.cancelled", {{"name", before.customer_display_name()}}));
}

Handlers AffectedHandlers() { return HandlersOf<TypesAffectedReason>(AffectedActions{}); }

}  // namespace kalends::telegram
