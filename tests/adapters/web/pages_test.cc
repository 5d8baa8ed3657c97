// The pages as HTML: what is shown, in which language, and that nobody's text becomes markup.
#include "adapters/web/pages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapters/shared/start_payload.h"
#include "adapters/web/formats.h"
#include "adapters/web/route.h"
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

const Site kSite{"https://kalends.example", "https://t.me/kalends_bot"};

std::string PageOf(const v1::PublicProfile& profile, const char* language = "de",
                   const Site& site = kSite, const v1::ListPublicTimesResponse& times = {}) {
  return ProfilePage(profile, times, *AllLanguages().Find(language), AllLanguages(), site).html;
}

TEST(ProfilePage, OfAnEmptyProfileHasANameAndNothingElse) {
  const std::string page = PageOf(Marie());
  EXPECT_THAT(page, HasSubstr("<html lang=\"de\" class=\"forest\">"));
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
  const std::string german = PageOf(profile);
  EXPECT_THAT(german, HasSubstr("<h3 lang=\"de\" dir=\"auto\">Beratung</h3>"));
  EXPECT_THAT(german, HasSubstr("80,50\u00a0€"));
  EXPECT_THAT(german, HasSubstr("2 Std., 30 Min."));
  EXPECT_THAT(german, HasSubstr("Kostenlos"));
  EXPECT_THAT(german, HasSubstr("50 Min. · Gruppe von höchstens 8 Personen"));
  const std::string english = PageOf(profile, "en");
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
  const std::string page = PageOf(profile);
  EXPECT_THAT(page, HasSubstr("href=\"https://www.weber.example/de/\""));
  EXPECT_THAT(page, HasSubstr(">www.weber.example/de</a>"));
  EXPECT_THAT(page, HasSubstr("href=\"mailto:o%27marie%2Bweb@weber.example\""));
  EXPECT_THAT(page, HasSubstr("href=\"tel:+493012345\""));
  EXPECT_THAT(page, HasSubstr("href=\"https://www.openstreetmap.org/search?query="
                              "Hauptstra%C3%9Fe%201%2010115%20Berlin\""));
  EXPECT_THAT(page, HasSubstr(">Instagram</a>"));
  EXPECT_THAT(page, HasSubstr(">blog.example/x</a>"));
  profile.set_map_link("https://maps.example/?q=1&z=2");
  EXPECT_THAT(PageOf(profile), HasSubstr("href=\"https://maps.example/?q=1&amp;z=2\""));
}

TEST(ProfilePage, ShowsTheInvitationWhereThereIsABot) {
  v1::PublicProfile profile = Marie();
  EXPECT_THAT(PageOf(profile), Not(HasSubstr("Termin buchen")));
  profile.set_invitation_code("abcdefghijklmnopqrstuv");
  const std::string page = PageOf(profile);
  EXPECT_THAT(page, HasSubstr("href=\"https://t.me/kalends_bot?start=abcdefghijklmnopqrstuv\""));
  EXPECT_THAT(page, HasSubstr("aria-label=\"QR-Code der Einladung\""));
  EXPECT_THAT(PageOf(profile, "de", {"https://kalends.example", ""}),
              Not(HasSubstr("Termin buchen")));
}

TEST(ProfilePage, LeadsFromAServiceToItsBooking) {
  v1::PublicProfile profile = Marie();
  auto* service = profile.add_services();
  service->set_name("providers/0prv000000001/services/0srv000000001");
  service->set_display_name("Beratung");
  const char kPlain[] = "<h3 lang=\"de\" dir=\"auto\">Beratung</h3>";
  EXPECT_THAT(PageOf(profile), HasSubstr(kPlain));
  profile.set_invitation_code("abcdefghijklmnopqrstuv");
  EXPECT_THAT(PageOf(profile),
              HasSubstr("<h3 lang=\"de\" dir=\"auto\">"
                        "<a href=\"https://t.me/kalends_bot?start="
                        "abcdefghijklmnopqrstuv-0srv000000001\">Beratung</a></h3>"));
  EXPECT_THAT(PageOf(profile, "de", {"https://kalends.example", ""}), HasSubstr(kPlain));
}

TEST(ProfilePage, WhereNothingCanBeBookedYetSaysSoAndLeadsToAChat) {
  v1::PublicProfile profile = Marie();
  profile.set_invitation_code("abcdefghijklmnopqrstuv");
  auto* service = profile.add_services();
  service->set_name("providers/0prv000000001/services/0srv000000001");
  service->set_display_name("Beratung");
  profile.add_missing(v1::PROVIDER_NEED_HOURS);
  const std::string page = PageOf(profile);
  EXPECT_THAT(page, HasSubstr("Marie Weber bietet noch keine Termine an."));
  EXPECT_THAT(page, HasSubstr("?start=abcdefghijklmnopqrstuv\">In Telegram schreiben</a>"));
  EXPECT_THAT(page, Not(HasSubstr("Termin buchen")));
  EXPECT_THAT(page, Not(HasSubstr("abcdefghijklmnopqrstuv-0srv")));
  profile.clear_missing();
  EXPECT_THAT(PageOf(profile), HasSubstr("Termin buchen"));
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
    const std::string page = PageOf(profile, language);
    EXPECT_THAT(page, Not(HasSubstr("<script>")));
    EXPECT_EQ(page.find("<script"), page.rfind("<script")) << "only what machines read";
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
    const std::string page = PageOf(profile, language);
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
  const std::string page = PageOf(profile);
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
  const std::string page = PageOf(profile);
  EXPECT_THAT(page, HasSubstr(">Eins &lt;1&gt;\n\nzwei</p>"));
  EXPECT_THAT(page, HasSubstr(">Weg 1\n10115 Berlin</address>"));
  EXPECT_THAT(page, HasSubstr(">- a\n- b &amp; c</p>"));
}

TEST(ProfilePage, TellsOtherSitesWhatItIs) {
  v1::PublicProfile profile = Marie();
  profile.set_about("Erste Zeile\nzweite Zeile");
  const std::string page = PageOf(profile);
  EXPECT_THAT(page, HasSubstr("<meta property=\"og:title\" content=\"Marie Weber\">"));
  EXPECT_THAT(page, HasSubstr("content=\"https://kalends.example/p/marie-weber\""));
  EXPECT_THAT(page, HasSubstr("<meta name=\"description\" content=\"Erste Zeile zweite Zeile\">"));
  EXPECT_THAT(page,
              HasSubstr("hreflang=\"uk\" href=\"https://kalends.example/p/marie-weber?lang=uk\""));
  EXPECT_THAT(PageOf(profile, "de", {}), Not(HasSubstr("canonical")));
  profile.set_about(std::string(299, 'a') + "ü" + std::string(300, 'b'));
  EXPECT_THAT(PageOf(profile), HasSubstr("content=\"" + std::string(299, 'a') + "…\""));
}

v1::Picture PictureOf(const std::string& id, const std::string& caption) {
  v1::Picture picture;
  picture.set_name("providers/0prv000000001/pictures/" + id);
  picture.set_caption(caption);
  for (const int width : {320, 640, 1280}) {
    v1::Picture::Size* size = picture.add_sizes();
    size->set_width(width);
    size->set_height(width * 3 / 4);
  }
  return picture;
}

TEST(ProfilePage, ShowsPicturesInTheSizeThatFitsTheScreen) {
  v1::PublicProfile profile = Marie();
  EXPECT_THAT(PageOf(profile), HasSubstr("class=\"monogram\""));
  *profile.mutable_photo() = PictureOf("0pic000000001", "");
  *profile.add_pictures() = PictureOf("0pic000000002", "Der \"helle\" Raum");
  *profile.add_pictures() = PictureOf("0pic000000003", "");
  const std::string page = PageOf(profile);
  EXPECT_THAT(page, Not(HasSubstr("class=\"monogram\"")));
  EXPECT_THAT(page, HasSubstr("src=\"/i/0prv000000001-0pic000000001-640.jpg\""));
  EXPECT_THAT(page, HasSubstr("srcset=\"/i/0prv000000001-0pic000000001-320.jpg 320w, "
                              "/i/0prv000000001-0pic000000001-640.jpg 640w, "
                              "/i/0prv000000001-0pic000000001-1280.jpg 1280w\""));
  EXPECT_THAT(page, HasSubstr("alt=\"Marie Weber\""));
  EXPECT_THAT(page, HasSubstr("alt=\"Der &quot;helle&quot; Raum\" lang=\"de\""));
  EXPECT_THAT(page, HasSubstr("alt=\"Bild 2\""));
  EXPECT_THAT(page, HasSubstr("width=\"1280\" height=\"960\""));
  EXPECT_THAT(page, HasSubstr("<meta property=\"og:image\" content=\"https://kalends.example/i/"
                              "0prv000000001-0pic000000001-1280.jpg\">"));
}

TEST(ProfilePage, ShowsTheNextFreeTimesAsLinksThatNameThem) {
  v1::PublicProfile profile = Marie();
  profile.set_invitation_code("abcdefghijklmnopqrstuv");
  auto* service = profile.add_services();
  service->set_name("providers/0prv000000001/services/0srv000000001");
  service->set_display_name("Beratung");
  v1::ListPublicTimesResponse times;
  times.set_time_zone("Europe/Berlin");
  auto* of_service = times.add_services();
  of_service->set_service(service->name());
  auto* time = of_service->add_times();
  time->mutable_start_time()->set_seconds(29'836'980LL * 60);
  time->set_local_start_time("2026-12-03T09:00:00+01:00");
  const std::string page = PageOf(profile, "de", kSite, times);
  EXPECT_THAT(page, HasSubstr("start=abcdefghijklmnopqrstuv-0srv000000001-" +
                              EncodeStartMinute(29'836'980)));
  EXPECT_THAT(page, HasSubstr("datetime=\"2026-12-03T09:00:00+01:00\">Do., 3. Dez."));
  EXPECT_THAT(page, HasSubstr("<b>09:00</b>"));
  EXPECT_THAT(page, HasSubstr("Alle Zeiten in der Zeitzone Europe/Berlin."));
  EXPECT_THAT(page, HasSubstr("Andere Zeit"));
  // Where nothing can be booked, no time is offered.
  profile.add_missing(v1::PROVIDER_NEED_HOURS);
  EXPECT_THAT(PageOf(profile, "de", kSite, times), Not(HasSubstr("<time")));
}

TEST(ProfilePage, ShowsHoursOfDaysThatAreAlikeInOneLine) {
  v1::PublicProfile profile = Marie();
  const auto add = [&](int day, int start, int end, v1::OpeningHours::Weeks weeks) {
    v1::OpeningHours* hours = profile.add_opening_hours();
    hours->set_day_of_week(day);
    hours->set_start_minute(start);
    hours->set_end_minute(end);
    hours->set_weeks(weeks);
  };
  for (const int day : {1, 2, 3}) {
    add(day, 540, 750, v1::OpeningHours::WEEKS_EVERY);
    add(day, 840, 1080, v1::OpeningHours::WEEKS_EVERY);
  }
  add(5, 600, 1440, v1::OpeningHours::WEEKS_A);
  const std::string page = PageOf(profile);
  EXPECT_THAT(page,
              HasSubstr("<dt>Mo–Mi</dt><dd>9:00\u2060–\u206012:30, 14:00\u2060–\u206018:00</dd>"));
  EXPECT_THAT(page, HasSubstr("<dt>Fr</dt><dd>10:00\u2060–\u206024:00 (jede zweite Woche)</dd>"));
  EXPECT_THAT(page, Not(HasSubstr("<dt>Do")));
}

TEST(ProfilePage, SpeaksOfItselfInTheViewersLanguageWhereItCan) {
  v1::PublicProfile profile = Marie();
  profile.set_about("Hallo");
  (*profile.mutable_about_translations())["en"] = "Hello";
  EXPECT_THAT(PageOf(profile, "en"), HasSubstr("lang=\"en\" dir=\"auto\">Hello</p>"));
  EXPECT_THAT(PageOf(profile, "fr"), HasSubstr("lang=\"de\" dir=\"auto\">Hallo</p>"));
  EXPECT_THAT(PageOf(profile, "en"), HasSubstr("name=\"description\" content=\"Hello\""));
}

TEST(ProfilePage, HasTheThemeAndTheColourThatWereChosen) {
  v1::PublicProfile profile = Marie();
  EXPECT_THAT(PageOf(profile), HasSubstr("class=\"forest\""));
  profile.set_theme(v1::THEME_PLUM);
  profile.set_accent_color("#7a1f6e");
  profile.set_dark_accent_color("#dfa3d7");
  const Page page = ProfilePage(profile, {}, *AllLanguages().Find("de"), AllLanguages(), kSite);
  EXPECT_THAT(page.html, HasSubstr("class=\"plum own\""));
  EXPECT_THAT(page.html, HasSubstr("--accent:#7a1f6e"));
  EXPECT_THAT(page.html, HasSubstr("--accent:#dfa3d7"));
  // Nothing but a colour gets into a style.
  profile.set_accent_color("red}</style><script>alert(1)</script>");
  EXPECT_THAT(PageOf(profile), Not(HasSubstr("alert")));
}

TEST(ProfilePage, TellsMachinesWhatItIsAndNoMarkupGetsThere) {
  v1::PublicProfile profile = Marie();
  profile.set_about("</script><b>&");
  profile.set_address("\"Hof\" \\");
  profile.set_phone("+49 30 123");
  auto* service = profile.add_services();
  service->set_display_name("Beratung");
  service->mutable_price()->set_currency_code("EUR");
  service->mutable_price()->set_minor_units(8050);
  const Page page = ProfilePage(profile, {}, *AllLanguages().Find("de"), AllLanguages(), kSite);
  const std::size_t begin = page.html.find("<script type=\"application/ld+json\">");
  ASSERT_NE(begin, std::string::npos);
  const std::string data = page.html.substr(begin, page.html.find("</script>", begin) - begin);
  EXPECT_THAT(data, HasSubstr("\"@type\":\"LocalBusiness\""));
  EXPECT_THAT(data, HasSubstr("\"price\":\"80.50\",\"priceCurrency\":\"EUR\""));
  EXPECT_THAT(data, HasSubstr("\"description\":\"\\u003c/script\\u003e\\u003cb\\u003e\\u0026\""));
  EXPECT_THAT(data, HasSubstr("\"address\":\"\\u0022Hof\\u0022 \\\\\""));
  EXPECT_THAT(data, HasSubstr("\"url\":\"https://kalends.example/p/marie-weber\""));
  EXPECT_THAT(page.policy, HasSubstr("script-src 'sha256-"));
}

TEST(MessagePage, SaysWhatHappenedAndWhatToDoNext) {
  for (const std::string& code : AllLanguages().codes()) {
    const Texts& texts = *AllLanguages().Find(code);
    const std::string page =
        MessagePage(texts, "error.unavailable", "error.unavailable_text", "error.request_text")
            .html;
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

TEST(Formats, WriteDaysAndClocksAsTheLanguageDoes) {
  EXPECT_EQ(FormatLocalDay("de", "2026-12-03T09:00:00+01:00"), "Do., 3. Dez.");
  EXPECT_EQ(FormatLocalClock("de", "2026-12-03T09:00:00+01:00"), "09:00");
  EXPECT_EQ(FormatLocalDay("de", "soon"), "");
  EXPECT_EQ(FormatLocalClock("de", ""), "");
  EXPECT_EQ(FormatWeekday("de", 1), "Mo");
  EXPECT_EQ(FormatWeekday("fr", 7), "dim.");
}

TEST(RouteOf, TakesThePreviewsTokenAndNothingElse) {
  const std::string token(43, 'A');
  const Route page = RouteOf("/p/marie?lang=de&preview=" + token);
  EXPECT_EQ(std::get<ProfileRoute>(page).preview, token);
  EXPECT_EQ(std::get<ProfileRoute>(page).language, "de");
  const Route picture = RouteOf("/i/0prv000000001-0pic000000001-640.jpg?preview=" + token);
  EXPECT_EQ(std::get<PictureRoute>(picture).preview, token);
  for (const char* other : {"", "x", "<script>"}) {
    const Route none = RouteOf(std::string("/p/marie?preview=") + other);
    EXPECT_EQ(std::get<ProfileRoute>(none).preview, "") << other;
  }
}

TEST(RouteOf, FindsPictures) {
  const Route route = RouteOf("/i/0prv000000001-0pic000000001-640.jpg");
  const auto* picture = std::get_if<PictureRoute>(&route);
  ASSERT_NE(picture, nullptr);
  EXPECT_EQ(picture->name, "providers/0prv000000001/pictures/0pic000000001");
  EXPECT_EQ(picture->width, 640);
  for (const char* target :
       {"/i/", "/i/x.jpg", "/i/0prv000000001-0pic000000001-640.png",
        "/i/0prv000000001-0pic000000001-64000.jpg", "/i/0prv000000001-0pic000000001-.jpgx",
        "/i/0prv00000000/-0pic000000001-640.jpg", "/i/0PRV000000001-0pic000000001-640.jpg"}) {
    EXPECT_TRUE(std::holds_alternative<NoRoute>(RouteOf(target))) << target;
  }
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
