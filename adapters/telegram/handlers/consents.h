// What other subjects need of consents.
#pragma once

#include "adapters/telegram/actions/consents.h"
#include "adapters/telegram/turn.h"
#include "kalends/v1/booking_service.pb.h"

namespace kalends::telegram {

// What to sign before `draft` can be requested. `heading`: HTML; may be
// empty.
absl::Status ShowMissingConsents(Turn& turn, const Draft& draft, Minute start,
                                 std::vector<MissingTerm> missing, const std::string& heading);
// The same before the proposed `start` of `appointment` can be taken.
absl::Status ShowMissingConsents(Turn& turn, const v1::Appointment& appointment, Minute start,
                                 std::vector<MissingTerm> missing, const std::string& heading);

// The consents that `draft` still needs, or else its summary.
absl::Status ShowConsentsOrSummary(Turn& turn, const Draft& draft, Minute start);

}  // namespace kalends::telegram
