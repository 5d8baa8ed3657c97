// Export and deletion of the account (SPEC 2.14).
#pragma once

#include "adapters/telegram/action.h"

namespace kalends::telegram {

// clang-format off
struct ShowPrivacy { KALENDS_ACTION("dp") };
struct ExportData { KALENDS_ACTION("de") };
struct AskDeleteAccount { KALENDS_ACTION("da") };
struct DeleteAccount { Nonce nonce; KALENDS_ACTION("dx", nonce) };
// clang-format on

using PrivacyActions = Actions<ShowPrivacy, ExportData, AskDeleteAccount, DeleteAccount>;

}  // namespace kalends::telegram
