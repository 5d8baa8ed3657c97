#include "core/timezone/zone_table.h"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <string>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "core/timezone/zone_files.h"
#include "core/timezone/zone_links.h"

namespace kalends::core {
namespace {

using std::chrono::seconds;

// Changes of name or of the summer-time flag alone are no clock changes: such spans are merged.
void Append(std::vector<OffsetSpan>& spans, const Interval& interval, seconds offset) {
  if (IsEmpty(interval)) return;
  if (!spans.empty() && spans.back().offset == offset) {
    spans.back().interval.end = interval.end;
    return;
  }
  spans.push_back({interval, offset});
}

// The wall clock's first reading after a change is unique where it was set forward, and one of two
// where it was set back.
Instant InstantOf(const absl::TimeZone& zone, const absl::TimeZone::CivilTransition& change) {
  const absl::TimeZone::TimeInfo info = zone.At(change.to);
  const bool unique = info.kind == absl::TimeZone::TimeInfo::UNIQUE;
  return FromUnixSeconds(absl::ToUnixSeconds(unique ? info.pre : info.trans));
}

std::vector<OffsetSpan> SpansOf(const absl::TimeZone& zone) {
  std::vector<OffsetSpan> spans;
  Instant next = kBeginOfTime;
  while (next < kEndOfTime) {
    const absl::Time start = absl::FromUnixSeconds(ToUnixSeconds(next));
    const seconds offset{zone.At(start).offset};
    Instant end = kEndOfTime;
    absl::TimeZone::CivilTransition change;
    if (zone.NextTransition(start, &change)) end = InstantOf(zone, change);
    if (end >= kClockChangesEnd || end <= next) end = kEndOfTime;
    Append(spans, {next, end}, offset);
    next = end;
  }
  spans.shrink_to_fit();
  return spans;
}

// abseil keeps for good what it read, by the name it was asked for. A file that may have changed
// since is asked for by another spelling of its path: the number in ones ("./") and zeros ("/").
std::string SpelledAnew(const std::string& path) {
  static std::atomic<std::uint64_t> spellings{0};
  std::string spelled = "/";
  for (std::uint64_t rest = ++spellings; rest > 0; rest /= 2) spelled += rest % 2 == 1 ? "./" : "/";
  return spelled + path;
}

// Of the zone that has a file of this name.
std::optional<std::vector<OffsetSpan>> ReadZone(std::string_view name) {
  const std::optional<std::string> file = ZoneFile(name);
  absl::TimeZone zone;
  if (!file || !absl::LoadTimeZone(SpelledAnew(*file), &zone)) return std::nullopt;
  return SpansOf(zone);
}

}  // namespace

std::optional<std::vector<OffsetSpan>> LoadOffsets(std::string_view name) {
  if (auto spans = ReadZone(name)) return spans;
  // Debian 13 keeps the files of old names in a package of their own. Browsers and whoever came
  // from an older machine have these names all the same.
  const auto link = ZoneLinks().find(name);
  return link == ZoneLinks().end() ? std::nullopt : ReadZone(link->second);
}

std::optional<FileMark> ZoneFileMark(std::string_view name) {
  if (const auto file = ZoneFile(name)) return MarkOf(*file);
  const auto link = ZoneLinks().find(name);
  const auto file = link == ZoneLinks().end() ? std::nullopt : ZoneFile(link->second);
  return file ? MarkOf(*file) : std::nullopt;
}

}  // namespace kalends::core
