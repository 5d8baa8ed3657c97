#include "adapters/shared/core_standing.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <utility>

#include "adapters/shared/core_channel.h"
#include "adapters/shared/error_details.h"

namespace kalends {
namespace {

// Whether the core itself has spoken, and not the line to it.
bool IsCoresWord(const grpc::Status& status) {
  return status.ok() || !status.error_details().empty();
}

}  // namespace

CoreTrouble TroubleOf(const grpc::Status& status) {
  const grpc::StatusCode code = status.error_code();
  const bool lost =
      code == grpc::StatusCode::UNAVAILABLE || code == grpc::StatusCode::DEADLINE_EXCEEDED;
  if (lost && !IsCoresWord(status)) return CoreTrouble::kAway;
  if (code == grpc::StatusCode::UNAUTHENTICATED) return CoreTrouble::kRefused;
  const bool scope = ReasonOf(status) == v1::REASON_SCOPE_MISSING;
  return scope ? CoreTrouble::kRefused : CoreTrouble::kNone;
}

std::string CommandForKey(std::string_view address, std::string_view scope) {
  return fmt::format(
      "kalends key create --scope {} --label NAME --out FILE --core {} --admin-key-file "
      "DATA-DIR/admin.key",
      scope, address);
}

void WarnOf(std::string_view what, const grpc::Status& status) {
  if (TroubleOf(status) != CoreTrouble::kNone) return;
  spdlog::warn("{}: code {} {}", what, static_cast<int>(status.error_code()), ReasonName(status));
}

CoreStanding::CoreStanding(std::string address, std::string scope,
                           std::function<void()> refused_from_start,
                           std::function<std::string()> why_away)
    : address_(std::move(address)),
      scope_(std::move(scope)),
      refused_from_start_(std::move(refused_from_start)),
      why_away_(std::move(why_away)) {}

void CoreStanding::Note(const grpc::Status& status) {
  const CoreTrouble trouble = TroubleOf(status);
  // Such as a call that we have cancelled ourselves.
  if (trouble == CoreTrouble::kNone && !IsCoresWord(status)) return;
  bool from_start = false;
  {
    const std::lock_guard lock(mutex_);
    if (trouble == CoreTrouble::kNone) was_well_ = true;
    if (trouble == trouble_) return;
    const auto now = std::chrono::steady_clock::now();
    // What ran out of time just after the core came back began before.
    if (trouble == CoreTrouble::kAway && trouble_ == CoreTrouble::kNone &&
        status.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED &&
        now - since_ < kCallDeadlineMax) {
      return;
    }
    trouble_ = trouble;
    since_ = now;
    from_start = trouble == CoreTrouble::kRefused && !was_well_;
    Tell(trouble, status);
  }
  if (from_start && refused_from_start_) refused_from_start_();
}

void CoreStanding::Tell(CoreTrouble trouble, const grpc::Status& status) {
  switch (trouble) {
    case CoreTrouble::kNone:
      spdlog::info("the core at {} answers again", address_);
      break;
    case CoreTrouble::kAway:
      spdlog::error("the core at {} cannot be reached; trying again until it can", address_);
      AskWhyAway();
      break;
    case CoreTrouble::kRefused:
      spdlog::error(
          "the core at {} refuses our API key ({}): make one with `{}`, put it where "
          "--api-key-file says, and start again",
          address_, ReasonName(status), CommandForKey(address_, scope_));
  }
}

void CoreStanding::AskWhyAway() {
  using std::chrono::seconds;
  const bool asking =
      asks_why_.valid() && asks_why_.wait_for(seconds(0)) == std::future_status::timeout;
  if (!why_away_ || asking) return;
  asks_why_ = std::async(std::launch::async, [this] {
    const std::string why = why_away_();
    if (!why.empty()) spdlog::error("the core at {} cannot be reached: {}", address_, why);
  });
}

CoreTrouble CoreStanding::trouble() const {
  const std::lock_guard lock(mutex_);
  return trouble_;
}

std::chrono::steady_clock::duration CoreStanding::AwayFor() const {
  const std::lock_guard lock(mutex_);
  if (trouble_ != CoreTrouble::kAway) return {};
  return std::chrono::steady_clock::now() - since_;
}

}  // namespace kalends
