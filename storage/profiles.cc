#include "storage/profiles.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/accounts/account.h"
#include "storage/privacy.h"
#include "storage/sealed.h"
#include "storage/values.h"

namespace kalends::storage {
namespace {

Place TextPlace(std::string_view column, core::ProviderId provider) {
  return Place(column, provider);
}
Place LinkPlace(std::string_view column, core::ProviderId provider, int position) {
  return Place(column, provider, std::int64_t{position});
}

Place TranslationPlace(core::ProviderId provider, int language) {
  return Place("profile_translations.about", provider, std::int64_t{language});
}

// From 1, so that what is sealed for a language stays where it is when others come and go.
int NumberOfLanguage(std::string_view code) {
  return static_cast<int>(core::ParseLanguage(code).value()) + 1;
}

constexpr std::string_view kThemes[] = {"FOREST", "OCEAN", "PLUM", "SAND", "GRAPHITE"};

std::string_view NameOf(core::Theme theme) { return kThemes[static_cast<std::size_t>(theme)]; }
std::optional<core::Theme> ParseTheme(std::string_view name) {
  const auto* found = std::find(std::begin(kThemes), std::end(kThemes), name);
  if (found == std::end(kThemes)) return std::nullopt;
  return static_cast<core::Theme>(found - std::begin(kThemes));
}

core::Profile ReadProfile(const Row& row) {
  core::Profile profile;
  profile.provider = IdAt<core::ProviderId>(row, 0);
  profile.slug = row.Text(1);
  profile.published = FlagAt(row, 2);
  profile.about = OpenedAt(row, 3, TextPlace("profiles.about", profile.provider));
  profile.website = OpenedAt(row, 4, TextPlace("profiles.website", profile.provider));
  profile.email = OpenedAt(row, 5, TextPlace("profiles.email", profile.provider));
  profile.phone = OpenedAt(row, 6, TextPlace("profiles.phone", profile.provider));
  profile.address = OpenedAt(row, 7, TextPlace("profiles.address", profile.provider));
  profile.map_link = OpenedAt(row, 8, TextPlace("profiles.map_link", profile.provider));
  profile.invitation = OptionalIdAt<core::InvitationId>(row, 9);
  profile.version = row.Int(10);
  profile.theme = ParsedAt(row, 11, ParseTheme);
  profile.accent = row.Text(12);
  profile.hours_shown = FlagAt(row, 13);
  return profile;
}

// Sealed before the rows of before go, whose texts may stay as they are.
void ReplaceSocialProfiles(Transaction& tx, const core::Profile& profile) {
  std::vector<core::WebLink> sealed;
  for (const core::WebLink& link : profile.social_profiles) {
    const int position = static_cast<int>(sealed.size()) + 1;
    sealed.push_back(
        {Sealed(tx, link.label, LinkPlace("social_profiles.label", profile.provider, position)),
         Sealed(tx, link.url, LinkPlace("social_profiles.url", profile.provider, position))});
  }
  tx.Execute("DELETE FROM social_profiles WHERE provider_id = $1", {ToValue(profile.provider)});
  int position = 0;
  for (const core::WebLink& link : sealed) {
    tx.Execute(
        "INSERT INTO social_profiles (provider_id, position, label, url) VALUES ($1, $2, $3, $4)",
        {ToValue(profile.provider), ToValue(++position), link.label, link.url});
  }
}

void ReplaceTranslations(Transaction& tx, const core::Profile& profile) {
  std::vector<std::pair<int, std::string>> sealed;
  for (const auto& [language, about] : profile.about_translations) {
    const int number = NumberOfLanguage(language);
    sealed.emplace_back(number, Sealed(tx, about, TranslationPlace(profile.provider, number)));
  }
  tx.Execute("DELETE FROM profile_translations WHERE provider_id = $1",
             {ToValue(profile.provider)});
  for (const auto& [number, about] : sealed) {
    tx.Execute(
        "INSERT INTO profile_translations (provider_id, language, about) VALUES ($1, $2, $3)",
        {ToValue(profile.provider), ToValue(number), about});
  }
}

}  // namespace

void SaveProfile(Transaction& tx, const core::Profile& profile) {
  const auto sealed = [&](std::string_view column, const std::string& text) {
    return Sealed(tx, text, TextPlace(column, profile.provider));
  };
  const std::string about = sealed("profiles.about", profile.about);
  const std::string website = sealed("profiles.website", profile.website);
  const std::string email = sealed("profiles.email", profile.email);
  const std::string phone = sealed("profiles.phone", profile.phone);
  const std::string address = sealed("profiles.address", profile.address);
  const std::string map_link = sealed("profiles.map_link", profile.map_link);
  tx.Execute(
      "INSERT INTO profiles (provider_id, slug, published, about, website, email, phone, address,"
      " map_link, invitation_id, version, theme, accent, hours_shown)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
      " ON CONFLICT (provider_id) DO UPDATE SET slug = excluded.slug,"
      " published = excluded.published, about = excluded.about, website = excluded.website,"
      " email = excluded.email, phone = excluded.phone, address = excluded.address,"
      " map_link = excluded.map_link, invitation_id = excluded.invitation_id,"
      " version = excluded.version, theme = excluded.theme, accent = excluded.accent,"
      " hours_shown = excluded.hours_shown",
      {ToValue(profile.provider), profile.slug, ToValue(profile.published), about, website, email,
       phone, address, map_link, ToValue(profile.invitation), profile.version,
       NameOf(profile.theme), profile.accent, ToValue(profile.hours_shown)});
  ReplaceSocialProfiles(tx, profile);
  ReplaceTranslations(tx, profile);
}

std::optional<core::Profile> FindProfile(Transaction& tx, core::ProviderId provider) {
  auto profile = RowOf(tx,
                       "SELECT provider_id, slug, published, about, website, email, phone,"
                       " address, map_link, invitation_id, version, theme, accent, hours_shown"
                       " FROM profiles"
                       " WHERE provider_id = $1",
                       {ToValue(provider)}, ReadProfile);
  if (!profile) return std::nullopt;
  profile->social_profiles =
      RowsOf(tx,
             "SELECT position, label, url FROM social_profiles"
             " WHERE provider_id = $1 ORDER BY position",
             {ToValue(provider)}, [&](const Row& row) {
               const int position = NumberAt(row, 0);
               return core::WebLink{
                   OpenedAt(row, 1, LinkPlace("social_profiles.label", provider, position)),
                   OpenedAt(row, 2, LinkPlace("social_profiles.url", provider, position))};
             });
  tx.Query("SELECT language, about FROM profile_translations WHERE provider_id = $1",
           {ToValue(provider)}, [&](const Row& row) {
             const int number = NumberAt(row, 0);
             const std::string language(core::CodeOf(static_cast<core::Language>(number - 1)));
             profile->about_translations[language] =
                 OpenedAt(row, 1, TranslationPlace(provider, number));
           });
  profile->former_slugs =
      RowsOf(tx,
             "SELECT slug FROM profile_slugs"
             " WHERE provider_id = $1 AND slug <> $2 ORDER BY slug",
             {ToValue(provider), profile->slug}, [](const Row& row) { return row.Text(0); });
  return profile;
}

void DeleteProfile(Transaction& tx, core::ProviderId provider) {
  for (const char* sql : {"DELETE FROM page_previews WHERE provider_id = $1",
                          "DELETE FROM social_profiles WHERE provider_id = $1",
                          "DELETE FROM profile_translations WHERE provider_id = $1",
                          "DELETE FROM profiles WHERE provider_id = $1",
                          "DELETE FROM profile_slugs WHERE provider_id = $1"}) {
    tx.Execute(sql, {ToValue(provider)});
  }
}

void SavePagePreview(Transaction& tx, core::ProviderId provider, const PagePreview& preview) {
  tx.Execute(
      "INSERT INTO page_previews (provider_id, token_hash, expires_s) VALUES ($1, $2, $3)"
      " ON CONFLICT (provider_id) DO UPDATE SET token_hash = excluded.token_hash,"
      " expires_s = excluded.expires_s",
      {ToValue(provider), Blob{preview.token_hash}, ToValue(preview.expires)});
}

std::optional<PagePreview> FindPagePreview(Transaction& tx, core::ProviderId provider) {
  return RowOf(tx, "SELECT token_hash, expires_s FROM page_previews WHERE provider_id = $1",
               {ToValue(provider)},
               [](const Row& row) { return PagePreview{row.Text(0), InstantAt(row, 1)}; });
}

void DeletePagePreview(Transaction& tx, core::ProviderId provider) {
  tx.Execute("DELETE FROM page_previews WHERE provider_id = $1", {ToValue(provider)});
}

void InsertSlug(Transaction& tx, core::ProviderId provider, std::string_view slug) {
  tx.Execute("INSERT INTO profile_slugs (provider_id, slug) VALUES ($1, $2)",
             {ToValue(provider), slug});
}

std::optional<core::ProviderId> FindSlugOwner(Transaction& tx, std::string_view slug) {
  return RowOf(tx, "SELECT provider_id FROM profile_slugs WHERE slug = $1", {slug},
               [](const Row& row) { return IdAt<core::ProviderId>(row, 0); });
}

int CountSlugs(Transaction& tx, core::ProviderId provider) {
  return static_cast<int>(NumberOf(tx, "SELECT count(*) FROM profile_slugs WHERE provider_id = $1",
                                   {ToValue(provider)}));
}

std::string PublishedSlug(Transaction& tx, core::ProviderId provider) {
  return RowOf(tx, "SELECT slug FROM profiles WHERE provider_id = $1 AND published = 1",
               {ToValue(provider)},
               [](const Row& row) -> std::string {
                 // Where none can be read, none is published: the provider is what is asked for.
                 if (row.IsSound(0)) return row.Text(0);
                 row.NoteDamage(0, "it is no text in UTF-8");
                 return "";
               })
      .value_or("");
}

namespace {

constexpr std::string_view kErasedTables[] = {"page_previews", "social_profiles",
                                              "profile_translations", "profiles", "profile_slugs"};

// With its slugs, which are free again.
UnusedBlobs EraseOfProvider(Transaction& tx, const Leaver& leaver) {
  DeleteProfile(tx, *leaver.provider);
  return {};
}

}  // namespace

extern constinit const Erasure kProfilesErasure{
    .subject = "profiles", .tables = kErasedTables, .of_provider = EraseOfProvider};

}  // namespace kalends::storage
