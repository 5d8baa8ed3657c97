// Providers and their messages.
#pragma once

#include "core/app/providers.h"
#include "kalends/v1/provider_service.pb.h"

namespace kalends::server {

void Encode(const app::ProviderView& view, v1::Provider* message);

}  // namespace kalends::server
