#include "core/providers/provider.h"

#include "core/base/error.h"

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

absl::Status CheckRegister(const std::optional<Provider>& existing, ProviderKind kind) {
  if (!existing) return absl::OkStatus();
  return Error(existing->kind == kind ? Reason::kAlreadyProvider : Reason::kProviderKindFixed);
}

}  // namespace kalends::core
