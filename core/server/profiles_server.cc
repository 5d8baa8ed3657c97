#include "core/app/booking_slots.h"
#include "core/app/catalog_cache.h"
#include "core/app/engine.h"
#include "core/app/profiles.h"
#include "core/app/profiles_previews.h"
#include "core/base/error.h"
#include "core/base/status_macros.h"
#include "core/base/text.h"
#include "core/base/web_address.h"
#include "core/profiles/colors.h"
#include "core/profiles/contacts.h"
#include "core/server/catalog.h"
#include "core/server/decode.h"
#include "core/server/encode.h"
#include "core/server/pictures.h"
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

std::string LowerHex(std::string_view color) {
  const auto parsed = core::ParseColor(color);
  return parsed ? core::ToText(*parsed) : std::string(color);
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
  for (const auto& [language, about] : message.about_translations()) {
    std::string clean = core::CleanLines(about);
    if (!clean.empty()) profile.about_translations[language] = std::move(clean);
  }
  if (message.theme() != v1::THEME_UNSPECIFIED) {
    profile.theme = static_cast<core::Theme>(message.theme() - v1::THEME_FOREST);
  }
  profile.accent = LowerHex(message.accent_color());
  profile.hours_shown = message.hours_shown();
  ASSIGN_OR_RETURN(profile.invitation, DecodeInvitation(provider, message.invitation()));
  return profile;
}

v1::Theme EncodeTheme(core::Theme theme) {
  return static_cast<v1::Theme>(static_cast<int>(theme) + v1::THEME_FOREST);
}

void EncodeAbout(const core::Profile& profile,
                 google::protobuf::Map<std::string, std::string>* translations) {
  for (const auto& [language, about] : profile.about_translations)
    (*translations)[language] = about;
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
  copy("about_translations", &core::Profile::about_translations);
  copy("theme", &core::Profile::theme);
  copy("accent_color", &core::Profile::accent);
  copy("hours_shown", &core::Profile::hours_shown);
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

void EncodeColors(const core::Profile& profile, v1::PublicProfile* message) {
  message->set_theme(EncodeTheme(profile.theme));
  const auto accent = core::ParseColor(profile.accent);
  if (!accent) return;
  message->set_accent_color(core::ToText(*accent));
  message->set_dark_accent_color(core::ToText(core::DarkPageAccent(*accent)));
}

v1::OpeningHours::Weeks EncodeWeeks(core::WeekParity weeks) {
  switch (weeks) {
    case core::WeekParity::kEvery:
      return v1::OpeningHours::WEEKS_EVERY;
    case core::WeekParity::kA:
      return v1::OpeningHours::WEEKS_A;
    case core::WeekParity::kB:
      return v1::OpeningHours::WEEKS_B;
  }
  return v1::OpeningHours::WEEKS_UNSPECIFIED;
}

void EncodeHours(const core::OpeningHours& hours, v1::OpeningHours* message) {
  message->set_day_of_week(static_cast<int>(hours.weekday.iso_encoding()));
  message->set_start_minute(static_cast<int>(hours.start.count()));
  message->set_end_minute(static_cast<int>(hours.end.count()));
  message->set_weeks(EncodeWeeks(hours.weeks));
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
  EncodeAbout(view.profile, message->mutable_about_translations());
  EncodeColors(view.profile, message);
  for (const core::Picture& picture : view.pictures) {
    Encode(picture, picture.role == core::PictureRole::kPhoto ? message->mutable_photo()
                                                              : message->add_pictures());
  }
  for (const core::OpeningHours& hours : view.opening_hours) {
    EncodeHours(hours, message->add_opening_hours());
  }
  message->set_time_zone(view.time_zone);
  for (const core::ProviderNeed need : view.missing) message->add_missing(EncodeNeed(need));
}

absl::Status UpdateProfile(app::WriteContext& cx, const v1::UpdateProfileRequest& request,
                           v1::Profile* response) {
  RETURN_IF_ERROR(CheckMask(request.update_mask(),
                            {"slug", "published", "about", "website", "email", "phone", "address",
                             "map_link", "social_profiles", "invitation", "about_translations",
                             "theme", "accent_color", "hours_shown"}));
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

absl::Status CreatePagePreview(app::WriteContext& cx, const v1::CreatePagePreviewRequest& request,
                               v1::PagePreview* response) {
  ASSIGN_OR_RETURN(const auto provider, DecodeProfileName(cx.AsRead(), "name", request.name()));
  ASSIGN_OR_RETURN(const auto made, app::CreatePagePreview(cx, provider));
  response->set_token(made.token);
  response->set_slug(made.slug);
  *response->mutable_expire_time() = EncodeInstant(made.expires);
  return absl::OkStatus();
}

// The token is shown once.
void StripPreviewToken(v1::PagePreview& kept) { kept.clear_token(); }

absl::Status DeletePagePreview(app::WriteContext& cx, const v1::DeletePagePreviewRequest& request,
                               v1::DeletePagePreviewResponse*) {
  ASSIGN_OR_RETURN(const auto provider, DecodeProfileName(cx.AsRead(), "name", request.name()));
  return app::DeletePagePreview(cx, provider);
}

absl::Status GetPublicProfile(const app::ReadContext& cx,
                              const v1::GetPublicProfileRequest& request,
                              v1::PublicProfile* response) {
  ASSIGN_OR_RETURN(const auto view,
                   app::GetPublicProfile(cx, request.slug(), request.preview_token()));
  EncodePublic(view, response);
  return absl::OkStatus();
}

// The first free times of the service; empty: none before long, or nobody to keep it.
absl::StatusOr<std::vector<core::Instant>> NextTimes(
    app::Engine& engine, const app::Catalog& catalog, const app::BookablePage& page,
    core::ServiceId service, const core::TimeZone& zone, core::Instant now) {
  const auto offer = app::OfferFrom(catalog, {page.provider, service, std::nullopt});
  if (!offer.ok()) return std::vector<core::Instant>();  // Archived since the page was read.
  app::SlotsInput input;
  input.dates.first = date::floor<date::days>(zone.ToLocal(now));
  input.dates.last = input.dates.first + core::kPublicTimesAhead;
  input.time_zone = page.time_zone;
  ASSIGN_OR_RETURN(app::Slots slots, app::FindSlots(engine.calendars(), *offer, input, now));
  slots.starts.resize(std::min(slots.starts.size(), core::kPublicTimesMax));
  return std::move(slots.starts);
}

absl::Status ListPublicTimes(const Calls::Call& call, const v1::ListPublicTimesRequest& request,
                             v1::ListPublicTimesResponse* response, app::Engine& engine) {
  app::BookablePage page;
  RETURN_IF_ERROR(engine.Read(
      call.credentials, call.method->rule, [&](const app::ReadContext& cx) -> absl::Status {
        ASSIGN_OR_RETURN(page, app::FindBookablePage(cx, request.slug(), request.preview_token()));
        return absl::OkStatus();
      }));
  const core::Instant now = engine.Now();
  response->set_time_zone(page.time_zone);
  ASSIGN_OR_RETURN(const auto catalog, engine.catalogs().Get(page.provider, now));
  const auto zone = core::TimeZone::Find(page.time_zone);
  if (!catalog || !zone) return absl::OkStatus();
  for (const core::ServiceId service : page.services) {
    ASSIGN_OR_RETURN(const auto starts, NextTimes(engine, *catalog, page, service, *zone, now));
    if (starts.empty()) continue;
    auto* times = response->add_services();
    times->set_service(ProviderName(page.provider) + "/services/" + service.ToString());
    for (const core::Instant start : starts) {
      auto* time = times->add_times();
      *time->mutable_start_time() = EncodeInstant(start);
      time->set_local_start_time(EncodeLocal(start, *zone));
    }
  }
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
  EncodeAbout(profile, message->mutable_about_translations());
  message->set_theme(EncodeTheme(profile.theme));
  message->set_accent_color(profile.accent);
  message->set_hours_shown(profile.hours_shown);
  message->set_etag(app::EtagOf(profile.version));
  for (const std::string& slug : profile.former_slugs) message->add_former_slugs(slug);
}

extern constinit const SubjectExport kProfilesExport{
    .of_provider = [](const core::Provider& provider) -> std::vector<ExportSection> {
      return {{"provider/profile.json",
               "The public page, and its former addresses.",
               {"profiles", "profile_slugs", "profile_translations", "social_profiles"},
               Only(EncodeProfile, provider.id)}};
    }};

Served MakeProfileService(const Serving& serving) {
  return Rpcs(serving.calls, "kalends.v1.ProfileService")
      .Read(GetProfile)
      .Write(UpdateProfile)
      .WriteKeeping({.strip = StripPreviewToken}, CreatePagePreview)
      .Write(DeletePagePreview)
      .Read(GetPublicProfile)
      .Answer(ListPublicTimes, serving.calls.engine())
      .Build();
}

}  // namespace kalends::server
