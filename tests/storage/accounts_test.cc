#include "storage/accounts.h"

#include "storage/links.h"
#include "storage/providers.h"
#include "tests/storage/sample.h"

namespace kalends::storage {
namespace {

TEST(People, AnAccountComesBackAsItWasWritten) {
  Store store;
  core::Account account = SampleAccount({100});
  account.display_name = "Zoë 'Null' \"Ünal\" 🦊";
  store.Write([&](Transaction& tx) { InsertAccount(tx, account); });
  EXPECT_EQ(Show(*store.Read([](Transaction& tx) { return FindAccount(tx, {100}); })),
            Show(account));

  account.display_name = "Other";
  account.language = core::Language::kUk;
  account.time_zone = "";
  account.version = 2;
  store.Write([&](Transaction& tx) { UpdateAccount(tx, account); });
  EXPECT_EQ(Show(*store.Read([](Transaction& tx) { return FindAccount(tx, {100}); })),
            Show(account));
  EXPECT_FALSE(store.Read([](Transaction& tx) { return FindAccount(tx, {101}); }));
}

TEST(People, AnAccountHasSeveralIdentitiesAndEachBelongsToOneAccount) {
  Store store;
  store.Write([](Transaction& tx) {
    InsertIdentity(tx, {{"telegram", "4711"}, kAda, true});
    InsertIdentity(tx, {{"mail", "ada@example.org"}, kAda, false});
    InsertIdentity(tx, {{"telegram", "4712"}, kBen, true});
  });
  const auto found =
      store.Read([](Transaction& tx) { return FindIdentity(tx, {"telegram", "4711"}); });
  ASSERT_TRUE(found);
  EXPECT_EQ(found->account, kAda);
  EXPECT_TRUE(found->reachable);
  const auto of_ada = store.Read([](Transaction& tx) { return IdentitiesOf(tx, kAda); });
  ASSERT_EQ(of_ada.size(), 2U);
  EXPECT_EQ(of_ada[0].identity, (core::Identity{"mail", "ada@example.org"}));
  EXPECT_FALSE(of_ada[0].reachable);
  EXPECT_FALSE(store.Read([](Transaction& tx) { return FindIdentity(tx, {"mail", "4711"}); }));
  EXPECT_FALSE(
      store
          .TryWrite([](Transaction& tx) { InsertIdentity(tx, {{"telegram", "4711"}, kBen, true}); })
          .ok());
}

TEST(People, AnIdentityCanStopAndStartBeingReachable) {
  Store store;
  const core::Identity identity{"telegram", "4711"};
  store.Write([&](Transaction& tx) { InsertIdentity(tx, {identity, kAda, true}); });
  for (const bool reachable : {false, true}) {
    store.Write([&](Transaction& tx) { SetReachable(tx, identity, reachable); });
    EXPECT_EQ(store.Read([&](Transaction& tx) { return FindIdentity(tx, identity); })->reachable,
              reachable);
  }
}

TEST(People, AProviderComesBackAsItWasWritten) {
  Store store;
  core::Provider provider = SampleProvider({100}, kAda);
  provider.kind = core::ProviderKind::kOrganization;
  provider.reminders = {};
  store.Write([&](Transaction& tx) { InsertProvider(tx, provider); });
  EXPECT_EQ(Show(*store.Read([](Transaction& tx) { return FindProvider(tx, {100}); })),
            Show(provider));

  provider.display_name = "Renamed";
  provider.default_duration = core::Minutes(45);
  provider.reminders = {core::Minutes(1440), core::Minutes(15)};
  provider.version = 2;
  store.Write([&](Transaction& tx) { UpdateProvider(tx, provider); });
  EXPECT_EQ(Show(*store.Read([](Transaction& tx) { return FindProviderOfAccount(tx, kAda); })),
            Show(provider));
  EXPECT_FALSE(store.Read([](Transaction& tx) { return FindProviderOfAccount(tx, kBen); }));
}

TEST(People, AnAccountIsOneProviderAtMost) {
  Store store;
  EXPECT_FALSE(store
                   .TryWrite([](Transaction& tx) {
                     InsertProvider(tx, SampleProvider({100}, kCarlaAccount));
                   })
                   .ok());
}

TEST(People, StaffIsListedById) {
  Store store;
  store.Write([](Transaction& tx) {
    InsertStaff(tx, kStudio, kDan, kNow);
    InsertStaff(tx, kStudio, kCarla, kNow);
  });
  EXPECT_EQ(store.Read([](Transaction& tx) { return StaffOf(tx, kStudio); }),
            (std::vector{kCarla, kDan}));
  EXPECT_TRUE(store.Read([](Transaction& tx) { return IsStaff(tx, kStudio, kDan); }));
  EXPECT_FALSE(store.Read([](Transaction& tx) { return IsStaff(tx, kDan, kStudio); }));
}

TEST(People, LinkedProvidersComeByNameInPagesOfAnySize) {
  Store store;
  // Two of the same name: the id decides.
  const char* const names[] = {"Bea", "Ann", "Bea", "Zed", "ann"};
  store.Write([&](Transaction& tx) {
    for (std::int64_t i = 0; i < 5; ++i) {
      InsertAccount(tx, SampleAccount({100 + i}));
      core::Provider provider = SampleProvider({200 + i}, {100 + i});
      provider.display_name = names[i];
      InsertProvider(tx, provider);
      InsertLink(tx, provider.id, kAda, kNow);
    }
    InsertLink(tx, {203}, kBen, kNow);
  });
  EXPECT_TRUE(store.Read([](Transaction& tx) { return HasLink(tx, {203}, kBen); }));
  EXPECT_FALSE(store.Read([](Transaction& tx) { return HasLink(tx, {202}, kBen); }));
  for (int limit = 1; limit <= 6; ++limit) {
    SCOPED_TRACE(limit);
    std::vector<std::int64_t> ids;
    std::optional<ProviderCursor> after;
    while (true) {
      const auto page =
          store.Read([&](Transaction& tx) { return LinkedProviders(tx, kAda, after, limit); });
      for (const core::Provider& provider : page) ids.push_back(provider.id.value);
      if (page.size() < static_cast<std::size_t>(limit)) break;
      after = {page.back().display_name, page.back().id};
    }
    EXPECT_EQ(ids, (std::vector<std::int64_t>{201, 200, 202, 203, 204}));
  }
}

}  // namespace
}  // namespace kalends::storage
