// A provider's public page (SPEC 3.6).
#pragma once

#include "adapters/telegram/action.h"

namespace kalends::telegram {

// clang-format off
struct ShowProfile { KALENDS_ACTION("ya") };
struct SetVisibility { Visibility visibility; Nonce nonce; KALENDS_ACTION("yb", visibility, nonce) };
struct AskAboutText { KALENDS_ACTION("yc") };
struct RemoveAboutText { Nonce nonce; KALENDS_ACTION("yd", nonce) };
struct AskContacts { KALENDS_ACTION("ye") };
struct RemoveContacts { Nonce nonce; KALENDS_ACTION("yf", nonce) };
struct SetBookable { Visibility button; Nonce nonce; KALENDS_ACTION("yg", button, nonce) };
// clang-format on

using ProfilesActions = Actions<ShowProfile, SetVisibility, AskAboutText, RemoveAboutText,
                                AskContacts, RemoveContacts, SetBookable>;

}  // namespace kalends::telegram
