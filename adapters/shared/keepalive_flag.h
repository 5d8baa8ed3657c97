// The flag of every adapter that says how soon a core that has fallen silent is noticed.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>

#include "adapters/shared/core_channel.h"

namespace kalends {

// In milliseconds; `value` holds the default.
inline void DeclareKeepalive(CLI::App& app, std::int64_t& value) {
  constexpr std::int64_t kMax = 3'600'000;
  app.add_option("--keepalive-ms", value,
                 "How long the line to the core may be silent before it is asked whether it is "
                 "there; after as long again without an answer a new one is made. kalendsd hangs "
                 "up on those who ask more often than its --ping-interval-min-ms")
      ->envname("KALENDS_KEEPALIVE_MS")
      ->check(CLI::Range(std::int64_t{1}, kMax))
      ->capture_default_str();
}

}  // namespace kalends
