// Invitations: how customers join a provider, and specialists an organization.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "core/base/id.h"
#include "core/base/time.h"

namespace kalends::core {

enum class InvitationKind { kCustomer, kStaff };
std::string_view NameOf(InvitationKind kind);
std::optional<InvitationKind> ParseInvitationKind(std::string_view name);

struct Invitation {
  InvitationId id;
  ProviderId provider;
  InvitationKind kind = InvitationKind::kCustomer;
  std::string code;  // 22 characters of base64url: 128 random bits.
  std::string label;
  std::optional<Instant> expires;  // From then on it cannot be redeemed.
  int max_uses = 0;                // 0: any number.
  int uses = 0;
  std::optional<Instant> revoked;
  Instant created;
};

enum class InvitationState { kActive, kExpired, kRevoked, kUsedUp };
// What hinders first: revoked, then expired, then used up.
InvitationState StateOf(const Invitation& invitation, Instant now);

// INVITATION_REVOKED, INVITATION_EXPIRED or INVITATION_USED_UP, as StateOf says.
absl::Status CheckRedeemable(const Invitation& invitation, Instant now);
// The same for who was linked before and comes back: that is no further use, so one that is used up
// does.
absl::Status CheckReturnable(const Invitation& invitation, Instant now);

// The code of 16 random bytes, fit for a Telegram deep link.
std::string InvitationCode(std::string_view random_bytes);

}  // namespace kalends::core
