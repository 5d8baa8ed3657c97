#include "core/profiles/checks.h"

#include <string>

#include "core/accounts/account.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "core/base/text.h"
#include "core/profiles/colors.h"
#include "core/profiles/slug.h"

namespace kalends::core {
namespace {

absl::Status CheckUrl(std::string_view field, const std::string& url) {
  RETURN_IF_ERROR(CheckText(field, url, 0, kUrlBytesMax));
  if (url.empty() || IsPublicUrl(url)) return absl::OkStatus();
  return InvalidField(field, "must be an https URL with a host name, of at most 2000 bytes");
}

absl::Status CheckContacts(const Profile& profile) {
  RETURN_IF_ERROR(CheckUrl("profile.website", profile.website));
  if (!profile.email.empty() && !IsEmailAddress(profile.email)) {
    return InvalidField("profile.email", "must be an e-mail address such as name@host.org");
  }
  if (!profile.phone.empty() && !IsPhoneNumber(profile.phone)) {
    return InvalidField("profile.phone", "must be a number such as +49 30 1234567");
  }
  RETURN_IF_ERROR(CheckText("profile.address", profile.address, 0, kAddressCharsMax, Lines::kMany));
  return CheckUrl("profile.map_link", profile.map_link);
}

absl::Status CheckSocialProfiles(const Profile& profile) {
  if (profile.social_profiles.size() > kSocialProfilesMax) {
    return InvalidField("profile.social_profiles",
                        "may be at most " + std::to_string(kSocialProfilesMax));
  }
  return CheckEach(
      "profile.social_profiles", profile.social_profiles, [](const WebLink& link) -> absl::Status {
        RETURN_IF_ERROR(
            CheckText("profile.social_profiles.display_name", link.label, 0, kLabelCharsMax));
        if (link.url.empty()) return InvalidField("profile.social_profiles.url", "must be set");
        return CheckUrl("profile.social_profiles.url", link.url);
      });
}

absl::Status CheckAccent(const std::string& accent) {
  if (accent.empty()) return absl::OkStatus();
  const auto color = ParseColor(accent);
  if (!color) return InvalidField("profile.accent_color", "must be a colour such as #0b6b63");
  if (IsReadable(*color)) return absl::OkStatus();
  return WithMetadata(Error(Reason::kContrastTooLow), "fitting_color",
                      ToText(ReadableAccent(*color)));
}

}  // namespace

absl::Status CheckProfile(const Profile& profile, const std::optional<Invitation>& invitation) {
  if (!profile.slug.empty() && !IsSlug(profile.slug)) {
    return InvalidField("profile.slug",
                        "must have 3 to 60 of a-z, 0-9 and single hyphens between them");
  }
  RETURN_IF_ERROR(CheckText("profile.about", profile.about, 0, kAboutCharsMax, Lines::kMany));
  for (const auto& [language, about] : profile.about_translations) {
    const std::string field = "profile.about_translations[" + language + "]";
    if (!ParseLanguage(language)) return InvalidField(field, "may be of de, en, fr, ru, uk, es");
    RETURN_IF_ERROR(CheckText(field, about, 1, kAboutCharsMax, Lines::kMany));
  }
  RETURN_IF_ERROR(CheckAccent(profile.accent));
  RETURN_IF_ERROR(CheckContacts(profile));
  RETURN_IF_ERROR(CheckSocialProfiles(profile));
  if (profile.invitation && (!invitation || invitation->kind != InvitationKind::kCustomer)) {
    return InvalidField("profile.invitation",
                        "must be one of the provider's invitations for customers");
  }
  return absl::OkStatus();
}

}  // namespace kalends::core
