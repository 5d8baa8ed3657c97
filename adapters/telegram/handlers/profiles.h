// What handlers of a provider's page have in common.
#pragma once

#include <string>
#include <vector>

#include "adapters/telegram/turn.h"
#include "kalends/v1/profile_service.pb.h"

namespace kalends::telegram {

absl::StatusOr<v1::Profile> GetProfile(Turn& turn);
// Changes `fields` to what `profile` has. One that is made by this can be booked from, until that
// is turned off.
absl::StatusOr<v1::Profile> UpdateProfile(Turn& turn, v1::Profile profile,
                                          const std::vector<const char*>& fields,
                                          const std::string& request_id);

}  // namespace kalends::telegram
