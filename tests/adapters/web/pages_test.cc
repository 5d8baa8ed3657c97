// The pages as HTML: what is shown, in which language, and that nobody's text becomes markup.
#include "adapters/web/pages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapters/web/formats.h"
#include "adapters/web/templates.h"
#include "adapters/web/weblinks.h"

namespace kalends::web {
namespace {

using testing::HasSubstr;
using testing::Not;

const Languages& AllLanguages() {
  static const Languages languages(KALENDS_WEB_LOCALE_DIR);
  return languages;
}

v1::PublicProfile Marie() {
  v1::PublicProfile profile;
  profile.set_slug("marie-weber");
  profile.set_kind(v1::PROVIDER_KIND_SPECIALIST);
  profile.set_display_name("Marie Weber");
  profile.set_language_code("de");
  return profile;
}

std::string Page(const v1::PublicProfile& profile, const char* language = "de",
                 const Site& site = {"https://kalends.example", "https://t.me/kalends_bot"}) {
  return ProfilePage(profile, *AllLanguages().Find(language), AllLanguages(), site);
}

TEST(ProfilePage, OfAnEmptyProfileHasANameAndNothingElse) {
  const std::string page = Page(Marie());
  EXPECT_THAT(page, HasSubstr("<html lang=\"de\">"));
  EXPECT_THAT(page, HasSubstr("<title>Marie Weber</title>"));
  EXPECT_THAT(page, HasSubstr("<h1 lang=\"de\" dir=\"auto\">Marie Weber</h1>"));
  EXPECT_THAT(page, HasSubstr("Spezialist"));
  EXPECT_THAT(page, Not(HasSubstr("<section")));
}

TEST(ProfilePage, ShowsServicesInTheViewersLanguageWhereThereIsOne) {
  v1::PublicProfile profile = Marie();
  auto* service = profile.add_services();
  service->set_display_name("Beratung");
  service->set_description("Eine Sitzung.");
  (*service->mutable_translations())["en"].set_display_name("Counselling");
  service->mutable_duration()->set_seconds(150 * 60);
  service->mutable_price()->set_currency_code("EUR");
  service->mutable_price()->set_minor_units(8050);
  service->set_capacity(1);
  auto* free = profile.add_services();
  free->set_display_name("Gruppe");
  free->mutable_duration()->set_seconds(50 * 60);
  free->set_capacity(8);
  const std::string german = Page(profile);
  EXPECT_THAT(german, HasSubstr("<h3 lang=\"de\" dir=\"auto\">Beratung</h3>"));
  EXPECT_THAT(german, HasSubstr("80,50\u00a0€"));
  EXPECT_THAT(german, HasSubstr("2 Std., 30 Min."));
  EXPECT_THAT(german, HasSubstr("Kostenlos"));
  EXPECT_THAT(german, HasSubstr("50 Min. · Gruppe von höchstens 8 Personen"));
  const std::string english = Page(profile, "en");
  EXPECT_THAT(english, HasSubstr("<h3 lang=\"en\" dir=\"auto\">Counselling</h3>"));
  EXPECT_THAT(english, HasSubstr("<p class=\"lines\" lang=\"de\" dir=\"auto\">Eine Sitzung.</p>"));
  EXPECT_THAT(english, HasSubstr("€80.50"));
}

TEST(ProfilePage, ShowsContactsAsLinks) {
  v1::PublicProfile profile = Marie();
  profile.set_website("https://www.weber.example/de/");
  profile.set_email("o'marie+web@weber.example");
  profile.set_phone("+49 (30) 123-45");
  profile.set_address("Hauptstraße 1\n10115 Berlin");
  profile.add_social_profiles()->set_url("https://www.instagram.com/marie");
  profile.add_social_profiles()->set_url("https://blog.example/x");
  const std::string page = Page(profile);
  EXPECT_THAT(page, HasSubstr("href=\"https://www.weber.example/de/\""));
  EXPECT_THAT(page, HasSubstr(">www.weber.example/de</a>"));
  EXPECT_THAT(page, HasSubstr("href=\"mailto:o%27marie%2Bweb@weber.example\""));
  EXPECT_THAT(page, HasSubstr("href=\"tel:+493012345\""));
  EXPECT_THAT(page, HasSubstr("href=\"https://www.openstreetmap.org/search?query="
                              "Hauptstra%C3%9Fe%201%2010115%20Berlin\""));
  EXPECT_THAT(page, HasSubstr(">Instagram</a>"));
  EXPECT_THAT(page, HasSubstr(">blog.example/x</a>"));
  profile.set_map_link("https://maps.example/?q=1&z=2");
  EXPECT_THAT(Page(profile), HasSubstr("href=\"https://maps.example/?q=1&amp;z=2\""));
}

TEST(ProfilePage, ShowsTheInvitationWhereThereIsABot) {
  v1::PublicProfile profile = Marie();
  EXPECT_THAT(Page(profile), Not(HasSubstr("Termin buchen")));
  profile.set_invitation_code("abcdefghijklmnopqrstuv");
  const std::string page = Page(profile);
  EXPECT_THAT(page, HasSubstr("href=\"https://t.me/kalends_bot?start=abcdefghijklmnopqrstuv\""));
  EXPECT_THAT(page, HasSubstr("aria-label=\"QR-Code der Einladung\""));
  EXPECT_THAT(Page(profile, "de", {"https://kalends.example", ""}),
              Not(HasSubstr("Termin buchen")));
}

TEST(ProfilePage, LeadsFromAServiceToItsBooking) {
  v1::PublicProfile profile = Marie();
  auto* service = profile.add_services();
  service->set_name("providers/0prv000000001/services/0srv000000001");
  service->set_display_name("Beratung");
  const char kPlain[] = "<h3 lang=\"de\" dir=\"auto\">Beratung</h3>";
  EXPECT_THAT(Page(profile), HasSubstr(kPlain));
  profile.set_invitation_code("abcdefghijklmnopqrstuv");
  EXPECT_THAT(Page(profile), HasSubstr("<h3 lang=\"de\" dir=\"auto\">"
                                       "<a href=\"https://t.me/kalends_bot?start="
                                       "abcdefghijklmnopqrstuv-0srv000000001\">Beratung</a></h3>"));
  EXPECT_THAT(Page(profile, "de", {"https://kalends.example", ""}), HasSubstr(kPlain));
}

TEST(ProfilePage, WhereNothingCanBeBookedYetSaysSoAndLeadsToAChat) {
  v1::PublicProfile profile = Marie();
  profile.set_invitation_code("abcdefghijklmnopqrstuv");
  auto* service = profile.add_services();
  service->set_name("providers/0prv000000001/services/0srv000000001");
  service->set_display_name("Beratung");
  profile.add_missing(v1::PROVIDER_NEED_HOURS);
  const std::string page = Page(profile);
  EXPECT_THAT(page, HasSubstr("Marie Weber bietet noch keine Termine an."));
  EXPECT_THAT(page, HasSubstr("?start=abcdefghijklmnopqrstuv\">In Telegram schreiben</a>"));
  EXPECT_THAT(page, Not(HasSubstr("Termin buchen")));
  EXPECT_THAT(page, Not(HasSubstr("abcdefghijklmnopqrstuv-0srv")));
  profile.clear_missing();
  EXPECT_THAT(Page(profile), HasSubstr("Termin buchen"));
}

TEST(ProfilePage, NobodysTextBecomesMarkup) {
  const std::string attack = "\"><script>alert(1)</script><b onmouseover='x'>&amp;{{NAME}}";
  v1::PublicProfile profile = Marie();
  profile.set_display_name(attack);
  profile.set_about(attack);
  profile.set_address(attack);
  profile.set_website("javascript:alert(1)");  // The core refuses these; the page does, too.
  profile.set_map_link("data:text/html,<script>alert(1)</script>");
  auto* link = profile.add_social_profiles();
  link->set_url("https://a.example/\"onmouseover=\"x");
  link->set_display_name(attack);
  auto* service = profile.add_services();
  service->set_display_name(attack);
  service->set_description(attack);
  (*service->mutable_translations())["en"].set_display_name(attack);
  for (const char* language : {"de", "en"}) {
    const std::string page = Page(profile, language);
    EXPECT_THAT(page, Not(HasSubstr("<script")));
    EXPECT_THAT(page, Not(HasSubstr("<b ")));
    EXPECT_THAT(page, Not(HasSubstr("href=\"javascript:")));
    EXPECT_THAT(page, Not(HasSubstr("href=\"data:")));
    EXPECT_THAT(page, Not(HasSubstr("\"onmouseover")));
    EXPECT_THAT(page, HasSubstr("&lt;script&gt;"));
    EXPECT_THAT(page, HasSubstr("&amp;amp;{{NAME}}"));
  }
}

TEST(ProfilePage, NobodysTextReachesBeyondItsPlace) {
  const std::string attack = "\u05D0\u202E\u3164x";
  v1::PublicProfile profile = Marie();
  profile.set_display_name(attack);
  profile.set_about(attack);
  profile.set_address(attack);
  auto* link = profile.add_social_profiles();
  link->set_url("https://a.example");
  link->set_display_name("\u3164");
  auto* service = profile.add_services();
  service->set_display_name(attack);
  service->set_description(attack);
  (*service->mutable_translations())["en"].set_display_name(attack);
  for (const char* language : {"de", "en"}) {
    const std::string page = Page(profile, language);
    EXPECT_THAT(page, HasSubstr("<title>\u2068\u05D0x\u2069</title>"));
    EXPECT_THAT(page, HasSubstr(">\u2068\u05D0x\u2069</h3>"));
    EXPECT_THAT(page, HasSubstr(">–</a>"));
    EXPECT_THAT(page, Not(HasSubstr("\u202E")));
    EXPECT_THAT(page, Not(HasSubstr("\u3164")));
  }
}

TEST(ProfilePage, ContactsAreSpelledForPeopleAndLinkedForPrograms) {
  v1::PublicProfile profile = Marie();
  profile.set_website("https://xn--mller-kva.example/");
  profile.set_email("marie@xn--mller-kva.example");
  profile.set_phone("+49 30 123 ext. 45");
  const std::string page = Page(profile);
  EXPECT_THAT(page, HasSubstr("href=\"https://xn--mller-kva.example/\""));
  EXPECT_THAT(page, HasSubstr(">m\u00FCller.example</a>"));
  EXPECT_THAT(page,
              HasSubstr("href=\"mailto:marie@xn--mller-kva.example\">marie@m\u00FCller.example"));
  EXPECT_THAT(page, HasSubstr("href=\"tel:+4930123;ext=45\">+49 30 123 ext. 45"));
}

TEST(ProfilePage, KeepsLineBreaks) {
  v1::PublicProfile profile = Marie();
  profile.set_about("Eins <1>\n\nzwei");
  profile.set_address("Weg 1\n10115 Berlin");
  auto* service = profile.add_services();
  service->set_display_name("Beratung");
  service->set_description("- a\n- b & c");
  const std::string page = Page(profile);
  EXPECT_THAT(page, HasSubstr(">Eins &lt;1&gt;\n\nzwei</p>"));
  EXPECT_THAT(page, HasSubstr(">Weg 1\n10115 Berlin</address>"));
  EXPECT_THAT(page, HasSubstr(">- a\n- b &amp; c</p>"));
}

TEST(ProfilePage, TellsOtherSitesWhatItIs) {
  v1::PublicProfile profile = Marie();
  profile.set_about("Erste Zeile\nzweite Zeile");
  const std::string page = Page(profile);
  EXPECT_THAT(page, HasSubstr("<meta property=\"og:title\" content=\"Marie Weber\">"));
  EXPECT_THAT(page, HasSubstr("content=\"https://kalends.example/p/marie-weber\""));
  EXPECT_THAT(page, HasSubstr("<meta name=\"description\" content=\"Erste Zeile zweite Zeile\">"));
  EXPECT_THAT(page,
              HasSubstr("hreflang=\"uk\" href=\"https://kalends.example/p/marie-weber?lang=uk\""));
  EXPECT_THAT(Page(profile, "de", {}), Not(HasSubstr("canonical")));
  profile.set_about(std::string(299, 'a') + "ü" + std::string(300, 'b'));
  EXPECT_THAT(Page(profile), HasSubstr("content=\"" + std::string(299, 'a') + "…\""));
}

TEST(MessagePage, SaysWhatHappenedAndWhatToDoNext) {
  for (const std::string& code : AllLanguages().codes()) {
    const Texts& texts = *AllLanguages().Find(code);
    const std::string page =
        MessagePage(texts, "error.unavailable", "error.unavailable_text", "error.request_text");
    EXPECT_THAT(page, HasSubstr("<html lang=\"" + code + "\">"));
    EXPECT_THAT(page, HasSubstr(texts.Get("error.unavailable_text")));
    EXPECT_THAT(page, HasSubstr(texts.Get("error.request_text")));
    EXPECT_THAT(page, HasSubstr("noindex"));
  }
}

TEST(ContentSecurityPolicy, AllowsThePagesOwnStyleOnly) {
  EXPECT_THAT(ContentSecurityPolicy(), HasSubstr("default-src 'none'"));
  EXPECT_THAT(ContentSecurityPolicy(), HasSubstr("style-src 'sha256-"));
  EXPECT_THAT(ContentSecurityPolicy(), Not(HasSubstr("unsafe")));
}

TEST(Formats, FollowTheLanguage) {
  EXPECT_EQ(FormatMoney("de", "EUR", 8050), "80,50\u00a0€");
  EXPECT_EQ(FormatMoney("en", "EUR", 8050), "€80.50");
  EXPECT_EQ(FormatMoney("de", "JPY", 5000), "5.000\u00a0¥");
  EXPECT_EQ(FormatDuration("de", std::chrono::minutes(90)), "90 Min.");
  EXPECT_EQ(FormatDuration("de", std::chrono::minutes(120)), "2 Std.");
  EXPECT_EQ(FormatDuration("ru", std::chrono::minutes(50)), "50 мин");
}

TEST(Weblinks, AreWhatPeopleCallThem) {
  EXPECT_EQ(SiteName("https://a.example/"), "a.example");
  EXPECT_EQ(SiteName("https://a.example/x?y=z#w"), "a.example/x");
  EXPECT_EQ(SiteName("https://xn--mller-kva.example:8443/x"), "m\u00FCller.example:8443/x");
  EXPECT_EQ(SiteName("https://xn--a.example/"), "xn--a.example");
  EXPECT_EQ(SiteName("https://" + std::string(60, 'x')), std::string(39, 'x') + "…");
  EXPECT_EQ(NetworkName("https://de.linkedin.com/in/x"), "LinkedIn");
  EXPECT_EQ(NetworkName("https://notlinkedin.com/"), "notlinkedin.com");
  EXPECT_EQ(Initial("marie", "de"), "M");
  EXPECT_EQ(Initial("«Ольга»", "uk"), "О");
  EXPECT_EQ(Initial("💈", "de"), "");
}

TEST(Languages, AreTheViewersChoiceThenTheBrowsersThenTheProviders) {
  const Languages& languages = AllLanguages();
  EXPECT_EQ(languages.For("fr", "de", "ru").language(), "fr");
  EXPECT_EQ(languages.For("<x>", "de", "ru").language(), "de");
  EXPECT_EQ(languages.For("", "pt", "ru").language(), "ru");
  EXPECT_EQ(languages.For("", "", "").language(), "en");
}

}  // namespace
}  // namespace kalends::web
