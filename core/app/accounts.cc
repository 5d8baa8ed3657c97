#include "core/app/accounts.h"

#include "core/app/privacy.h"
#include "core/base/error.h"
#include "core/base/missing.h"
#include "core/base/status_macros.h"
#include "core/base/text.h"
#include "core/schedule/checks.h"
#include "core/timezone/time_zone.h"
#include "storage/accounts.h"
#include "storage/providers.h"
#include "storage/schedule.h"

namespace kalends::app {
namespace {

AccountView ViewAccount(storage::Transaction& tx, core::Account account) {
  AccountView view;
  for (const storage::IdentityRow& row : storage::IdentitiesOf(tx, account.id)) {
    view.identities.push_back(row.identity);
  }
  view.provider = storage::FindProviderOfAccount(tx, account.id);
  view.account = std::move(account);
  return view;
}

// A specialist who has not said when they work follows the zone of the account. An organization's
// zone is the account's, which it cannot be without: TIME_ZONE_MISSING.
absl::Status FollowZone(WriteContext& cx, const core::Account& account) {
  const auto provider = storage::FindProviderOfAccount(cx.tx, account.id);
  if (!provider) return absl::OkStatus();
  if (provider->kind == core::ProviderKind::kOrganization) {
    return account.time_zone.empty() ? core::Error(core::Reason::kTimeZoneMissing)
                                     : absl::OkStatus();
  }
  auto row = storage::FindSchedule(cx.tx, provider->id);
  if (account.time_zone.empty() || !row || !core::IsUnset(row->schedule)) return absl::OkStatus();
  row->schedule.time_zone = account.time_zone;
  ++row->version;
  storage::ReplaceSchedule(cx.tx, provider->id, *row);
  cx.calendars.Reload(provider->id);
  return absl::OkStatus();
}

absl::StatusOr<std::string> CanonicalZone(const std::string& name) {
  if (name.empty()) return name;
  const auto zone = core::TimeZone::Find(name);
  if (!zone) return core::Error(core::Reason::kTimeZoneUnknown);
  return zone->name();
}

absl::StatusOr<AccountView> MakeAccount(WriteContext& cx, const EnsureAccountInput& input) {
  core::Account account;
  account.id = cx.ids.Next<core::AccountId>(cx.now);
  account.display_name = input.display_name;
  account.language = core::LanguageForTag(input.language_tag);
  account.created = cx.now;
  storage::InsertAccount(cx.tx, account);
  storage::InsertIdentity(cx.tx, {input.identity, account.id, true});
  return ViewAccount(cx.tx, std::move(account));
}

}  // namespace

std::optional<AccountView> AccountAsIs(const ReadContext& cx, const EnsureAccountInput& input) {
  const auto row = storage::FindIdentity(cx.tx, input.identity);
  if (!row || !row->reachable) return std::nullopt;
  auto account = storage::FindAccount(cx.tx, row->account);
  if (!account || account->display_name != input.display_name) return std::nullopt;
  return ViewAccount(cx.tx, *std::move(account));
}

absl::StatusOr<AccountView> EnsureAccount(WriteContext& cx, const EnsureAccountInput& input) {
  RETURN_IF_ERROR(core::CheckName("display_name", input.display_name));
  const auto row = storage::FindIdentity(cx.tx, input.identity);
  if (!row) return MakeAccount(cx, input);
  if (!row->reachable) {
    storage::SetReachable(cx.tx, input.identity, true);
    cx.notified = true;  // What waited for this person may go out.
  }
  auto account = storage::FindAccount(cx.tx, row->account);
  if (!account) return core::Error(core::Reason::kInternal);
  if (account->display_name != input.display_name) {
    account->display_name = input.display_name;
    ++account->version;
    storage::UpdateAccount(cx.tx, *account);
  }
  return ViewAccount(cx.tx, *std::move(account));
}

absl::StatusOr<AccountView> GetAccount(const ReadContext& cx, core::AccountId id) {
  if (!core::MayActAs(cx.caller, id)) return core::NotFound("accounts/*", id);
  auto account = storage::FindAccount(cx.tx, id);
  if (!account || account->erased) return core::NotFound("accounts/*", id);
  return ViewAccount(cx.tx, *std::move(account));
}

core::Language CallersLanguage(const ReadContext& cx) {
  if (!cx.caller.account) return core::Language::kEn;
  const auto account = storage::FindAccount(cx.tx, *cx.caller.account);
  return account ? account->language : core::Language::kEn;
}

absl::StatusOr<AccountView> UpdateAccount(WriteContext& cx, const UpdateAccountInput& input) {
  if (!core::MayActAs(cx.caller, input.id)) return core::NotFound("accounts/*", input.id);
  auto account = storage::FindAccount(cx.tx, input.id);
  if (!account || account->erased) return core::NotFound("accounts/*", input.id);
  RETURN_IF_ERROR(CheckEtag(input.etag, account->version));
  if (input.display_name) {
    RETURN_IF_ERROR(core::CheckName("account.display_name", *input.display_name));
    account->display_name = *input.display_name;
  }
  if (input.language) account->language = *input.language;
  if (input.time_zone) {
    ASSIGN_OR_RETURN(account->time_zone, CanonicalZone(*input.time_zone));
    RETURN_IF_ERROR(FollowZone(cx, *account));
  }
  ++account->version;
  storage::UpdateAccount(cx.tx, *account);
  return ViewAccount(cx.tx, *std::move(account));
}

// The row stays, for the books of others.
extern constinit const Farewell kAccountsFarewell{
    .begin = [](WriteContext& cx, const Leaving& leaving) {
      core::Account account = leaving.account;
      account.display_name = core::kErasedName;
      account.language = core::Language::kEn;
      account.time_zone.clear();
      account.erased = cx.now;
      ++account.version;
      storage::UpdateAccount(cx.tx, account);
    }};

}  // namespace kalends::app
