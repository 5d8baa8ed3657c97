// What a refusal says beside its reason, for machines: a value of the subject's own type, which
// goes with the status from where it is made to where it is told (core/server/status.cc).
#pragma once

#include <any>
#include <chrono>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"

namespace kalends::core {

// Of INVALID_FIELD; error.h makes them.
struct FieldViolation {
  std::string field;        // Path in the request, such as "service.duration".
  std::string description;  // Completes the sentence "<field> ...".
};

// Of RATE_LIMITED.
struct RetryInfo {
  std::chrono::seconds retry_delay{0};  // After this the same may succeed.
};

// The two below, whatever the type; FindDetail: empty where there is none.
absl::Status AttachDetail(absl::Status status, std::any detail);
std::any FindDetail(const absl::Status& status);

// `status` with `detail` in place of the one it had. One that is OK stays without.
template <typename Detail>
absl::Status WithDetail(absl::Status status, Detail detail) {
  return AttachDetail(std::move(status), std::move(detail));
}

// nullopt: there is none, or one of another type.
template <typename Detail>
std::optional<Detail> DetailOf(const absl::Status& status) {
  const std::any detail = FindDetail(status);
  const auto* found = std::any_cast<Detail>(&detail);
  return found == nullptr ? std::nullopt : std::optional<Detail>(*found);
}

}  // namespace kalends::core
