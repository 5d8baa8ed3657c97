#include "core/app/invitations.h"
#include "core/base/error.h"
#include "core/base/status_macros.h"
#include "core/server/decode.h"
#include "core/server/encode.h"
#include "core/server/people_service.h"

namespace kalends::server {
namespace {

constexpr std::string_view kPattern = "providers/*/invitations/*";

absl::StatusOr<app::CreateInvitationInput> DecodeCreate(
    const app::ReadContext& cx, const v1::CreateInvitationRequest& request) {
  const v1::Invitation& invitation = request.invitation();
  app::CreateInvitationInput input;
  ASSIGN_OR_RETURN(input.provider, DecodeProvider(cx, "parent", request.parent()));
  if (invitation.kind() == v1::Invitation::KIND_STAFF) input.kind = core::InvitationKind::kStaff;
  input.label = invitation.label();
  input.max_uses = invitation.max_uses();
  if (invitation.has_expire_time()) {
    ASSIGN_OR_RETURN(input.expires,
                     DecodeInstant("invitation.expire_time", &invitation.expire_time()));
  }
  return input;
}

absl::Status List(const app::ReadContext& cx, const v1::ListInvitationsRequest& request,
                  v1::ListInvitationsResponse* response) {
  ASSIGN_OR_RETURN(const core::ProviderId provider, DecodeProvider(cx, "parent", request.parent()));
  ASSIGN_OR_RETURN(const int limit, DecodePageSize(request.page_size()));
  const std::string list = "ListInvitations " + provider.ToString();
  ASSIGN_OR_RETURN(const auto place, DecodePageToken(list, request.page_token(), 1));
  std::optional<core::InvitationId> before;
  if (place) {
    before = core::InvitationId::Parse((*place)[0]);
    if (!before) return core::Error(core::Reason::kInvalidPageToken);
  }
  ASSIGN_OR_RETURN(const auto found, app::ListInvitations(cx, provider, before, limit + 1));
  for (const core::Invitation& invitation : found) {
    if (response->invitations_size() == limit) {
      const auto& last = found[static_cast<std::size_t>(limit) - 1];
      response->set_next_page_token(EncodePageToken(list, {last.id.ToString()}));
      break;
    }
    Encode(invitation, cx.now, response->add_invitations());
  }
  return absl::OkStatus();
}

}  // namespace

Calls::Reactor* InvitationServer::CreateInvitation(Calls::Context* context,
                                                   const v1::CreateInvitationRequest* request,
                                                   v1::Invitation* response) {
  return calls_.Write(context, "kalends.v1.InvitationService.CreateInvitation", request, response,
                      [=](app::WriteContext& cx) -> absl::Status {
                        ASSIGN_OR_RETURN(const auto input, DecodeCreate(cx.AsRead(), *request));
                        ASSIGN_OR_RETURN(const auto invitation, app::CreateInvitation(cx, input));
                        Encode(invitation, cx.now, response);
                        return absl::OkStatus();
                      });
}

Calls::Reactor* InvitationServer::GetInvitation(Calls::Context* context,
                                                const v1::GetInvitationRequest* request,
                                                v1::Invitation* response) {
  return calls_.Read(
      context, "kalends.v1.InvitationService.GetInvitation",
      [&](const app::ReadContext& cx) -> absl::Status {
        ASSIGN_OR_RETURN(const auto name,
                         DecodeChild<core::InvitationId>("name", kPattern, request->name()));
        ASSIGN_OR_RETURN(const auto invitation, app::GetInvitation(cx, name.provider, name.id));
        Encode(invitation, cx.now, response);
        return absl::OkStatus();
      });
}

Calls::Reactor* InvitationServer::ListInvitations(Calls::Context* context,
                                                  const v1::ListInvitationsRequest* request,
                                                  v1::ListInvitationsResponse* response) {
  return calls_.Read(context, "kalends.v1.InvitationService.ListInvitations",
                     [&](const app::ReadContext& cx) { return List(cx, *request, response); });
}

Calls::Reactor* InvitationServer::RevokeInvitation(Calls::Context* context,
                                                   const v1::RevokeInvitationRequest* request,
                                                   v1::Invitation* response) {
  return calls_.Write(
      context, "kalends.v1.InvitationService.RevokeInvitation", request, response,
      [=](app::WriteContext& cx) -> absl::Status {
        ASSIGN_OR_RETURN(const auto name,
                         DecodeChild<core::InvitationId>("name", kPattern, request->name()));
        ASSIGN_OR_RETURN(const auto invitation, app::RevokeInvitation(cx, name.provider, name.id));
        Encode(invitation, cx.now, response);
        return absl::OkStatus();
      });
}

Calls::Reactor* InvitationServer::RedeemInvitation(Calls::Context* context,
                                                   const v1::RedeemInvitationRequest* request,
                                                   v1::RedeemInvitationResponse* response) {
  return calls_.Write(context, "kalends.v1.InvitationService.RedeemInvitation", request, response,
                      [=](app::WriteContext& cx) -> absl::Status {
                        ASSIGN_OR_RETURN(const auto redeemed,
                                         app::RedeemInvitation(cx, request->code()));
                        Encode(redeemed.provider, response->mutable_provider());
                        response->set_already_linked(redeemed.already_linked);
                        return absl::OkStatus();
                      });
}

}  // namespace kalends::server
