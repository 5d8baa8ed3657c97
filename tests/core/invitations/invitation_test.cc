#include "core/invitations/invitation.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "tests/support/violation.h"

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

TEST(CheckNewInvitation, EndsLaterAndIsForStaffOfOrganizationsOnly) {
  const Instant now = FromUnixSeconds(1'000'000);
  const auto refusal = [&](InvitationKind kind, ProviderKind provider,
                           std::optional<Instant> expires, std::size_t label) {
    Invitation invitation;
    invitation.kind = kind;
    invitation.expires = expires;
    invitation.label = std::string(label, 'a');
    const absl::Status status = CheckNewInvitation(invitation, provider, now);
    return test::FieldOf(status);
  };
  using I = InvitationKind;
  using P = ProviderKind;
  EXPECT_EQ(refusal(I::kCustomer, P::kSpecialist, {}, kLabelCharsMax), "");
  EXPECT_EQ(refusal(I::kCustomer, P::kSpecialist, {}, kLabelCharsMax + 1), "invitation.label");
  EXPECT_EQ(refusal(I::kCustomer, P::kSpecialist, now + std::chrono::seconds(1), 0), "");
  EXPECT_EQ(refusal(I::kCustomer, P::kSpecialist, now, 0), "invitation.expire_time");
  EXPECT_EQ(refusal(I::kCustomer, P::kOrganization, {}, 0), "");
  EXPECT_EQ(refusal(I::kStaff, P::kOrganization, {}, 0), "");
  EXPECT_EQ(refusal(I::kStaff, P::kSpecialist, {}, 0), "invitation.kind");
}

std::string Show(const absl::StatusOr<Joining>& joining) {
  if (!joining.ok()) return ReasonName(joining.status());
  return *joining == Joining::kIsAlready ? "is already"
         : *joining == Joining::kIsNew   ? "is new"
                                         : "comes back";
}

TEST(JoinCustomers, NewOnesNeedAnInvitationThatHoldsAndComersBackOneThatHeld) {
  const Instant now = FromUnixSeconds(1'000'000);
  const Invitation holds;
  Invitation used_up;
  used_up.max_uses = used_up.uses = 1;
  Invitation expired;
  expired.expires = now;
  const Link link{{1}, {2}, now, {}, {}};
  const Link removed{{1}, {2}, now, now, {}};
  const Link blocked{{1}, {2}, now, {}, now};
  const Link removed_and_blocked{{1}, {2}, now, now, now};
  const struct {
    const char* name;
    const Invitation& invitation;
    std::optional<Link> link;
    const char* joining;
  } kCases[] = {
      {"new", holds, {}, "is new"},
      {"new, too late", expired, {}, "INVITATION_EXPIRED"},
      {"new, after the last", used_up, {}, "INVITATION_USED_UP"},
      {"back", holds, removed, "comes back"},
      {"back, after the last", used_up, removed, "comes back"},
      {"back, too late", expired, removed, "INVITATION_EXPIRED"},
      {"back, blocked", holds, removed_and_blocked, "LINK_BLOCKED"},
      {"back, blocked, too late", expired, removed_and_blocked, "INVITATION_EXPIRED"},
      {"there already, whatever the invitation", expired, link, "is already"},
      {"there already and blocked", holds, blocked, "is already"},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(Show(JoinCustomers(c.invitation, c.link, now)), c.joining) << c.name;
  }
}

TEST(JoinStaff, IsForSpecialists) {
  const Instant now = FromUnixSeconds(1'000'000);
  const Invitation holds;
  Invitation expired;
  expired.expires = now;
  Provider specialist;
  Provider organization;
  organization.kind = ProviderKind::kOrganization;
  const struct {
    const char* name;
    const Invitation& invitation;
    std::optional<Provider> own;
    bool is_staff;
    const char* joining;
  } kCases[] = {
      {"a specialist", holds, specialist, false, "is new"},
      {"a specialist, too late", expired, specialist, false, "INVITATION_EXPIRED"},
      {"staff already, whatever the invitation", expired, specialist, true, "is already"},
      {"no provider", holds, {}, false, "NOT_A_SPECIALIST"},
      {"no provider, too late", expired, {}, false, "INVITATION_EXPIRED"},
      {"an organization", holds, organization, false, "PROVIDER_KIND_FIXED"},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(Show(JoinStaff(c.invitation, c.own, c.is_staff, now)), c.joining) << c.name;
  }
}

}  // namespace
}  // namespace kalends::core
