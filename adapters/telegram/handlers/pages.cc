// How a provider's public page looks (SPEC 3.6).
#include "adapters/telegram/screens/pages.h"

#include "adapters/telegram/handlers/handlers.h"
#include "adapters/telegram/handlers/profiles.h"
#include "adapters/telegram/handlers/shared.h"
#include "adapters/telegram/html.h"

namespace kalends::telegram {
namespace {

constexpr std::size_t kAboutTextCharsMax = 4000;  // The core's limit.

PageView ViewOf(const Turn& turn, v1::Profile profile, const char* heading_key = "") {
  return {.profile = std::move(profile),
          .public_url = turn.context().public_url,
          .heading = *heading_key == '\0' ? "" : turn.texts().Html(heading_key),
          .nonce = turn.nonce()};
}

// Draws `screen` of the profile as it is.
template <typename MakeScreen>
absl::Status ShowOf(Turn& turn, MakeScreen screen) {
  KALENDS_ASSIGN_OR_RETURN(auto profile, GetProfile(turn));
  turn.Show(screen(turn.reader(), ViewOf(turn, std::move(profile))));
  return absl::OkStatus();
}

// Changes one field, and draws the page.
absl::Status ChangePage(Turn& turn, v1::Profile wanted, const char* field,
                        const std::string& request_id) {
  KALENDS_ASSIGN_OR_RETURN(auto profile,
                           UpdateProfile(turn, std::move(wanted), {field}, request_id));
  turn.Show(PageScreen(turn.reader(), ViewOf(turn, std::move(profile), "pages.saved")));
  return absl::OkStatus();
}

// The same of a text that may be refused: the question stands then, for another one may do.
absl::Status ChangeTyped(Turn& turn, const Dialogue& asked, v1::Profile wanted, const char* field,
                         const char* refusal) {
  const absl::Status status = ChangePage(turn, std::move(wanted), field, turn.NextRequestId());
  if (status.ok()) return status;
  turn.session().dialogue = asked;
  const bool wrong = ReasonOf(status) == v1::REASON_INVALID_FIELD;
  return wrong ? Refusal(refusal) : status;
}

// Replaces the text of one language; an empty one takes it out.
absl::Status SetAboutIn(Turn& turn, const std::string& language, const std::string& about,
                        const std::string& request_id) {
  KALENDS_ASSIGN_OR_RETURN(v1::Profile profile, GetProfile(turn));
  v1::Profile wanted;
  wanted.set_etag(profile.etag());
  *wanted.mutable_about_translations() = profile.about_translations();
  (*wanted.mutable_about_translations())[language] = about;
  KALENDS_ASSIGN_OR_RETURN(
      profile, UpdateProfile(turn, std::move(wanted), {"about_translations"}, request_id));
  turn.Show(AboutLanguagesScreen(
      turn.reader(),
      ViewOf(turn, std::move(profile), about.empty() ? "profiles.removed" : "profiles.saved"),
      turn.context().languages));
  return absl::OkStatus();
}

absl::Status SetColorTo(Turn& turn, const std::string& color, const std::string& request_id) {
  v1::Profile wanted;
  wanted.set_accent_color(color);
  auto profile = UpdateProfile(turn, std::move(wanted), {"accent_color"}, request_id);
  if (ReasonOf(profile.status()) == v1::REASON_CONTRAST_TOO_LOW) {
    turn.Show(
        ColorRefusedScreen(turn.reader(), ViewOf(turn, {}), FittingColorOf(profile.status())));
    return absl::OkStatus();
  }
  KALENDS_RETURN_IF_ERROR(profile.status());
  turn.Show(ThemesScreen(turn.reader(), ViewOf(turn, *std::move(profile), "pages.saved")));
  return absl::OkStatus();
}

}  // namespace

absl::Status Handle(Turn& turn, const ShowPage&) { return ShowOf(turn, PageScreen); }

absl::Status Handle(Turn& turn, const AskSlug&) {
  turn.session().dialogue = TypesSlug{};
  return ShowOf(turn, AskSlugScreen);
}

absl::Status Handle(Turn& turn, const TypesSlug& dialogue, const std::string& text) {
  v1::Profile wanted;
  // People send the whole address, and capital letters.
  std::string slug = text.substr(text.rfind('/') + 1);
  std::transform(slug.begin(), slug.end(), slug.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  wanted.set_slug(std::move(slug));
  return ChangeTyped(turn, dialogue, std::move(wanted), "slug", "error.slug");
}

absl::Status Handle(Turn& turn, const SetHoursShown& action) {
  v1::Profile wanted;
  wanted.set_hours_shown(action.hours == Visibility::kPublic);
  return ChangePage(turn, std::move(wanted), "hours_shown", turn.RequestIdOf(action, action.nonce));
}

absl::Status Handle(Turn& turn, const AskMapLink&) {
  turn.session().dialogue = TypesMapLink{};
  return ShowOf(turn, AskMapLinkScreen);
}

absl::Status Handle(Turn& turn, const TypesMapLink& dialogue, const std::string& text) {
  v1::Profile wanted;
  wanted.set_map_link(text);
  return ChangeTyped(turn, dialogue, std::move(wanted), "map_link", "error.web_address");
}

absl::Status Handle(Turn& turn, const RemoveMapLink& action) {
  return ChangePage(turn, {}, "map_link", turn.RequestIdOf(action, action.nonce));
}

absl::Status Handle(Turn& turn, const AskNetworks&) {
  turn.session().dialogue = TypesNetworks{};
  return ShowOf(turn, AskNetworksScreen);
}

absl::Status Handle(Turn& turn, const TypesNetworks& dialogue, const std::string& text) {
  const auto links = ParseNetworks(text);
  if (!links) {
    turn.session().dialogue = dialogue;
    return Refusal("error.web_address");
  }
  KALENDS_ASSIGN_OR_RETURN(const v1::Profile profile, GetProfile(turn));
  v1::Profile wanted;
  wanted.set_etag(profile.etag());
  for (const v1::WebLink& link : *links) *wanted.add_social_profiles() = link;
  return ChangeTyped(turn, dialogue, std::move(wanted), "social_profiles", "error.web_address");
}

absl::Status Handle(Turn& turn, const RemoveNetworks& action) {
  KALENDS_ASSIGN_OR_RETURN(const v1::Profile profile, GetProfile(turn));
  v1::Profile wanted;
  wanted.set_etag(profile.etag());
  return ChangePage(turn, std::move(wanted), "social_profiles",
                    turn.RequestIdOf(action, action.nonce));
}

absl::Status Handle(Turn& turn, const ShowAboutLanguages&) {
  KALENDS_ASSIGN_OR_RETURN(auto profile, GetProfile(turn));
  turn.Show(AboutLanguagesScreen(turn.reader(), ViewOf(turn, std::move(profile)),
                                 turn.context().languages));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const AskAboutIn& action) {
  turn.session().dialogue = TypesAboutIn{action.language.text};
  KALENDS_ASSIGN_OR_RETURN(auto profile, GetProfile(turn));
  turn.Show(AskAboutInScreen(turn.reader(), ViewOf(turn, std::move(profile)), action.language.text,
                             turn.context().languages));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const TypesAboutIn& dialogue, const std::string& text) {
  return SetAboutIn(turn, dialogue.language, Shorten(text, kAboutTextCharsMax),
                    turn.NextRequestId());
}

absl::Status Handle(Turn& turn, const RemoveAboutIn& action) {
  return SetAboutIn(turn, action.language.text, "", turn.RequestIdOf(action, action.nonce));
}

absl::Status Handle(Turn& turn, const ShowThemes&) { return ShowOf(turn, ThemesScreen); }

absl::Status Handle(Turn& turn, const SetTheme& action) {
  v1::Profile wanted;
  wanted.set_theme(static_cast<v1::Theme>(static_cast<int>(action.theme) + v1::THEME_FOREST));
  // The same screen has several of these buttons.
  const std::string request_id =
      turn.RequestIdOf(action, action.nonce) + std::to_string(static_cast<int>(action.theme));
  KALENDS_ASSIGN_OR_RETURN(auto profile,
                           UpdateProfile(turn, std::move(wanted), {"theme"}, request_id));
  turn.Show(ThemesScreen(turn.reader(), ViewOf(turn, std::move(profile), "pages.saved")));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const AskColor&) {
  turn.session().dialogue = TypesColor{};
  return ShowOf(turn, AskColorScreen);
}

absl::Status Handle(Turn& turn, const TypesColor& dialogue, const std::string& text) {
  turn.session().dialogue = dialogue;  // Another colour may do, or please more.
  const int rgb = ParseColorText(text);
  if (rgb < 0) return Refusal("error.color");
  return SetColorTo(turn, ColorText(rgb), turn.NextRequestId());
}

absl::Status Handle(Turn& turn, const SetColor& action) {
  return SetColorTo(
      turn,
      ColorText((action.red & 0xFF) << 16 | (action.green & 0xFF) << 8 | (action.blue & 0xFF)),
      turn.RequestIdOf(action, action.nonce));
}

absl::Status Handle(Turn& turn, const RemoveColor& action) {
  return SetColorTo(turn, "", turn.RequestIdOf(action, action.nonce));
}

Handlers PagesHandlers() {
  return HandlersOf<TypesSlug, TypesMapLink, TypesNetworks, TypesAboutIn, TypesColor>(
      PagesActions{});
}

}  // namespace kalends::telegram
