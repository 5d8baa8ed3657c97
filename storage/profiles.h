// Public profiles and their slugs. Call only inside Database::Read or Submit.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/profiles/profile.h"
#include "storage/database.h"

namespace kalends::storage {

// Writes all of it but former slugs, whether it was there or not. The slug must be one of the
// provider's.
void SaveProfile(Transaction& tx, const core::Profile& profile);
std::optional<core::Profile> FindProfile(Transaction& tx, core::ProviderId provider);
// Takes out the profile and every slug of the provider.
void DeleteProfile(Transaction& tx, core::ProviderId provider);

// By whose token the page is shown to whoever has it, also while it is not published.
struct PagePreview {
  std::string token_hash;  // 32 bytes.
  core::Instant expires;   // From then on it is useless.
};
// In place of the one before.
void SavePagePreview(Transaction& tx, core::ProviderId provider, const PagePreview& preview);
std::optional<PagePreview> FindPagePreview(Transaction& tx, core::ProviderId provider);
void DeletePagePreview(Transaction& tx, core::ProviderId provider);

// Slugs stay with the provider who had them first.
void InsertSlug(Transaction& tx, core::ProviderId provider, std::string_view slug);
std::optional<core::ProviderId> FindSlugOwner(Transaction& tx, std::string_view slug);
int CountSlugs(Transaction& tx, core::ProviderId provider);

// The slug of the provider's page; empty while it is not published.
std::string PublishedSlug(Transaction& tx, core::ProviderId provider);

}  // namespace kalends::storage
