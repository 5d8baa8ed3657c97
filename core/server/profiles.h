// Profiles and their messages.
#pragma once

#include "core/profiles/profile.h"
#include "kalends/v1/profile_service.pb.h"

namespace kalends::server {

void Encode(const core::Profile& profile, v1::Profile* message);

}  // namespace kalends::server
