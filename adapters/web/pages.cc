#include "adapters/web/pages.h"

#include <fmt/format.h>

#include "adapters/shared/safe_text.h"
#include "adapters/web/page_parts.h"
#include "adapters/web/qr_code.h"
#include "adapters/web/templates.h"
#include "kalends/v1/types.pb.h"

namespace kalends::web {
namespace {

using ctemplate::TemplateDictionary;

constexpr std::size_t kDescriptionBytesMax = 300;

// For OpenGraph, which wants a country.
std::string OgLocale(std::string_view language) {
  constexpr std::pair<std::string_view, std::string_view> kLocales[] = {
      {"de", "de_DE"}, {"en", "en_GB"}, {"es", "es_ES"},
      {"fr", "fr_FR"}, {"ru", "ru_RU"}, {"uk", "uk_UA"}};
  for (const auto& [code, locale] : kLocales) {
    if (code == language) return std::string(locale);
  }
  return std::string(language);
}

// The beginning of the about text, in one line; without one, what the page is.
std::string Description(const PageView& view) {
  const OwnText about = AboutOf(view);
  if (about.text.empty()) {
    return view.texts.Get("page.description", {{"name", SafeText(view.profile.display_name())}});
  }
  std::string line = SafeText(about.text);
  for (char& c : line) {
    if (c == '\n') c = ' ';
  }
  if (line.size() <= kDescriptionBytesMax) return line;
  const std::size_t space = line.rfind(' ', kDescriptionBytesMax);
  std::size_t end = space == std::string::npos ? kDescriptionBytesMax : space;
  while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80) --end;
  return line.substr(0, end) + "…";
}

bool AddInvitation(const PageView& view, TemplateDictionary* page) {
  const v1::PublicProfile& profile = view.profile;
  const Texts& texts = view.texts;
  const std::string link = InvitationLink(view);
  if (link.empty()) return false;
  const bool bookable = IsBookable(profile);
  TemplateDictionary* card = AddRow(page, "INVITATION", "INVITATION_TITLE",
                                    texts.Get(bookable ? "page.invitation" : "page.write"));
  card->SetValue("INVITATION_TEXT",
                 bookable
                     ? texts.Get("page.invitation_text")
                     : texts.Get("page.write_text", {{"name", SafeText(profile.display_name())}}));
  card->SetValue("INVITATION_LINK", link);
  const QrCode qr = MakeQrCode(link);
  card->SetIntValue("QR_SIDE", qr.side);
  card->SetValue("QR_PATH", qr.path);
  card->SetValue("QR_LABEL", texts.Get("page.qr"));
  card->SetValue("SCAN_TEXT", texts.Get("page.scan"));
  return true;
}

void AddLanguages(const PageView& view, const Languages& languages, TemplateDictionary* parent) {
  const Texts& texts = view.texts;
  for (const std::string& code : languages.codes()) {
    TemplateDictionary* item = parent->AddSectionDictionary("ALTERNATE");
    item->SetValue("CODE", code);
    item->SetValue("LANGUAGE_NAME", languages.Find(code)->Get("page.language_name"));
    if (code == texts.language()) item->ShowSection("CURRENT");
    if (!view.preview.empty()) {
      item->AddSectionDictionary("PREVIEW")->SetValue("PREVIEW_TOKEN", view.preview);
    }
  }
}

// What others show where they link to the page.
void AddPreview(const PageView& view, TemplateDictionary& page) {
  const v1::PublicProfile& profile = view.profile;
  const v1::Picture* picture = !profile.photo().sizes().empty() ? &profile.photo()
                               : !profile.pictures().empty()    ? &profile.pictures(0)
                                                                : nullptr;
  if (picture == nullptr || picture->sizes().empty() || view.site.public_url.empty()) {
    page.SetValue("OG_CARD", "summary");
    return;
  }
  const v1::Picture::Size& widest = picture->sizes(picture->sizes_size() - 1);
  page.SetValue("OG_CARD", "summary_large_image");
  TemplateDictionary* preview = page.AddSectionDictionary("OG_PICTURE");
  preview->SetValue("OG_IMAGE", view.site.public_url + PicturePath(*picture, widest));
  preview->SetIntValue("OG_IMAGE_WIDTH", widest.width());
  preview->SetIntValue("OG_IMAGE_HEIGHT", widest.height());
  preview->SetValue("OG_IMAGE_TEXT", SafeText(picture->caption().empty() ? profile.display_name()
                                                                         : picture->caption()));
}

void AddHead(const PageView& view, const Languages& languages, TemplateDictionary& page) {
  const Texts& texts = view.texts;
  page.SetValue("LANGUAGE", texts.language());
  page.SetValue("OG_LOCALE", OgLocale(texts.language()));
  page.SetValue("DESCRIPTION", Description(view));
  page.SetValue("LANGUAGES_TITLE", texts.Get("page.languages"));
  AddPreview(view, page);
  AddLanguages(view, languages, &page);
  if (view.site.public_url.empty()) return;
  TemplateDictionary* address = page.AddSectionDictionary("ADDRESS_OF_PAGE");
  address->SetValue("CANONICAL", fmt::format("{}/p/{}", view.site.public_url, view.profile.slug()));
  AddLanguages(view, languages, address);
}

// The class by which style.css knows the theme.
std::string_view ClassOf(v1::Theme theme) {
  switch (theme) {
    case v1::THEME_OCEAN:
      return "ocean";
    case v1::THEME_PLUM:
      return "plum";
    case v1::THEME_SAND:
      return "sand";
    case v1::THEME_GRAPHITE:
      return "graphite";
    default:
      return "forest";
  }
}

bool IsColor(std::string_view text) {
  return text.size() == 7 && text[0] == '#' &&
         text.find_first_not_of("0123456789abcdef", 1) == std::string_view::npos;
}

// The provider's own colour in place of the theme's; empty: it has none. The core has made sure
// that both can be read.
std::string OwnStyle(const v1::PublicProfile& profile) {
  if (!IsColor(profile.accent_color()) || !IsColor(profile.dark_accent_color())) return {};
  return fmt::format(
      ":root.own{{--accent:{};--on-accent:#fff}}"
      "@media (prefers-color-scheme:dark){{:root.own{{--accent:{};--on-accent:#0b1114}}}}",
      profile.accent_color(), profile.dark_accent_color());
}

// "Lindenstr. 12, 10969 Berlin" of an address of several lines.
std::string InOneLine(std::string_view address) {
  std::string line;
  for (const char c : address) line += c == '\n' ? std::string(", ") : std::string(1, c);
  return line;
}

void AddMain(const PageView& view, TemplateDictionary* main) {
  const bool organization = view.profile.kind() == v1::PROVIDER_KIND_ORGANIZATION;
  if (const OwnText about = AboutOf(view); !about.text.empty()) {
    auto* card = AddRow(main, "ABOUT_CARD", "ABOUT_TITLE",
                        view.texts.Get(organization ? "page.about_us" : "page.about"));
    card->SetValue("ABOUT", SafeText(about.text));
    card->SetValue("ABOUT_LANGUAGE", about.language);
  }
  AddServices(view, main);
  AddGallery(view, main);
}

}  // namespace

TemplateDictionary* AddRow(TemplateDictionary* page, const char* section, const char* title_marker,
                           const std::string& title) {
  TemplateDictionary* row = page->AddSectionDictionary(section);
  row->SetValue(title_marker, title);
  return row;
}

std::string InvitationLink(const PageView& view) {
  if (view.profile.invitation_code().empty() || view.site.bot_url.empty()) return {};
  return fmt::format("{}?start={}", view.site.bot_url, view.profile.invitation_code());
}

Page ProfilePage(const v1::PublicProfile& profile, const v1::ListPublicTimesResponse& times,
                 const Texts& texts, const Languages& languages, const Site& site,
                 const std::string& preview) {
  const PageView view{profile, times, texts, site, preview};
  TemplateDictionary page("profile");
  AddHead(view, languages, page);
  const bool organization = profile.kind() == v1::PROVIDER_KIND_ORGANIZATION;
  page.SetValue("NAME", SafeText(profile.display_name()));
  page.SetValue("OWN_LANGUAGE", profile.language_code());
  page.SetValue("KIND_ICON", organization ? "🏫" : "👤");
  page.SetValue("KIND", texts.Get(organization ? "page.organization" : "page.specialist"));
  page.SetValue("THEME", std::string(ClassOf(profile.theme())));
  AddPhoto(view, &page);
  if (const std::string place = InOneLine(profile.address()); !place.empty()) {
    page.AddSectionDictionary("WHERE")->SetValue("PLACE", SafeText(place));
  }
  const bool described =
      !AboutOf(view).text.empty() || !profile.services().empty() || !profile.pictures().empty();
  if (described) AddMain(view, page.AddSectionDictionary("MAIN"));
  const bool invites = AddInvitation(view, &page);
  const bool open = AddHours(view, &page);
  const bool reachable = AddContacts(view, &page);
  if (described && (invites || open || reachable)) page.ShowSection("TWO_COLUMNS");
  const std::string data = StructuredData(view);
  page.SetValue("DATA", data);
  const std::string style = OwnStyle(profile);
  if (!style.empty()) page.AddSectionDictionary("OWN_COLORS")->SetValue("OWN_STYLE", style);
  return {Render("profile.html", page), ContentSecurityPolicy(style, data)};
}

Page MessagePage(const Texts& texts, const char* title, const char* text, const char* next) {
  TemplateDictionary page("message");
  page.SetValue("LANGUAGE", texts.language());
  page.SetValue("TITLE", texts.Get(title));
  page.SetValue("TEXT", texts.Get(text));
  if (next != nullptr) page.SetValueAndShowSection("NEXT", texts.Get(next), "NEXT_ROW");
  return {Render("message.html", page), ContentSecurityPolicy()};
}

}  // namespace kalends::web
