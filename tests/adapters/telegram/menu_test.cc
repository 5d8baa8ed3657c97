// The keyboard below the chat.
#include "adapters/telegram/screens/menu.h"

#include <gtest/gtest.h>

#include "adapters/telegram/actions.h"
#include "tests/adapters/telegram/support.h"

namespace kalends::telegram {
namespace {

TEST(MainMenu, HasTheLabelsOfTheSpecificationInTheirOrder) {
  const auto labels = [](const char* language, MenuOf of, const MenuCounts& counts = {}) {
    std::vector<std::string> all;
    const nlohmann::json keyboard =
        MainMenuKeyboard(TestLanguages().For(language), of, counts)["keyboard"];
    for (const auto& row : keyboard) {
      for (const auto& button : row) all.push_back(button["text"]);
    }
    return all;
  };
  const std::vector<std::string> customers = {
      "Termin anfordern", "Termine", "Spezialistenliste", "Einstellungen", "Registrierungsoptionen",
      "Über den Service", "Support"};
  EXPECT_EQ(labels("de", MenuOf::kCustomer), customers);
  EXPECT_EQ(labels("en", MenuOf::kCustomer),
            (std::vector<std::string>{"Request appointment", "Appointments", "Specialists",
                                      "Settings", "Registration options", "About", "Support"}));
  const MenuCounts two_and_one{2, 1};
  EXPECT_EQ(labels("de", MenuOf::kProvider, two_and_one),
            (std::vector<std::string>{"Anfragen 🟡2", "Kalender", "Kunden", "Chats 💬1",
                                      "Termin eintragen", "Praxis"}));
  EXPECT_EQ(labels("de", MenuOf::kProvider),
            (std::vector<std::string>{"Anfragen", "Kalender", "Kunden", "Chats", "Termin eintragen",
                                      "Praxis"}));
  // A provider on the customer side has a customer's keys, and one that leads back.
  std::vector<std::string> with_back = customers;
  with_back.push_back("◀ Praxis");
  EXPECT_EQ(labels("de", MenuOf::kProvidersCustomerSide, two_and_one), with_back);
}

TEST(MainMenu, KeysAreKnownWhateverTheyCount) {
  constexpr auto kProvider = v1::PROVIDER_KIND_SPECIALIST;
  const Texts& german = TestLanguages().For("de");
  for (const char* text : {"Anfragen", "Anfragen 🟡1", "Anfragen 🟡100"}) {
    const auto action = MenuActionOf(german, kProvider, text);
    ASSERT_TRUE(action) << text;
    EXPECT_TRUE(action->Is<ShowRequests>()) << text;
  }
  EXPECT_TRUE(MenuActionOf(german, kProvider, "Chats 💬7")->Is<ShowThreads>());
  EXPECT_TRUE(MenuActionOf(TestLanguages(), kProvider, "Requests 🟡3")->Is<ShowRequests>());
  for (const char* text : {"Anfragen 🟡", "Anfragen 2", "Anfragen 🟡2 bitte", "Anfragen 💬2",
                           "Anfragenliste", "Kalender 🟡2", "Anfragen "}) {
    EXPECT_FALSE(MenuActionOf(german, kProvider, text)) << text;
  }
  EXPECT_FALSE(MenuActionOf(german, v1::PROVIDER_KIND_UNSPECIFIED, "Anfragen 🟡2"));
}

TEST(MainMenu, SaysHowMuchWaits) {
  const Texts& german = TestLanguages().For("de");
  EXPECT_EQ(CountsLine(german, {1, 0}), "🟡 1 offene Anfrage");
  EXPECT_EQ(CountsLine(german, {0, 3}), "💬 3 ungelesene Chats");
  EXPECT_EQ(CountsLine(german, {2, 1}), "🟡 2 offene Anfragen · 💬 1 ungelesener Chat");
  EXPECT_EQ(CountsLine(german, {}), "✅ Alles beantwortet.");
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
      {"Praxis", v1::PROVIDER_KIND_ORGANIZATION, true, true},
      {"◀ Praxis", v1::PROVIDER_KIND_SPECIALIST, true, true},
      {"◀ Praxis", kCustomer, false, false},
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
