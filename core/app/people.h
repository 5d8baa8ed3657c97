// Use cases of accounts, providers and invitations.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/app/context.h"
#include "core/people/invitation.h"
#include "core/people/people.h"
#include "storage/people.h"

namespace kalends::app {

// An account with what is shown of it.
struct AccountView {
  core::Account account;
  std::vector<core::Identity> identities;
  std::optional<core::Provider> provider;
};

// A specialist of an organization.
struct StaffView {
  core::Provider provider;
  std::string time_zone;  // Of the schedule.
};

// A provider with what is shown of it.
struct ProviderView {
  core::Provider provider;
  std::string time_zone;  // As TimeZoneOf says.
  std::vector<StaffView> specialists;
  std::string profile_slug;  // Of its public page; empty: not published.
};

struct EnsureAccountInput {
  core::Identity identity;
  std::string display_name;
  std::string language_tag;
};
// Returns the account as it is when nothing about it would change; nullopt otherwise.
std::optional<AccountView> AccountAsIs(const ReadContext& cx, const EnsureAccountInput& input);
absl::StatusOr<AccountView> EnsureAccount(WriteContext& cx, const EnsureAccountInput& input);

absl::StatusOr<AccountView> GetAccount(const ReadContext& cx, core::AccountId id);

// The language of the account a call is made for; English without one.
core::Language CallersLanguage(const ReadContext& cx);

struct UpdateAccountInput {
  core::AccountId id;
  std::optional<std::string> display_name;
  std::optional<core::Language> language;
  std::optional<std::string> time_zone;  // Empty: unset it.
  std::string etag;
};
absl::StatusOr<AccountView> UpdateAccount(WriteContext& cx, const UpdateAccountInput& input);

struct RegisterProviderInput {
  core::ProviderKind kind = core::ProviderKind::kSpecialist;
  std::string display_name;
};
absl::StatusOr<ProviderView> RegisterProvider(WriteContext& cx, const RegisterProviderInput& input);

absl::StatusOr<ProviderView> GetProvider(const ReadContext& cx, core::ProviderId id);

struct UpdateProviderInput {
  core::ProviderId id;
  std::optional<std::string> display_name;
  std::optional<core::Minutes> default_duration;
  std::optional<std::vector<core::Minutes>> reminders;
  std::string etag;
};
absl::StatusOr<ProviderView> UpdateProvider(WriteContext& cx, const UpdateProviderInput& input);

absl::StatusOr<std::vector<ProviderView>> ListProviders(
    const ReadContext& cx, core::AccountId customer,
    const std::optional<storage::ProviderCursor>& after, int limit);

// A specialist's schedule's, an organization's account's; "UTC" where that is not set.
std::string TimeZoneOf(storage::Transaction& tx, const core::Provider& provider);

// The view of a provider whose visibility was checked.
ProviderView ViewProvider(const ReadContext& cx, core::Provider provider);

struct CreateInvitationInput {
  core::ProviderId provider;
  core::InvitationKind kind = core::InvitationKind::kCustomer;
  std::string label;
  std::optional<core::Instant> expires;
  int max_uses = 0;
};
absl::StatusOr<core::Invitation> CreateInvitation(WriteContext& cx,
                                                  const CreateInvitationInput& input);
absl::StatusOr<core::Invitation> GetInvitation(const ReadContext& cx, core::ProviderId provider,
                                               core::InvitationId id);
absl::StatusOr<std::vector<core::Invitation>> ListInvitations(
    const ReadContext& cx, core::ProviderId provider, std::optional<core::InvitationId> before,
    int limit);
absl::StatusOr<core::Invitation> RevokeInvitation(WriteContext& cx, core::ProviderId provider,
                                                  core::InvitationId id);

struct Redeemed {
  ProviderView provider;
  bool already_linked = false;
};
absl::StatusOr<Redeemed> RedeemInvitation(WriteContext& cx, std::string_view code);

}  // namespace kalends::app
