#include "core/app/profiles.h"

#include <algorithm>

#include "core/app/profiles_previews.h"
#include "core/app/providers.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/missing.h"
#include "core/base/status_macros.h"
#include "core/profiles/checks.h"
#include "core/profiles/slug.h"
#include "storage/accounts.h"
#include "storage/catalog.h"
#include "storage/invitations.h"
#include "storage/pictures.h"
#include "storage/profiles.h"
#include "storage/providers.h"
#include "storage/schedule.h"
#include "storage/sealed.h"

namespace kalends::app {
namespace {

std::optional<core::Invitation> InvitationOf(const ReadContext& cx, const core::Profile& profile) {
  if (!profile.invitation) return std::nullopt;
  return storage::FindInvitation(cx.tx, profile.provider, *profile.invitation);
}

core::Language LanguageOf(const ReadContext& cx, const core::Provider& provider) {
  const auto account = storage::FindAccount(cx.tx, provider.account);
  return account ? account->language : core::Language::kEn;
}

// The first free slug that the provider's name suggests, or one it had before.
std::string SuggestSlug(const ReadContext& cx, const core::Provider& provider) {
  const std::vector<std::string> slugs =
      core::SlugSuggestions(provider.display_name, LanguageOf(cx, provider), provider.id);
  for (const std::string& slug : slugs) {
    const auto owner = storage::FindSlugOwner(cx.tx, slug);
    if (!owner || *owner == provider.id) return slug;
  }
  return slugs.back();
}

// Makes the profile's slug the provider's, unless it is so already.
absl::Status ClaimSlug(WriteContext& cx, const core::Profile& profile) {
  const auto owner = storage::FindSlugOwner(cx.tx, profile.slug);
  if (owner == profile.provider) return absl::OkStatus();
  if (owner) return core::Error(core::Reason::kSlugTaken);
  if (storage::CountSlugs(cx.tx, profile.provider) >= core::kSlugsPerProviderMax) {
    return core::LimitReached(
        "slugs", core::kSlugsPerProviderMax,
        "The address of the page was changed too often; take an earlier one.");
  }
  storage::InsertSlug(cx.tx, profile.provider, profile.slug);
  return absl::OkStatus();
}

// To be checked. What cannot be read, and stays as it is kept, is no address any more.
core::Profile WithoutUnreadable(core::Profile profile, const core::Profile& before) {
  for (const auto field : {&core::Profile::website, &core::Profile::email, &core::Profile::phone,
                           &core::Profile::map_link}) {
    const bool stays = profile.*field == before.*field;
    if (stays && profile.*field == storage::kUnreadableText) (profile.*field).clear();
  }
  std::erase_if(profile.social_profiles, [&](const core::WebLink& link) {
    const auto& known = before.social_profiles;
    return link.url == storage::kUnreadableText &&
           std::find(known.begin(), known.end(), link) != known.end();
  });
  return profile;
}

// As everybody sees it: what would lead somewhere and cannot be read is left out.
core::Profile Shown(const core::Profile& profile) { return WithoutUnreadable(profile, profile); }

std::string ActiveCode(const ReadContext& cx, const core::Profile& profile) {
  const auto invitation = InvitationOf(cx, profile);
  const bool active = invitation &&
                      core::StateOf(*invitation, cx.now) == core::InvitationState::kActive &&
                      invitation->code != storage::kUnreadableText;
  return active ? invitation->code : "";
}

struct PublishedPage {
  core::Profile profile;
  core::Provider provider;
};
// Of a page that is not published, `preview` must be a token that shows it.
absl::StatusOr<PublishedPage> FindPage(const ReadContext& cx, std::string_view slug,
                                       std::string_view preview) {
  const auto owner = storage::FindSlugOwner(cx.tx, slug);
  auto profile = owner ? storage::FindProfile(cx.tx, *owner) : std::nullopt;
  auto provider = owner ? storage::FindProvider(cx.tx, *owner) : std::nullopt;
  const bool shown = profile && (profile->published || ShowsPage(cx, *owner, preview));
  if (!shown || !provider) {
    return core::NotFound("p/*", std::string(slug));
  }
  return PublishedPage{*std::move(profile), *std::move(provider)};
}

std::vector<core::Service> ServicesOf(const ReadContext& cx, core::ProviderId provider, int limit) {
  return storage::ListServices(cx.tx, provider, storage::Archived::kHide, std::nullopt, limit);
}

// The schedules of a specialist, or of all who work for an organization.
std::vector<core::Schedule> SchedulesOf(const ReadContext& cx, const core::Provider& provider) {
  std::vector<core::ProviderId> specialists = {provider.id};
  if (provider.kind == core::ProviderKind::kOrganization) {
    specialists = storage::StaffOf(cx.tx, provider.id);
  }
  std::vector<core::Schedule> schedules;
  for (const core::ProviderId specialist : specialists) {
    if (auto row = storage::FindSchedule(cx.tx, specialist)) {
      schedules.push_back(std::move(row->schedule));
    }
  }
  return schedules;
}

// Hours of several zones would not be what they say.
std::vector<core::OpeningHours> HoursOf(const ReadContext& cx, const core::Provider& provider,
                                        const std::string& time_zone) {
  const std::vector<core::Schedule> schedules = SchedulesOf(cx, provider);
  const bool alike = std::all_of(schedules.begin(), schedules.end(),
                                 [&](const auto& one) { return one.time_zone == time_zone; });
  return alike ? core::OpeningHoursOf(schedules) : std::vector<core::OpeningHours>();
}

}  // namespace

absl::StatusOr<core::Profile> GetProfile(const ReadContext& cx, core::ProviderId provider) {
  RETURN_IF_ERROR(ManagedProvider(cx, provider).status());
  core::Profile none;
  none.provider = provider;
  return storage::FindProfile(cx.tx, provider).value_or(none);
}

absl::StatusOr<core::Profile> UpdateProfile(WriteContext& cx, core::ProviderId id,
                                            std::string_view etag,
                                            const std::function<void(core::Profile&)>& change) {
  ASSIGN_OR_RETURN(const core::Provider provider, ManagedProvider(cx.AsRead(), id));
  ASSIGN_OR_RETURN(core::Profile profile, GetProfile(cx.AsRead(), id));
  RETURN_IF_ERROR(CheckEtag(etag, profile.version));
  const core::Profile before = profile;
  change(profile);
  RETURN_IF_ERROR(
      core::CheckProfile(WithoutUnreadable(profile, before), InvitationOf(cx.AsRead(), profile)));
  if (profile.slug.empty()) profile.slug = SuggestSlug(cx.AsRead(), provider);
  RETURN_IF_ERROR(ClaimSlug(cx, profile));
  ++profile.version;
  storage::SaveProfile(cx.tx, profile);
  return GetProfile(cx.AsRead(), id);
}

absl::StatusOr<PublicProfile> GetPublicProfile(const ReadContext& cx, std::string_view slug,
                                               std::string_view preview) {
  ASSIGN_OR_RETURN(PublishedPage page, FindPage(cx, slug, preview));
  PublicProfile view;
  view.language = LanguageOf(cx, page.provider);
  view.services = ServicesOf(cx, page.provider.id, core::kServicesPerProviderMax);
  view.invitation_code = ActiveCode(cx, page.profile);
  view.missing = MissingOf(cx, page.provider);
  view.pictures = storage::ListPictures(cx.tx, page.provider.id, std::nullopt,
                                        core::kPicturesPerProviderMax + 1);
  view.time_zone = TimeZoneOf(cx.tx, page.provider);
  if (page.profile.hours_shown) view.opening_hours = HoursOf(cx, page.provider, view.time_zone);
  view.profile = Shown(std::move(page.profile));
  view.provider = std::move(page.provider);
  return view;
}

absl::StatusOr<BookablePage> FindBookablePage(const ReadContext& cx, std::string_view slug,
                                              std::string_view preview) {
  ASSIGN_OR_RETURN(const PublishedPage page, FindPage(cx, slug, preview));
  BookablePage bookable{page.provider.id, {}, TimeZoneOf(cx.tx, page.provider)};
  if (ActiveCode(cx, page.profile).empty() || !MissingOf(cx, page.provider).empty()) {
    return bookable;
  }
  for (const core::Service& service :
       ServicesOf(cx, page.provider.id, static_cast<int>(core::kPublicTimesServicesMax))) {
    bookable.services.push_back(service.id);
  }
  return bookable;
}

}  // namespace kalends::app
