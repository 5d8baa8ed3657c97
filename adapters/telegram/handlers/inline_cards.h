// What is offered where somebody types the bot's name in a chat: cards by which a provider invites.
#pragma once

#include "adapters/telegram/turn.h"

namespace kalends::telegram {

// Answers `query`, and touches neither the session nor the screen of who asks.
void AnswerInline(Turn& turn, const InlineQuery& query);

}  // namespace kalends::telegram
