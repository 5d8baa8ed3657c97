#include "adapters/telegram/screens/inline_cards.h"

#include <gtest/gtest.h>

#include "adapters/telegram/screens/pages.h"
#include "tests/adapters/telegram/support.h"

namespace kalends::telegram {
namespace {

v1::Invitation InvitationOf(const std::string& id, const std::string& label,
                            v1::Invitation::State state = v1::Invitation::STATE_ACTIVE,
                            v1::Invitation::Kind kind = v1::Invitation::KIND_CUSTOMER) {
  v1::Invitation invitation;
  invitation.set_name("providers/0prv000000001/invitations/" + id);
  invitation.set_label(label);
  invitation.set_state(state);
  invitation.set_kind(kind);
  invitation.set_code("abcdefghijklmnopqrstuv");
  return invitation;
}

InlineView ViewOf(std::vector<v1::Invitation> invitations, std::string query = "") {
  InlineView view;
  view.provider.set_display_name("Marie");
  view.invitations = std::move(invitations);
  view.bot_username = "kalends_bot";
  view.public_url = "https://kalends.example";
  view.query = std::move(query);
  return view;
}

std::vector<std::string> IdsOf(const std::vector<InlineCard>& cards) {
  std::vector<std::string> ids;
  for (const InlineCard& card : cards) ids.push_back(card.id);
  return ids;
}

using Ids = std::vector<std::string>;

TEST(InlineCards, OfferWhatIsGoodForOneMoreCustomer) {
  const Reader reader = ReaderIn("de", "");
  EXPECT_EQ(IdsOf(InlineCards(reader, ViewOf({InvitationOf("a", ""),
                                              InvitationOf("b", "", v1::Invitation::STATE_REVOKED),
                                              InvitationOf("c", "", v1::Invitation::STATE_ACTIVE,
                                                           v1::Invitation::KIND_STAFF)}))),
            Ids{"a"});
}

TEST(InlineCards, BeginWithThoseWhoseLabelWasTyped) {
  const Reader reader = ReaderIn("de", "");
  EXPECT_EQ(IdsOf(InlineCards(
                reader, ViewOf({InvitationOf("a", "Web"), InvitationOf("b", "Flyer")}, "fly"))),
            (Ids{"b", "a"}));
}

TEST(InlineCards, AreAsManyAsCanBeChosenFrom) {
  const Reader reader = ReaderIn("de", "");
  std::vector<v1::Invitation> many;
  for (int i = 0; i < 30; ++i) many.push_back(InvitationOf(std::to_string(i), ""));
  EXPECT_EQ(InlineCards(reader, ViewOf(many)).size(), kInlineCardsMax);
}

TEST(InlineCards, LeadToTheInvitationAndToThePageOnlyWhileItIsPublished) {
  const Reader reader = ReaderIn("de", "");
  InlineView view = ViewOf({InvitationOf("a", "")});
  view.profile.set_slug("marie");
  const nlohmann::json hidden = ToJson(InlineCards(reader, view).at(0));
  EXPECT_EQ(hidden["type"], "article");
  EXPECT_EQ(hidden["reply_markup"]["inline_keyboard"].size(), 1U);
  EXPECT_EQ(hidden["reply_markup"]["inline_keyboard"][0][0]["url"],
            "https://t.me/kalends_bot?start=abcdefghijklmnopqrstuv");
  view.profile.set_published(true);
  const nlohmann::json shown = ToJson(InlineCards(reader, view).at(0));
  EXPECT_EQ(shown["reply_markup"]["inline_keyboard"][1][0]["url"],
            "https://kalends.example/p/marie");
}

TEST(ParseNetworks, TakesAnAddressInEachLineWithItsName) {
  const auto links =
      ParseNetworks("Mein Instagram: https://instagram.com/marie\n\n marie.example\r\n");
  ASSERT_TRUE(links);
  ASSERT_EQ(links->size(), 2U);
  EXPECT_EQ((*links)[0].display_name(), "Mein Instagram");
  EXPECT_EQ((*links)[0].url(), "https://instagram.com/marie");
  EXPECT_EQ((*links)[1].display_name(), "");
  EXPECT_EQ((*links)[1].url(), "https://marie.example");
  EXPECT_FALSE(ParseNetworks("bei Instagram"));
}

TEST(ColorText, IsReadAsItWasWritten) {
  for (const int rgb : {0, 0x0b6b63, 0xffffff}) EXPECT_EQ(ParseColorText(ColorText(rgb)), rgb);
  EXPECT_EQ(ParseColorText("0B6B63"), 0x0b6b63);
  for (const char* text : {"", "#", "#0b6b6", "#0b6b633", "gelb", "#0b6b6g"}) {
    EXPECT_EQ(ParseColorText(text), -1) << text;
  }
}

}  // namespace
}  // namespace kalends::telegram
