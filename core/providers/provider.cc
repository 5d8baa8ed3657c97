#include "core/providers/provider.h"

namespace kalends::core {

std::string_view NameOf(ProviderKind kind) {
  return kind == ProviderKind::kSpecialist ? "SPECIALIST" : "ORGANIZATION";
}

std::optional<ProviderKind> ParseProviderKind(std::string_view name) {
  for (const ProviderKind kind : {ProviderKind::kSpecialist, ProviderKind::kOrganization}) {
    if (NameOf(kind) == name) return kind;
  }
  return std::nullopt;
}

}  // namespace kalends::core
