// Use cases of accounts.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/accounts/account.h"
#include "core/app/context.h"
#include "core/providers/provider.h"

namespace kalends::app {

// An account with what is shown of it.
struct AccountView {
  core::Account account;
  std::vector<core::Identity> identities;
  std::optional<core::Provider> provider;
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

}  // namespace kalends::app
