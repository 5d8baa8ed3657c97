// Providers and the staff of organizations. Call only inside Database::Read or Submit.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/providers/provider.h"
#include "storage/database.h"

namespace kalends::storage {

void InsertProvider(Transaction& tx, const core::Provider& provider);
void UpdateProvider(Transaction& tx, const core::Provider& provider);
// What it adds to reminders.
std::string ReminderTextOf(Transaction& tx, core::ProviderId id);
void SetReminderText(Transaction& tx, core::ProviderId id, std::string_view text);
std::optional<core::Provider> FindProvider(Transaction& tx, core::ProviderId id);
std::optional<core::Provider> FindProviderOfAccount(Transaction& tx, core::AccountId account);

// Specialists of an organization, by id. Who comes back is inserted again.
void InsertStaff(Transaction& tx, core::ProviderId organization, core::ProviderId specialist,
                 core::Instant now);
std::vector<core::ProviderId> StaffOf(Transaction& tx, core::ProviderId organization);
bool IsStaff(Transaction& tx, core::ProviderId organization, core::ProviderId specialist);
void EndStaff(Transaction& tx, core::ProviderId organization, core::ProviderId specialist,
              core::Instant now);
// Whether the specialist was staff, and is no longer.
bool IsFormerStaff(Transaction& tx, core::ProviderId organization, core::ProviderId specialist);

// Organizations that a specialist is staff of, by id.
std::vector<core::ProviderId> OrganizationsOf(Transaction& tx, core::ProviderId specialist);

// Where a page of providers ends: the next one starts after this name and id.
struct ProviderCursor {
  std::string display_name;
  core::ProviderId id;
};
// The providers on a customer's list, by (display name, id).
std::vector<core::Provider> LinkedProviders(Transaction& tx, core::AccountId customer,
                                            const std::optional<ProviderCursor>& after, int limit);

}  // namespace kalends::storage
