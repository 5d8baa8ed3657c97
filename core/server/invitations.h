// Invitations and their messages.
#pragma once

#include "core/app/invitations.h"
#include "core/server/listing.h"
#include "kalends/v1/invitation_service.pb.h"

namespace kalends::server {

void Encode(const core::Invitation& invitation, core::Instant now, v1::Invitation* message);

// The newest first.
using InvitationListing = Listing<core::Invitation, core::InvitationId, v1::Invitation>;
InvitationListing InvitationsOf(core::ProviderId provider);

}  // namespace kalends::server
