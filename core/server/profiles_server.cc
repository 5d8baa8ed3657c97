#include "core/app/profiles.h"
#include "core/base/error.h"
#include "core/base/status_macros.h"
#include "core/base/text.h"
#include "core/base/web_address.h"
#include "core/profiles/contacts.h"
#include "core/server/catalog.h"
#include "core/server/decode.h"
#include "core/server/encode.h"
#include "core/server/privacy_export_walks.h"
#include "core/server/profiles.h"
#include "core/server/services.h"

namespace kalends::server {
namespace {

constexpr std::string_view kProfilePattern = "providers/*/profile";

absl::StatusOr<core::ProviderId> DecodeProfileName(const app::ReadContext& cx,
                                                   std::string_view field, std::string_view name) {
  const auto parts = MatchName(kProfilePattern, name);
  if (!parts) return BadName(field, kProfilePattern);
  if ((*parts)[0] == "me") return app::OwnProvider(cx);
  const auto id = core::ProviderId::Parse((*parts)[0]);
  if (!id) return BadName(field, kProfilePattern);
  return *id;
}

// "" is no invitation. One of another provider is refused here, without saying whether it exists.
absl::StatusOr<std::optional<core::InvitationId>> DecodeInvitation(core::ProviderId provider,
                                                                   const std::string& name) {
  if (name.empty()) return std::optional<core::InvitationId>();
  ASSIGN_OR_RETURN(const auto child, DecodeChild<core::InvitationId>(
                                         "profile.invitation", "providers/*/invitations/*", name));
  if (child.provider != provider) {
    return core::InvalidField("profile.invitation",
                              "must be one of the provider's invitations for customers");
  }
  return std::optional(child.id);
}

absl::StatusOr<core::Profile> DecodeProfile(core::ProviderId provider, const v1::Profile& message) {
  core::Profile profile;
  profile.provider = provider;
  profile.slug = message.slug();
  profile.published = message.published();
  profile.about = message.about();
  profile.website = core::NormalUrl(message.website());
  profile.email = core::NormalEmail(message.email());
  profile.phone = core::NormalPhone(message.phone());
  profile.address = message.address();
  profile.map_link = core::NormalUrl(message.map_link());
  for (const v1::WebLink& link : message.social_profiles()) {
    profile.social_profiles.push_back(
        {core::CleanLine(link.display_name()), core::NormalUrl(link.url())});
  }
  ASSIGN_OR_RETURN(profile.invitation, DecodeInvitation(provider, message.invitation()));
  return profile;
}

// Copies what the mask names.
void Apply(const google::protobuf::FieldMask& mask, const core::Profile& from, core::Profile& to) {
  const auto copy = [&](std::string_view path, auto core::Profile::* field) {
    if (Masks(mask, path)) to.*field = from.*field;
  };
  copy("slug", &core::Profile::slug);
  copy("published", &core::Profile::published);
  copy("about", &core::Profile::about);
  copy("website", &core::Profile::website);
  copy("email", &core::Profile::email);
  copy("phone", &core::Profile::phone);
  copy("address", &core::Profile::address);
  copy("map_link", &core::Profile::map_link);
  copy("social_profiles", &core::Profile::social_profiles);
  copy("invitation", &core::Profile::invitation);
}

void EncodeLinks(const core::Profile& profile,
                 google::protobuf::RepeatedPtrField<v1::WebLink>* links) {
  for (const core::WebLink& link : profile.social_profiles) {
    v1::WebLink* message = links->Add();
    message->set_display_name(link.label);
    message->set_url(link.url);
  }
}

void EncodePublicService(const core::Service& service, v1::PublicProfile::Service* message) {
  v1::Service whole;
  Encode(service, &whole);
  message->set_name(whole.name());
  message->set_display_name(whole.display_name());
  message->set_description(whole.description());
  message->mutable_translations()->swap(*whole.mutable_translations());
  *message->mutable_duration() = whole.duration();
  // A price of nothing is none to anybody who reads the page.
  if (whole.price().minor_units() > 0) *message->mutable_price() = whole.price();
  message->set_capacity(whole.capacity());
}

void EncodePublic(const app::PublicProfile& view, v1::PublicProfile* message) {
  message->set_slug(view.profile.slug);
  message->set_kind(EncodeKind(view.provider.kind));
  message->set_display_name(view.provider.display_name);
  message->set_language_code(std::string(core::CodeOf(view.language)));
  message->set_about(view.profile.about);
  message->set_website(view.profile.website);
  message->set_email(view.profile.email);
  message->set_phone(view.profile.phone);
  message->set_address(view.profile.address);
  message->set_map_link(view.profile.map_link);
  EncodeLinks(view.profile, message->mutable_social_profiles());
  for (const core::Service& service : view.services) {
    EncodePublicService(service, message->add_services());
  }
  message->set_invitation_code(view.invitation_code);
  for (const core::ProviderNeed need : view.missing) message->add_missing(EncodeNeed(need));
}

absl::Status UpdateProfile(app::WriteContext& cx, const v1::UpdateProfileRequest& request,
                           v1::Profile* response) {
  RETURN_IF_ERROR(
      CheckMask(request.update_mask(), {"slug", "published", "about", "website", "email", "phone",
                                        "address", "map_link", "social_profiles", "invitation"}));
  ASSIGN_OR_RETURN(const auto provider,
                   DecodeProfileName(cx.AsRead(), "profile.name", request.profile().name()));
  v1::Profile named = request.profile();
  if (!Masks(request.update_mask(), "invitation")) named.clear_invitation();  // Not looked at.
  ASSIGN_OR_RETURN(const core::Profile wanted, DecodeProfile(provider, named));
  ASSIGN_OR_RETURN(
      const core::Profile profile,
      app::UpdateProfile(cx, provider, request.profile().etag(), [&](core::Profile& present) {
        Apply(request.update_mask(), wanted, present);
      }));
  Encode(profile, response);
  return absl::OkStatus();
}

absl::Status EncodeProfile(const app::ReadContext& cx, core::ProviderId provider,
                           v1::Profile* message) {
  ASSIGN_OR_RETURN(const auto profile, app::GetProfile(cx, provider));
  Encode(profile, message);
  return absl::OkStatus();
}

absl::Status GetProfile(const app::ReadContext& cx, const v1::GetProfileRequest& request,
                        v1::Profile* response) {
  ASSIGN_OR_RETURN(const auto provider, DecodeProfileName(cx, "name", request.name()));
  return EncodeProfile(cx, provider, response);
}

absl::Status GetPublicProfile(const app::ReadContext& cx,
                              const v1::GetPublicProfileRequest& request,
                              v1::PublicProfile* response) {
  ASSIGN_OR_RETURN(const auto view, app::GetPublicProfile(cx, request.slug()));
  EncodePublic(view, response);
  return absl::OkStatus();
}

}  // namespace

void Encode(const core::Profile& profile, v1::Profile* message) {
  message->set_name(ProviderName(profile.provider) + "/profile");
  message->set_slug(profile.slug);
  message->set_published(profile.published);
  message->set_about(profile.about);
  message->set_website(profile.website);
  message->set_email(profile.email);
  message->set_phone(profile.phone);
  message->set_address(profile.address);
  message->set_map_link(profile.map_link);
  EncodeLinks(profile, message->mutable_social_profiles());
  if (profile.invitation) {
    message->set_invitation(ProviderName(profile.provider) + "/invitations/" +
                            profile.invitation->ToString());
  }
  message->set_etag(app::EtagOf(profile.version));
  for (const std::string& slug : profile.former_slugs) message->add_former_slugs(slug);
}

extern constinit const SubjectExport kProfilesExport{
    .of_provider = [](const core::Provider& provider) -> std::vector<ExportSection> {
      return {{"provider/profile.json",
               "The public page, and its former addresses.",
               {"profiles", "profile_slugs", "social_profiles"},
               Only(EncodeProfile, provider.id)}};
    }};

Served MakeProfileService(const Serving& serving) {
  return Rpcs(serving.calls, "kalends.v1.ProfileService")
      .Read(GetProfile)
      .Write(UpdateProfile)
      .Read(GetPublicProfile)
      .Build();
}

}  // namespace kalends::server
