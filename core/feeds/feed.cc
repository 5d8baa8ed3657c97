#include "core/feeds/feed.h"

#include <cassert>

#include "absl/strings/escaping.h"
#include "core/base/limits.h"

namespace kalends::core {
namespace {

constexpr std::size_t kTokenBytes = 32;

Instant FirstTold(Instant now) {
  return std::chrono::floor<std::chrono::days>(now) - kFeedDaysKept;
}

}  // namespace

std::string_view LastPartOf(FeedRole role) {
  return role == FeedRole::kCustomer ? "customer" : "provider";
}

std::string_view NameOf(FeedRole role) {
  return role == FeedRole::kCustomer ? "CUSTOMER" : "PROVIDER";
}

std::optional<FeedRole> ParseFeedRole(std::string_view name) {
  for (const FeedRole role : {FeedRole::kCustomer, FeedRole::kProvider}) {
    if (NameOf(role) == name) return role;
  }
  return std::nullopt;
}

std::string FeedToken(std::string_view random_bytes) {
  assert(random_bytes.size() == kTokenBytes);
  std::string token;
  absl::WebSafeBase64Escape(absl::string_view(random_bytes.data(), random_bytes.size()), &token);
  return token;
}

Interval FeedWindow(Instant now) {
  // The contract's instants end with the year 2100.
  return {FirstTold(now), std::chrono::sys_days(std::chrono::year(2101) / 1 / 1)};
}

bool IsToldOf(AppointmentStatus status, Instant changed, Instant now) {
  const bool off =
      status == AppointmentStatus::kCancelled || status == AppointmentStatus::kRejected;
  return !off || changed >= FirstTold(now);
}

}  // namespace kalends::core
