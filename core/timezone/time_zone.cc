#include "core/timezone/time_zone.h"

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <utility>

#include "core/timezone/offset_text.h"
#include "core/timezone/zone_links.h"
#include "core/timezone/zone_table.h"

namespace kalends::core {

using std::chrono::seconds;

struct TimeZone::Data {
  std::string name;
  bool fixed = false;
  std::vector<OffsetSpan> spans;  // From kBeginOfTime to kEndOfTime.
  std::optional<FileMark> mark;   // Of the file that they were read from; taken before.

  // The span in force at `instant`.
  std::vector<OffsetSpan>::const_iterator At(Instant instant) const {
    const auto after = std::upper_bound(
        spans.begin(), spans.end(), instant,
        [](Instant value, const OffsetSpan& span) { return value < span.interval.start; });
    return after == spans.begin() ? after : after - 1;
  }
};

namespace {

using std::chrono::hours;

// No wall clock has ever been further from UTC than this (Manila, Metlakatla before 1900).
constexpr hours kOffsetReach{16};

date::local_seconds Shift(Instant instant, seconds offset) {
  return date::local_seconds(instant.time_since_epoch() + offset);
}

Instant Unshift(date::local_seconds local, seconds offset) {
  return Instant(local.time_since_epoch() - offset);
}

// Zones that were found, for the life of the process. Bounded: the tz database has some 600 names,
// bare offsets are at most 1561, and unknown names are not kept; what new rules replaced is kept,
// too, for who still has it, some times a year. (A template only because Data is private to
// TimeZone.)
template <typename Data>
class Registry {
 public:
  const Data* Find(std::string_view name) const {
    const std::shared_lock lock(mutex_);
    const auto found = zones_.find(name);
    return found == zones_.end() ? nullptr : found->second.get();
  }

  // Keeps the first one where two threads load the same zone.
  const Data* Insert(std::unique_ptr<const Data> data) {
    const std::unique_lock lock(mutex_);
    std::string name = data->name;
    return zones_.emplace(std::move(name), std::move(data)).first->second.get();
  }

  void Replace(std::unique_ptr<const Data> data) {
    const std::unique_lock lock(mutex_);
    std::unique_ptr<const Data>& present = zones_.at(data->name);
    replaced_.push_back(std::exchange(present, std::move(data)));
  }

  std::vector<const Data*> All() const {
    const std::shared_lock lock(mutex_);
    std::vector<const Data*> all;
    all.reserve(zones_.size());
    for (const auto& [name, data] : zones_) all.push_back(data.get());
    return all;
  }

 private:
  mutable std::shared_mutex mutex_;
  std::map<std::string, std::unique_ptr<const Data>, std::less<>> zones_;
  std::vector<std::unique_ptr<const Data>> replaced_;
};

template <typename Data>
Registry<Data>& Zones() {
  static auto* const registry = new Registry<Data>;  // Never destroyed: zones outlive everything.
  return *registry;
}

}  // namespace

TimeZone TimeZone::Utc() {
  static const TimeZone utc = *Find("UTC");
  return utc;
}

std::optional<TimeZone> TimeZone::Find(std::string_view name) {
  auto& zones = Zones<Data>();
  if (const Data* known = zones.Find(name)) return TimeZone(known);
  auto data = std::make_unique<Data>();
  data->mark = ZoneFileMark(name);
  if (const std::optional<Minutes> offset = ReadOffset(name)) {
    data->name = FixedOffsetName(*offset);
    data->fixed = true;
    data->spans = {{{kBeginOfTime, kEndOfTime}, *offset}};
  } else if (std::optional<std::vector<OffsetSpan>> spans = LoadOffsets(name)) {
    data->name = name;
    data->spans = *std::move(spans);
  } else {
    const auto spelled = SpellingOf(name);
    return spelled && *spelled != name ? Find(*spelled) : std::nullopt;
  }
  return TimeZone(zones.Insert(std::move(data)));
}

std::vector<std::string> TimeZone::Reload() {
  auto& zones = Zones<Data>();
  std::vector<std::string> differ;
  for (const Data* const known : zones.All()) {
    if (known->fixed) continue;
    const std::optional<FileMark> mark = ZoneFileMark(known->name);
    if (!mark || mark == known->mark) continue;
    std::optional<std::vector<OffsetSpan>> spans = LoadOffsets(known->name);
    if (!spans) continue;
    if (*spans != known->spans) differ.push_back(known->name);
    zones.Replace(std::make_unique<Data>(Data{known->name, false, *std::move(spans), mark}));
  }
  return differ;
}

const std::string& TimeZone::name() const { return data_->name; }

bool TimeZone::is_fixed_offset() const { return data_->fixed; }

seconds TimeZone::OffsetAt(Instant instant) const { return data_->At(instant)->offset; }

date::local_seconds TimeZone::ToLocal(Instant instant) const {
  return Shift(instant, OffsetAt(instant));
}

std::vector<OffsetSpan> TimeZone::OffsetsOver(const Interval& range) const {
  const auto first = data_->At(range.start);
  auto last = first + 1;
  while (last != data_->spans.end() && last->interval.start < range.end) ++last;
  return {first, last};
}

std::vector<Instant> TimeZone::FromLocal(date::local_seconds local) const {
  std::vector<Instant> instants;
  const Instant until = Unshift(local, -kOffsetReach);
  auto span = data_->At(Unshift(local, kOffsetReach));
  for (; span != data_->spans.end() && span->interval.start <= until; ++span) {
    const Instant instant = Unshift(local, span->offset);
    if (instant >= span->interval.start && instant < span->interval.end) {
      instants.push_back(instant);
    }
  }
  return instants;
}

Instant TimeZone::StartOfDay(date::local_days day) const {
  auto span = data_->At(Unshift(day, kOffsetReach));
  for (; span != data_->spans.end(); ++span) {
    // The first span whose wall clock gets as far as `day`: its midnight, or the jump past it.
    if (Shift(span->interval.end, span->offset) > day) {
      return std::max(span->interval.start, Unshift(day, span->offset));
    }
  }
  return Unshift(day, data_->spans.back().offset);
}

date::local_days LocalDateAt(const TimeZone& zone, Instant instant) {
  return date::floor<date::days>(zone.ToLocal(instant));
}

}  // namespace kalends::core
