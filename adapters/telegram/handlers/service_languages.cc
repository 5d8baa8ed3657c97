// A service's texts in several languages.
#include "adapters/telegram/screens/service_languages.h"

#include "adapters/telegram/handlers/catalog.h"
#include "adapters/telegram/handlers/handlers.h"
#include "adapters/telegram/handlers/shared.h"
#include "adapters/telegram/html.h"

namespace kalends::telegram {
namespace {

// All translations are replaced together, and so only as they were seen.
absl::StatusOr<v1::Service> Replace(Turn& turn, const v1::Service& with,
                                    const std::string& request_id) {
  v1::UpdateServiceRequest request;
  request.mutable_service()->set_name(with.name());
  request.mutable_service()->set_etag(with.etag());
  *request.mutable_service()->mutable_translations() = with.translations();
  request.mutable_update_mask()->add_paths("translations");
  request.set_request_id(request_id);
  return turn.Call<v1::Service>(request);
}

void ShowLanguage(Turn& turn, const v1::Service& service, const LanguageCode& language,
                  const std::string& heading) {
  Screen screen = ServiceLanguageScreen(turn.reader(), turn.context().languages, service, language,
                                        turn.nonce());
  if (!heading.empty()) screen.text = heading + "\n\n" + screen.text;
  turn.Show(screen);
}

}  // namespace

absl::Status Handle(Turn& turn, const ShowServiceLanguages& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto service, GetOwnService(turn, action.service));
  turn.Show(ServiceLanguagesScreen(turn.reader(), turn.context().languages, service));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const ShowServiceLanguage& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto service, GetOwnService(turn, action.service));
  ShowLanguage(turn, service, action.language, "");
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const AskTranslation& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto service, GetOwnService(turn, action.service));
  turn.session().dialogue =
      TypesTranslation{action.service.text, action.field, action.language.text};
  turn.Show(AskTranslationScreen(turn.reader(), turn.context().languages, service, action));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const RemoveTranslation& action) {
  KALENDS_ASSIGN_OR_RETURN(auto service, GetOwnService(turn, action.service));
  if (service.mutable_translations()->erase(action.language.text) > 0) {
    KALENDS_ASSIGN_OR_RETURN(service,
                             Replace(turn, service, turn.RequestIdOf(action, action.nonce)));
  }
  ShowLanguage(turn, service, action.language, turn.texts().Html("catalog.saved"));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const TypesTranslation& dialogue, const std::string& text) {
  KALENDS_ASSIGN_OR_RETURN(auto service, GetOwnService(turn, ServiceId{dialogue.service}));
  v1::LocalizedText& translation = (*service.mutable_translations())[dialogue.language];
  if (dialogue.field == ServiceField::kName) {
    translation.set_display_name(Shorten(text, kNameCharsMax));
  } else {
    translation.set_description(Shorten(text, kDescriptionCharsMax));
  }
  KALENDS_ASSIGN_OR_RETURN(service, Replace(turn, service, turn.NextRequestId()));
  ShowLanguage(turn, service, LanguageCode{dialogue.language}, turn.texts().Html("catalog.saved"));
  return absl::OkStatus();
}

Handlers ServiceLanguagesHandlers() {
  return HandlersOf<TypesTranslation>(ServiceLanguagesActions{});
}

}  // namespace kalends::telegram
