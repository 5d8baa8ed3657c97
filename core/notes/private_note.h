// What a provider notes for itself, on a customer or on an appointment. Never for the customer's
// eyes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "core/base/time.h"

namespace kalends::core {

struct PrivateNote {
  std::string text;                // Sealed where it is stored; empty: none.
  std::optional<Instant> written;  // None: never.
  std::int64_t version = 0;        // Of none: 0.
};

// INVALID_FIELD.
absl::Status CheckPrivateNote(std::string_view text);

}  // namespace kalends::core
