#include "core/app/context.h"

#include <fmt/format.h>

#include "core/base/detail.h"
#include "core/base/error.h"
#include "core/base/missing.h"
#include "storage/links.h"
#include "storage/providers.h"

namespace kalends::app {

absl::Status CheckRate(std::span<const core::RateLimit> limits,
                       const std::function<std::optional<core::Instant>(int nth)>& nth_newest,
                       core::Instant now) {
  const core::Instant may_go_on = core::MaySendAt(limits, nth_newest, now);
  if (may_go_on == now) return absl::OkStatus();
  return core::WithDetail(core::Error(core::Reason::kRateLimited),
                          core::RetryInfo{may_go_on - now});
}

core::Tie TieOf(const ReadContext& cx, const core::Provider& provider) {
  if (!cx.caller.account || *cx.caller.account == provider.account) return core::Tie::kNone;
  const core::AccountId account = *cx.caller.account;
  const core::ProviderId id = provider.id;
  if (storage::HasLink(cx.tx, id, account)) return core::Tie::kCustomer;
  const auto own = storage::FindProviderOfAccount(cx.tx, account);
  if (own && (storage::IsStaff(cx.tx, id, own->id) || storage::IsStaff(cx.tx, own->id, id))) {
    return core::Tie::kColleague;
  }
  return storage::FindLink(cx.tx, id, account) ? core::Tie::kFormerCustomer : core::Tie::kNone;
}

absl::StatusOr<core::Provider> VisibleProvider(const ReadContext& cx, core::ProviderId id) {
  std::optional<core::Provider> provider = storage::FindProvider(cx.tx, id);
  if (!provider || !core::MaySee(cx.caller, *provider, TieOf(cx, *provider))) {
    return core::NotFound("providers/*", id);
  }
  return *std::move(provider);
}

absl::StatusOr<core::Provider> ManagedProvider(const ReadContext& cx, core::ProviderId id) {
  std::optional<core::Provider> provider = storage::FindProvider(cx.tx, id);
  if (!provider || !core::MayManage(cx.caller, *provider)) {
    return core::NotFound("providers/*", id);
  }
  return *std::move(provider);
}

absl::StatusOr<core::ProviderId> OwnProvider(const ReadContext& cx) {
  if (!cx.caller.account) return core::Error(core::Reason::kAccountMissing);
  const auto provider = storage::FindProviderOfAccount(cx.tx, *cx.caller.account);
  if (!provider) return core::Error(core::Reason::kNotFound);
  return provider->id;
}

std::string RequestScope(core::AccountId account) { return "account:" + account.ToString(); }

absl::Status CheckEtag(std::string_view etag, std::int64_t version) {
  if (etag.empty() || etag == EtagOf(version)) return absl::OkStatus();
  return core::Error(core::Reason::kStaleEtag);
}

std::string EtagOf(std::int64_t version) { return fmt::format("\"{}\"", version); }

}  // namespace kalends::app
