// Screens made of as much as there can be still fit into what Telegram takes.
#include <gtest/gtest.h>

#include "adapters/telegram/actions.h"
#include "adapters/telegram/html.h"
#include "adapters/telegram/screens/booking.h"
#include "adapters/telegram/screens/links.h"
#include "adapters/telegram/screens/support.h"
#include "tests/adapters/telegram/support.h"

namespace kalends::telegram {
namespace {

constexpr const char* kLanguages[] = {"de", "en", "fr", "es", "ru", "uk"};
constexpr std::size_t kTextCharsMax = 4000;  // Of a message, in the core.

v1::Provider LargeOrganization() {
  v1::Provider provider = SampleProvider();
  provider.set_kind(v1::PROVIDER_KIND_ORGANIZATION);
  for (int i = 0; i < 150; ++i) {
    v1::Provider::Specialist& specialist = *provider.add_specialists();
    specialist.set_provider("providers/0prv00000" + std::to_string(1000 + i));
    specialist.set_display_name(std::string(95, 'x') + std::to_string(1000 + i));
  }
  return provider;
}

TEST(Limits, TextsToAndFromSupportComeWhole) {
  std::string text(kTextCharsMax, 'x');
  text.back() = '!';
  v1::TicketMessage message;
  message.set_text(text);
  message.add_attachments();
  v1::Ticket ticket;
  ticket.set_account_display_name(std::string(100, 'n'));
  for (const char* language : kLanguages) {
    SCOPED_TRACE(language);
    const Reader reader = ReaderIn(language, "Europe/Berlin");
    for (const Screen& screen :
         {SupportAnswerScreen(reader, message), SupportQuestionScreen(reader, ticket, message)}) {
      EXPECT_EQ(ScreenFault(screen), "");
      EXPECT_NE(screen.text.find(text), std::string::npos);
    }
  }
}

TEST(Limits, AShortQuestionSaysHowToAnswerAndThatThereAreFiles) {
  v1::TicketMessage message;
  message.set_text("Wie geht das?");
  message.add_attachments();
  const Reader reader = ReaderIn("de", "Europe/Berlin");
  const std::string text = SupportQuestionScreen(reader, v1::Ticket(), message).text;
  EXPECT_NE(text.find("/close"), std::string::npos);
  EXPECT_NE(text.find("📎 1 Datei"), std::string::npos);
}

TEST(Limits, ALargeOrganizationIsShown) {
  const Reader reader = ReaderIn("de", "Europe/Berlin");
  EXPECT_EQ(ScreenFault(ProviderScreen(reader, LargeOrganization(), "https://example.com/p/x", {})),
            "");
}

TEST(Limits, SpecialistsOfALargeOrganizationArePaged) {
  const v1::Provider provider = LargeOrganization();
  const Reader reader = ReaderIn("de", "Europe/Berlin");
  const std::vector<v1::Provider::Specialist> all(provider.specialists().begin(),
                                                  provider.specialists().end());
  std::size_t shown = 0;
  Page<v1::Provider::Specialist> page;
  for (int number = 0; number == 0 || page.has_next; ++number) {
    page = PageOf(all, number, kChoicesPerPage);
    EXPECT_EQ(page.number, number);
    shown += page.items.size();
    const Screen screen = SpecialistsToBookScreen(reader, provider, {kServiceId}, page, "Salon");
    EXPECT_EQ(ScreenFault(screen), "");
    // The pager leads on, with the service kept.
    const PickService next{{kProviderId}, {kServiceId}, number + 1};
    EXPECT_EQ(Draw(screen).find("[▶ -> " + Encode(next) + "]") != std::string::npos, page.has_next);
  }
  EXPECT_EQ(shown, all.size());
}

TEST(Limits, APageBeyondTheEndIsEmpty) {
  const std::vector<int> all{1, 2, 3};
  EXPECT_EQ(PageOf(all, 0, 2).items, (std::vector<int>{1, 2}));
  EXPECT_TRUE(PageOf(all, 0, 2).has_next);
  EXPECT_EQ(PageOf(all, 1, 2).items, std::vector<int>{3});
  EXPECT_FALSE(PageOf(all, 1, 2).has_next);
  EXPECT_TRUE(PageOf(all, 7, 2).items.empty());
  EXPECT_EQ(PageOf(all, -1, 3).items, all);
}

}  // namespace
}  // namespace kalends::telegram
