#include "core/invitations/invitation.h"

#include <cassert>

#include "absl/strings/escaping.h"
#include "core/base/error.h"

namespace kalends::core {

std::string_view NameOf(InvitationKind kind) {
  return kind == InvitationKind::kCustomer ? "CUSTOMER" : "STAFF";
}

std::optional<InvitationKind> ParseInvitationKind(std::string_view name) {
  for (const InvitationKind kind : {InvitationKind::kCustomer, InvitationKind::kStaff}) {
    if (NameOf(kind) == name) return kind;
  }
  return std::nullopt;
}

InvitationState StateOf(const Invitation& invitation, Instant now) {
  if (invitation.revoked) return InvitationState::kRevoked;
  if (invitation.expires && *invitation.expires <= now) return InvitationState::kExpired;
  if (invitation.max_uses > 0 && invitation.uses >= invitation.max_uses) {
    return InvitationState::kUsedUp;
  }
  return InvitationState::kActive;
}

absl::Status CheckRedeemable(const Invitation& invitation, Instant now) {
  switch (StateOf(invitation, now)) {
    case InvitationState::kActive:
      return absl::OkStatus();
    case InvitationState::kExpired:
      return Error(Reason::kInvitationExpired);
    case InvitationState::kRevoked:
      return Error(Reason::kInvitationRevoked);
    case InvitationState::kUsedUp:
      return Error(Reason::kInvitationUsedUp);
  }
  return Error(Reason::kInternal);
}

absl::Status CheckReturnable(const Invitation& invitation, Instant now) {
  if (StateOf(invitation, now) == InvitationState::kUsedUp) return absl::OkStatus();
  return CheckRedeemable(invitation, now);
}

std::string InvitationCode(std::string_view random_bytes) {
  assert(random_bytes.size() == 16);
  std::string code;
  absl::WebSafeBase64Escape(absl::string_view(random_bytes.data(), random_bytes.size()), &code);
  return code;
}

}  // namespace kalends::core
