// The keyboard below the chat.
#include "adapters/telegram/screens/menu.h"

#include <gtest/gtest.h>

#include "adapters/telegram/actions.h"
#include "tests/adapters/telegram/support.h"

namespace kalends::telegram {
namespace {

TEST(MainMenu, HasTheLabelsOfTheSpecificationInTheirOrder) {
  const auto labels = [](const char* language, v1::ProviderKind kind) {
    std::vector<std::string> all;
    const nlohmann::json keyboard =
        MainMenuKeyboard(TestLanguages().For(language), kind)["keyboard"];
    for (const auto& row : keyboard) {
      for (const auto& button : row) all.push_back(button["text"]);
    }
    return all;
  };
  EXPECT_EQ(
      labels("de", v1::PROVIDER_KIND_UNSPECIFIED),
      (std::vector<std::string>{"Termin anfordern", "Termine", "Spezialistenliste", "Einstellungen",
                                "Registrierungsoptionen", "Über den Service", "Support"}));
  EXPECT_EQ(labels("en", v1::PROVIDER_KIND_UNSPECIFIED),
            (std::vector<std::string>{"Request appointment", "Appointments", "Specialists",
                                      "Settings", "Registration options", "About", "Support"}));
  // A provider's own things come first, and nothing is left to register.
  EXPECT_EQ(labels("de", v1::PROVIDER_KIND_SPECIALIST),
            (std::vector<std::string>{"Anfragen", "Kalender", "Kunden", "Chats", "Einladungen",
                                      "AGB", "Leistungen", "Arbeitszeiten", "Profil",
                                      "Termin anfordern", "Termine", "Spezialistenliste",
                                      "Einstellungen", "Über den Service", "Support"}));
  for (const auto kind : {v1::PROVIDER_KIND_SPECIALIST, v1::PROVIDER_KIND_ORGANIZATION}) {
    EXPECT_LE(MainMenuKeyboard(TestLanguages().For("de"), kind)["keyboard"].size(), 6U);
  }
}

TEST(MainMenu, WordsAreEntriesOfOnesOwnKeyboardOnly) {
  constexpr auto kCustomer = v1::PROVIDER_KIND_UNSPECIFIED;
  const struct {
    const char* text;
    v1::ProviderKind kind;
    bool in_german;
    bool in_any_language;
  } kCases[] = {
      {"Termine", kCustomer, true, true},
      {"Appointments", kCustomer, false, true},
      {"AGB", kCustomer, false, false},
      {"Kalender", kCustomer, false, false},
      {"Terms", kCustomer, false, false},
      {"AGB", v1::PROVIDER_KIND_SPECIALIST, true, true},
      {"Terms", v1::PROVIDER_KIND_SPECIALIST, false, true},
      {"Arbeitszeiten", v1::PROVIDER_KIND_SPECIALIST, true, true},
      {"Arbeitszeiten", v1::PROVIDER_KIND_ORGANIZATION, false, false},
      // Of a keyboard from before the registration.
      {"Registrierungsoptionen", v1::PROVIDER_KIND_SPECIALIST, true, true},
      {"termine", kCustomer, false, false},
      {"", kCustomer, false, false},
  };
  const Texts& german = TestLanguages().For("de");
  for (const auto& c : kCases) {
    SCOPED_TRACE(std::string(c.text) + " " + std::to_string(c.kind));
    EXPECT_EQ(MenuActionOf(german, c.kind, c.text).has_value(), c.in_german);
    EXPECT_EQ(MenuActionOf(TestLanguages(), c.kind, c.text).has_value(), c.in_any_language);
  }
  EXPECT_TRUE(MenuActionOf(TestLanguages(), kCustomer, "Appointments")->Is<ShowUpcoming>());
}

}  // namespace
}  // namespace kalends::telegram
