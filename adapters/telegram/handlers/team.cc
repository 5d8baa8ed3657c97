// An organization's staff: who has what today, who offers what, and who goes (SPEC 3.11).
#include "adapters/telegram/screens/team.h"

#include <algorithm>

#include "adapters/telegram/handlers/appointments.h"
#include "adapters/telegram/handlers/calendar.h"
#include "adapters/telegram/handlers/handlers.h"
#include "adapters/telegram/handlers/shared.h"
#include "kalends/v1/booking_service.pb.h"
#include "kalends/v1/provider_service.pb.h"

namespace kalends::telegram {
namespace {

constexpr int kOpenShown = 6;  // Of what somebody who goes has to keep.

std::string NameIn(const v1::Provider& organization, const ProviderId& specialist) {
  for (const auto& one : organization.specialists()) {
    if (one.provider() == NameOf(specialist)) return one.display_name();
  }
  return {};
}

absl::StatusOr<v1::RemoveStaffResponse> Remove(Turn& turn, const RemoveColleague& action,
                                               const std::string& request_id, bool only_try) {
  v1::RemoveStaffRequest request;
  request.set_parent(turn.account().provider());
  request.set_specialist(NameOf(action.specialist));
  request.set_open_appointments(action.leftovers == Leftovers::kHandOn
                                    ? v1::RemoveStaffRequest::OPEN_APPOINTMENTS_REASSIGN
                                    : v1::RemoveStaffRequest::OPEN_APPOINTMENTS_CANCEL);
  request.set_validate_only(only_try);
  request.set_request_id(request_id);
  return turn.Call<v1::RemoveStaffResponse>(request);
}

absl::Status ShowOffers(Turn& turn, const ShowColleagueServices& action, bool last) {
  KALENDS_ASSIGN_OR_RETURN(const auto own, GetProvider(turn, "providers/me"));
  KALENDS_ASSIGN_OR_RETURN(auto services, ListAllServices(turn, turn.account().provider()));
  turn.Show(OffersScreen(turn.reader(),
                         {.specialist = action.specialist,
                          .name = NameIn(own, action.specialist),
                          .services = PageOf(std::move(services), action.page, kOffersPerPage),
                          .last = last,
                          .nonce = turn.nonce()}));
  return absl::OkStatus();
}

}  // namespace

absl::Status Handle(Turn& turn, const ShowStaff& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto own, GetProvider(turn, "providers/me"));
  const int page = std::max(action.page, 0);
  KALENDS_ASSIGN_OR_RETURN(const auto today,
                           ReadTeamsDay(turn, own, page * kStaffPerPage, kStaffPerPage));
  const bool has_next = own.specialists_size() > (page + 1) * kStaffPerPage;
  turn.Show(StaffScreen(turn.reader(), today, page, has_next));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const ShowColleague& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto today, ReadDay(turn, action.specialist, std::nullopt));
  if (today.people.empty()) return Handle(turn, ShowStaff{});  // Gone meanwhile.
  turn.Show(ColleagueScreen(turn.reader(), today));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const ShowColleagueServices& action) {
  return ShowOffers(turn, action, false);
}

absl::Status Handle(Turn& turn, const ToggleOffer& action) {
  const ShowColleagueServices back{action.specialist, action.page};
  KALENDS_ASSIGN_OR_RETURN(const auto own, GetProvider(turn, "providers/me"));
  v1::GetServiceRequest get;
  get.set_name(NameOf(OwnProvider(turn), action.service));
  KALENDS_ASSIGN_OR_RETURN(const auto service, turn.Call<v1::Service>(get));
  const auto by = OfferedBy(service, own, action.specialist);
  if (!by) return ShowOffers(turn, back, true);
  v1::UpdateServiceRequest request;
  request.mutable_service()->set_name(service.name());
  request.mutable_service()->set_etag(service.etag());
  for (const std::string& specialist : *by) request.mutable_service()->add_specialists(specialist);
  request.mutable_update_mask()->add_paths("specialists");
  request.set_request_id(turn.NextRequestId());
  KALENDS_RETURN_IF_ERROR(turn.Call<v1::Service>(request).status());
  return ShowOffers(turn, back, false);
}

absl::Status Handle(Turn& turn, const AskRemoveColleague& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto own, GetProvider(turn, "providers/me"));
  KALENDS_ASSIGN_OR_RETURN(
      const auto would,
      Remove(turn, {action.specialist, Leftovers::kHandOn, Nonce{}}, turn.NextRequestId(), true));
  RemovalView view;
  view.specialist = action.specialist;
  view.name = NameIn(own, action.specialist);
  view.count = would.open_appointments_size();
  view.handed_on = would.reassigned_appointments_size();
  view.nonce = turn.nonce();
  for (int i = 0; i < std::min(view.count, kOpenShown); ++i) {
    const auto id = AppointmentId::Of(would.open_appointments(i));
    if (auto appointment = GetAppointment(turn, id); appointment.ok()) {
      view.open.push_back(*std::move(appointment));
    }
  }
  turn.Show(AskRemoveColleagueScreen(turn.reader(), view));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const RemoveColleague& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto own, GetProvider(turn, "providers/me"));
  KALENDS_ASSIGN_OR_RETURN(const auto removed,
                           Remove(turn, action, turn.RequestIdOf(action, action.nonce), false));
  turn.Show(ColleagueRemovedScreen(turn.reader(), NameIn(own, action.specialist), removed));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const AskTakeOver& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto appointment, GetAppointment(turn, action.appointment));
  KALENDS_ASSIGN_OR_RETURN(const auto own, GetProvider(turn, "providers/me"));
  turn.Show(AskTakeOverScreen(turn.reader(), appointment, own, turn.nonce()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const TakeOver& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto before, GetAppointment(turn, action.appointment));
  v1::ReassignAppointmentRequest request;
  request.set_name(before.name());
  request.set_specialist(NameOf(action.specialist));
  request.set_request_id(turn.RequestIdOf(action, action.nonce) + ":" + action.specialist.text);
  KALENDS_ASSIGN_OR_RETURN(const auto now, turn.Call<v1::Appointment>(request));
  ShowChanged(turn, before, now, "team.changed_hands");
  return absl::OkStatus();
}

Handlers TeamHandlers() { return HandlersOf(TeamActions{}); }

}  // namespace kalends::telegram
