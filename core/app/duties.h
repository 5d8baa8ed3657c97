// What time brings about by itself: unanswered requests, unmarked appointments, what is kept for a
// while only. One row per duty, beside the use cases of its subject.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string_view>
#include <thread>

#include "core/app/booking_agreed.h"
#include "core/app/engine.h"
#include "core/base/limits.h"

namespace kalends::app {

struct DutyOptions {
  std::chrono::seconds complete_after = core::kAutoCompleteAfter;
  std::chrono::milliseconds tick{1000};
};

// Each is a transaction of its own: one that fails holds up no other.
struct Duty {
  std::string_view what;  // "forgetting old sessions": for the log, where it fails.
  // Whether there is something to do. Looking costs no write, and mostly there is nothing.
  bool (*is_due)(storage::Transaction& tx, core::Instant now, const DutyOptions& options);
  void (*carry_out)(WriteContext& cx, const DutyOptions& options);
};

// What is done at every tick, and looks by itself whether there is something to do.
struct Round {
  std::string_view what;
  absl::Status (*make)(Engine& engine);
};

// How many rows one transaction of a duty changes, so that it holds up nobody: what people are told
// of, and what only goes.
inline constexpr int kDutyChangesMax = 200;
inline constexpr int kDutyPurgedMax = 500;

// Carries out all duties on a thread of its own, once a second at most. Thread-safe.
class Duties {
 public:
  Duties(Engine& engine, DutyOptions options) : engine_(engine), options_(options) {}
  ~Duties();

  Duties(const Duties&) = delete;
  Duties& operator=(const Duties&) = delete;

  void Start();
  // The clock may have moved on.
  void Wake();

 private:
  void Run();
  void CarryOut(core::Instant now);
  bool stopping();

  Engine& engine_;
  const DutyOptions options_;
  AgreedTimes agreed_times_{engine_, [this] { return stopping(); }};
  std::mutex mutex_;
  std::condition_variable wake_;
  bool woken_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace kalends::app
