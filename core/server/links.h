// Links and their messages.
#pragma once

#include <string>

#include "core/app/links.h"
#include "kalends/v1/link_service.pb.h"

namespace kalends::server {

// "providers/{provider}/links/{account}".
std::string LinkName(const core::LinkKey& link);

void Encode(const app::LinkView& view, v1::Link* message);

}  // namespace kalends::server
