// Links and their messages.
#pragma once

#include <string>

#include "core/app/links.h"
#include "core/server/listing.h"
#include "kalends/v1/link_service.pb.h"

namespace kalends::server {

// "providers/{provider}/links/{link}".
std::string LinkName(const core::LinkKey& link);

void Encode(const app::LinkView& view, v1::Link* message);

// All links of one side, also those that were removed, by the other side.
Listing<app::LinkView, core::ProviderId, v1::Link> LinksOf(core::AccountId customer);
Listing<app::LinkView, core::AccountId, v1::Link> LinksOf(core::ProviderId provider);

}  // namespace kalends::server
