// Pictures of public pages and their messages.
#pragma once

#include "core/pictures/picture.h"
#include "kalends/v1/picture_service.pb.h"

namespace kalends::server {

void Encode(const core::Picture& picture, v1::Picture* message);

}  // namespace kalends::server
