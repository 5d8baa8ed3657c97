// Use cases of public profiles.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/accounts/account.h"
#include "core/app/context.h"
#include "core/catalog/service.h"
#include "core/pictures/picture.h"
#include "core/profiles/opening_hours.h"
#include "core/profiles/profile.h"

namespace kalends::app {

absl::StatusOr<core::Profile> GetProfile(const ReadContext& cx, core::ProviderId provider);

// `change` alters what the caller's mask names. An empty slug is made from the provider's name.
absl::StatusOr<core::Profile> UpdateProfile(WriteContext& cx, core::ProviderId provider,
                                            std::string_view etag,
                                            const std::function<void(core::Profile&)>& change);

// What anybody may see of a provider.
struct PublicProfile {
  core::Profile profile;
  core::Provider provider;
  core::Language language = core::Language::kEn;  // Of the provider's account.
  std::vector<core::Service> services;            // Those offered, in catalog order.
  std::string invitation_code;                    // Empty: none, or not active.
  std::vector<core::ProviderNeed> missing;        // What keeps everybody from booking.
  std::vector<core::Picture> pictures;            // The photo, then the gallery.
  std::vector<core::OpeningHours> opening_hours;  // Those shown.
  std::string time_zone;                          // In which the page shows times.
};
// `preview`: shows the page also while it is not published (page_previews.h); may be empty.
absl::StatusOr<PublicProfile> GetPublicProfile(const ReadContext& cx, std::string_view slug,
                                               std::string_view preview);

// Of what free times a public page shows: none where it is not booked from.
struct BookablePage {
  core::ProviderId provider;
  std::vector<core::ServiceId> services;  // In catalog order, at most kPublicTimesServicesMax.
  std::string time_zone;
};
absl::StatusOr<BookablePage> FindBookablePage(const ReadContext& cx, std::string_view slug,
                                              std::string_view preview);

}  // namespace kalends::app
