// Agreed wall-clock times when zone rules change (SPEC 4.3a): at the start, and under a running
// core.
#pragma once

#include <chrono>
#include <functional>
#include <optional>

#include "absl/status/status.h"
#include "core/app/engine.h"

namespace kalends::app {

// How often the zone files are looked at.
inline constexpr std::chrono::seconds kZoneFilesLookEvery{10};

// Puts new zone rules in force, and brings appointments in line with them: each specialist's in
// transactions of their own, of some 200 changes, so that nobody waits long. What a crash
// interrupts is gone on with at the next start: a transaction moves appointments and tells of it,
// and who has been told is concerned no more. Used by one thread, never the writer's.
class AgreedTimes {
 public:
  // `should_stop`: whether to leave the rest to the next start.
  AgreedTimes(Engine& engine, std::function<bool()> should_stop)
      : engine_(engine), should_stop_(std::move(should_stop)) {}

  // At the first call brings all appointments in line with the rules in force. Later, once in
  // kZoneFilesLookEvery, does it again if the files have changed. Waits for the writer.
  absl::Status Keep(core::Instant now);

 private:
  void ReadFiles();
  absl::Status FillIn();
  absl::Status RuleOnAll();
  absl::Status RuleOn(core::ProviderId specialist);

  Engine& engine_;
  const std::function<bool()> should_stop_;
  std::optional<core::Instant> looked_;  // Nothing yet: this is the first call.
  bool due_ = true;                      // Appointments may be out of line.
};

}  // namespace kalends::app
