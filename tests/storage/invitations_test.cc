#include "storage/invitations.h"

#include "tests/storage/sample.h"

namespace kalends::storage {
namespace {

core::Invitation SampleInvitation(std::int64_t id, core::ProviderId provider) {
  core::Invitation invitation;
  invitation.id = {id};
  invitation.provider = provider;
  invitation.code = "code-of-22-letters-" + std::to_string(id);
  invitation.label = "Autumn";
  invitation.max_uses = 2;
  invitation.created = kNow;
  return invitation;
}

TEST(Invitations, AnInvitationComesBackAsItWasWritten) {
  Store store;
  core::Invitation invitation = SampleInvitation(100, kStudio);
  invitation.kind = core::InvitationKind::kStaff;
  invitation.expires = kNow + std::chrono::hours(1);
  store.Write([&](Transaction& tx) { InsertInvitation(tx, invitation); });
  invitation.uses = 2;
  invitation.revoked = kNow + std::chrono::hours(2);
  store.Write([&](Transaction& tx) { UpdateInvitation(tx, invitation); });

  const auto found =
      store.Read([&](Transaction& tx) { return FindInvitationByCode(tx, invitation.code); });
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id, invitation.id);
  EXPECT_EQ(found->provider, kStudio);
  EXPECT_EQ(found->kind, core::InvitationKind::kStaff);
  EXPECT_EQ(found->code, invitation.code);
  EXPECT_EQ(found->label, "Autumn");
  EXPECT_EQ(found->expires, invitation.expires);
  EXPECT_EQ(found->max_uses, 2);
  EXPECT_EQ(found->uses, 2);
  EXPECT_EQ(found->revoked, invitation.revoked);
  EXPECT_EQ(found->created, kNow);
}

TEST(Invitations, AreFoundUnderTheirProviderOnly) {
  Store store;
  store.Write([](Transaction& tx) { InsertInvitation(tx, SampleInvitation(100, kCarla)); });
  EXPECT_TRUE(store.Read([](Transaction& tx) { return FindInvitation(tx, kCarla, {100}); }));
  EXPECT_FALSE(store.Read([](Transaction& tx) { return FindInvitation(tx, kDan, {100}); }));
  EXPECT_FALSE(store.Read([](Transaction& tx) { return FindInvitationByCode(tx, "none"); }));
}

TEST(Invitations, CannotBeUsedMoreOftenThanTheyMay) {
  Store store;
  core::Invitation invitation = SampleInvitation(100, kCarla);
  store.Write([&](Transaction& tx) { InsertInvitation(tx, invitation); });
  invitation.uses = 3;
  EXPECT_FALSE(store.TryWrite([&](Transaction& tx) { UpdateInvitation(tx, invitation); }).ok());
}

TEST(Invitations, AreListedNewestFirstInPagesOfAnySize) {
  Store store;
  store.Write([](Transaction& tx) {
    for (std::int64_t id = 100; id < 107; ++id) {
      InsertInvitation(tx, SampleInvitation(id, kCarla));
    }
    InsertInvitation(tx, SampleInvitation(107, kDan));
  });
  EXPECT_EQ(store.Read([](Transaction& tx) { return CountInvitations(tx, kCarla); }), 7);
  for (int limit = 1; limit <= 8; ++limit) {
    SCOPED_TRACE(limit);
    std::vector<std::int64_t> ids;
    std::optional<core::InvitationId> before;
    while (true) {
      const auto page =
          store.Read([&](Transaction& tx) { return ListInvitations(tx, kCarla, before, limit); });
      for (const std::int64_t id : IdsOf(page)) ids.push_back(id);
      if (page.size() < static_cast<std::size_t>(limit)) break;
      before = page.back().id;
    }
    EXPECT_EQ(ids, (std::vector<std::int64_t>{106, 105, 104, 103, 102, 101, 100}));
  }
}

}  // namespace
}  // namespace kalends::storage
