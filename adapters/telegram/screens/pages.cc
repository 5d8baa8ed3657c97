#include "adapters/telegram/screens/pages.h"

#include <fmt/format.h>

#include "adapters/telegram/actions/profiles.h"
#include "adapters/telegram/html.h"
#include "adapters/telegram/screens/profiles.h"

namespace kalends::telegram {
namespace {

constexpr std::size_t kThemesPerRow = 3;
constexpr std::size_t kTextCharsShown = 1500;
constexpr std::string_view kHttps = "https://";

struct ThemeRow {
  PageTheme theme;
  v1::Theme wire;
  const char* label;
};
constexpr ThemeRow kThemes[] = {
    {PageTheme::kForest, v1::THEME_FOREST, "pages.theme_forest"},
    {PageTheme::kOcean, v1::THEME_OCEAN, "pages.theme_ocean"},
    {PageTheme::kPlum, v1::THEME_PLUM, "pages.theme_plum"},
    {PageTheme::kSand, v1::THEME_SAND, "pages.theme_sand"},
    {PageTheme::kGraphite, v1::THEME_GRAPHITE, "pages.theme_graphite"},
};

std::string WithHeading(const PageView& view, const std::string& text) {
  return view.heading.empty() ? text : view.heading + "\n\n" + text;
}

std::string OnOff(const Reader& reader, bool on, const char* on_key, const char* off_key) {
  return reader.t().Plain(on ? on_key : off_key);
}

std::string NetworksText(const v1::Profile& profile) {
  std::string text;
  for (const v1::WebLink& link : profile.social_profiles()) {
    text += "\n" + HtmlOf(link.display_name().empty() ? link.url()
                                                      : link.display_name() + ": " + link.url());
  }
  return text;
}

bool IsHexDigit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

std::string Stripped(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r";
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(kSpace) - first + 1));
}

}  // namespace

Screen PageScreen(const Reader& reader, const PageView& view) {
  const Texts& t = reader.t();
  const v1::Profile& profile = view.profile;
  Screen screen{.text = WithHeading(view, t.Html("pages.title")), .rows = {}};
  const std::string url = ProfileUrl(view.public_url, profile.slug());
  if (!url.empty()) screen.text += "\n" + EscapeHtml(url);
  const int languages = profile.about_translations_size() + (profile.about().empty() ? 0 : 1);
  screen.text += "\n\n" + (languages == 0 ? t.Html("pages.no_text")
                                          : t.HtmlCount("pages.languages", languages));
  screen.text += "\n" + t.Html(profile.map_link().empty() ? "pages.map_search" : "pages.map_own");
  if (!profile.social_profiles().empty()) {
    screen.text += "\n" + t.Html("pages.networks") + NetworksText(profile);
  }
  screen.rows.push_back(
      {{t.Plain("pages.slug"), Action(AskSlug{})}, {t.Plain("pages.map"), Action(AskMapLink{})}});
  screen.rows.push_back({{t.Plain("pages.networks_button"), Action(AskNetworks{})},
                         {t.Plain("pages.languages_button"), Action(ShowAboutLanguages{})}});
  const bool shown = profile.hours_shown();
  screen.rows.push_back(
      {{OnOff(reader, shown, "pages.hours_on", "pages.hours_off"),
        Action(SetHoursShown{shown ? Visibility::kHidden : Visibility::kPublic, view.nonce})}});
  if (profile.published()) {
    screen.rows.push_back({{t.Plain("profiles.hide"),
                            Action(SetVisibility{Visibility::kHidden, view.nonce}), Style::kDanger},
                           BackButton(reader, ShowProfile{})});
    return screen;
  }
  screen.rows.push_back({BackButton(reader, ShowProfile{})});
  return screen;
}

Screen AskSlugScreen(const Reader& reader, const PageView& view) {
  Screen screen{.text = WithHeading(view, reader.t().Html("pages.ask_slug")), .rows = {}};
  const std::string url = ProfileUrl(view.public_url, view.profile.slug());
  if (!url.empty()) screen.text += "\n\n" + EscapeHtml(url);
  screen.rows.push_back({BackButton(reader, ShowPage{})});
  return screen;
}

Screen AskMapLinkScreen(const Reader& reader, const PageView& view) {
  const Texts& t = reader.t();
  Screen screen{.text = WithHeading(view, t.Html("pages.ask_map")), .rows = {}};
  if (!view.profile.map_link().empty()) {
    screen.text += "\n\n" + HtmlOf(view.profile.map_link());
    screen.rows.push_back({{t.Plain("pages.remove_map"), Action(RemoveMapLink{view.nonce})}});
  }
  screen.rows.push_back({BackButton(reader, ShowPage{})});
  return screen;
}

Screen AskNetworksScreen(const Reader& reader, const PageView& view) {
  const Texts& t = reader.t();
  Screen screen{.text = WithHeading(view, t.Html("pages.ask_networks")), .rows = {}};
  if (!view.profile.social_profiles().empty()) {
    screen.text += "\n" + NetworksText(view.profile);
    screen.rows.push_back({{t.Plain("pages.remove_networks"), Action(RemoveNetworks{view.nonce})}});
  }
  screen.rows.push_back({BackButton(reader, ShowPage{})});
  return screen;
}

std::optional<std::vector<v1::WebLink>> ParseNetworks(std::string_view text) {
  std::vector<v1::WebLink> links;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string line = Stripped(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty()) continue;
    const std::size_t blank = line.rfind(' ');
    std::string url = blank == std::string::npos ? line : line.substr(blank + 1);
    std::string name = blank == std::string::npos ? "" : Stripped(line.substr(0, blank));
    while (name.ends_with(':')) name.pop_back();
    if (url.find('.') == std::string::npos) return std::nullopt;
    if (url.find("://") == std::string::npos) url.insert(0, kHttps);
    v1::WebLink& link = links.emplace_back();
    link.set_display_name(std::move(name));
    link.set_url(std::move(url));
  }
  return links;
}

Screen AboutLanguagesScreen(const Reader& reader, const PageView& view,
                            const Languages& languages) {
  const Texts& t = reader.t();
  Screen screen{.text = WithHeading(view, t.Html("pages.choose_language")), .rows = {}};
  std::vector<Button> buttons;
  for (const auto& [code, texts] : languages.all()) {
    const bool written = view.profile.about_translations().contains(code);
    buttons.push_back({(written ? "✅ " : "") + texts.Plain("language.name"),
                       Action(AskAboutIn{LanguageCode{code}})});
  }
  AppendGrid(screen.rows, std::move(buttons), 2);
  screen.rows.push_back({BackButton(reader, ShowPage{})});
  return screen;
}

Screen AskAboutInScreen(const Reader& reader, const PageView& view, const std::string& language,
                        const Languages& languages) {
  const Texts& t = reader.t();
  const std::string name = languages.For(language).Plain("language.name");
  Screen screen{.text = WithHeading(view, t.Html("pages.ask_about_in", {{"language", name}})),
                .rows = {}};
  const auto& translations = view.profile.about_translations();
  if (const auto found = translations.find(language); found != translations.end()) {
    screen.text += "\n\n" + HtmlOf(Shorten(found->second, kTextCharsShown));
    screen.rows.push_back({{t.Plain("profiles.remove_about"),
                            Action(RemoveAboutIn{view.nonce, LanguageCode{language}})}});
  }
  screen.rows.push_back({BackButton(reader, ShowAboutLanguages{})});
  return screen;
}

Screen ThemesScreen(const Reader& reader, const PageView& view) {
  const Texts& t = reader.t();
  Screen screen{.text = WithHeading(view, t.Html("pages.choose_theme")), .rows = {}};
  if (!view.profile.accent_color().empty()) {
    screen.text += "\n\n" + t.Html("pages.own_color", {{"color", view.profile.accent_color()}});
  }
  std::vector<Button> buttons;
  for (const ThemeRow& row : kThemes) {
    const bool chosen =
        view.profile.theme() == row.wire ||
        (row.theme == PageTheme::kForest && view.profile.theme() == v1::THEME_UNSPECIFIED);
    buttons.push_back(
        {(chosen ? "✔ " : "") + t.Plain(row.label), Action(SetTheme{row.theme, view.nonce})});
  }
  AppendGrid(screen.rows, std::move(buttons), kThemesPerRow);
  Row own = {{t.Plain("pages.color_button"), Action(AskColor{})}};
  if (!view.profile.accent_color().empty()) {
    own.push_back({t.Plain("pages.remove_color"), Action(RemoveColor{view.nonce})});
  }
  screen.rows.push_back(std::move(own));
  screen.rows.push_back({BackButton(reader, ShowProfile{})});
  return screen;
}

Screen AskColorScreen(const Reader& reader, const PageView& view) {
  return {.text = WithHeading(view, reader.t().Html("pages.ask_color")),
          .rows = {{BackButton(reader, ShowThemes{})}}};
}

Screen ColorRefusedScreen(const Reader& reader, const PageView& view, const std::string& fitting) {
  const Texts& t = reader.t();
  Screen screen{.text = t.Html("error.contrast_too_low"), .rows = {}};
  if (const int rgb = ParseColorText(fitting); rgb >= 0) {
    screen.rows.push_back(
        {{t.Plain("pages.take_color", {{"color", fitting}}),
          Action(SetColor{rgb >> 16, rgb >> 8 & 0xFF, rgb & 0xFF, view.nonce}), Style::kPrimary}});
  }
  screen.rows.push_back({BackButton(reader, ShowThemes{})});
  return screen;
}

std::string ColorText(int rgb) { return fmt::format("#{:06x}", rgb & 0xFFFFFF); }

int ParseColorText(std::string_view text) {
  if (text.starts_with('#')) text.remove_prefix(1);
  if (text.size() != 6 || !std::all_of(text.begin(), text.end(), IsHexDigit)) return -1;
  return std::stoi(std::string(text), nullptr, 16);
}

}  // namespace kalends::telegram
