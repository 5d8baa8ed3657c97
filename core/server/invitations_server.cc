#include "core/app/invitations.h"
#include "core/base/error.h"
#include "core/base/status_macros.h"
#include "core/base/text.h"
#include "core/server/decode.h"
#include "core/server/encode.h"
#include "core/server/invitations.h"
#include "core/server/links.h"
#include "core/server/privacy_export_walks.h"
#include "core/server/providers.h"
#include "core/server/services.h"

namespace kalends::server {
namespace {

v1::Invitation::State EncodeState(core::InvitationState state) {
  switch (state) {
    case core::InvitationState::kActive:
      return v1::Invitation::STATE_ACTIVE;
    case core::InvitationState::kExpired:
      return v1::Invitation::STATE_EXPIRED;
    case core::InvitationState::kRevoked:
      return v1::Invitation::STATE_REVOKED;
    case core::InvitationState::kUsedUp:
      return v1::Invitation::STATE_USED_UP;
  }
  return v1::Invitation::STATE_UNSPECIFIED;
}

constexpr std::string_view kInvitationPattern = "providers/*/invitations/*";

absl::StatusOr<app::CreateInvitationInput> DecodeCreate(
    const app::ReadContext& cx, const v1::CreateInvitationRequest& request) {
  const v1::Invitation& invitation = request.invitation();
  app::CreateInvitationInput input;
  ASSIGN_OR_RETURN(input.provider, DecodeProvider(cx, "parent", request.parent()));
  if (invitation.kind() == v1::Invitation::KIND_STAFF) input.kind = core::InvitationKind::kStaff;
  input.label = core::CleanLine(invitation.label());
  input.max_uses = invitation.max_uses();
  if (invitation.has_expire_time()) {
    ASSIGN_OR_RETURN(input.expires,
                     DecodeInstant("invitation.expire_time", &invitation.expire_time()));
  }
  return input;
}

absl::StatusOr<InvitationListing> ListInvitations(const app::ReadContext& cx,
                                                  const v1::ListInvitationsRequest& request) {
  ASSIGN_OR_RETURN(const core::ProviderId provider, DecodeProvider(cx, "parent", request.parent()));
  return InvitationsOf(provider);
}

absl::Status CreateInvitation(app::WriteContext& cx, const v1::CreateInvitationRequest& request,
                              v1::Invitation* response) {
  ASSIGN_OR_RETURN(const auto input, DecodeCreate(cx.AsRead(), request));
  ASSIGN_OR_RETURN(const auto invitation, app::CreateInvitation(cx, input));
  Encode(invitation, cx.now, response);
  return absl::OkStatus();
}

absl::Status GetInvitation(const app::ReadContext& cx, const v1::GetInvitationRequest& request,
                           v1::Invitation* response) {
  ASSIGN_OR_RETURN(const auto name,
                   DecodeChild<core::InvitationId>("name", kInvitationPattern, request.name()));
  ASSIGN_OR_RETURN(const auto invitation, app::GetInvitation(cx, name.provider, name.id));
  Encode(invitation, cx.now, response);
  return absl::OkStatus();
}

absl::Status RevokeInvitation(app::WriteContext& cx, const v1::RevokeInvitationRequest& request,
                              v1::Invitation* response) {
  ASSIGN_OR_RETURN(const auto name,
                   DecodeChild<core::InvitationId>("name", kInvitationPattern, request.name()));
  ASSIGN_OR_RETURN(const auto invitation, app::RevokeInvitation(cx, name.provider, name.id));
  Encode(invitation, cx.now, response);
  return absl::OkStatus();
}

absl::Status RedeemInvitation(app::WriteContext& cx, const v1::RedeemInvitationRequest& request,
                              v1::RedeemInvitationResponse* response) {
  ASSIGN_OR_RETURN(const auto redeemed, app::RedeemInvitation(cx, request.code()));
  Encode(redeemed.provider, response->mutable_provider());
  response->set_already_linked(redeemed.already_linked);
  if (redeemed.link) Encode(*redeemed.link, response->mutable_link());
  return absl::OkStatus();
}

}  // namespace

void Encode(const core::Invitation& invitation, core::Instant now, v1::Invitation* message) {
  message->set_name(ProviderName(invitation.provider) + "/invitations/" + invitation.id.ToString());
  message->set_kind(invitation.kind == core::InvitationKind::kStaff
                        ? v1::Invitation::KIND_STAFF
                        : v1::Invitation::KIND_CUSTOMER);
  message->set_label(invitation.label);
  if (invitation.expires) *message->mutable_expire_time() = EncodeInstant(*invitation.expires);
  message->set_max_uses(invitation.max_uses);
  message->set_use_count(invitation.uses);
  message->set_code(invitation.code);
  message->set_state(EncodeState(core::StateOf(invitation, now)));
  *message->mutable_create_time() = EncodeInstant(invitation.created);
}

InvitationListing InvitationsOf(core::ProviderId provider) {
  return {[=](const app::ReadContext& cx, const auto& before, int limit) {
            return app::ListInvitations(cx, provider, before, limit);
          },
          [](const core::Invitation& invitation) { return invitation.id; },
          [](const app::ReadContext& cx, const core::Invitation& invitation,
             v1::Invitation* message) { Encode(invitation, cx.now, message); }};
}

extern constinit const SubjectExport kInvitationsExport{
    .of_provider = [](const core::Provider& provider) -> std::vector<ExportSection> {
      return {{"provider/invitations.json",
               "Invitations.",
               {"invitations"},
               Pages(InvitationsOf(provider.id))}};
    }};

Served MakeInvitationService(const Serving& serving) {
  return Rpcs(serving.calls, "kalends.v1.InvitationService")
      .Write(CreateInvitation)
      .Read(GetInvitation)
      .List(ListInvitations)
      .Write(RevokeInvitation)
      .Write(RedeemInvitation)
      .Build();
}

}  // namespace kalends::server
