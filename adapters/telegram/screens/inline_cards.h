// Cards that a provider sends into any chat (inline mode).
#pragma once

#include <string>
#include <vector>

#include "adapters/telegram/screens/common.h"
#include "kalends/v1/invitation_service.pb.h"
#include "kalends/v1/profile_service.pb.h"
#include "kalends/v1/types.pb.h"

namespace kalends::telegram {

inline constexpr std::size_t kInlineCardsMax = 10;

// One of what is offered, and what is sent once it is chosen.
struct InlineCard {
  std::string id;  // 1 to 64 bytes.
  std::string title;
  std::string description;
  Screen screen;  // Buttons are links only: it is nobody's message of ours.
};
// Telegram's InlineQueryResultArticle.
nlohmann::json ToJson(const InlineCard& card);

struct InlineView {
  v1::Provider provider;
  v1::Profile profile;
  std::vector<v1::Invitation> invitations;
  std::string bot_username;
  std::string public_url;
  std::string query;  // What was typed behind the bot's name.
};
// One for each invitation for customers that is good for one more, those first whose label begins
// with what was typed; at most kInlineCardsMax.
std::vector<InlineCard> InlineCards(const Reader& reader, const InlineView& view);

}  // namespace kalends::telegram
