#include "adapters/telegram/screens/service_languages.h"

#include "adapters/telegram/actions/catalog.h"
#include "adapters/telegram/html.h"
#include "adapters/telegram/labels.h"
#include "adapters/telegram/screens/catalog.h"

namespace kalends::telegram {
namespace {

const v1::LocalizedText& TranslationOf(const v1::Service& service, const std::string& language) {
  const auto found = service.translations().find(language);
  return found == service.translations().end() ? v1::LocalizedText::default_instance()
                                               : found->second;
}

std::string LanguageName(const Languages& languages, const std::string& code) {
  return languages.For(code).Plain("language.name");
}

}  // namespace

Screen ServiceLanguagesScreen(const Reader& reader, const Languages& languages,
                              const v1::Service& service) {
  const Texts& t = reader.t();
  const ServiceId id = ServiceId::Of(service.name());
  Screen screen{.text = ServiceTitle(reader, service) + "\n" + t.Html("catalog.about_languages"),
                .rows = {}};
  std::vector<Button> buttons;
  for (const auto& [code, texts] : languages.all()) {
    const v1::LocalizedText& text = TranslationOf(service, code);
    const std::string name = text.display_name().empty() ? "–" : text.display_name();
    buttons.push_back({NameLabel(LanguageName(languages, code) + ": ", name, ""),
                       Action(ShowServiceLanguage{id, LanguageCode{code}})});
  }
  AppendGrid(screen.rows, std::move(buttons), 2);
  screen.rows.push_back(BackAndHome(reader, ShowService{id}));
  return screen;
}

Screen ServiceLanguageScreen(const Reader& reader, const Languages& languages,
                             const v1::Service& service, const LanguageCode& language,
                             Nonce nonce) {
  const Texts& t = reader.t();
  const ServiceId id = ServiceId::Of(service.name());
  const v1::LocalizedText& text = TranslationOf(service, language.text);
  Screen screen{.text = ServiceTitle(reader, service) + " · " +
                        EscapeHtml(LanguageName(languages, language.text)) + "\n" +
                        FieldLine(reader, "catalog.name", text.display_name()) + "\n" +
                        FieldLine(reader, "catalog.text", text.description()),
                .rows = {}};
  screen.rows.push_back(
      {{t.Plain("catalog.name"), Action(AskTranslation{id, ServiceField::kName, language})},
       {t.Plain("catalog.text"),
        Action(AskTranslation{id, ServiceField::kDescription, language})}});
  if (service.translations().contains(language.text)) {
    screen.rows.back().push_back(
        {t.Plain("catalog.remove"), Action(RemoveTranslation{id, language, nonce})});
  }
  screen.rows.push_back(BackAndHome(reader, ShowServiceLanguages{id}));
  return screen;
}

Screen AskTranslationScreen(const Reader& reader, const Languages& languages,
                            const v1::Service& service, const AskTranslation& asked) {
  const Texts& t = reader.t();
  const bool name = asked.field == ServiceField::kName;
  return {.text = ServiceTitle(reader, service) + "\n" +
                  t.Html(name ? "catalog.ask_name_in" : "catalog.ask_text_in",
                         {{"language", LanguageName(languages, asked.language.text)}}),
          .rows = {BackAndHome(reader, ShowServiceLanguage{asked.service, asked.language})}};
}

}  // namespace kalends::telegram
