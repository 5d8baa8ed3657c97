#include "core/timezone/time_zone.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <utility>

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
using std::chrono::minutes;

constexpr minutes kOffsetMin = -hours{12};
constexpr minutes kOffsetMax = hours{14};
constexpr std::string_view kUtc = "UTC";
// No wall clock has ever been further from UTC than this (Manila, Metlakatla before 1900).
constexpr hours kOffsetReach{16};

std::optional<int> ParseDigits(std::string_view text, int max) {
  if (text.empty() || text.size() > 2) return std::nullopt;
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value <= max ? std::optional<int>(value) : std::nullopt;
}

// Reads "UTC", "UTC+5", "UTC+05" and "UTC+05:45".
std::optional<minutes> ParseFixedOffset(std::string_view name) {
  if (!name.starts_with(kUtc)) return std::nullopt;
  name.remove_prefix(kUtc.size());
  if (name.empty()) return minutes{0};
  if (name[0] != '+' && name[0] != '-') return std::nullopt;
  const int sign = name[0] == '-' ? -1 : 1;
  name.remove_prefix(1);
  const std::size_t colon = name.find(':');
  const std::optional<int> hour = ParseDigits(name.substr(0, colon), 14);
  std::optional<int> minute = 0;
  if (colon != std::string_view::npos) {
    if (name.size() != colon + 3) return std::nullopt;
    minute = ParseDigits(name.substr(colon + 1), 59);
  }
  if (!hour || !minute) return std::nullopt;
  const minutes offset = sign * minutes{*hour * 60 + *minute};
  if (offset < kOffsetMin || offset > kOffsetMax) return std::nullopt;
  return offset;
}

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
  static const TimeZone utc = *Find(kUtc);
  return utc;
}

std::optional<TimeZone> TimeZone::Find(std::string_view name) {
  auto& zones = Zones<Data>();
  if (const Data* known = zones.Find(name)) return TimeZone(known);
  auto data = std::make_unique<Data>();
  data->mark = ZoneFileMark(name);
  if (const std::optional<minutes> offset = ParseFixedOffset(name)) {
    data->name = FixedOffsetName(*offset);
    data->fixed = true;
    data->spans = {{{kBeginOfTime, kEndOfTime}, *offset}};
  } else if (std::optional<std::vector<OffsetSpan>> spans = LoadOffsets(name)) {
    data->name = name;
    data->spans = *std::move(spans);
  } else {
    return std::nullopt;
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

std::string FixedOffsetName(minutes offset) {
  std::string name(kUtc);
  if (offset == minutes{0}) return name;
  name.push_back(offset < minutes{0} ? '-' : '+');
  const auto absolute = static_cast<int>(std::abs(offset.count()));
  const auto append_two_digits = [&name](int value) {
    name.push_back(static_cast<char>('0' + value / 10));
    name.push_back(static_cast<char>('0' + value % 10));
  };
  append_two_digits(absolute / 60);
  name.push_back(':');
  append_two_digits(absolute % 60);
  return name;
}

}  // namespace kalends::core
