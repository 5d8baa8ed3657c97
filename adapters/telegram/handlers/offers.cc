#include "adapters/telegram/handlers/offers.h"

#include <algorithm>

#include "adapters/telegram/screens/booking.h"

namespace kalends::telegram {
namespace {

// Whether the organization would have them do it, and they have not declined it.
bool IsDoneBy(const v1::Service& service, const std::string& specialist) {
  const auto among = [&](const auto& names) {
    return std::find(names.begin(), names.end(), specialist) != names.end();
  };
  return (service.specialists().empty() || among(service.specialists())) &&
         !among(service.declined_by());
}

}  // namespace

absl::StatusOr<std::optional<v1::Service>> FindService(Turn& turn, const Draft& draft) {
  if (draft.service.empty()) return std::optional<v1::Service>();
  v1::GetServiceRequest request;
  request.set_name(NameOf(draft.provider, draft.service));
  KALENDS_ASSIGN_OR_RETURN(auto service, turn.Call<v1::Service>(request));
  return std::optional(std::move(service));
}

v1::Provider::Specialist SpecialistOf(const v1::Provider& provider, const ProviderId& specialist) {
  for (const auto& known : provider.specialists()) {
    if (known.provider() == NameOf(specialist)) return known;
  }
  return {};
}

std::string ClockOf(const v1::Provider& provider, const Draft& draft) {
  const std::string zone = SpecialistOf(provider, draft.specialist).time_zone();
  return zone.empty() ? provider.time_zone() : zone;
}

std::vector<v1::Provider::Specialist> Offering(const v1::Provider& provider,
                                               const std::optional<v1::Service>& service) {
  std::vector<v1::Provider::Specialist> offering;
  for (const auto& specialist : provider.specialists()) {
    if (!service || IsDoneBy(*service, specialist.provider())) offering.push_back(specialist);
  }
  return offering;
}

bool HasChoice(const std::vector<v1::Provider::Specialist>& offering) {
  return offering.size() > 1;
}

absl::StatusOr<Page<v1::Service>> ReadServices(Turn& turn, const v1::Provider& provider, int page) {
  return ReadPage<v1::Service>(
      page, kChoicesPerPage,
      [&](int page_size, const std::string& token) {
        v1::ListServicesRequest request;
        request.set_parent(provider.name());
        request.set_page_size(page_size);
        request.set_page_token(token);
        return turn.Call<v1::ListServicesResponse>(request);
      },
      [](const auto& answer) { return answer.services(); });
}

}  // namespace kalends::telegram
