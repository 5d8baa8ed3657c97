// Becoming a provider, and the set-up that follows (SPEC 2.12).
#pragma once

#include "adapters/telegram/action.h"

namespace kalends::telegram {

// clang-format off
struct ShowRegistration { KALENDS_ACTION("rg") };
struct AskRegister { RegisterAs kind; KALENDS_ACTION("ra", kind) };
struct Register { RegisterAs kind; Nonce nonce; KALENDS_ACTION("rr", kind, nonce) };
// Under the name that the same screen shows, which is in the session.
struct RegisterAsShown { RegisterAs kind; Nonce nonce; KALENDS_ACTION("rn", kind, nonce) };
struct ShowSetup { KALENDS_ACTION("us") };
struct SkipSetup { SetupStep step; KALENDS_ACTION("uk", step) };
struct EndSetup { KALENDS_ACTION("ue") };
// clang-format on

using ProvidersActions = Actions<ShowRegistration, AskRegister, Register, RegisterAsShown,
                                 ShowSetup, SkipSetup, EndSetup>;

}  // namespace kalends::telegram
