// Invitations: how customers join a provider, and specialists an organization.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "core/base/id.h"
#include "core/base/time.h"
#include "core/links/link.h"
#include "core/providers/provider.h"

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

// Whether it may be made for a provider of that kind: INVALID_FIELD.
absl::Status CheckNewInvitation(const Invitation& invitation, ProviderKind kind, Instant now);

// What becomes of whoever redeems one.
enum class Joining { kIsAlready, kComesBack, kIsNew };
// As a customer; `link` is the account's with the provider. Whoever is new is refused as
// CheckRedeemable says; whoever comes back as CheckReturnable does, then by LINK_BLOCKED.
absl::StatusOr<Joining> JoinCustomers(const Invitation& invitation, const std::optional<Link>& link,
                                      Instant now);
// As staff; `own` is the account's provider, and `is_staff` whether it is staff already. Refused as
// CheckRedeemable says, then: NOT_A_SPECIALIST, it is no provider; PROVIDER_KIND_FIXED, it is an
// organization.
absl::StatusOr<Joining> JoinStaff(const Invitation& invitation, const std::optional<Provider>& own,
                                  bool is_staff, Instant now);

// The code of 16 random bytes, fit for a Telegram deep link.
std::string InvitationCode(std::string_view random_bytes);

}  // namespace kalends::core
