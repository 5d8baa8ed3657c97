// The catalogs against the code: nothing missing, nothing left over, nothing that does not fit.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
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

// Keys are the string literals of the form "area.words".
std::set<std::string> KeysInCode() {
  const std::regex kKey("\"([a-z_]+\\.[a-z_]+)\"");
  std::set<std::string> keys;
  for (const auto& entry : fs::recursive_directory_iterator(KALENDS_ADAPTER_SOURCE_DIR)) {
    if (entry.path().extension() != ".cc") continue;
    const std::string source = ReadFile(entry.path());
    for (std::sregex_iterator it(source.begin(), source.end(), kKey), end; it != end; ++it) {
      if ((*it)[1] != "invitation.png") keys.insert((*it)[1]);
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

TEST(Catalogs, EveryKeyInTheCodeIsInEveryCatalogAndTheOtherWayRound) {
  const std::set<std::string> in_code = KeysInCode();
  ASSERT_GT(in_code.size(), 200U);
  const auto catalogs = AllCatalogs();
  ASSERT_TRUE(catalogs.contains("de") && catalogs.contains("en"));
  for (const auto& [language, catalog] : catalogs) {
    SCOPED_TRACE(language);
    std::set<std::string> in_catalog;
    for (const auto& [key, entry] : catalog) in_catalog.insert(key);
    EXPECT_EQ(in_catalog, in_code);
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

TEST(Catalogs, LabelsAreShortEnoughForAPhone) {
  constexpr std::size_t kLabelCharsMax = 30;
  const std::regex kLabels(
      "menu\\..*|button\\..*|status\\..*|appointment\\.[a-z]+|rejected\\..*|propose\\.(another|"
      "send)|"
      "(cancel|reject)\\.(without_reason|keep)|settings\\.(zone|language)|day\\.(today|agenda)|"
      "invitation\\.(qr|copy|revoke)|invitations\\.(new.*|create)|services\\.new|service\\.free|"
      "booking\\.(not_sure|any_specialist)|alternatives\\.all_dates|info\\.calendar_file|"
      "hours\\.(set|next|day_off|replace|workweek)|registration\\.(specialist|organization)");
  for (const auto& [language, catalog] : AllCatalogs()) {
    for (const auto& [key, entry] : catalog) {
      if (!std::regex_match(key, kLabels)) continue;
      EXPECT_LE(CodePoints(entry.texts.front()), kLabelCharsMax) << language << " " << key;
    }
  }
}

TEST(Catalogs, PluralsFollowTheLanguage) {
  const Texts& german = TestLanguages().For("de");
  EXPECT_EQ(german.PlainCount("invitations.days", 1), "1 Tag");
  EXPECT_EQ(german.PlainCount("invitations.days", 7), "7 Tage");
  EXPECT_EQ(german.PlainCount("invitations.days", 0), "0 Tage");
}

TEST(Texts, EscapeTheirArgumentsInMessagesAndLeaveThemAloneInLabels) {
  const Texts& english = TestLanguages().For("en");
  EXPECT_EQ(english.Html("appointment.with", {{"name", "<&>"}}), "&lt;&amp;&gt;");
  EXPECT_EQ(english.Plain("appointment.with", {{"name", "<&>"}}), "<&>");
  EXPECT_EQ(english.Html("appointment.with", {Arg::Raw("name", "<b>x</b>")}), "<b>x</b>");
  // Braces in somebody's name are no placeholders.
  EXPECT_EQ(english.Plain("appointment.with", {{"name", "{x}"}}), "{x}");
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

TEST(Formats, WriteDatesAsTheLanguageDoes) {
  using date::literals::operator""_y;
  EXPECT_EQ(TestLanguages().For("de").formats().Date(2026_y / 12 / 28),
            "Montag, 28. Dezember 2026");
  EXPECT_EQ(TestLanguages().For("en").formats().Date(2026_y / 12 / 28), "Monday, 28 December 2026");
}

}  // namespace
}  // namespace kalends::telegram
