// What a service is called in other languages than the provider's first one.
#pragma once

#include "adapters/telegram/actions/service_languages.h"
#include "adapters/telegram/screens/common.h"
#include "kalends/v1/catalog_service.pb.h"

namespace kalends::telegram {

Screen ServiceLanguagesScreen(const Reader& reader, const Languages& languages,
                              const v1::Service& service);
Screen ServiceLanguageScreen(const Reader& reader, const Languages& languages,
                             const v1::Service& service, const LanguageCode& language, Nonce nonce);
Screen AskTranslationScreen(const Reader& reader, const Languages& languages,
                            const v1::Service& service, const AskTranslation& asked);

}  // namespace kalends::telegram
