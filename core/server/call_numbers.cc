#include "core/server/call_numbers.h"

#include <algorithm>

#include "core/base/error.h"

namespace kalends::server {
namespace {

operate::Family<operate::Count> calls_ended("kalends_core_calls_total",
                                            "Calls that ended, streams among them.",
                                            {"method", "code"}, operate::Unseen::kLeftOut);
operate::Family<operate::Spread> call_seconds("kalends_core_call_seconds",
                                              "From a call's coming in to its end, in seconds.",
                                              {"method"}, operate::Unseen::kLeftOut, [] {
                                                return std::make_unique<operate::Spread>(
                                                    operate::Latencies());
                                              });
operate::Family<operate::Count> refusals("kalends_core_refusals_total",
                                         "Calls that were refused, by the contract's reason.",
                                         {"reason"});

using ByReason = std::array<operate::Count*, core::kReasonCount>;
const ByReason refused_for = [] {
  ByReason all{};
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i] = &refusals.With({std::string(NameOf(static_cast<core::Reason>(i)))});
  }
  return all;
}();

}  // namespace

CallNumbers::CallNumbers(const std::string& method) : took_(&call_seconds.With({method})) {
  for (std::size_t code = 0; code < kCodes; ++code) {
    const auto name = absl::StatusCodeToString(static_cast<absl::StatusCode>(code));
    ended_[code] = &calls_ended.With({method, name});
  }
}

void CallNumbers::Ended(const absl::Status& status,
                        std::chrono::steady_clock::duration took) const {
  if (took_ == nullptr) return;
  const auto code = static_cast<std::size_t>(status.code());
  ended_[std::min(code, kCodes - 1)]->Add();
  took_->Observe(std::chrono::duration<double>(took).count());
  if (status.ok() || absl::IsCancelled(status)) return;
  const core::Reason reason = core::ReasonOf(status).value_or(core::Reason::kInternal);
  refused_for[static_cast<std::size_t>(reason)]->Add();
}

}  // namespace kalends::server
