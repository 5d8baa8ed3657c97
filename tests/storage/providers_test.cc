#include "storage/providers.h"

#include "storage/accounts.h"
#include "storage/links.h"
#include "tests/storage/sample.h"

namespace kalends::storage {
namespace {

TEST(Providers, AProviderComesBackAsItWasWritten) {
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

TEST(Providers, AnAccountIsOneProviderAtMost) {
  Store store;
  EXPECT_FALSE(store
                   .TryWrite([](Transaction& tx) {
                     InsertProvider(tx, SampleProvider({100}, kCarlaAccount));
                   })
                   .ok());
}

TEST(Providers, StaffIsListedById) {
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

TEST(Providers, WhoLeftTheStaffIsKnownUntilTheyComeBack) {
  Store store;
  store.Write([](Transaction& tx) {
    InsertStaff(tx, kStudio, kDan, kNow);
    InsertStaff(tx, kStudio, kCarla, kNow);
    EndStaff(tx, kStudio, kDan, kNow);
  });
  store.Read([](Transaction& tx) {
    EXPECT_EQ(StaffOf(tx, kStudio), std::vector{kCarla});
    EXPECT_FALSE(IsStaff(tx, kStudio, kDan));
    EXPECT_TRUE(IsFormerStaff(tx, kStudio, kDan));
    EXPECT_FALSE(IsFormerStaff(tx, kStudio, kCarla));
    EXPECT_TRUE(OrganizationsOf(tx, kDan).empty());
    return 0;
  });
  store.Write([](Transaction& tx) { InsertStaff(tx, kStudio, kDan, kNow); });
  EXPECT_TRUE(store.Read([](Transaction& tx) { return IsStaff(tx, kStudio, kDan); }));
  EXPECT_FALSE(store.Read([](Transaction& tx) { return IsFormerStaff(tx, kStudio, kDan); }));
}

TEST(Providers, LinkedProvidersComeByNameInPagesOfAnySize) {
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
