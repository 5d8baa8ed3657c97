#include "adapters/web/pages.h"

#include <fmt/format.h>

#include "adapters/shared/safe_text.h"
#include "adapters/web/formats.h"
#include "adapters/web/qr_code.h"
#include "adapters/web/templates.h"
#include "adapters/web/weblinks.h"
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
std::string Description(const v1::PublicProfile& profile, const Texts& texts) {
  if (profile.about().empty()) {
    return texts.Get("page.description", {{"name", SafeText(profile.display_name())}});
  }
  std::string line = SafeText(profile.about());
  for (char& c : line) {
    if (c == '\n') c = ' ';
  }
  if (line.size() <= kDescriptionBytesMax) return line;
  const std::size_t space = line.rfind(' ', kDescriptionBytesMax);
  std::size_t end = space == std::string::npos ? kDescriptionBytesMax : space;
  while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80) --end;
  return line.substr(0, end) + "…";
}

// A service's name and text in the viewer's language where the provider wrote them, with the
// language that each is in.
struct ServiceText {
  std::string name;
  std::string name_language;
  std::string description;
  std::string description_language;
};
ServiceText TextOf(const v1::PublicProfile::Service& service, const std::string& language,
                   const std::string& own_language) {
  ServiceText text{service.display_name(), own_language, service.description(), own_language};
  const auto translation = service.translations().find(language);
  if (translation == service.translations().end()) return text;
  if (!translation->second.display_name().empty()) {
    text.name = translation->second.display_name();
    text.name_language = language;
  }
  if (!translation->second.description().empty()) {
    text.description = translation->second.description();
    text.description_language = language;
  }
  return text;
}

// Where the invitation opens; empty: there is none, or nowhere to open it.
std::string InvitationLink(const v1::PublicProfile& profile, const Site& site) {
  if (profile.invitation_code().empty() || site.bot_url.empty()) return {};
  return fmt::format("{}?start={}", site.bot_url, profile.invitation_code());
}

// Where something is missing, the invitation leads to a chat only.
bool IsBookable(const v1::PublicProfile& profile) { return profile.missing().empty(); }

// Where the service is booked: the bot reads its id behind the invitation's code. Empty: nowhere.
std::string BookingLink(const v1::PublicProfile::Service& service, const std::string& invitation) {
  if (invitation.empty() || service.name().empty()) return {};
  return invitation + "-" + service.name().substr(service.name().rfind('/') + 1);
}

// `invitation`: its link; may be empty.
void AddService(const v1::PublicProfile::Service& service, const std::string& own_language,
                const Texts& texts, const std::string& invitation, TemplateDictionary* page) {
  TemplateDictionary* item = page->AddSectionDictionary("SERVICE");
  if (const std::string link = BookingLink(service, invitation); !link.empty()) {
    item->ShowSection("BOOKABLE");
    item->SetValue("BOOKING_LINK", link);
    item->SetValue("BOOK", texts.Get("page.book"));
  }
  const ServiceText text = TextOf(service, texts.language(), own_language);
  item->SetValue("SERVICE_NAME", SafeText(text.name));
  item->SetValue("SERVICE_LANGUAGE", text.name_language);
  item->SetValue("PRICE", service.has_price()
                              ? FormatMoney(texts.language(), service.price().currency_code(),
                                            service.price().minor_units())
                              : texts.Get("page.free"));
  item->SetValue(
      "DURATION",
      FormatDuration(texts.language(), std::chrono::minutes(service.duration().seconds() / 60)));
  if (service.capacity() > 1) {
    item->AddSectionDictionary("GROUP")->SetValue("GROUP_SIZE",
                                                  texts.GetCount("page.group", service.capacity()));
  }
  if (text.description.empty()) return;
  TemplateDictionary* row = item->AddSectionDictionary("SERVICE_TEXT");
  row->SetValue("SERVICE_DESCRIPTION", SafeText(text.description));
  row->SetValue("SERVICE_TEXT_LANGUAGE", text.description_language);
}

// Shows `section` with its title if there is something to show.
TemplateDictionary* AddRow(TemplateDictionary* page, const char* section, const char* title_marker,
                           const std::string& title) {
  TemplateDictionary* row = page->AddSectionDictionary(section);
  row->SetValue(title_marker, title);
  return row;
}

bool AddContacts(const v1::PublicProfile& profile, const Texts& texts, TemplateDictionary* page) {
  const bool placed = !profile.address().empty() || !profile.map_link().empty();
  if (profile.website().empty() && profile.email().empty() && profile.phone().empty() && !placed &&
      profile.social_profiles().empty()) {
    return false;
  }
  TemplateDictionary* card =
      AddRow(page, "CONTACT_CARD", "CONTACT_TITLE", texts.Get("page.contact"));
  if (!profile.website().empty()) {
    auto* row = AddRow(card, "WEBSITE_ROW", "WEBSITE_TITLE", texts.Get("page.website"));
    row->SetValue("WEBSITE", profile.website());
    row->SetValue("WEBSITE_HOST", SafeText(SiteName(profile.website())));
  }
  if (!profile.email().empty()) {
    auto* row = AddRow(card, "EMAIL_ROW", "EMAIL_TITLE", texts.Get("page.email"));
    const std::size_t at = profile.email().find('@');
    row->SetValue("EMAIL", SafeText(MailName(profile.email())));
    row->SetValue("EMAIL_ENCODED",
                  EncodePart(profile.email().substr(0, at)) + "@" + profile.email().substr(at + 1));
  }
  if (!profile.phone().empty()) {
    auto* row = AddRow(card, "PHONE_ROW", "PHONE_TITLE", texts.Get("page.phone"));
    row->SetValue("PHONE", profile.phone());
    row->SetValue("PHONE_DIGITS", DialedDigits(profile.phone()));
  }
  if (placed) {
    auto* row = AddRow(card, "ADDRESS_ROW", "ADDRESS_TITLE", texts.Get("page.address"));
    row->SetValueAndShowSection("ADDRESS", SafeText(profile.address()), "ADDRESS_TEXT");
    row->SetValue("MAP_TITLE", texts.Get("page.map"));
    row->SetValue("MAP_LINK",
                  profile.map_link().empty() ? MapSearch(profile.address()) : profile.map_link());
  }
  if (!profile.social_profiles().empty()) {
    auto* row = AddRow(card, "SOCIAL_ROW", "SOCIAL_TITLE", texts.Get("page.social"));
    for (const v1::WebLink& link : profile.social_profiles()) {
      TemplateDictionary* item = row->AddSectionDictionary("SOCIAL");
      item->SetValue("SOCIAL_LINK", link.url());
      item->SetValue("SOCIAL_NAME", link.display_name().empty() ? SafeText(NetworkName(link.url()))
                                                                : SafeText(link.display_name()));
    }
  }
  return true;
}

bool AddInvitation(const v1::PublicProfile& profile, const Texts& texts, const Site& site,
                   TemplateDictionary* page) {
  const std::string link = InvitationLink(profile, site);
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

void AddLanguages(const Texts& texts, const Languages& languages, TemplateDictionary* parent) {
  for (const std::string& code : languages.codes()) {
    TemplateDictionary* item = parent->AddSectionDictionary("ALTERNATE");
    item->SetValue("CODE", code);
    item->SetValue("LANGUAGE_NAME", languages.Find(code)->Get("page.language_name"));
    if (code == texts.language()) item->ShowSection("CURRENT");
  }
}

void AddHead(const v1::PublicProfile& profile, const Texts& texts, const Languages& languages,
             const Site& site, TemplateDictionary& page) {
  page.SetValue("LANGUAGE", texts.language());
  page.SetValue("OG_LOCALE", OgLocale(texts.language()));
  page.SetValue("DESCRIPTION", Description(profile, texts));
  page.SetValue("LANGUAGES_TITLE", texts.Get("page.languages"));
  AddLanguages(texts, languages, &page);
  if (site.public_url.empty()) return;
  TemplateDictionary* address = page.AddSectionDictionary("ADDRESS_OF_PAGE");
  address->SetValue("CANONICAL", fmt::format("{}/p/{}", site.public_url, profile.slug()));
  AddLanguages(texts, languages, address);
}

}  // namespace

std::string ProfilePage(const v1::PublicProfile& profile, const Texts& texts,
                        const Languages& languages, const Site& site) {
  TemplateDictionary page("profile");
  AddHead(profile, texts, languages, site, page);
  const bool organization = profile.kind() == v1::PROVIDER_KIND_ORGANIZATION;
  page.SetValue("NAME", SafeText(profile.display_name()));
  page.SetValue("OWN_LANGUAGE", profile.language_code());
  const std::string initial = Initial(profile.display_name(), profile.language_code());
  page.SetValue("INITIAL", initial.empty() ? (organization ? "🏫" : "👤") : initial);
  page.SetValue("KIND_ICON", organization ? "🏫" : "👤");
  page.SetValue("KIND", texts.Get(organization ? "page.organization" : "page.specialist"));
  const bool described = !profile.about().empty() || !profile.services().empty();
  TemplateDictionary* main = described ? page.AddSectionDictionary("MAIN") : nullptr;
  if (!profile.about().empty()) {
    auto* card = AddRow(main, "ABOUT_CARD", "ABOUT_TITLE",
                        texts.Get(organization ? "page.about_us" : "page.about"));
    card->SetValue("ABOUT", SafeText(profile.about()));
  }
  if (!profile.services().empty()) {
    auto* card = AddRow(main, "SERVICES_CARD", "SERVICES_TITLE", texts.Get("page.services"));
    for (const v1::PublicProfile::Service& service : profile.services()) {
      AddService(service, profile.language_code(), texts,
                 IsBookable(profile) ? InvitationLink(profile, site) : "", card);
    }
  }
  const bool invites = AddInvitation(profile, texts, site, &page);
  const bool reachable = AddContacts(profile, texts, &page);
  if (described && (invites || reachable)) page.ShowSection("TWO_COLUMNS");
  return Render("profile.html", page);
}

std::string MessagePage(const Texts& texts, const char* title, const char* text, const char* next) {
  TemplateDictionary page("message");
  page.SetValue("LANGUAGE", texts.language());
  page.SetValue("TITLE", texts.Get(title));
  page.SetValue("TEXT", texts.Get(text));
  if (next != nullptr) page.SetValueAndShowSection("NEXT", texts.Get(next), "NEXT_ROW");
  return Render("message.html", page);
}

}  // namespace kalends::web
