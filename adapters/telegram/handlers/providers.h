// The set-up of a new provider (SPEC 2.12), which has a zone by then: first service, working hours
// or the team, first invitation and, where there is a website, the public page. Each step opens the
// next one.
#pragma once

#include <optional>

#include "adapters/telegram/turn.h"

namespace kalends::telegram {

// What a zone is chosen for at `origin`: as what somebody registers; nullopt: for something else.
std::optional<RegisterAs> RegistrationOf(Origin origin);
// Goes on with it, now that the account has a zone.
absl::Status RegisterInZone(Turn& turn, RegisterAs kind);

// Begins the set-up: opens its first step as a message of its own.
void BeginSetup(Turn& turn);

// Where the set-up waits for `step`, which was just done: opens the next one below `done` (HTML).
// False: it does not, and the caller shows its result itself.
bool ContinueSetup(Turn& turn, SetupStep step, const std::string& done);

// Puts the step at hand, and the ways around it, around the screen that `action` opens or an answer
// to `dialogue` leads to, where that belongs to the step.
void FrameSetup(Turn& turn, const Action& action);
void FrameSetup(Turn& turn, const Dialogue& dialogue);

// Adds to `result`, of something made outside the set-up, what still keeps customers from booking.
void AddMissing(Turn& turn, Screen& result);

// Sends the step at which the set-up was left, or else what still keeps customers from booking.
void OfferSetup(Turn& turn);

}  // namespace kalends::telegram
