#include "core/invitations/invitation.h"

#include <gtest/gtest.h>

#include "core/base/error.h"

namespace kalends::core {
namespace {

TEST(Invitation, IsRevokedBeforeExpiredBeforeUsedUp) {
  const Instant now = FromUnixSeconds(1'000'000);
  Invitation invitation;
  invitation.max_uses = 1;
  EXPECT_EQ(StateOf(invitation, now), InvitationState::kActive);
  invitation.uses = 1;
  EXPECT_EQ(StateOf(invitation, now), InvitationState::kUsedUp);
  invitation.expires = now;
  EXPECT_EQ(StateOf(invitation, now), InvitationState::kExpired);
  EXPECT_EQ(StateOf(invitation, now - std::chrono::seconds(1)), InvitationState::kUsedUp);
  invitation.revoked = now;
  EXPECT_EQ(StateOf(invitation, now), InvitationState::kRevoked);
  EXPECT_EQ(ReasonOf(CheckRedeemable(invitation, now)), Reason::kInvitationRevoked);
}

TEST(Invitation, ThatIsUsedUpStillBringsBackWhoWasLinked) {
  const Instant now = FromUnixSeconds(1'000'000);
  Invitation invitation;
  EXPECT_TRUE(CheckReturnable(invitation, now).ok());
  invitation.max_uses = 1;
  invitation.uses = 1;
  EXPECT_TRUE(CheckReturnable(invitation, now).ok());
  invitation.expires = now;
  EXPECT_EQ(ReasonOf(CheckReturnable(invitation, now)), Reason::kInvitationExpired);
  invitation.revoked = now;
  EXPECT_EQ(ReasonOf(CheckReturnable(invitation, now)), Reason::kInvitationRevoked);
}

TEST(InvitationCode, FitsADeepLink) {
  const std::string code = InvitationCode(std::string(16, '\xff'));
  EXPECT_EQ(code.size(), 22U);
  EXPECT_EQ(
      code.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
      std::string::npos);
}

}  // namespace
}  // namespace kalends::core
