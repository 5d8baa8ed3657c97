// The catalogs against the code: nothing missing, nothing left over, nothing that does not fit.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "adapters/telegram/html.h"
#include "tests/adapters/telegram/support.h"

namespace kalends::telegram {
namespace {

namespace fs = std::filesystem;

std::string ReadFile(const fs::path& path) {
  std::ifstream file(path);
  std::stringstream content;
  content << file.rdbuf();
  return content.str();
}

bool IsSource(const fs::path& path) {
  return path.extension() == ".cc" || path.extension() == ".h";
}

// Keys are the string literals of the form "area.words".
std::set<std::string> KeysInCode() {
  const std::regex kKey("\"([a-z_]+\\.[a-z_]+)\"");
  std::set<std::string> keys;
  for (const auto& entry : fs::recursive_directory_iterator(KALENDS_ADAPTER_SOURCE_DIR)) {
    if (!IsSource(entry.path())) continue;
    const std::string source = ReadFile(entry.path());
    for (std::sregex_iterator it(source.begin(), source.end(), kKey), end; it != end; ++it) {
      const std::string key = (*it)[1];
      if (key.ends_with(".png") || key.ends_with(".jpg") || key.ends_with(".h")) continue;
      keys.insert(key);
    }
  }
  return keys;
}

struct Entry {
  std::vector<std::string> texts;  // More than one: plural forms.
};
using Catalog = std::map<std::string, Entry>;

// Enough of the .po format for files that msgfmt has checked.
Catalog ReadCatalog(const fs::path& path) {
  Catalog catalog;
  std::ifstream file(path);
  std::string line;
  std::string key;
  const std::regex kLine("(msgid|msgid_plural|msgstr(?:\\[\\d\\])?) \"(.*)\"");
  while (std::getline(file, line)) {
    std::smatch match;
    if (!std::regex_match(line, match, kLine)) continue;
    if (match[1] == "msgid") {
      key = match[2];
    } else if (match[1] != "msgid_plural" && !key.empty()) {
      catalog[key].texts.push_back(match[2]);
    }
  }
  return catalog;
}

std::map<std::string, Catalog> AllCatalogs() {
  std::map<std::string, Catalog> catalogs;
  for (const auto& entry :
       fs::directory_iterator(fs::path(KALENDS_ADAPTER_SOURCE_DIR) / "locale")) {
    catalogs[entry.path().stem()] = ReadCatalog(entry.path());
  }
  return catalogs;
}

std::set<std::string> Placeholders(const std::string& text) {
  const std::regex kPlaceholder("\\{([a-z_]*)\\}");
  std::set<std::string> names;
  for (std::sregex_iterator it(text.begin(), text.end(), kPlaceholder), end; it != end; ++it) {
    names.insert((*it)[1]);
  }
  return names;
}

std::set<std::string> Without(const std::set<std::string>& some,
                              const std::set<std::string>& others) {
  std::set<std::string> left;
  std::set_difference(some.begin(), some.end(), others.begin(), others.end(),
                      std::inserter(left, left.end()));
  return left;
}

TEST(Catalogs, EveryKeyInTheCodeIsInEveryCatalogAndTheOtherWayRound) {
  const std::set<std::string> in_code = KeysInCode();
  ASSERT_GT(in_code.size(), 200U);
  const auto catalogs = AllCatalogs();
  ASSERT_TRUE(catalogs.contains("de") && catalogs.contains("en"));
  for (const auto& [language, catalog] : catalogs) {
    SCOPED_TRACE(language);
    std::set<std::string> in_catalog;
    for (const auto& [key, entry] : catalog) in_catalog.insert(key);
    EXPECT_EQ(Without(in_code, in_catalog), std::set<std::string>{}) << "missing";
    EXPECT_EQ(Without(in_catalog, in_code), std::set<std::string>{}) << "left over";
  }
}

TEST(Catalogs, AreThoseOfTheSixLanguages) {
  std::set<std::string> languages;
  for (const auto& [language, catalog] : AllCatalogs()) languages.insert(language);
  EXPECT_EQ(languages, (std::set<std::string>{"de", "en", "es", "fr", "ru", "uk"}));
  EXPECT_EQ(TestLanguages().all().size(), languages.size());
}

TEST(Catalogs, NothingIsFuzzyOrLeftOver) {
  for (const auto& entry :
       fs::directory_iterator(fs::path(KALENDS_ADAPTER_SOURCE_DIR) / "locale")) {
    const std::string text = ReadFile(entry.path());
    EXPECT_EQ(text.find("#, fuzzy"), std::string::npos) << entry.path();
    EXPECT_EQ(text.find("#~"), std::string::npos) << entry.path();
  }
}

TEST(Catalogs, NothingIsUntranslated) {
  for (const auto& [language, catalog] : AllCatalogs()) {
    for (const auto& [key, entry] : catalog) {
      for (const std::string& text : entry.texts) {
        EXPECT_FALSE(text.empty()) << language << " " << key;
        EXPECT_NE(text, key) << language;
      }
    }
  }
}

TEST(Catalogs, PlaceholdersAreTheSameInEveryLanguage) {
  const auto catalogs = AllCatalogs();
  const Catalog& english = catalogs.at("en");
  for (const auto& [language, catalog] : catalogs) {
    for (const auto& [key, entry] : catalog) {
      SCOPED_TRACE(language + " " + key);
      const auto expected = Placeholders(english.at(key).texts.back());
      for (const std::string& text : entry.texts) EXPECT_EQ(Placeholders(text), expected);
    }
  }
}

TEST(Catalogs, TextsAreHtmlThatTelegramTakes) {
  for (const auto& [language, catalog] : AllCatalogs()) {
    for (const auto& [key, entry] : catalog) {
      for (const std::string& text : entry.texts) {
        EXPECT_EQ(HtmlFault(text), "") << language << " " << key;
      }
    }
  }
}

// What the code takes without markup goes on buttons, in toasts and into names.
std::set<std::string> KeysTakenPlain() {
  const std::regex kPlain("Plain(?:Count)?\\(\\s*\"([a-z_]+\\.[a-z_]+)\"");
  std::set<std::string> keys;
  for (const auto& entry : fs::recursive_directory_iterator(KALENDS_ADAPTER_SOURCE_DIR)) {
    if (entry.path().extension() != ".cc") continue;
    const std::string source = ReadFile(entry.path());
    for (std::sregex_iterator it(source.begin(), source.end(), kPlain), end; it != end; ++it) {
      keys.insert((*it)[1]);
    }
  }
  return keys;
}

// What fits on a button, and for what the bot says of itself Telegram's own limits.
std::size_t CharsMax(const std::string& key) {
  if (key == "bot.description") return 512;
  if (key == "bot.short_description") return 120;
  return key.starts_with("command.") ? 256 : 30;
}

TEST(Catalogs, LabelsAreShortEnoughForAPhone) {
  // Taken from lists of keys.
  const std::regex kListed("(menu|button|status)\\..*");
  const std::string kToast = "home.outdated";
  const std::regex kPlaceholder("\\{[a-z_]*\\}");
  std::set<std::string> labels = KeysTakenPlain();
  ASSERT_GT(labels.size(), 80U);
  for (const auto& [language, catalog] : AllCatalogs()) {
    for (const auto& [key, entry] : catalog) {
      if (std::regex_match(key, kListed)) labels.insert(key);
    }
    for (const std::string& key : labels) {
      if (key == kToast || !catalog.contains(key)) continue;
      for (const std::string& text : catalog.at(key).texts) {
        EXPECT_LE(CodePoints(std::regex_replace(text, kPlaceholder, "")), CharsMax(key))
            << language << " " << key;
      }
    }
  }
}

TEST(Catalogs, TextsWithAllTheirPluralsFitIntoAMessage) {
  for (const auto& [language, catalog] : AllCatalogs()) {
    const Texts& texts = TestLanguages().For(language);
    for (const auto& [key, entry] : catalog) {
      if (entry.texts.size() == 1) {
        EXPECT_LE(CodePoints(entry.texts.front()), kMessageCharsMax / 2) << language << " " << key;
        continue;
      }
      EXPECT_EQ(entry.texts.size(), language == "ru" || language == "uk" ? 3U : 2U) << key;
      for (const int count : {0, 1, 2, 3, 5, 11, 12, 21, 22, 25, 100, 101, 111}) {
        const std::string html = texts.HtmlCount(key.c_str(), count);
        EXPECT_EQ(HtmlFault(html), "") << language << " " << key;
        EXPECT_NE(html.find(std::to_string(count)), std::string::npos) << language << " " << html;
        EXPECT_EQ(html.find('{'), std::string::npos) << language << " " << html;
      }
    }
  }
}

TEST(Catalogs, PluralsFollowTheLanguage) {
  const struct {
    const char* language;
    std::array<const char*, 6> days;  // Of 0, 1, 2, 5, 21 and 11.
  } kCases[] = {
      {"de", {"0 Tage", "1 Tag", "2 Tage", "5 Tage", "21 Tage", "11 Tage"}},
      {"en", {"0 days", "1 day", "2 days", "5 days", "21 days", "11 days"}},
      {"fr", {"0 jour", "1 jour", "2 jours", "5 jours", "21 jours", "11 jours"}},
      {"es", {"0 días", "1 día", "2 días", "5 días", "21 días", "11 días"}},
      {"ru", {"0 дней", "1 день", "2 дня", "5 дней", "21 день", "11 дней"}},
      {"uk", {"0 днів", "1 день", "2 дні", "5 днів", "21 день", "11 днів"}},
  };
  constexpr std::array kCounts = {0, 1, 2, 5, 21, 11};
  for (const auto& c : kCases) {
    for (std::size_t i = 0; i < kCounts.size(); ++i) {
      EXPECT_EQ(TestLanguages().For(c.language).PlainCount("invitations.days", kCounts[i]),
                c.days[i]);
    }
  }
}

TEST(Texts, EscapeTheirArgumentsInMessagesAndLeaveThemAloneInLabels) {
  const Texts& english = TestLanguages().For("en");
  EXPECT_EQ(english.Html("appointments.with", {{"name", "<&>"}}), "&lt;&amp;&gt;");
  EXPECT_EQ(english.Plain("appointments.with", {{"name", "<&>"}}), "<&>");
  EXPECT_EQ(english.Html("appointments.with", {Arg::Raw("name", "<b>x</b>")}), "<b>x</b>");
  // Braces in somebody's name are no placeholders.
  EXPECT_EQ(english.Plain("appointments.with", {{"name", "{x}"}}), "{x}");
}

TEST(Languages, ChooseByCodeAndFallBackToEnglish) {
  EXPECT_EQ(TestLanguages().For("de").language(), "de");
  EXPECT_EQ(TestLanguages().For("de-AT").language(), "de");
  EXPECT_EQ(TestLanguages().For("xx").language(), "en");
  EXPECT_EQ(TestLanguages().For("").language(), "en");
}

TEST(Texts, DurationsAreWrittenAsPeopleSayThem) {
  const Texts& german = TestLanguages().For("de");
  EXPECT_EQ(german.Duration(std::chrono::minutes(50)), "50 Min.");
  EXPECT_EQ(german.Duration(std::chrono::minutes(90)), "90 Min.");
  EXPECT_EQ(german.Duration(std::chrono::minutes(120)), "2 Std.");
  EXPECT_EQ(german.Duration(std::chrono::minutes(150)), "2 Std. 30 Min.");
}

TEST(Formats, WriteMoneyInTheCurrencyOfTheServiceNotOfTheLanguage) {
  const Formats& german = TestLanguages().For("de").formats();
  EXPECT_EQ(german.Money("EUR", 8050), "80,50\u00a0€");
  EXPECT_EQ(german.Money("JPY", 5000), "5.000\u00a0¥");
  EXPECT_EQ(TestLanguages().For("en").formats().Money("EUR", 8050), "€80.50");
}

TEST(Formats, WriteHoursWithTwoDigitsInEveryLanguage) {
  using date::literals::operator""_y;
  const date::local_seconds night = date::local_days(2026_y / 12 / 28) + std::chrono::hours(3);
  for (const char* language : {"de", "en", "fr", "ru", "uk", "es"}) {
    const std::string stamp = TestLanguages().For(language).formats().Stamp({night});
    EXPECT_TRUE(stamp.ends_with(" 03:00")) << language << ": " << stamp;
  }
}

// Berlin's clocks go from 03:00 UTC+2 to 02:00 UTC+1 on that day, at 01:00 UTC.
TEST(Formats, AnOffsetStandsWhereTheClockAloneDoesNotTellTheInstant) {
  using date::literals::operator""_y;
  const auto at = [](int hour, int minute) {
    return ToLocal("Europe/Berlin", Instant(date::sys_days(2027_y / 10 / 31)) +
                                        std::chrono::hours(hour) + std::chrono::minutes(minute));
  };
  EXPECT_EQ(Formats::Time(at(0, 30)), "02:30 UTC+2");
  EXPECT_EQ(Formats::Time(at(1, 30)), "02:30 UTC+1");
  EXPECT_EQ(Formats::Time(at(2, 0)), "03:00");
  EXPECT_EQ(Formats::Span(at(0, 30), at(1, 0)), "02:30 UTC+2–02:00 UTC+1");
  EXPECT_EQ(Formats::Span(at(-1, 30), at(0, 30)), "01:30–02:30 UTC+2");
  EXPECT_EQ(Formats::Span(at(-1, 0), at(2, 0)), "01:00 UTC+2–03:00 UTC+1");
  EXPECT_EQ(Formats::Span(at(2, 0), at(3, 0)), "03:00–04:00");
  EXPECT_TRUE(TestLanguages().For("de").formats().Stamp(at(1, 30)).ends_with(" 02:30 UTC+1"));
}

TEST(Formats, WriteDatesTimesAndMoneyAsTheLanguageDoes) {
  using date::literals::operator""_y;
  const struct {
    const char* language;
    const char* date;
    const char* short_date;
    const char* month;
    const char* weekday;
    const char* money;
  } kCases[] = {
      {"de", "Montag, 28. Dezember 2026", "Mo., 28. Dez.", "Dezember 2026", "Mo",
       "1.234,50\u00a0€"},
      {"en", "Monday, 28 December 2026", "Mon, 28 Dec", "December 2026", "Mo", "€1,234.50"},
      {"fr", "lundi 28 décembre 2026", "lun. 28 déc.", "décembre 2026", "lu",
       "1\u202f234,50\u00a0€"},
      {"es", "lunes, 28 de diciembre de 2026", "lun, 28 dic", "diciembre de 2026", "LU",
       "1234,50\u00a0€"},
      {"ru", "понедельник, 28 декабря 2026\u202fг.", "пн, 28 дек.", "декабрь 2026\u202fг.", "пн",
       "1\u00a0234,50\u00a0€"},
      {"uk", "понеділок, 28 грудня 2026\u202fр.", "пн, 28 груд.", "грудень 2026\u202fр.", "пн",
       "1\u00a0234,50\u00a0€"},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.language);
    const Formats& formats = TestLanguages().For(c.language).formats();
    EXPECT_EQ(formats.Date(2026_y / 12 / 28), c.date);
    EXPECT_EQ(formats.ShortDate(2026_y / 12 / 28), c.short_date);
    EXPECT_EQ(formats.Month(2026_y / 12), c.month);
    EXPECT_EQ(formats.WeekdayAbbreviation(1), c.weekday);
    EXPECT_EQ(formats.Money("EUR", 123450), c.money);
    EXPECT_EQ(formats.first_weekday(), 1);
  }
}

TEST(Formats, ADateBeginsWithACapitalWhereALineBegins) {
  using date::literals::operator""_y;
  const struct {
    const char* language;
    const char* date;
    const char* short_date;
    const char* month;
    const char* weekday;
    const char* abbreviation;
  } kCases[] = {
      {"de", "Dienstag, 1. Dezember 2026", "Di., 1. Dez.", "Dezember 2026", "Dienstag", "Di"},
      {"en", "Tuesday, 1 December 2026", "Tue, 1 Dec", "December 2026", "Tuesday", "Tu"},
      {"fr", "Mardi 1er décembre 2026", "Mar. 1er déc.", "Décembre 2026", "Mardi", "Ma"},
      {"es", "Martes, 1 de diciembre de 2026", "Mar, 1 dic", "Diciembre de 2026", "Martes", "MA"},
      {"ru", "Вторник, 1 декабря 2026\u202fг.", "Вт, 1 дек.", "Декабрь 2026\u202fг.", "Вторник",
       "Вт"},
      {"uk", "Вівторок, 1 грудня 2026\u202fр.", "Вт, 1 груд.", "Грудень 2026\u202fр.", "Вівторок",
       "Вт"},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.language);
    const Formats& formats = TestLanguages().For(c.language).formats();
    EXPECT_EQ(formats.Date(2026_y / 12 / 1, LinePlace::kAtStart), c.date);
    EXPECT_EQ(formats.ShortDate(2026_y / 12 / 1, LinePlace::kAtStart), c.short_date);
    EXPECT_EQ(formats.Month(2026_y / 12, LinePlace::kAtStart), c.month);
    EXPECT_EQ(formats.Weekday(2, LinePlace::kAtStart), c.weekday);
    EXPECT_EQ(formats.WeekdayAbbreviation(2, LinePlace::kAtStart), c.abbreviation);
  }
}

TEST(Formats, FrenchCountsTheFirstOfAMonthAlone) {
  using date::literals::operator""_y;
  const Formats& french = TestLanguages().For("fr").formats();
  EXPECT_EQ(french.Date(2026_y / 12 / 1), "mardi 1er décembre 2026");
  EXPECT_EQ(french.Date(2026_y / 12 / 2), "mercredi 2 décembre 2026");
  EXPECT_EQ(french.ShortDate(2026_y / 12 / 1), "mar. 1er déc.");
  EXPECT_EQ(french.ShortDate(2026_y / 12 / 21), "lun. 21 déc.");
  EXPECT_TRUE(french.Stamp({date::local_days(2026_y / 12 / 1)}).starts_with("01/12/"));
}

}  // namespace
}  // namespace kalends::telegram
