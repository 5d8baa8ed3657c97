#include "core/catalog/service.h"

#include <algorithm>

namespace kalends::core {

bool IsDoneBy(const Service& service, ProviderId specialist) {
  const auto holds = [&](const std::vector<ProviderId>& ids) {
    return std::find(ids.begin(), ids.end(), specialist) != ids.end();
  };
  return (service.specialists.empty() || holds(service.specialists)) && !holds(service.declined);
}

LocalizedText TextsIn(const Service& service, std::string_view language) {
  LocalizedText texts{service.name, service.description};
  const auto translation = service.translations.find(std::string(language));
  if (translation == service.translations.end()) return texts;
  if (!translation->second.name.empty()) texts.name = translation->second.name;
  if (!translation->second.description.empty()) texts.description = translation->second.description;
  return texts;
}

}  // namespace kalends::core
