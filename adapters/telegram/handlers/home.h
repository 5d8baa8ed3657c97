// What other subjects need of home.
#pragma once

#include "adapters/telegram/actions/home.h"
#include "adapters/telegram/invitation_code.h"
#include "adapters/telegram/turn.h"

namespace kalends::telegram {

absl::Status Handle(Turn& turn, const ShowHome& action);
// `/start`, with the payload of a deep link or without (SPEC 2.1).
absl::Status OnStart(Turn& turn, const std::string& payload);
// `/menu`, `/cancel` and `/stop`: what people try in bots. What was being asked for has ended.
absl::Status OnMenu(Turn& turn, const std::string& payload);
absl::Status OnCancel(Turn& turn, const std::string& payload);
absl::Status OnStop(Turn& turn, const std::string& payload);
// An invitation that came as a text or a link while `dialogue` was open. False: it is none, and the
// text is what was asked for: a word that looks like a code, or the provider's own invitation where
// that may be what they have to say.
absl::StatusOr<bool> OnInvitation(Turn& turn, const InvitationInText& invitation,
                                  const Dialogue& dialogue);
// Who was invited to a team before being a specialist has become one: joins it, and says so.
void JoinWaitingTeam(Turn& turn);
// A text that nothing asked for.
absl::Status Handle(Turn& turn, const TypesNothing& dialogue, const std::string& text);

}  // namespace kalends::telegram
