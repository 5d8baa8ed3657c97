// A provider's invitations (SPEC 3.7).
#include "adapters/telegram/screens/invitations.h"

#include "adapters/telegram/handlers/handlers.h"
#include "adapters/telegram/handlers/providers.h"
#include "adapters/telegram/handlers/shared.h"
#include "adapters/telegram/html.h"
#include "adapters/telegram/qr_code.h"
#include "kalends/v1/invitation_service.pb.h"

namespace kalends::telegram {
namespace {

constexpr std::size_t kLabelCharsMax = 60;

absl::StatusOr<v1::Invitation> GetInvitation(Turn& turn, const InvitationId& id) {
  v1::GetInvitationRequest request;
  request.set_name(NameOf(OwnProvider(turn), id));
  return turn.Call<v1::Invitation>(request);
}

std::string LinkOf(const Turn& turn, const v1::Invitation& invitation) {
  return InvitationLink(turn.context().bot_username, invitation);
}

void SendQr(Turn& turn, const v1::Invitation& invitation) {
  const std::string link = LinkOf(turn, invitation);
  turn.SendFile(
      "sendPhoto",
      {.field = "photo", .name = "invitation.png", .type = "image/png", .bytes = QrCodePng(link)},
      QrCodeScreen(turn.reader(), link));
}

absl::Status Create(Turn& turn, const EditInvitation& choice, const std::string& label,
                    const std::string& request_id) {
  v1::CreateInvitationRequest request;
  request.set_parent(turn.account().provider());
  v1::Invitation& wanted = *request.mutable_invitation();
  wanted.set_kind(choice.kind == Invite::kStaff ? v1::Invitation::KIND_STAFF
                                                : v1::Invitation::KIND_CUSTOMER);
  wanted.set_label(label);
  wanted.set_max_uses(choice.uses);
  if (choice.days > 0) {
    // The end of a day: what people expect, and the same instant for a second tap.
    const date::sys_days today = ToLocal(turn.reader().zone, turn.now()).day();
    *wanted.mutable_expire_time() =
        ToTimestamp(DayStart(turn.reader().zone, today + date::days(choice.days + 1)));
  }
  request.set_request_id(request_id);
  KALENDS_ASSIGN_OR_RETURN(const auto invitation, turn.Call<v1::Invitation>(request));
  Screen made = InvitationScreen(turn.reader(), invitation, LinkOf(turn, invitation));
  const SetupStep step = choice.kind == Invite::kStaff ? SetupStep::kTeam : SetupStep::kInvitation;
  if (turn.session().setup != step) {
    AddMissing(turn, made);
    turn.Show(made);
    return absl::OkStatus();
  }
  // The invitation and its picture stay above the next step, which is what goes on.
  made.stays = true;
  turn.Show(made);
  SendQr(turn, invitation);
  turn.KeepPressedMessage();
  ContinueSetup(turn, step, "");
  return absl::OkStatus();
}

}  // namespace

absl::Status Handle(Turn& turn, const ShowInvitations& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto page,
                           ReadPage<v1::Invitation>(
                               action.page, kInvitationsPerPage,
                               [&](int page_size, const std::string& token) {
                                 v1::ListInvitationsRequest request;
                                 request.set_parent(turn.account().provider());
                                 request.set_page_size(page_size);
                                 request.set_page_token(token);
                                 return turn.Call<v1::ListInvitationsResponse>(request);
                               },
                               [](const auto& answer) { return answer.invitations(); }));
  turn.Show(InvitationsScreen(turn.reader(), page, turn.account().provider_kind()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const EditInvitation& action) {
  turn.session().dialogue = TypesInvitationLabel{action.kind, action.days, action.uses};
  turn.Show(EditInvitationScreen(turn.reader(), action, turn.nonce()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const CreateInvitation& action) {
  return Create(turn, {action.kind, action.days, action.uses}, "",
                turn.RequestIdOf(action, action.nonce));
}

absl::Status Handle(Turn& turn, const TypesInvitationLabel& dialogue, const std::string& text) {
  return Create(turn, {dialogue.kind, dialogue.days, dialogue.uses}, Shorten(text, kLabelCharsMax),
                turn.NextRequestId());
}

absl::Status Handle(Turn& turn, const ShowInvitation& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto invitation, GetInvitation(turn, action.invitation));
  turn.Show(InvitationScreen(turn.reader(), invitation, LinkOf(turn, invitation)));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const SendQrCode& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto invitation, GetInvitation(turn, action.invitation));
  SendQr(turn, invitation);
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const AskRevoke& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto invitation, GetInvitation(turn, action.invitation));
  turn.Show(AskRevokeScreen(turn.reader(), invitation, turn.nonce()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const Revoke& action) {
  v1::RevokeInvitationRequest request;
  request.set_name(NameOf(OwnProvider(turn), action.invitation));
  request.set_request_id(turn.RequestIdOf(action, action.nonce));
  KALENDS_ASSIGN_OR_RETURN(const auto invitation, turn.Call<v1::Invitation>(request));
  turn.Show(InvitationScreen(turn.reader(), invitation, LinkOf(turn, invitation)));
  return absl::OkStatus();
}

Handlers InvitationsHandlers() { return HandlersOf<TypesInvitationLabel>(InvitationsActions{}); }

}  // namespace kalends::telegram
