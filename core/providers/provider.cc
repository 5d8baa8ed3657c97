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

std::vector<ProviderNeed> MissingIn(ProviderKind kind, const ProviderParts& parts) {
  const bool lacks_team = kind == ProviderKind::kOrganization && !parts.has_team;
  std::vector<ProviderNeed> missing;
  if (!parts.has_service) missing.push_back(ProviderNeed::kService);
  if (lacks_team) missing.push_back(ProviderNeed::kTeam);
  if (!lacks_team && !parts.has_hours) missing.push_back(ProviderNeed::kHours);
  return missing;
}

absl::Status CheckRegister(const std::optional<Provider>& existing, ProviderKind kind) {
  if (!existing) return absl::OkStatus();
  return Error(existing->kind == kind ? Reason::kAlreadyProvider : Reason::kProviderKindFixed);
}

}  // namespace kalends::core
