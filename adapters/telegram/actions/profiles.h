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
// A link by which the page is seen before it is published.
struct ShowPreview { KALENDS_ACTION("yu") };
struct EndPreview { Nonce nonce; KALENDS_ACTION("yv", nonce) };
// clang-format on

using ProfilesActions = Actions<ShowProfile, SetVisibility, AskAboutText, RemoveAboutText,
                                AskContacts, RemoveContacts, SetBookable, ShowPreview, EndPreview>;

}  // namespace kalends::telegram
