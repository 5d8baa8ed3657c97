#include "core/app/booking_agreed.h"

#include <fmt/ranges.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <limits>
#include <vector>

#include "core/app/booking_parts.h"
#include "core/app/duties.h"
#include "core/app/notifications.h"
#include "core/base/status_macros.h"
#include "core/booking/agreed_time.h"
#include "core/notifications/audience.h"
#include "core/timezone/zone_rules.h"
#include "storage/booking.h"
#include "storage/schedule.h"
#include "storage/unreadable.h"

namespace kalends::app {
namespace {

constexpr int kFilledInAtOnce = 500;
// How many appointments one snapshot is read for, at least.
constexpr std::size_t kLookedAtOnce = 2000;
constexpr std::size_t kZonesNamedMax = 20;

// All that can be in the way of what is ahead, the buffers of what is over included.
std::vector<core::Appointment> HoldingAhead(storage::Transaction& tx, core::ProviderId specialist,
                                            core::Instant now) {
  return storage::HoldingAppointments(tx, specialist, now - core::kBufferMax,
                                      std::numeric_limits<int>::max());
}

core::AgreedTime AgreeInZone(storage::Transaction& tx, const core::Appointment& appointment) {
  const std::string name = storage::ScheduleTimeZone(tx, appointment.specialist).value_or("");
  const core::TimeZone zone = core::TimeZone::Find(name).value_or(core::TimeZone::Utc());
  return core::AgreeOn(appointment.interval.start, zone, core::ZoneRulesVersion());
}

// Open ones without an agreed time that can get one: all that it takes can be read.
std::vector<core::Appointment> Timeless(storage::Transaction& tx, int limit) {
  return storage::FirstReadable(tx, limit, [&](int asked) {
    std::vector<core::Appointment> open = storage::OpenWithoutAgreedTime(tx, asked);
    std::erase_if(open, [&](const core::Appointment& one) {
      return !storage::IfReadable(tx, [&] { return AgreeInZone(tx, one); });
    });
    return open;
  });
}

void TellBoth(WriteContext& cx, const core::Appointment& appointment, core::Outcome outcome,
              core::Instant previous_start) {
  const Event event{core::KindOf(outcome), core::Actor::kSystem, core::NameOf(outcome),
                    previous_start};
  NotifyCustomer(cx, appointment, event);
  NotifyProvider(cx, appointment, event);
}

// Returns how many appointments were ruled on; 0: none is concerned any more.
std::size_t RuleOnSome(WriteContext& cx, core::ProviderId specialist) {
  const std::vector<core::Appointment> holding = HoldingAhead(cx.tx, specialist, cx.now);
  const std::vector<core::Ruling> rulings =
      core::RuleOnAgreedTimes(holding, cx.now, kDutyChangesMax);
  if (rulings.empty()) return 0;
  std::vector<core::Appointment> changed;
  for (const core::Ruling& ruling : rulings) {
    core::Appointment& one = changed.emplace_back(holding[ruling.index]);
    core::ApplyRuling(one, ruling);
    ++one.version;
  }
  storage::UpdateAppointmentsTogether(cx.tx, changed);
  for (std::size_t i = 0; i < changed.size(); ++i) {
    const core::Appointment& one = changed[i];
    const core::Outcome outcome = rulings[i].outcome;
    storage::InsertStatusChange(
        cx.tx, one,
        {one.status, one.status, cx.now, core::Actor::kSystem, std::nullopt,
         std::string(core::NameOf(outcome)), std::nullopt, std::nullopt,
         outcome == core::Outcome::kMoved ? std::optional(holding[rulings[i].index].interval.start)
                                          : std::nullopt});
    if (outcome == core::Outcome::kMoved) ResetReminders(cx, one);
    TellBoth(cx, one, outcome, holding[rulings[i].index].interval.start);
    NotifyCards(cx, one);
  }
  cx.calendars.Reload(specialist);
  return rulings.size();
}

void LogRules(core::Instant now) {
  const core::ZoneRules rules = core::ReadZoneRules();
  spdlog::info("zone rules {}: {} of {} zones known",
               rules.version.empty() ? "of an unknown version" : rules.version, rules.zones_known,
               rules.zones_listed);
  if (core::AreOld(rules, now)) {
    spdlog::warn(
        "the zone rules are more than a year old, and some clocks have changed since: update the "
        "package tzdata, for which nothing need be stopped");
  }
}

}  // namespace

void AgreeOnStart(WriteContext& cx, core::Appointment& appointment) {
  appointment.agreed = AgreeInZone(cx.tx, appointment);
}

absl::Status AgreedTimes::Keep(core::Instant now) {
  const bool is_first = !looked_;
  const bool looks =
      is_first || now >= *looked_ + kZoneFilesLookEvery || now < *looked_;  // A clock set back.
  if (!looks) return absl::OkStatus();
  looked_ = now;
  ReadFiles();
  if (is_first) LogRules(now);
  if (!due_) return absl::OkStatus();
  absl::Status status = FillIn();
  status.Update(RuleOnAll());
  due_ = !status.ok() || should_stop_();
  return status;
}

void AgreedTimes::ReadFiles() {
  const std::string before = core::ZoneRulesVersion();
  std::vector<std::string> differ = core::ReloadZoneRules();
  if (const std::string version = core::ZoneRulesVersion(); version != before) {
    spdlog::info("the zone rules are now {}, not {}", version, before);
  }
  if (differ.empty()) return;
  due_ = true;
  const std::size_t count = differ.size();
  differ.resize(std::min(count, kZonesNamedMax));
  spdlog::info("{} zones have other rules now: {}{}", count, fmt::join(differ, " "),
               differ.size() < count ? " ..." : "");
}

absl::Status AgreedTimes::FillIn() {
  while (!should_stop_()) {
    bool more = false;
    // Mostly there is nothing, and looking costs no write.
    RETURN_IF_ERROR(engine_.database().Read([&](storage::Transaction& tx) {
      more = !Timeless(tx, 1).empty();
      return absl::OkStatus();
    }));
    if (!more) break;
    RETURN_IF_ERROR(engine_.WriteAsSystemAndWait([](WriteContext& cx) {
      for (core::Appointment& one : Timeless(cx.tx, kFilledInAtOnce)) {
        AgreeOnStart(cx, one);
        storage::UpdateAppointment(cx.tx, one);
      }
      return absl::OkStatus();
    }));
  }
  return absl::OkStatus();
}

absl::Status AgreedTimes::RuleOnAll() {
  absl::Status failed;
  std::optional<core::ProviderId> last = core::ProviderId{-1};
  while (last && !should_stop_()) {
    std::vector<core::ProviderId> concerned;
    RETURN_IF_ERROR(engine_.database().Read([&](storage::Transaction& tx) {
      const core::Instant now = engine_.Now();
      for (std::size_t looked_at = 0; looked_at < kLookedAtOnce;) {
        last = storage::NextHoldingSpecialist(tx, *last);
        if (!last) break;
        // Each makes room for the next: of half of them nothing can be said.
        const storage::LeaveOut others(tx);
        const auto holding = storage::IfReadable(tx, [&] {
                               return HoldingAhead(tx, *last, now);
                             }).value_or(std::vector<core::Appointment>());
        looked_at += 1 + holding.size();
        const bool is_concerned =
            std::any_of(holding.begin(), holding.end(),
                        [&](const core::Appointment& one) { return core::IsConcerned(one, now); });
        if (is_concerned) concerned.push_back(*last);
      }
      return absl::OkStatus();
    }));
    // One that cannot be changed holds up no other.
    for (const core::ProviderId specialist : concerned) failed.Update(RuleOn(specialist));
  }
  return failed;
}

absl::Status AgreedTimes::RuleOn(core::ProviderId specialist) {
  for (std::size_t count = 1; count > 0 && !should_stop_();) {
    RETURN_IF_ERROR(engine_.WriteAsSystemAndWait([&](WriteContext& cx) {
      count = RuleOnSome(cx, specialist);
      return absl::OkStatus();
    }));
  }
  return absl::OkStatus();
}

}  // namespace kalends::app
