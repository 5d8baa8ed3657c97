// A provider's invitations (SPEC 3.7). `days` until it expires, 0: never; `uses` at most, 0: any
// number.
#pragma once

#include "adapters/telegram/action.h"

namespace kalends::telegram {

// A colleague is to come soon, and once.
inline constexpr int kStaffInvitationDays = 7;

// clang-format off
struct ShowInvitations { int page = 0; KALENDS_ACTION("iv", page) };
struct EditInvitation {
  Invite kind;
  int days = 0;
  int uses = 0;
  KALENDS_ACTION("ie", kind, days, uses)
};
struct CreateInvitation {
  Invite kind;
  int days = 0;
  int uses = 0;
  Nonce nonce;
  KALENDS_ACTION("ic", kind, days, uses, nonce)
};
struct ShowInvitation { InvitationId invitation; KALENDS_ACTION("ii", invitation) };
struct SendQrCode { InvitationId invitation; KALENDS_ACTION("iq", invitation) };
struct AskRevoke { InvitationId invitation; KALENDS_ACTION("ir", invitation) };
struct Revoke { InvitationId invitation; Nonce nonce; KALENDS_ACTION("ix", invitation, nonce) };
// clang-format on

using InvitationsActions = Actions<ShowInvitations, EditInvitation, CreateInvitation,
                                   ShowInvitation, SendQrCode, AskRevoke, Revoke>;

}  // namespace kalends::telegram
