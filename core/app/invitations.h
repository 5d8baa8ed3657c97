// Use cases of invitations.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/app/links.h"
#include "core/app/providers.h"
#include "core/invitations/invitation.h"

namespace kalends::app {

struct CreateInvitationInput {
  core::ProviderId provider;
  core::InvitationKind kind = core::InvitationKind::kCustomer;
  std::string label;
  std::optional<core::Instant> expires;
  int max_uses = 0;
};
absl::StatusOr<core::Invitation> CreateInvitation(WriteContext& cx,
                                                  const CreateInvitationInput& input);
absl::StatusOr<core::Invitation> GetInvitation(const ReadContext& cx, core::ProviderId provider,
                                               core::InvitationId id);
absl::StatusOr<std::vector<core::Invitation>> ListInvitations(
    const ReadContext& cx, core::ProviderId provider, std::optional<core::InvitationId> before,
    int limit);
absl::StatusOr<core::Invitation> RevokeInvitation(WriteContext& cx, core::ProviderId provider,
                                                  core::InvitationId id);

struct Redeemed {
  ProviderView provider;
  bool already_linked = false;
  std::optional<LinkView> link = {};  // Of who is a customer now.
};
absl::StatusOr<Redeemed> RedeemInvitation(WriteContext& cx, std::string_view code);

}  // namespace kalends::app
