#include "core/booking/offer.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/missing.h"
#include "core/base/status_macros.h"

namespace kalends::core {
namespace {

bool Holds(std::span<const ProviderId> ids, ProviderId id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

absl::StatusOr<std::vector<ProviderId>> Specialists(const Provider& provider,
                                                    const Service* service,
                                                    std::span<const ProviderId> staff,
                                                    const std::optional<ProviderId>& asked) {
  if (provider.kind == ProviderKind::kSpecialist) {
    if (asked && *asked != provider.id) return Error(Reason::kSpecialistNotOffering);
    return std::vector{provider.id};
  }
  std::vector<ProviderId> offering(staff.begin(), staff.end());
  if (service != nullptr) {
    std::erase_if(offering, [&](ProviderId id) { return !IsDoneBy(*service, id); });
  }
  if (!asked) return offering;
  if (!Holds(offering, *asked)) return Error(Reason::kSpecialistNotOffering);
  return std::vector{*asked};
}

}  // namespace

absl::StatusOr<Offer> MakeOffer(const Provider& provider, const Service* service,
                                std::span<const ProviderId> staff, const OfferInput& input) {
  Offer offer;
  if (!input.service) {
    offer.wanted.rules.duration = provider.default_duration;
  } else if (service == nullptr) {
    return NotFound("providers/*/services/*", provider.id, *input.service);
  } else if (service->archived) {
    return Error(Reason::kServiceArchived);
  } else {
    offer.service = *service;
    offer.wanted.rules = service->rules;
    offer.wanted.service = service->id;
  }
  ASSIGN_OR_RETURN(offer.specialists, Specialists(provider, service, staff, input.specialist));
  offer.provider = provider;
  return offer;
}

std::chrono::seconds LengthRank(const Wanted& wanted, const Interval& interval) {
  const std::chrono::seconds length = interval.end - interval.start;
  return length == wanted.rules.duration ? std::chrono::seconds{0} : length;
}

void ApplyOffer(Appointment& appointment, const Offer& offer) {
  if (!offer.service) return;
  appointment.service = offer.service->id;
  appointment.service_name = offer.service->name;
  appointment.price = offer.service->price;
  appointment.place = offer.service->place;
}

void PutAt(Appointment& appointment, const Placement& placement) {
  appointment.interval = placement.interval;
  appointment.hold = placement.hold;
  appointment.capacity = placement.capacity;
}

}  // namespace kalends::core
