#include "adapters/telegram/screens/inline_cards.h"

#include <algorithm>

#include "adapters/telegram/html.h"
#include "adapters/telegram/screens/invitations.h"
#include "adapters/telegram/screens/profiles.h"

namespace kalends::telegram {
namespace {

constexpr std::size_t kAboutCharsOnCard = 300;

// In small letters of ASCII: enough to put a label first.
std::string Folded(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return text;
}

Screen CardOf(const Reader& reader, const InlineView& view, const v1::Invitation& invitation) {
  const Texts& t = reader.t();
  Screen card{.text = t.Html("inline.card", {{"name", view.provider.display_name()}}), .rows = {}};
  if (!view.profile.about().empty()) {
    card.text += "\n" + HtmlOf(Shorten(view.profile.about(), kAboutCharsOnCard));
  }
  card.text += "\n\n" + t.Html("inline.how");
  card.rows.push_back({{t.Plain("inline.book"), Url{InvitationLink(view.bot_username, invitation)},
                        Style::kPrimary}});
  const std::string page = ProfileUrl(view.public_url, view.profile.slug());
  if (view.profile.published() && !page.empty()) {
    card.rows.push_back({{t.Plain("inline.page"), Url{page}}});
  }
  return card;
}

bool IsOffered(const v1::Invitation& invitation) {
  return invitation.state() == v1::Invitation::STATE_ACTIVE &&
         invitation.kind() == v1::Invitation::KIND_CUSTOMER && invitation.code() != kUnreadable;
}

}  // namespace

nlohmann::json ToJson(const InlineCard& card) {
  return {{"type", "article"},
          {"id", card.id},
          {"title", card.title},
          {"description", card.description},
          {"input_message_content", {{"message_text", card.screen.text}, {"parse_mode", "HTML"}}},
          {"reply_markup", InlineKeyboard(card.screen.rows)}};
}

std::vector<InlineCard> InlineCards(const Reader& reader, const InlineView& view) {
  std::vector<v1::Invitation> offered = view.invitations;
  std::erase_if(offered, [](const auto& one) { return !IsOffered(one); });
  const std::string typed = Folded(view.query);
  std::stable_partition(offered.begin(), offered.end(),
                        [&](const auto& one) { return Folded(one.label()).starts_with(typed); });
  if (offered.size() > kInlineCardsMax) offered.resize(kInlineCardsMax);
  std::vector<InlineCard> cards;
  cards.reserve(offered.size());
  for (const v1::Invitation& invitation : offered) {
    cards.push_back(
        {.id = InvitationId::Of(invitation.name()).text,
         .title = reader.t().Plain("inline.title", {{"name", view.provider.display_name()}}),
         .description = InvitationLabel(reader, invitation),
         .screen = CardOf(reader, view, invitation)});
  }
  return cards;
}

}  // namespace kalends::telegram
