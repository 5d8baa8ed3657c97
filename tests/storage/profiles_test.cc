#include "storage/profiles.h"

#include "storage/invitations.h"
#include "storage/sealed.h"
#include "tests/storage/sample.h"

namespace kalends::storage {
namespace {

core::Profile SampleProfile(core::ProviderId provider, const std::string& slug) {
  core::Profile profile;
  profile.provider = provider;
  profile.slug = slug;
  profile.version = 1;
  return profile;
}

void Save(Store& store, const core::Profile& profile) {
  store.Write([&](Transaction& tx) {
    if (!FindSlugOwner(tx, profile.slug)) InsertSlug(tx, profile.provider, profile.slug);
    SaveProfile(tx, profile);
  });
}

TEST(Profiles, AProfileComesBackAsItWasWritten) {
  Store store;
  core::Invitation invitation;
  invitation.id = {100};
  invitation.provider = kCarla;
  invitation.code = "code-of-22-letters-100";
  invitation.created = kNow;
  store.Write([&](Transaction& tx) { InsertInvitation(tx, invitation); });
  core::Profile profile = SampleProfile(kCarla, "carla");
  profile.published = true;
  profile.about = "Two\nlines";
  profile.website = "https://carla.example";
  profile.email = "carla@carla.example";
  profile.phone = "+49 30 1234567";
  profile.address = "Street 1\nTown";
  profile.map_link = "https://map.example/1";
  profile.social_profiles = {{"", "https://a.example"}, {"B", "https://b.example"}};
  profile.invitation = invitation.id;
  profile.about_translations = {{"en", "Two\nlines"}, {"fr", "Deux"}};
  profile.theme = core::Theme::kSand;
  profile.accent = "#0b6b63";
  profile.hours_shown = true;
  Save(store, profile);

  const auto found = store.Read([](Transaction& tx) { return FindProfile(tx, kCarla); });
  ASSERT_TRUE(found);
  EXPECT_EQ(found->provider, kCarla);
  EXPECT_EQ(found->slug, "carla");
  EXPECT_TRUE(found->published);
  EXPECT_EQ(found->about, "Two\nlines");
  EXPECT_EQ(found->about_translations, profile.about_translations);
  EXPECT_EQ(found->theme, core::Theme::kSand);
  EXPECT_EQ(found->accent, "#0b6b63");
  EXPECT_TRUE(found->hours_shown);
  EXPECT_EQ(found->website, "https://carla.example");
  EXPECT_EQ(found->email, "carla@carla.example");
  EXPECT_EQ(found->phone, "+49 30 1234567");
  EXPECT_EQ(found->address, "Street 1\nTown");
  EXPECT_EQ(found->map_link, "https://map.example/1");
  EXPECT_EQ(found->social_profiles, profile.social_profiles);
  EXPECT_EQ(found->invitation, invitation.id);
  EXPECT_EQ(found->version, 1);
}

TEST(Profiles, SavingReplacesAllOfIt) {
  Store store;
  core::Profile profile = SampleProfile(kCarla, "carla");
  profile.about = "old";
  profile.social_profiles = {{"A", "https://a.example"}, {"B", "https://b.example"}};
  Save(store, profile);
  profile.about = "new";
  profile.slug = "carla-2";
  profile.social_profiles = {{"C", "https://c.example"}};
  profile.version = 2;
  Save(store, profile);
  const auto found = store.Read([](Transaction& tx) { return FindProfile(tx, kCarla); });
  EXPECT_EQ(found->about, "new");
  EXPECT_EQ(found->slug, "carla-2");
  EXPECT_EQ(found->social_profiles, profile.social_profiles);
  EXPECT_EQ(found->version, 2);
}

TEST(Profiles, ASlugStaysWithWhoHadItFirst) {
  Store store;
  Save(store, SampleProfile(kCarla, "carla"));
  Save(store, SampleProfile(kCarla, "carla-2"));
  EXPECT_EQ(store.Read([](Transaction& tx) { return FindSlugOwner(tx, "carla"); }), kCarla);
  EXPECT_EQ(store.Read([](Transaction& tx) { return CountSlugs(tx, kCarla); }), 2);
  EXPECT_EQ(store.Read([](Transaction& tx) { return FindProfile(tx, kCarla); })->former_slugs,
            std::vector<std::string>{"carla"});
  EXPECT_FALSE(store.Read([](Transaction& tx) { return FindSlugOwner(tx, "dan"); }));
  EXPECT_FALSE(store.TryWrite([](Transaction& tx) { InsertSlug(tx, kDan, "carla"); }).ok());
  EXPECT_FALSE(
      store.TryWrite([](Transaction& tx) { SaveProfile(tx, SampleProfile(kDan, "carla")); }).ok());
}

TEST(Profiles, OnlyAPublishedOneHasAPage) {
  Store store;
  core::Profile profile = SampleProfile(kCarla, "carla");
  const auto slug = [&] {
    return store.Read([](Transaction& tx) { return PublishedSlug(tx, kCarla); });
  };
  EXPECT_EQ(slug(), "");
  Save(store, profile);
  EXPECT_EQ(slug(), "");
  profile.published = true;
  Save(store, profile);
  EXPECT_EQ(slug(), "carla");
}

TEST(Profiles, TheDatabaseRefusesWhatTheRulesWould) {
  Store store;
  for (const char* slug : {"ab", "Carla", "carla weber", "cärla"}) {
    EXPECT_FALSE(store.TryWrite([&](Transaction& tx) { InsertSlug(tx, kCarla, slug); }).ok())
        << slug;
  }
  Save(store, SampleProfile(kCarla, "carla"));
  core::Profile profile = SampleProfile(kCarla, "carla");
  profile.invitation = core::InvitationId{404};
  EXPECT_FALSE(store.TryWrite([&](Transaction& tx) { SaveProfile(tx, profile); }).ok());
}

// What is sealed cannot be looked at by the schema; but nobody without the keys writes it.
TEST(Profiles, AnAddressThatIsWrittenByHandIsNone) {
  Store store;
  core::Profile profile = SampleProfile(kCarla, "carla");
  profile.website = "https://carla.example";
  profile.social_profiles = {{"", "https://a.example"}};
  Save(store, profile);
  store.Write([](Transaction& tx) {
    tx.Execute("UPDATE profiles SET website = 'javascript:alert(1)'");
    tx.Execute("UPDATE social_profiles SET url = 'http://a.example'");
  });
  const auto found = store.Read([](Transaction& tx) { return FindProfile(tx, kCarla); });
  EXPECT_EQ(found->website, kUnreadableText);
  EXPECT_EQ(found->social_profiles.at(0).url, kUnreadableText);
}

TEST(Profiles, DeletingTakesTheSlugsToo) {
  Store store;
  Save(store, SampleProfile(kCarla, "carla"));
  Save(store, SampleProfile(kCarla, "carla-2"));
  Save(store, SampleProfile(kDan, "dan"));
  store.Write([](Transaction& tx) { DeleteProfile(tx, kCarla); });
  EXPECT_FALSE(store.Read([](Transaction& tx) { return FindProfile(tx, kCarla); }));
  EXPECT_FALSE(store.Read([](Transaction& tx) { return FindSlugOwner(tx, "carla"); }));
  EXPECT_TRUE(store.Read([](Transaction& tx) { return FindProfile(tx, kDan); }));
}

}  // namespace
}  // namespace kalends::storage
