// A provider's services beside each other: order, archive, team, and who comes to a group's
// sessions.
#include "adapters/telegram/screens/service_lists.h"

#include <algorithm>

#include "adapters/telegram/actions/catalog.h"
#include "adapters/telegram/handlers/catalog.h"
#include "adapters/telegram/handlers/handlers.h"
#include "adapters/telegram/handlers/shared.h"

namespace kalends::telegram {

absl::Status Handle(Turn& turn, const ShowServices& action);  // handlers/catalog.cc

namespace {

absl::StatusOr<std::vector<v1::Service>> Offered(Turn& turn) {
  return ListAllServices(turn, turn.account().provider());
}

// Those to come, up to one page of the core's.
absl::StatusOr<std::vector<v1::Appointment>> Upcoming(Turn& turn) {
  v1::ListAppointmentsRequest request;
  request.set_parent(turn.account().provider());
  request.set_filter(v1::ListAppointmentsRequest::FILTER_UPCOMING);
  request.set_page_size(kListPageSize);
  KALENDS_ASSIGN_OR_RETURN(const auto answer, turn.Call<v1::ListAppointmentsResponse>(request));
  return std::vector<v1::Appointment>(answer.appointments().begin(), answer.appointments().end());
}

absl::Status ShowTeam(Turn& turn, const v1::Service& service, int page,
                      const std::string& heading) {
  KALENDS_ASSIGN_OR_RETURN(const auto provider, GetProvider(turn, turn.account().provider()));
  std::vector<v1::Provider::Specialist> team(provider.specialists().begin(),
                                             provider.specialists().end());
  turn.Show(
      ServiceTeamScreen(turn.reader(), {.service = service,
                                        .team = PageOf(std::move(team), page, kServicesPerPage),
                                        .nonce = turn.nonce(),
                                        .heading = heading}));
  return absl::OkStatus();
}

// Who offers it once `specialist` is turned round. All of them are named by none.
std::vector<std::string> Toggled(const v1::Service& service, const v1::Provider& provider,
                                 const std::string& specialist) {
  std::vector<std::string> offering(service.specialists().begin(), service.specialists().end());
  if (offering.empty()) {
    for (const auto& one : provider.specialists()) offering.push_back(one.provider());
  }
  if (std::erase(offering, specialist) == 0) offering.push_back(specialist);
  const bool all = std::ranges::all_of(provider.specialists(), [&](const auto& one) {
    return std::ranges::find(offering, one.provider()) != offering.end();
  });
  return all ? std::vector<std::string>() : offering;
}

}  // namespace

absl::Status Handle(Turn& turn, const ShowServiceOrder& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto offered, Offered(turn));
  turn.Show(ServiceOrderScreen(turn.reader(), offered, action.service, turn.nonce()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const MoveService& action) {
  v1::MoveServiceRequest request;
  request.set_name(NameOf(OwnProvider(turn), action.service));
  request.set_places(action.towards == Towards::kFront ? -1 : 1);
  request.set_request_id(turn.RequestIdOf(action, action.nonce));
  KALENDS_RETURN_IF_ERROR(turn.Call<v1::Service>(request).status());
  return Handle(turn, ShowServiceOrder{action.service});
}

absl::Status Handle(Turn& turn, const ShowArchive& action) {
  KALENDS_ASSIGN_OR_RETURN(auto services, ListWithArchived(turn));
  std::erase_if(services, [](const v1::Service& service) { return !service.archived(); });
  turn.Show(
      ArchiveScreen(turn.reader(), PageOf(std::move(services), action.page, kServicesPerPage)));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const Unarchive& action) {
  v1::UnarchiveServiceRequest request;
  request.set_name(NameOf(OwnProvider(turn), action.service));
  request.set_request_id(turn.RequestIdOf(action, action.nonce));
  KALENDS_ASSIGN_OR_RETURN(const auto service, turn.Call<v1::Service>(request));
  ShowServiceCard(turn, service, turn.texts().Html("catalog.offered_again"));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const ShowServiceTeam& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto service, GetOwnService(turn, action.service));
  return ShowTeam(turn, service, action.page, "");
}

absl::Status Handle(Turn& turn, const ToggleServiceSpecialist& action) {
  KALENDS_ASSIGN_OR_RETURN(auto service, GetOwnService(turn, action.service));
  KALENDS_ASSIGN_OR_RETURN(const auto provider, GetProvider(turn, turn.account().provider()));
  const std::string specialist = NameOf(action.specialist);
  if (service.specialists_size() == 1 && service.specialists(0) == specialist) {
    return ShowTeam(turn, service, 0, turn.texts().Html("catalog.team_last"));
  }
  v1::UpdateServiceRequest request;
  request.mutable_service()->set_name(service.name());
  request.mutable_service()->set_etag(service.etag());
  for (const std::string& one : Toggled(service, provider, specialist)) {
    request.mutable_service()->add_specialists(one);
  }
  request.mutable_update_mask()->add_paths("specialists");
  request.set_request_id(turn.RequestIdOf(action, action.nonce) + ":" + service.etag());
  KALENDS_ASSIGN_OR_RETURN(service, turn.Call<v1::Service>(request));
  return ShowTeam(turn, service, 0, "");
}

absl::Status Handle(Turn& turn, const ShowHouseServices& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto own, GetProvider(turn, turn.account().provider()));
  const auto house =
      std::find_if(own.organizations().begin(), own.organizations().end(),
                   [&](const auto& one) { return ProviderId::Of(one.provider()) == action.house; });
  if (house == own.organizations().end()) return Handle(turn, ShowServices{});
  KALENDS_ASSIGN_OR_RETURN(auto services, ListAllServices(turn, house->provider()));
  std::erase_if(services, [&](const v1::Service& one) { return !IsMeantFor(one, own.name()); });
  turn.Show(HouseServicesScreen(
      turn.reader(), {.house = *house,
                      .services = PageOf(std::move(services), action.page, kServicesPerPage),
                      .specialist = own.name(),
                      .nonce = turn.nonce()}));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const SetDeclined& action) {
  v1::SetServiceDeclinedRequest request;
  request.set_name(NameOf(action.house, action.service));
  request.set_specialist(turn.account().provider());
  request.set_declined(action.declined == Declined::kYes);
  request.set_request_id(turn.RequestIdOf(action, action.nonce));
  KALENDS_RETURN_IF_ERROR(turn.Call<v1::Service>(request).status());
  return Handle(turn, ShowHouseServices{action.house});
}

absl::Status Handle(Turn& turn, const ShowSessions& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto service, GetOwnService(turn, action.service));
  KALENDS_ASSIGN_OR_RETURN(const auto appointments, Upcoming(turn));
  turn.Show(SessionsScreen(
      turn.reader(), service,
      PageOf(SessionsOf(appointments, service.name()), action.page, kSessionsPerPage)));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const ShowParticipants& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto service, GetOwnService(turn, action.service));
  KALENDS_ASSIGN_OR_RETURN(const auto appointments, Upcoming(turn));
  std::vector<v1::Appointment> participants;
  for (GroupSession& session : SessionsOf(appointments, service.name())) {
    if (session.start == action.start) participants = std::move(session.participants);
  }
  const int count = static_cast<int>(participants.size());
  turn.Show(ParticipantsScreen(turn.reader(), service, action.start,
                               PageOf(std::move(participants), action.page, kParticipantsPerPage),
                               count));
  return absl::OkStatus();
}

Handlers ServiceListsHandlers() { return HandlersOf<>(ServiceListsActions{}); }

}  // namespace kalends::telegram
