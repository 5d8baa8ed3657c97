// Privacy (SPEC 2.14): what is stored, all of it as a file, and the end of it.
#pragma once

#include "adapters/telegram/actions/privacy.h"
#include "adapters/telegram/screens/common.h"
#include "kalends/v1/privacy_service.pb.h"

namespace kalends::telegram {

Screen PrivacyScreen(const Reader& reader);
// The archive is on its way.
Screen ExportingScreen(const Reader& reader);
// It is not, for this reason (HTML).
Screen NotExportedScreen(const Reader& reader, std::string why);
// What deleting the account would do, and whether that is wanted.
Screen AskDeleteScreen(const Reader& reader, const v1::AccountDeletionPreview& preview,
                       Nonce nonce);

}  // namespace kalends::telegram
