// What is asked for of a provider, and who could keep it.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "core/booking/appointment.h"
#include "core/booking/availability.h"
#include "core/catalog/service.h"
#include "core/providers/provider.h"

namespace kalends::core {

struct OfferInput {
  ProviderId provider;
  std::optional<ServiceId> service;
  std::optional<ProviderId> specialist;  // None: the provider itself, or any of its staff.
};

// What is wanted, as facts: the service's rules (the provider's default length without one) and the
// specialists that could do it.
struct Offer {
  Provider provider;
  std::optional<Service> service;
  Wanted wanted;
  std::vector<ProviderId> specialists;
};

// The offer of `provider`, which is the one asked. `service` is the one asked for (nullptr: there
// is no such one) and `staff` the provider's, whose order the specialists keep. Reports the first
// refusal, in this order:
//   NOT_FOUND                a service is asked for that there is not.
//   SERVICE_ARCHIVED
//   SPECIALIST_NOT_OFFERING  the specialist asked for is neither the provider nor of the staff that
//                            offers the service; one that names nobody is offered by all who have
//                            not declined it.
absl::StatusOr<Offer> MakeOffer(const Provider& provider, const Service* service,
                                std::span<const ProviderId> staff, const OfferInput& input);

// By which of several lengths that a start may have is the better: as wanted, else shorter. What is
// listed of several specialists, and who of them is chosen, go by the same.
std::chrono::seconds LengthRank(const Wanted& wanted, const Interval& interval);

// Gives an appointment the service, price and place of an offer.
void ApplyOffer(Appointment& appointment, const Offer& offer);
// Gives it its time and what is its session's.
void PutAt(Appointment& appointment, const Placement& placement);

}  // namespace kalends::core
