#include "adapters/telegram/screens/profiles.h"

#include "adapters/telegram/html.h"

namespace kalends::telegram {
namespace {

// The whole text is on the page; here it leaves room for the rest.
constexpr std::size_t kAboutCharsShown = 1500;

}  // namespace

std::string ProfileUrl(const std::string& public_url, const std::string& slug) {
  return public_url.empty() || slug.empty() ? "" : public_url + "/p/" + slug;
}

Screen ProfileScreen(const Reader& reader, const ProfileView& view) {
  const Texts& t = reader.t();
  const v1::Profile& profile = view.profile;
  const bool is_public = profile.published();
  const std::string url = ProfileUrl(view.public_url, profile.slug());
  Screen screen{.text = view.heading.empty() ? "" : view.heading + "\n\n", .rows = {}};
  screen.text += t.Html(is_public ? "profiles.public" : "profiles.hidden");
  if (is_public && !url.empty()) screen.text += "\n" + EscapeHtml(url);
  if (view.public_url.empty()) screen.text += "\n\n" + t.Html("profiles.no_site");
  screen.text += "\n\n" + (profile.about().empty()
                               ? t.Html("profiles.no_about")
                               : t.Html("profiles.about",
                                        {{"about", Shorten(profile.about(), kAboutCharsShown)}}));
  if (!is_public) screen.text += "\n\n" + t.Html("profiles.what_is_public");
  const Visibility other = is_public ? Visibility::kHidden : Visibility::kPublic;
  screen.rows.push_back({{t.Plain(is_public ? "profiles.hide" : "profiles.publish"),
                          Action(SetVisibility{other, view.nonce})}});
  screen.rows.push_back(
      {{t.Plain(profile.about().empty() ? "profiles.write_about" : "profiles.change_about"),
        Action(AskAboutText{})}});
  if (is_public && !url.empty()) screen.rows.push_back({{t.Plain("profiles.open"), Url{url}}});
  screen.rows.push_back({});
  if (view.back) screen.rows.back().push_back(BackButton(reader, *view.back));
  screen.rows.back().push_back(HomeButton(reader));
  return screen;
}

Screen AskAboutTextScreen(const Reader& reader, const v1::Profile& profile, Nonce nonce) {
  const Texts& t = reader.t();
  Screen screen{.text = t.Html("profiles.ask_about"), .rows = {}};
  if (!profile.about().empty()) {
    screen.rows.push_back({{t.Plain("profiles.remove_about"), Action(RemoveAboutText{nonce})}});
  }
  screen.rows.push_back({BackButton(reader, ShowProfile{})});
  return screen;
}

}  // namespace kalends::telegram
