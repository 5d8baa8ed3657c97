// A provider's services (SPEC 3.3).
#pragma once

#include "adapters/telegram/action.h"

namespace kalends::telegram {

// clang-format off
struct ShowServices { int page = 0; KALENDS_ACTION("sv", page) };
struct ShowService { ServiceId service; KALENDS_ACTION("sw", service) };
struct AskServiceName { KALENDS_ACTION("sn") };
struct PickDuration { int minutes = 0; KALENDS_ACTION("sd", minutes) };
struct CreateFreeService { Nonce nonce; KALENDS_ACTION("sf", nonce) };
struct CreatePricedService { Nonce nonce; KALENDS_ACTION("sm", nonce) };
struct AskArchive { ServiceId service; KALENDS_ACTION("sx", service) };
struct Archive { ServiceId service; Nonce nonce; KALENDS_ACTION("sy", service, nonce) };
// clang-format on

using CatalogActions = Actions<ShowServices, ShowService, AskServiceName, PickDuration,
                               CreateFreeService, CreatePricedService, AskArchive, Archive>;

}  // namespace kalends::telegram
