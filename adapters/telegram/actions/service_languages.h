// A service's texts in several languages (SPEC 3.3).
#pragma once

#include "adapters/telegram/action.h"

namespace kalends::telegram {

// clang-format off
struct ShowServiceLanguages { ServiceId service; KALENDS_ACTION("sef", service) };
struct ShowServiceLanguage {
  ServiceId service;
  LanguageCode language;
  KALENDS_ACTION("seg", service, language)
};
// `field`: kName or kDescription.
struct AskTranslation {
  ServiceId service;
  ServiceField field;
  LanguageCode language;
  KALENDS_ACTION("seh", service, field, language)
};
struct RemoveTranslation {
  ServiceId service;
  LanguageCode language;
  Nonce nonce;
  KALENDS_ACTION("sei", service, language, nonce)
};
// clang-format on

using ServiceLanguagesActions =
    Actions<ShowServiceLanguages, ShowServiceLanguage, AskTranslation, RemoveTranslation>;

}  // namespace kalends::telegram
