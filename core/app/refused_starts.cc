#include "core/app/refused_starts.h"

#include <algorithm>

#include "core/base/detail.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/keys/call_rate.h"

namespace kalends::app {
namespace {

std::string RefusedCaller(const core::Caller& caller) {
  return caller.account ? "account:" + caller.account->ToString() : "key:" + caller.key.ToString();
}

core::TakenCall TakeRefusal(core::Ticks full_at, core::Ticks now) {
  return core::TakeCall(core::kRefusedStartsPerMinuteMax, std::chrono::minutes(1), full_at, now);
}

}  // namespace

absl::Status RefusedStarts::Check(const core::Caller& caller) const {
  const auto found = full_at_.find(RefusedCaller(caller));
  if (found == full_at_.end()) return absl::OkStatus();
  const core::Ticks wait = TakeRefusal(found->second, ticks_()).wait;
  if (wait == core::Ticks(0)) return absl::OkStatus();
  return core::WithDetail(core::Error(core::Reason::kRateLimited,
                                      "Too many starts were asked for that cannot be booked; see "
                                      "which can, and try again a little later."),
                          core::RetryInfo{std::chrono::ceil<std::chrono::seconds>(wait)});
}

void RefusedStarts::Count(const core::Caller& caller) {
  const core::Ticks now = ticks_();
  if (full_at_.size() >= sweep_at_) {
    std::erase_if(full_at_, [&](const auto& entry) { return entry.second <= now; });
    sweep_at_ = std::max(kSweptMin, 2 * full_at_.size());
  }
  core::Ticks& full_at = full_at_[RefusedCaller(caller)];
  full_at = TakeRefusal(full_at, now).full_at;
}

}  // namespace kalends::app
