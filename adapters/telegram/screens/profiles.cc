#include "adapters/telegram/screens/profiles.h"

#include <fmt/format.h>

#include <algorithm>

#include "adapters/telegram/actions/pages.h"
#include "adapters/telegram/actions/pictures.h"
#include "adapters/telegram/html.h"
#include "adapters/telegram/screens/practice.h"
#include "adapters/telegram/screens/providers.h"

namespace kalends::telegram {
namespace {

// The whole text is on the page; here it leaves room for the rest.
constexpr std::size_t kAboutCharsShown = 160;

bool HasContacts(const v1::Profile& profile) {
  return !profile.website().empty() || !profile.email().empty() || !profile.phone().empty() ||
         !profile.address().empty();
}

// What people typed in several lines, in one.
std::string InOneLine(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

// One after the other; empty where there are none. HTML.
std::string ContactsText(const v1::Profile& profile, std::string_view separator) {
  std::string text;
  const auto add = [&](const char* icon, const std::string& value) {
    if (value.empty()) return;
    if (!text.empty()) text += separator;
    text += std::string(icon) + " " + HtmlOf(InOneLine(value));
  };
  add("📞", profile.phone());
  add("✉️", profile.email());
  add("🌐", profile.website());
  add("📍", profile.address());
  return text;
}

// Whether the page can be booked from.
Button BookableButton(const Reader& reader, const ProfileView& view) {
  // One that was never changed will be: its first change turns it on.
  const bool bookable = !view.profile.invitation().empty() || view.profile.slug().empty();
  return {reader.t().Plain(bookable ? "profiles.bookable_on" : "profiles.bookable_off"),
          Action(SetBookable{bookable ? Visibility::kHidden : Visibility::kPublic, view.nonce})};
}

// What it is like: the beginning of its text, how to be reached, what keeps it from being booked.
// HTML.
std::string ContentText(const Reader& reader, const ProfileView& view) {
  std::string text;
  if (!view.profile.about().empty()) {
    text += "\n" + reader.t().Html(
                       "profiles.about",
                       {{"about", InOneLine(Shorten(view.profile.about(), kAboutCharsShown))}});
  }
  if (HasContacts(view.profile)) text += "\n" + ContactsText(view.profile, " · ");
  if (!view.provider.missing().empty()) text += "\n" + MissingText(reader, view.provider);
  return text;
}

// "4 von 6 fertig · es fehlen Foto, Adresse"
std::string ReadyText(const Reader& reader, const ProfileView& view) {
  const v1::Profile& profile = view.profile;
  const bool reachable = !profile.phone().empty() || !profile.email().empty();
  const std::pair<bool, const char*> kParts[] = {
      {!profile.about().empty(), "profiles.part_about"},
      {view.pictures.photo, "profiles.photo"},
      {reachable, "profiles.contacts_button"},
      {!profile.address().empty(), "profiles.part_address"},
      {view.pictures.gallery > 0, "profiles.gallery"}};
  std::string missing;
  int ready = 0;
  for (const auto& [done, name] : kParts) {
    ready += done ? 1 : 0;
    if (!done) missing += (missing.empty() ? "" : ", ") + reader.t().Plain(name);
  }
  const std::string count = std::to_string(std::size(kParts));
  if (missing.empty()) return reader.t().Html("profiles.complete");
  return reader.t().Html(
      "profiles.ready", {{"ready", std::to_string(ready)}, {"count", count}, {"missing", missing}});
}

// Where the bot answers in any chat, its cards can be chosen there; else the page's address is
// sent.
Button ShareButton(const Reader& reader, const ProfileView& view, const std::string& url) {
  const std::string label = reader.t().Plain("profiles.share");
  if (view.shares_inline) return {label, ShareInline{""}};
  return {label, Url{ShareUrl(url)}};
}

}  // namespace

std::string ProfileUrl(const std::string& public_url, const std::string& slug) {
  return public_url.empty() || slug.empty() ? "" : public_url + "/p/" + slug;
}

std::string ShareUrl(const std::string& url) {
  std::string escaped;
  for (const char c : url) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~").find(c) != std::string_view::npos;
    escaped += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return "https://t.me/share/url?url=" + escaped;
}

Screen ProfileScreen(const Reader& reader, const ProfileView& view) {
  const Texts& t = reader.t();
  const v1::Profile& profile = view.profile;
  const bool is_public = profile.published();
  const std::string url = ProfileUrl(view.public_url, profile.slug());
  Screen screen{.text = view.heading.empty() ? "" : view.heading + "\n\n", .rows = {}};
  screen.text += t.Html(is_public ? "profiles.public" : "profiles.hidden");
  if (is_public && !url.empty()) screen.text += "\n" + EscapeHtml(url);
  if (view.public_url.empty()) screen.text += "\n" + t.Html("profiles.no_site");
  screen.text += "\n" + ReadyText(reader, view);
  screen.text += ContentText(reader, view);
  if (!is_public) screen.text += "\n\n" + t.Html("profiles.what_is_public");
  screen.rows.push_back(
      {{t.Plain(profile.about().empty() ? "profiles.write_about" : "profiles.change_about"),
        Action(AskAboutText{})},
       {t.Plain("profiles.contacts_button"), Action(AskContacts{})}});
  screen.rows.push_back({{t.Plain("profiles.photo"), Action(ShowPhoto{})},
                         {t.Plain("profiles.gallery"), Action(ShowGallery{})},
                         {t.Plain("profiles.colors"), Action(ShowThemes{})}});
  if (!is_public) {
    screen.rows.push_back(
        {{t.Plain("profiles.publish"), Action(SetVisibility{Visibility::kPublic, view.nonce}),
          Style::kPrimary}});
    if (!view.public_url.empty()) {
      screen.rows.back().push_back({t.Plain("profiles.preview_button"), Action(ShowPreview{})});
    }
  } else if (!url.empty()) {
    screen.rows.push_back({{t.Plain("profiles.open"), Url{url}}, ShareButton(reader, view, url)});
  }
  Row last;
  // Before there is something to book, a switch would promise what cannot be.
  if (view.provider.missing().empty()) last.push_back(BookableButton(reader, view));
  last.push_back({t.Plain("profiles.more"), Action(ShowPage{})});
  last.push_back(view.back ? BackButton(reader, *view.back) : PracticeButton(reader));
  screen.rows.push_back(std::move(last));
  return screen;
}

Screen PreviewScreen(const Reader& reader, const std::string& url, Instant expires, Nonce nonce) {
  const Texts& t = reader.t();
  const LocalTime until = ToLocal(ZoneFor(reader, kNobodysZone), expires);
  return {.text = t.Html("profiles.preview", {{"time", Formats::Time(until)}}),
          .rows = {{{t.Plain("profiles.open"), Url{url}, Style::kPrimary}},
                   {{t.Plain("profiles.end_preview"), Action(EndPreview{nonce})},
                    BackButton(reader, ShowProfile{})}}};
}

Screen AskAboutTextScreen(const Reader& reader, const v1::Profile& profile, Nonce nonce) {
  const Texts& t = reader.t();
  Screen screen{.text = t.Html("profiles.ask_about"), .rows = {}};
  if (!profile.about().empty()) {
    screen.rows.push_back({{t.Plain("profiles.remove_about"), Action(RemoveAboutText{nonce})},
                           BackButton(reader, ShowProfile{})});
    return screen;
  }
  screen.rows.push_back({BackButton(reader, ShowProfile{})});
  return screen;
}

Screen AskContactsScreen(const Reader& reader, const v1::Profile& profile, Nonce nonce) {
  const Texts& t = reader.t();
  Screen screen{.text = t.Html("profiles.ask_contacts"), .rows = {}};
  if (HasContacts(profile)) {
    screen.text += "\n\n" + ContactsText(profile, "\n");
    screen.rows.push_back({{t.Plain("profiles.remove_contacts"), Action(RemoveContacts{nonce})},
                           BackButton(reader, ShowProfile{})});
    return screen;
  }
  screen.rows.push_back({BackButton(reader, ShowProfile{})});
  return screen;
}

}  // namespace kalends::telegram
