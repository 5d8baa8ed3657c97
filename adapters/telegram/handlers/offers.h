// What is offered, and by whom: for customers who book, and for providers who book for them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/telegram/handlers/shared.h"

namespace kalends::telegram {

// None for a draft without a service.
absl::StatusOr<std::optional<v1::Service>> FindService(Turn& turn, const Draft& draft);
// Of an organization; an empty one: not chosen, or the provider itself.
v1::Provider::Specialist SpecialistOf(const v1::Provider& provider, const ProviderId& specialist);
// The zone whose clock the draft is about.
std::string ClockOf(const v1::Provider& provider, const Draft& draft);
// Specialists who offer `service`; all of them without one.
std::vector<v1::Provider::Specialist> Offering(const v1::Provider& provider,
                                               const std::optional<v1::Service>& service);
// Whether there is somebody to choose among.
bool HasChoice(const std::vector<v1::Provider::Specialist>& offering);
absl::StatusOr<Page<v1::Service>> ReadServices(Turn& turn, const v1::Provider& provider, int page);

}  // namespace kalends::telegram
