#include "core/app/context.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/detail.h"
#include "core/base/error.h"
#include "core/base/status_macros.h"
#include "core/base/text.h"
#include "storage/links.h"
#include "storage/providers.h"

namespace kalends::app {
absl::Status CheckText(std::string_view field, std::string_view text, std::size_t min,
                       std::size_t max, Lines lines) {
  std::size_t count = 0;
  while (!text.empty()) {
    const std::optional<char32_t> point = core::TakeCodePoint(text);
    if (!point) return core::InvalidField(field, "must be valid UTF-8");
    const bool line_break = *point == U'\n' && lines == Lines::kMany;
    if ((*point < 0x20 && !line_break) || *point == 0x7F) {
      return core::InvalidField(field, "must not hold control characters");
    }
    ++count;
  }
  if (count < min || count > max) {
    return core::InvalidField(field, fmt::format("must have {} to {} characters", min, max));
  }
  return absl::OkStatus();
}

absl::Status CheckRate(std::span<const core::RateLimit> limits,
                       const std::function<std::optional<core::Instant>(int nth)>& nth_newest,
                       core::Instant now) {
  core::Instant may_go_on = now;
  for (const core::RateLimit& limit : limits) {
    may_go_on = std::max(may_go_on, core::MaySendAt(limit, nth_newest(limit.count), now));
  }
  if (may_go_on == now) return absl::OkStatus();
  return core::WithDetail(core::Error(core::Reason::kRateLimited),
                          core::RetryInfo{may_go_on - now});
}

absl::StatusOr<core::Provider> VisibleProvider(const ReadContext& cx, core::ProviderId id) {
  std::optional<core::Provider> provider = storage::FindProvider(cx.tx, id);
  if (!provider || provider->erased) return core::Error(core::Reason::kNotFound);
  if (core::MayActAs(cx.caller, provider->account)) return *std::move(provider);
  if (cx.caller.account) {
    if (storage::HasLink(cx.tx, id, *cx.caller.account)) return *std::move(provider);
    const auto own = storage::FindProviderOfAccount(cx.tx, *cx.caller.account);
    if (own && (storage::IsStaff(cx.tx, id, own->id) || storage::IsStaff(cx.tx, own->id, id))) {
      return *std::move(provider);
    }
  }
  return core::Error(core::Reason::kNotFound);
}

absl::StatusOr<core::Provider> ManagedProvider(const ReadContext& cx, core::ProviderId id) {
  std::optional<core::Provider> provider = storage::FindProvider(cx.tx, id);
  if (!provider || provider->erased || !core::MayActAs(cx.caller, provider->account)) {
    return core::Error(core::Reason::kNotFound);
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
