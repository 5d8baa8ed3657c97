#include "core/app/profiles.h"

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "core/profiles/slug.h"
#include "storage/accounts.h"
#include "storage/catalog.h"
#include "storage/invitations.h"
#include "storage/profiles.h"
#include "storage/providers.h"

namespace kalends::app {
namespace {

constexpr int kNumberedSlugs = 9;  // marie-weber, marie-weber-2 ... marie-weber-9.

absl::Status CheckUrl(std::string_view field, const std::string& url) {
  RETURN_IF_ERROR(CheckText(field, url, 0, core::kUrlBytesMax));
  if (url.empty() || core::IsPublicUrl(url)) return absl::OkStatus();
  return core::InvalidField(field, "must be an https URL with a host name, of at most 2000 bytes");
}

absl::Status CheckContacts(const core::Profile& profile) {
  RETURN_IF_ERROR(CheckUrl("profile.website", profile.website));
  if (!profile.email.empty() && !core::IsEmailAddress(profile.email)) {
    return core::InvalidField("profile.email", "must be an e-mail address such as name@host.org");
  }
  if (!profile.phone.empty() && !core::IsPhoneNumber(profile.phone)) {
    return core::InvalidField("profile.phone", "must be a number such as +49 30 1234567");
  }
  RETURN_IF_ERROR(
      CheckText("profile.address", profile.address, 0, core::kAddressCharsMax, Lines::kMany));
  return CheckUrl("profile.map_link", profile.map_link);
}

absl::Status CheckSocialProfiles(const core::Profile& profile) {
  if (profile.social_profiles.size() > core::kSocialProfilesMax) {
    return core::InvalidField("profile.social_profiles",
                              fmt::format("may be at most {}", core::kSocialProfilesMax));
  }
  for (const core::WebLink& link : profile.social_profiles) {
    RETURN_IF_ERROR(
        CheckText("profile.social_profiles.display_name", link.label, 0, core::kLabelCharsMax));
    if (link.url.empty()) {
      return core::InvalidField("profile.social_profiles.url", "must be set");
    }
    RETURN_IF_ERROR(CheckUrl("profile.social_profiles.url", link.url));
  }
  return absl::OkStatus();
}

absl::Status CheckInvitation(const ReadContext& cx, const core::Profile& profile) {
  if (!profile.invitation) return absl::OkStatus();
  const auto invitation = storage::FindInvitation(cx.tx, profile.provider, *profile.invitation);
  if (invitation && invitation->kind == core::InvitationKind::kCustomer) return absl::OkStatus();
  return core::InvalidField("profile.invitation",
                            "must be one of the provider's invitations for customers");
}

absl::Status CheckProfile(const ReadContext& cx, const core::Profile& profile) {
  if (!profile.slug.empty() && !core::IsSlug(profile.slug)) {
    return core::InvalidField("profile.slug",
                              "must have 3 to 60 of a-z, 0-9 and single hyphens between them");
  }
  RETURN_IF_ERROR(CheckText("profile.about", profile.about, 0, core::kAboutCharsMax, Lines::kMany));
  RETURN_IF_ERROR(CheckContacts(profile));
  RETURN_IF_ERROR(CheckSocialProfiles(profile));
  return CheckInvitation(cx, profile);
}

core::Language LanguageOf(const ReadContext& cx, const core::Provider& provider) {
  const auto account = storage::FindAccount(cx.tx, provider.account);
  return account ? account->language : core::Language::kEn;
}

// The first free slug that the provider's name suggests, or one it had before.
std::string SuggestSlug(const ReadContext& cx, const core::Provider& provider) {
  const std::string base = core::SlugFromName(provider.display_name, LanguageOf(cx, provider));
  std::string slug = base;
  for (int number = 2; number <= kNumberedSlugs; ++number) {
    const auto owner = storage::FindSlugOwner(cx.tx, slug);
    if (!owner || *owner == provider.id) return slug;
    slug = core::SlugWithSuffix(base, std::to_string(number));
  }
  const auto owner = storage::FindSlugOwner(cx.tx, slug);
  if (!owner || *owner == provider.id) return slug;
  return core::SlugWithSuffix(base, provider.id.ToString());
}

// Makes the profile's slug the provider's, unless it is so already.
absl::Status ClaimSlug(WriteContext& cx, const core::Profile& profile) {
  const auto owner = storage::FindSlugOwner(cx.tx, profile.slug);
  if (owner == profile.provider) return absl::OkStatus();
  if (owner) return core::Error(core::Reason::kSlugTaken);
  if (storage::CountSlugs(cx.tx, profile.provider) >= core::kSlugsPerProviderMax) {
    return core::Error(core::Reason::kLimitReached,
                       "The address of the page was changed too often; take an earlier one.");
  }
  storage::InsertSlug(cx.tx, profile.provider, profile.slug);
  return absl::OkStatus();
}

std::string ActiveCode(const ReadContext& cx, const core::Profile& profile) {
  if (!profile.invitation) return "";
  const auto invitation = storage::FindInvitation(cx.tx, profile.provider, *profile.invitation);
  const bool active =
      invitation && core::StateOf(*invitation, cx.now) == core::InvitationState::kActive;
  return active ? invitation->code : "";
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
  change(profile);
  RETURN_IF_ERROR(CheckProfile(cx.AsRead(), profile));
  if (profile.slug.empty()) profile.slug = SuggestSlug(cx.AsRead(), provider);
  RETURN_IF_ERROR(ClaimSlug(cx, profile));
  ++profile.version;
  storage::SaveProfile(cx.tx, profile);
  return GetProfile(cx.AsRead(), id);
}

absl::StatusOr<PublicProfile> GetPublicProfile(const ReadContext& cx, std::string_view slug) {
  const auto owner = storage::FindSlugOwner(cx.tx, slug);
  auto profile = owner ? storage::FindProfile(cx.tx, *owner) : std::nullopt;
  auto provider = owner ? storage::FindProvider(cx.tx, *owner) : std::nullopt;
  if (!profile || !profile->published || !provider) return core::Error(core::Reason::kNotFound);
  PublicProfile view;
  view.language = LanguageOf(cx, *provider);
  view.services = storage::ListServices(cx.tx, *owner, storage::Archived::kHide, std::nullopt,
                                        core::kServicesPerProviderMax);
  view.invitation_code = ActiveCode(cx, *profile);
  view.profile = *std::move(profile);
  view.provider = *std::move(provider);
  return view;
}

}  // namespace kalends::app
