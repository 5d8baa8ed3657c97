#include "core/app/duties.h"

#include "core/app/log_failure.h"

namespace kalends::app {

// Each defined with the use cases of its subject.
extern const Round kEndStreams, kKeepKeyUses;
extern const Duty kRejectUnanswered, kCompleteUnmarked, kDropLateReminders, kForgetSetAside,
    kForgetRequests, kForgetSessions, kForgetDownloadLinks, kForgetCards;

namespace {

constexpr const Round* kRounds[] = {&kEndStreams, &kKeepKeyUses};
constexpr const Duty* kDuties[] = {&kRejectUnanswered,    &kCompleteUnmarked, &kDropLateReminders,
                                   &kForgetSetAside,      &kForgetRequests,   &kForgetSessions,
                                   &kForgetDownloadLinks, &kForgetCards};

}  // namespace

Duties::~Duties() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Duties::Start() {
  thread_ = std::thread([this] { Run(); });
}

void Duties::Wake() {
  {
    const std::lock_guard lock(mutex_);
    woken_ = true;
  }
  wake_.notify_all();
}

bool Duties::stopping() {
  const std::lock_guard lock(mutex_);
  return stopping_;
}

void Duties::Run() {
  core::Instant last;
  // At once: until then people may see times that are not theirs.
  LogFailure("keeping agreed times", agreed_times_.Keep(engine_.Now()));
  while (true) {
    {
      std::unique_lock lock(mutex_);
      wake_.wait_for(lock, options_.tick, [this] { return woken_ || stopping_; });
      if (stopping_) return;
      woken_ = false;
    }
    const core::Instant now = engine_.Now();
    if (now != last) CarryOut(now);
    last = now;
  }
}

void Duties::CarryOut(core::Instant now) {
  LogFailure("keeping agreed times", agreed_times_.Keep(now));
  for (const Round* round : kRounds) LogFailure(round->what, round->make(engine_));
  for (const Duty* duty : kDuties) {
    bool is_due = false;
    LogFailure(duty->what, engine_.database().Read([&](storage::Transaction& tx) {
      is_due = duty->is_due(tx, now, options_);
      return absl::OkStatus();
    }));
    if (!is_due) continue;
    LogFailure(duty->what, engine_.WriteAsSystemAndWait([&](WriteContext& cx) {
      duty->carry_out(cx, options_);
      return absl::OkStatus();
    }));
  }
}

}  // namespace kalends::app
