// Invitations. Call only inside Database::Read or Submit.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/invitations/invitation.h"
#include "storage/database.h"

namespace kalends::storage {

// As what a code is looked for: 22 characters. Without a key: nobody tries out 128 random bits.
std::string HashOfCode(std::string_view code);
void InsertInvitation(Transaction& tx, const core::Invitation& invitation);
// Writes `uses` and `revoked`; the rest never changes.
void UpdateInvitation(Transaction& tx, const core::Invitation& invitation);
std::optional<core::Invitation> FindInvitation(Transaction& tx, core::ProviderId provider,
                                               core::InvitationId id);
std::optional<core::Invitation> FindInvitationByCode(Transaction& tx, std::string_view code);
// The newest first; those with an id below `before` if given.
std::vector<core::Invitation> ListInvitations(Transaction& tx, core::ProviderId provider,
                                              std::optional<core::InvitationId> before, int limit);
int CountInvitations(Transaction& tx, core::ProviderId provider);

}  // namespace kalends::storage
