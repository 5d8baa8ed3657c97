#include "adapters/telegram/handlers/shared.h"

namespace kalends::telegram {

absl::StatusOr<v1::Provider> GetProvider(Turn& turn, const std::string& name) {
  v1::GetProviderRequest request;
  request.set_name(name);
  return turn.Call<v1::Provider>(request);
}

absl::StatusOr<v1::Appointment> GetAppointment(Turn& turn, const AppointmentId& id) {
  v1::GetAppointmentRequest request;
  request.set_name(NameOf(id));
  return turn.Call<v1::Appointment>(request);
}

absl::StatusOr<std::vector<v1::Service>> ListAllServices(Turn& turn, const std::string& provider) {
  v1::ListServicesRequest request;
  request.set_parent(provider);
  request.set_page_size(kListPageSize);
  KALENDS_ASSIGN_OR_RETURN(const auto answer, turn.Call<v1::ListServicesResponse>(request));
  return std::vector<v1::Service>(answer.services().begin(), answer.services().end());
}

}  // namespace kalends::telegram
