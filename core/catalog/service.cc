#include "core/catalog/service.h"

namespace kalends::core {

LocalizedText TextsIn(const Service& service, std::string_view language) {
  LocalizedText texts{service.name, service.description};
  const auto translation = service.translations.find(std::string(language));
  if (translation == service.translations.end()) return texts;
  if (!translation->second.name.empty()) texts.name = translation->second.name;
  if (!translation->second.description.empty()) texts.description = translation->second.description;
  return texts;
}

}  // namespace kalends::core
