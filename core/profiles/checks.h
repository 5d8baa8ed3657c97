// What a profile may be.
#pragma once

#include <optional>

#include "absl/status/status.h"
#include "core/invitations/invitation.h"
#include "core/profiles/profile.h"

namespace kalends::core {

// INVALID_FIELD, by the field of the contract's Profile, the first that is wrong; CONTRAST_TOO_LOW,
// with `fitting_color`, of a colour that could not be read. `invitation` is
// the one of the provider's that the profile names; nullopt: it names none, or there is none.
absl::Status CheckProfile(const Profile& profile, const std::optional<Invitation>& invitation);

}  // namespace kalends::core
