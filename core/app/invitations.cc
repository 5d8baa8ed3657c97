#include "storage/invitations.h"

#include <fmt/format.h>

#include "core/app/invitations.h"
#include "core/app/notifications.h"
#include "core/app/providers.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "storage/links.h"

namespace kalends::app {
namespace {

constexpr std::size_t kCodeBytes = 16;

absl::StatusOr<core::Invitation> Managed(const ReadContext& cx, core::ProviderId provider,
                                         core::InvitationId id) {
  RETURN_IF_ERROR(ManagedProvider(cx, provider).status());
  auto invitation = storage::FindInvitation(cx.tx, provider, id);
  if (!invitation) return core::Error(core::Reason::kNotFound);
  return *std::move(invitation);
}

void CountUse(WriteContext& cx, core::Invitation& invitation) {
  ++invitation.uses;
  storage::UpdateInvitation(cx.tx, invitation);
}

// Brings a link back that the customer had removed. LINK_BLOCKED.
absl::Status BringBack(WriteContext& cx, const core::Invitation& invitation, core::Link link) {
  RETURN_IF_ERROR(core::CheckReturnable(invitation, cx.now));
  if (link.blocked) return core::Error(core::Reason::kLinkBlocked);
  link.removed.reset();
  storage::UpdateLink(cx.tx, link);
  return absl::OkStatus();
}

// Makes the account a customer of the provider. False: it was.
absl::StatusOr<bool> JoinCustomers(WriteContext& cx, const core::Provider& provider,
                                   core::Invitation& invitation) {
  const core::AccountId customer = *cx.caller.account;
  const auto link = storage::FindLink(cx.tx, provider.id, customer);
  if (link && !link->removed) return false;
  if (link) {
    RETURN_IF_ERROR(BringBack(cx, invitation, *link));
    return true;
  }
  RETURN_IF_ERROR(core::CheckRedeemable(invitation, cx.now));
  storage::InsertLink(cx.tx, provider.id, customer, cx.now);
  CountUse(cx, invitation);
  NotifyCustomerJoined(cx, provider, customer);
  return true;
}

// Makes the account's specialist staff of the organization. False: it was.
absl::StatusOr<bool> JoinStaff(WriteContext& cx, const core::Provider& organization,
                               core::Invitation& invitation) {
  const auto specialist = storage::FindProviderOfAccount(cx.tx, *cx.caller.account);
  if (specialist && storage::IsStaff(cx.tx, organization.id, specialist->id)) return false;
  RETURN_IF_ERROR(core::CheckRedeemable(invitation, cx.now));
  if (!specialist) return core::Error(core::Reason::kNotASpecialist);
  if (specialist->kind != core::ProviderKind::kSpecialist) {
    return core::Error(core::Reason::kProviderKindFixed);
  }
  cx.changed_catalogs.push_back(organization.id);
  storage::InsertStaff(cx.tx, organization.id, specialist->id, cx.now);
  CountUse(cx, invitation);
  return true;
}

}  // namespace

absl::StatusOr<core::Invitation> CreateInvitation(WriteContext& cx,
                                                  const CreateInvitationInput& input) {
  ASSIGN_OR_RETURN(const core::Provider provider, ManagedProvider(cx.AsRead(), input.provider));
  RETURN_IF_ERROR(CheckText("invitation.label", input.label, 0, core::kLabelCharsMax));
  if (input.max_uses < 0) return core::InvalidField("invitation.max_uses", "must not be negative");
  if (input.expires && *input.expires <= cx.now) {
    return core::InvalidField("invitation.expire_time", "must lie in the future");
  }
  const bool staff = input.kind == core::InvitationKind::kStaff;
  if (staff && provider.kind != core::ProviderKind::kOrganization) {
    return core::InvalidField("invitation.kind", "may be STAFF for organizations only");
  }
  if (storage::CountInvitations(cx.tx, provider.id) >= core::kInvitationsPerProviderMax) {
    return core::Error(core::Reason::kLimitReached, "There are too many invitations.");
  }
  core::Invitation invitation;
  invitation.id = cx.ids.Next<core::InvitationId>(cx.now);
  invitation.provider = provider.id;
  invitation.kind = input.kind;
  invitation.code = core::InvitationCode(cx.random(kCodeBytes));
  invitation.label = input.label;
  invitation.expires = input.expires;
  invitation.max_uses = staff ? 1 : input.max_uses;
  invitation.created = cx.now;
  storage::InsertInvitation(cx.tx, invitation);
  return invitation;
}

absl::StatusOr<core::Invitation> GetInvitation(const ReadContext& cx, core::ProviderId provider,
                                               core::InvitationId id) {
  return Managed(cx, provider, id);
}

absl::StatusOr<std::vector<core::Invitation>> ListInvitations(
    const ReadContext& cx, core::ProviderId provider, std::optional<core::InvitationId> before,
    int limit) {
  RETURN_IF_ERROR(ManagedProvider(cx, provider).status());
  return storage::ListInvitations(cx.tx, provider, before, limit);
}

absl::StatusOr<core::Invitation> RevokeInvitation(WriteContext& cx, core::ProviderId provider,
                                                  core::InvitationId id) {
  ASSIGN_OR_RETURN(core::Invitation invitation, Managed(cx.AsRead(), provider, id));
  if (!invitation.revoked) {
    invitation.revoked = cx.now;
    storage::UpdateInvitation(cx.tx, invitation);
  }
  return invitation;
}

absl::StatusOr<Redeemed> RedeemInvitation(WriteContext& cx, std::string_view code) {
  auto invitation = storage::FindInvitationByCode(cx.tx, code);
  if (!invitation) return core::Error(core::Reason::kInvitationUnknown);
  auto provider = storage::FindProvider(cx.tx, invitation->provider);
  if (!provider) return core::Error(core::Reason::kInternal);
  if (provider->account == *cx.caller.account) return core::Error(core::Reason::kOwnInvitation);
  const bool staff = invitation->kind == core::InvitationKind::kStaff;
  ASSIGN_OR_RETURN(const bool joined, staff ? JoinStaff(cx, *provider, *invitation)
                                            : JoinCustomers(cx, *provider, *invitation));
  return Redeemed{ViewProvider(cx.AsRead(), *std::move(provider)), !joined};
}

}  // namespace kalends::app
