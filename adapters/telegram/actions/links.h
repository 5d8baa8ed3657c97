// A customer's providers (SPEC 2.6).
#pragma once

#include "adapters/telegram/action.h"

namespace kalends::telegram {

// clang-format off
struct ShowSpecialists { int page = 0; KALENDS_ACTION("sp", page) };
struct ShowProvider { ProviderId provider; KALENDS_ACTION("sq", provider) };
struct AskRemoveProvider { ProviderId provider; KALENDS_ACTION("sr", provider) };
struct RemoveProvider { ProviderId provider; Nonce nonce; KALENDS_ACTION("sz", provider, nonce) };
// clang-format on

using LinksActions = Actions<ShowSpecialists, ShowProvider, AskRemoveProvider, RemoveProvider>;

}  // namespace kalends::telegram
