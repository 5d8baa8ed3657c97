#include "storage/accounts.h"

#include "tests/storage/sample.h"

namespace kalends::storage {
namespace {

TEST(Accounts, AnAccountComesBackAsItWasWritten) {
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

TEST(Accounts, AnAccountHasSeveralIdentitiesAndEachBelongsToOneAccount) {
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

TEST(Accounts, AnIdentityCanStopAndStartBeingReachable) {
  Store store;
  const core::Identity identity{"telegram", "4711"};
  store.Write([&](Transaction& tx) { InsertIdentity(tx, {identity, kAda, true}); });
  for (const bool reachable : {false, true}) {
    store.Write([&](Transaction& tx) { SetReachable(tx, identity, reachable); });
    EXPECT_EQ(store.Read([&](Transaction& tx) { return FindIdentity(tx, identity); })->reachable,
              reachable);
  }
}

}  // namespace
}  // namespace kalends::storage
