// A provider's invitations (SPEC 3.7).
#pragma once

#include "adapters/telegram/actions/invitations.h"
#include "adapters/telegram/screens/common.h"
#include "kalends/v1/invitation_service.pb.h"
#include "kalends/v1/types.pb.h"

namespace kalends::telegram {

inline constexpr int kInvitationsPerPage = 6;

// As its provider calls it, with what is left of it: "Flyer · 3 von 10 genutzt".
std::string InvitationLabel(const Reader& reader, const v1::Invitation& invitation);
std::string InvitationLink(const std::string& bot_username, const v1::Invitation& invitation);

Screen InvitationsScreen(const Reader& reader, const Page<v1::Invitation>& invitations,
                         v1::ProviderKind kind);
// Validity and number of uses as switches; create, or type a label first.
Screen EditInvitationScreen(const Reader& reader, const EditInvitation& choice, Nonce nonce);
Screen InvitationScreen(const Reader& reader, const v1::Invitation& invitation,
                        const std::string& link);
// Caption of the QR code.
Screen QrCodeScreen(const Reader& reader, const std::string& link);
Screen AskRevokeScreen(const Reader& reader, const v1::Invitation& invitation, Nonce nonce);
// Whether `own_provider` ("providers/{provider}"; may be empty) works for `organization`.
bool IsStaff(const v1::Provider& organization, std::string_view own_provider);
// After an invitation was redeemed by `own_provider` (empty: only a customer): who invited, that
// one now belongs to the staff, or that one was linked before.
std::string InvitedText(const Reader& reader, const v1::RedeemInvitationResponse& redeemed,
                        std::string_view own_provider);

}  // namespace kalends::telegram
