#include "core/invitations/invitation.h"

#include <cassert>

#include "absl/strings/escaping.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "core/base/text.h"

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

absl::Status CheckNewInvitation(const Invitation& invitation, ProviderKind kind, Instant now) {
  RETURN_IF_ERROR(CheckText("invitation.label", invitation.label, 0, kLabelCharsMax));
  if (invitation.expires && *invitation.expires <= now) {
    return InvalidField("invitation.expire_time", "must lie in the future");
  }
  if (invitation.kind == InvitationKind::kStaff && kind != ProviderKind::kOrganization) {
    return InvalidField("invitation.kind", "may be STAFF for organizations only");
  }
  return absl::OkStatus();
}

absl::StatusOr<Joining> JoinCustomers(const Invitation& invitation, const std::optional<Link>& link,
                                      Instant now) {
  if (!link) {
    RETURN_IF_ERROR(CheckRedeemable(invitation, now));
    return Joining::kIsNew;
  }
  if (!link->removed) return Joining::kIsAlready;
  RETURN_IF_ERROR(CheckReturnable(invitation, now));
  if (link->blocked) return Error(Reason::kLinkBlocked);
  return Joining::kComesBack;
}

absl::StatusOr<Joining> JoinStaff(const Invitation& invitation, const std::optional<Provider>& own,
                                  bool is_staff, Instant now) {
  if (is_staff) return Joining::kIsAlready;
  RETURN_IF_ERROR(CheckRedeemable(invitation, now));
  if (!own) return Error(Reason::kNotASpecialist);
  if (own->kind != ProviderKind::kSpecialist) return Error(Reason::kProviderKindFixed);
  return Joining::kIsNew;
}

std::string InvitationCode(std::string_view random_bytes) {
  assert(random_bytes.size() == 16);
  std::string code;
  absl::WebSafeBase64Escape(absl::string_view(random_bytes.data(), random_bytes.size()), &code);
  return code;
}

}  // namespace kalends::core
