// Use cases of providers.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/app/context.h"
#include "core/providers/provider.h"
#include "storage/providers.h"

namespace kalends::app {

// A specialist of an organization.
struct StaffView {
  core::Provider provider;
  std::string time_zone;  // Of the schedule.
};

// A provider with what is shown of it.
struct ProviderView {
  core::Provider provider;
  std::string time_zone;  // As TimeZoneOf says.
  std::string currency;   // The provider's, or, where it has said none, what is likely.
  std::vector<StaffView> specialists;
  std::string profile_slug;  // Of its public page; empty: not published.
  std::vector<core::ProviderNeed> missing;
  std::string reminder_text;                  // Of who may change it; empty to others.
  std::vector<core::Provider> organizations;  // Whose staff it is; to itself alone.
};

struct RegisterProviderInput {
  core::ProviderKind kind = core::ProviderKind::kSpecialist;
  std::string display_name;
  std::string time_zone;  // Empty: the account's.
  std::string currency;   // Empty: to be guessed.
};
// An account without a zone gets the provider's.
absl::StatusOr<ProviderView> RegisterProvider(WriteContext& cx, const RegisterProviderInput& input);

absl::StatusOr<ProviderView> GetProvider(const ReadContext& cx, core::ProviderId id);

// What waits for the provider; at most kOpenCountMax of each.
struct OpenCounts {
  int pending_appointments = 0;
  int unread_threads = 0;
};
absl::StatusOr<OpenCounts> CountOpen(const ReadContext& cx, core::ProviderId id);

struct UpdateProviderInput {
  core::ProviderId id;
  std::optional<std::string> display_name;
  std::optional<core::Minutes> default_duration;
  std::optional<std::vector<core::Minutes>> reminders;
  std::optional<std::string> currency;
  std::optional<bool> asks_before_moving;
  std::optional<std::string> reminder_text;
  std::string etag;
};
absl::StatusOr<ProviderView> UpdateProvider(WriteContext& cx, const UpdateProviderInput& input);

absl::StatusOr<std::vector<ProviderView>> ListProviders(
    const ReadContext& cx, core::AccountId customer,
    const std::optional<storage::ProviderCursor>& after, int limit);

// A specialist's schedule's, an organization's account's; "UTC" where that is not set.
std::string TimeZoneOf(storage::Transaction& tx, const core::Provider& provider);

// What keeps customers from booking.
std::vector<core::ProviderNeed> MissingOf(const ReadContext& cx, const core::Provider& provider);

// The view of a provider whose visibility was checked.
ProviderView ViewProvider(const ReadContext& cx, core::Provider provider);

}  // namespace kalends::app
