#include "storage/invitations.h"

#include "core/app/invitations.h"
#include "core/app/notifications.h"
#include "core/app/providers.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/missing.h"
#include "core/base/status_macros.h"
#include "storage/links.h"

namespace kalends::app {
namespace {

constexpr std::size_t kCodeBytes = 16;

absl::StatusOr<core::Invitation> Managed(const ReadContext& cx, core::ProviderId provider,
                                         core::InvitationId id) {
  RETURN_IF_ERROR(ManagedProvider(cx, provider).status());
  auto invitation = storage::FindInvitation(cx.tx, provider, id);
  if (!invitation) return core::NotFound("providers/*/invitations/*", provider, id);
  return *std::move(invitation);
}

void CountUse(WriteContext& cx, core::Invitation& invitation) {
  ++invitation.uses;
  storage::UpdateInvitation(cx.tx, invitation);
}

// Makes the account a customer of the provider.
absl::StatusOr<core::Joining> JoinCustomers(WriteContext& cx, const core::Provider& provider,
                                            core::Invitation& invitation) {
  const core::AccountId customer = *cx.caller.account;
  auto link = storage::FindLink(cx.tx, provider.id, customer);
  ASSIGN_OR_RETURN(const core::Joining joining, core::JoinCustomers(invitation, link, cx.now));
  if (joining == core::Joining::kComesBack) {
    link->removed.reset();
    storage::UpdateLink(cx.tx, *link);
  } else if (joining == core::Joining::kIsNew) {
    storage::InsertLink(cx.tx, provider.id, customer, cx.now);
    CountUse(cx, invitation);
    NotifyCustomerJoined(cx, provider, customer);
  }
  return joining;
}

// Makes the account's specialist staff of the organization.
absl::StatusOr<core::Joining> JoinStaff(WriteContext& cx, const core::Provider& organization,
                                        core::Invitation& invitation) {
  const auto own = storage::FindProviderOfAccount(cx.tx, *cx.caller.account);
  const bool is_staff = own && storage::IsStaff(cx.tx, organization.id, own->id);
  ASSIGN_OR_RETURN(const core::Joining joining, core::JoinStaff(invitation, own, is_staff, cx.now));
  if (joining == core::Joining::kIsNew) {
    cx.changed_catalogs.push_back(organization.id);
    storage::InsertStaff(cx.tx, organization.id, own->id, cx.now);
    CountUse(cx, invitation);
    NotifySpecialistJoined(cx, organization, own->account);
  }
  return joining;
}

}  // namespace

absl::StatusOr<core::Invitation> CreateInvitation(WriteContext& cx,
                                                  const CreateInvitationInput& input) {
  ASSIGN_OR_RETURN(const core::Provider provider, ManagedProvider(cx.AsRead(), input.provider));
  core::Invitation invitation;
  invitation.provider = provider.id;
  invitation.kind = input.kind;
  invitation.label = input.label;
  invitation.expires = input.expires;
  // Below zero neither the contract nor the schema lets it.
  invitation.max_uses = input.kind == core::InvitationKind::kStaff ? 1 : input.max_uses;
  invitation.created = cx.now;
  RETURN_IF_ERROR(core::CheckNewInvitation(invitation, provider.kind, cx.now));
  if (storage::CountInvitations(cx.tx, provider.id) >= core::kInvitationsPerProviderMax) {
    return core::LimitReached("invitations", core::kInvitationsPerProviderMax,
                              "There are too many invitations.");
  }
  invitation.id = cx.ids.Next<core::InvitationId>(cx.now);
  invitation.code = core::InvitationCode(cx.random(kCodeBytes));
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
  ASSIGN_OR_RETURN(const core::Joining joining, staff ? JoinStaff(cx, *provider, *invitation)
                                                      : JoinCustomers(cx, *provider, *invitation));
  Redeemed redeemed{ViewProvider(cx.AsRead(), *std::move(provider)),
                    joining == core::Joining::kIsAlready};
  if (!staff) {
    ASSIGN_OR_RETURN(redeemed.link, GetLink(cx.AsRead(), {invitation->provider, *cx.caller.account},
                                            Summary::kWithout));
  }
  return redeemed;
}

}  // namespace kalends::app
