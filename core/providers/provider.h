// Providers: what customers book.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "core/base/id.h"
#include "core/base/time.h"

namespace kalends::core {

enum class ProviderKind { kSpecialist, kOrganization };
std::string_view NameOf(ProviderKind kind);
std::optional<ProviderKind> ParseProviderKind(std::string_view name);

struct Provider {
  ProviderId id;
  AccountId account;
  ProviderKind kind = ProviderKind::kSpecialist;
  std::string display_name;
  Minutes default_duration{60};  // Of a request without a service.
  std::vector<Minutes> reminders{Minutes(24 * 60), Minutes(120)};  // Before the start.
  std::string currency = {};  // Of its prices, ISO 4217; empty: it has not said.
  Instant created = {};
  std::int64_t version = 1;
  std::optional<Instant> erased = {};  // With its account.
  bool asks_before_moving = false;     // A move of an appointment is proposed to the customer.
};

// What is to be made before a provider can be offered to customers at all.
enum class ProviderNeed { kService, kTeam, kHours };

// What a provider has made so far.
struct ProviderParts {
  bool has_service = false;  // Not archived; its own, or of an organization it works for.
  bool has_team = false;     // Of an organization: a specialist.
  bool has_hours = false;    // Its own, or of any of its specialists.
};
// What is missing, in the order in which it is made. An organization without a team is not told of
// hours, too: those are its specialists'.
std::vector<ProviderNeed> MissingIn(ProviderKind kind, const ProviderParts& parts);

// Whether an account whose provider is `existing` may become one of `kind`: ALREADY_PROVIDER,
// PROVIDER_KIND_FIXED.
absl::Status CheckRegister(const std::optional<Provider>& existing, ProviderKind kind);

}  // namespace kalends::core
