#include "core/app/booking_slots.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "storage/accounts.h"

namespace kalends::app {
namespace {

// The starts of several specialists, each once, ascending.
void Merge(std::vector<core::Instant>& starts, std::vector<core::Instant> more) {
  if (starts.empty()) {
    starts = std::move(more);
    return;
  }
  const auto middle = static_cast<std::ptrdiff_t>(starts.size());
  starts.insert(starts.end(), more.begin(), more.end());
  std::inplace_merge(starts.begin(), starts.begin() + middle, starts.end());
  starts.erase(std::unique(starts.begin(), starts.end()), starts.end());
}

// What one specialist has to offer.
struct Listed {
  std::vector<core::Instant> starts;
  std::vector<core::Interval> other_lengths;
};

// How long an appointment at `start` lasts at this specialist; nullopt: it cannot be there.
std::optional<core::Interval> IntervalAt(const Listed& listed, const Offer& offer,
                                         core::Instant start) {
  if (!std::binary_search(listed.starts.begin(), listed.starts.end(), start)) return std::nullopt;
  for (const core::Interval& other : listed.other_lengths) {
    if (other.start == start) return other;
  }
  return core::Interval{start, start + offer.wanted.rules.duration};
}

// The starts at which whoever would be chosen keeps a session of another length.
std::vector<core::Interval> OtherLengths(const std::vector<Listed>& all, const Offer& offer) {
  std::map<core::Instant, core::Interval> best;
  for (const Listed& listed : all) {
    for (const core::Interval& other : listed.other_lengths) best.emplace(other.start, other);
  }
  std::vector<core::Interval> others;
  for (auto& [start, interval] : best) {
    for (const Listed& listed : all) {
      const auto here = IntervalAt(listed, offer, start);
      if (here && LengthRank(offer, *here) < LengthRank(offer, interval)) interval = *here;
    }
    if (LengthRank(offer, interval) > std::chrono::seconds{0}) others.push_back(interval);
  }
  return others;
}

// Groups ascending starts by their date in `zone`: one look-up per clock change.
std::vector<SlotDay> ByDate(const std::vector<core::Instant>& starts, const core::TimeZone& zone) {
  std::vector<SlotDay> days;
  if (starts.empty()) return days;
  const auto spans = zone.OffsetsOver({starts.front(), starts.back() + std::chrono::seconds(1)});
  std::size_t at = 0;
  date::local_seconds next_date = date::local_seconds::min();
  for (std::size_t i = 0; i < starts.size(); ++i) {
    while (at + 1 < spans.size() && spans[at].interval.end <= starts[i]) {
      ++at;
      // The clocks may have gone back to the date before.
      next_date = date::local_seconds::min();
    }
    const date::local_seconds wall((starts[i] + spans[at].offset).time_since_epoch());
    if (wall >= next_date) {
      const date::local_days date = date::floor<date::days>(wall);
      next_date = date + date::days(1);
      if (days.empty() || days.back().date != date) days.push_back({date, i, 0});
    }
    ++days.back().count;
  }
  return days;
}

}  // namespace

absl::StatusOr<std::string> ZoneForSlots(const ReadContext& cx, core::ProviderId provider) {
  RETURN_IF_ERROR(VisibleProvider(cx, provider).status());
  if (!cx.caller.account) return std::string();
  const auto account = storage::FindAccount(cx.tx, *cx.caller.account);
  return account ? account->time_zone : std::string();
}

absl::StatusOr<core::Interval> RangeOf(const DateRange& dates, const core::TimeZone& zone) {
  if (dates.last < dates.first)
    return core::InvalidField("end_date", "must not be before start_date");
  if (dates.last - dates.first >= core::kSlotRangeMax) {
    return core::InvalidField("end_date", fmt::format("must be less than {} days after start_date",
                                                      core::kSlotRangeMax.count()));
  }
  return core::Interval{zone.StartOfDay(dates.first), zone.StartOfDay(dates.last + date::days(1))};
}

absl::StatusOr<Slots> FindSlots(CalendarCache& cache, const Offer& offer, const SlotsInput& input,
                                core::Instant now) {
  Slots slots;
  std::vector<CalendarPtr> calendars;
  for (const core::ProviderId specialist : offer.specialists) {
    ASSIGN_OR_RETURN(CalendarPtr calendar, cache.Get(specialist, now));
    if (calendar) calendars.push_back(std::move(calendar));
  }
  if (calendars.size() == 1) slots.provider_time_zone = calendars[0]->schedule.time_zone;
  slots.time_zone = !input.time_zone.empty() ? input.time_zone
                    : !calendars.empty()     ? calendars[0]->schedule.time_zone
                                             : "UTC";
  const auto zone = core::TimeZone::Find(slots.time_zone);
  if (!zone) return core::Error(core::Reason::kTimeZoneUnknown);
  slots.time_zone = zone->name();
  ASSIGN_OR_RETURN(const core::Interval range, RangeOf(input.dates, *zone));
  std::vector<Listed> all;
  for (const CalendarPtr& calendar : calendars) {
    Listed& listed = all.emplace_back();
    listed.starts = core::BookableStarts(*calendar, offer.wanted, range, now);
    listed.other_lengths = core::OtherLengths(*calendar, offer.wanted, listed.starts);
  }
  slots.other_lengths = OtherLengths(all, offer);
  std::vector<core::Instant> starts;
  for (Listed& listed : all) Merge(starts, std::move(listed.starts));
  slots.days = ByDate(starts, *zone);
  slots.starts = std::move(starts);
  slots.duration = offer.wanted.rules.duration;
  return slots;
}

absl::StatusOr<std::optional<core::Instant>> FirstSlot(CalendarCache& cache, const Offer& offer,
                                                       core::Instant from, core::Instant now) {
  std::optional<core::Instant> first;
  for (const core::ProviderId specialist : offer.specialists) {
    ASSIGN_OR_RETURN(const CalendarPtr calendar, cache.Get(specialist, now));
    if (!calendar) continue;
    const core::Instant last = now + offer.wanted.rules.horizon + std::chrono::seconds(1);
    for (core::Instant at = std::max(from, now); at < last; at += core::kSlotRangeMax) {
      const core::Interval range{at, std::min<core::Instant>(at + core::kSlotRangeMax, last)};
      const auto starts = core::BookableStarts(*calendar, offer.wanted, range, now);
      if (starts.empty()) continue;
      if (!first || starts.front() < *first) first = starts.front();
      break;
    }
  }
  return first;
}

}  // namespace kalends::app
