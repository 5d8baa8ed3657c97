// The catalogs against the code: nothing missing, nothing left over, nothing that does not fit.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "adapters/web/texts.h"

namespace kalends::web {
namespace {

namespace fs = std::filesystem;

// Keys are the string literals of the form "area.words".
std::set<std::string> KeysInCode() {
  const std::regex kKey("\"((?:page|error|download|about)\\.[a-z_]+)\"");
  std::set<std::string> keys;
  for (const auto& entry : fs::directory_iterator(KALENDS_WEB_SOURCE_DIR)) {
    if (entry.path().extension() != ".cc") continue;
    std::stringstream source;
    source << std::ifstream(entry.path()).rdbuf();
    const std::string text = source.str();
    for (std::sregex_iterator it(text.begin(), text.end(), kKey), end; it != end; ++it) {
      keys.insert((*it)[1]);
    }
  }
  return keys;
}

using Catalog = std::map<std::string, std::vector<std::string>>;  // More than one: plural forms.

// Enough of the .po format for files that msgfmt has checked.
std::map<std::string, Catalog> AllCatalogs() {
  const std::regex kLine("(msgid|msgstr(?:\\[\\d\\])?) \"(.*)\"");
  std::map<std::string, Catalog> catalogs;
  for (const auto& entry : fs::directory_iterator(fs::path(KALENDS_WEB_SOURCE_DIR) / "locale")) {
    Catalog& catalog = catalogs[entry.path().stem()];
    std::ifstream file(entry.path());
    std::string line;
    std::string key;
    std::smatch match;
    while (std::getline(file, line)) {
      if (!std::regex_match(line, match, kLine)) continue;
      if (match[1] == "msgid") {
        key = match[2];
      } else if (!key.empty()) {
        catalog[key].push_back(match[2]);
      }
    }
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

TEST(WebCatalogs, AreOfTheSixLanguages) {
  std::set<std::string> languages;
  for (const auto& [language, catalog] : AllCatalogs()) languages.insert(language);
  EXPECT_EQ(languages, (std::set<std::string>{"de", "en", "es", "fr", "ru", "uk"}));
}

TEST(WebCatalogs, HaveEveryKeyOfTheCodeAndNoOther) {
  const std::set<std::string> in_code = KeysInCode();
  ASSERT_GT(in_code.size(), 20U);
  for (const auto& [language, catalog] : AllCatalogs()) {
    std::set<std::string> in_catalog;
    for (const auto& [key, texts] : catalog) in_catalog.insert(key);
    EXPECT_EQ(in_catalog, in_code) << language;
  }
}

TEST(WebCatalogs, TranslateEverythingWithTheSamePlaceholders) {
  const auto catalogs = AllCatalogs();
  for (const auto& [language, catalog] : catalogs) {
    for (const auto& [key, texts] : catalog) {
      for (const std::string& text : texts) {
        EXPECT_FALSE(text.empty()) << language << " " << key;
        EXPECT_EQ(Placeholders(text), Placeholders(catalogs.at("en").at(key).front()))
            << language << " " << key;
      }
    }
  }
}

TEST(WebTexts, FillOnceAndCountAsTheLanguageDoes) {
  const Languages languages(KALENDS_WEB_LOCALE_DIR);
  EXPECT_EQ(languages.Find("en")->Get("page.description", {{"name", "{name}"}}),
            "{name}: services, prices and contact. Appointments right in Telegram.");
  EXPECT_EQ(languages.Find("ru")->GetCount("page.group", 21), "Группа до 21 человека");
  EXPECT_EQ(languages.Find("ru")->GetCount("page.group", 8), "Группа до 8 человек");
}

}  // namespace
}  // namespace kalends::web
