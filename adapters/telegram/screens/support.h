// Support (SPEC 2.13 and 4.10): for who asks, and for the group that answers.
#pragma once

#include "adapters/telegram/actions/support.h"
#include "adapters/telegram/screens/common.h"
#include "kalends/v1/support_service.pb.h"

namespace kalends::telegram {

// Whether a team is told of questions, or they are only kept for who runs the bot.
enum class Desk { kAnswers, kNone };

// What is typed next goes to the support team. `last`: what was said last, the newest first.
Screen SupportScreen(const Reader& reader, const std::vector<v1::TicketMessage>& last, Desk desk);
// After a question was sent: more can follow.
Screen SupportSentScreen(const Reader& reader, Desk desk);

// What the team answered, to who asked.
Screen SupportAnswerScreen(const Reader& reader, const v1::TicketMessage& message);
// A question, to the group: a reply to this message goes to who asked.
Screen SupportQuestionScreen(const Reader& reader, const v1::Ticket& ticket,
                             const v1::TicketMessage& message);
// The ticket was closed by the other side.
Screen SupportClosedScreen(const Reader& reader, const v1::Ticket& ticket, Side side);

}  // namespace kalends::telegram
