#include "core/timezone/zone_table.h"

#include <date/tz.h>

#include <stdexcept>
#include <string>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "core/timezone/zone_links.h"

namespace kalends::core {
namespace {

using std::chrono::seconds;

// Debian's date/tz ignores the rule in a zone file's footer, and the table before it ends in 2037.
// From here on abseil answers, which reads the footer.
constexpr Instant kDateAnswersUntil{date::sys_days{date::year{2037} / 1 / 1}};

// Changes of name or of the summer-time flag alone are no clock changes: such spans are merged.
void Append(std::vector<OffsetSpan>& spans, const Interval& interval, seconds offset) {
  if (IsEmpty(interval)) return;
  if (!spans.empty() && spans.back().offset == offset) {
    spans.back().interval.end = interval.end;
    return;
  }
  spans.push_back({interval, offset});
}

void AppendPast(std::vector<OffsetSpan>& spans, const date::time_zone& zone) {
  Instant next = kBeginOfTime;
  while (next < kDateAnswersUntil) {
    const date::sys_info info = zone.get_info(next);
    const Instant end = std::min(info.end, kDateAnswersUntil);
    // A span that does not move forward would never end; date has none.
    if (end <= next) throw std::runtime_error("clock changes out of order");
    Append(spans, {next, end}, info.offset);
    next = end;
  }
}

// The wall clock's first reading after a change is unique where it was set forward, and one of two
// where it was set back.
Instant InstantOf(const absl::TimeZone& zone, const absl::TimeZone::CivilTransition& change) {
  const absl::TimeZone::TimeInfo info = zone.At(change.to);
  const bool unique = info.kind == absl::TimeZone::TimeInfo::UNIQUE;
  return FromUnixSeconds(absl::ToUnixSeconds(unique ? info.pre : info.trans));
}

void AppendFuture(std::vector<OffsetSpan>& spans, const absl::TimeZone& zone) {
  Instant next = kDateAnswersUntil;
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
}

// Of the zone that has a file of this name.
std::optional<std::vector<OffsetSpan>> ReadZone(std::string_view name) {
  std::vector<OffsetSpan> spans;
  try {
    AppendPast(spans, *date::locate_zone(name));
  } catch (const std::exception&) {
    return std::nullopt;  // date's only way to say that it has no such zone.
  }
  absl::TimeZone zone;
  if (!absl::LoadTimeZone(absl::string_view(name.data(), name.size()), &zone)) return std::nullopt;
  AppendFuture(spans, zone);
  spans.shrink_to_fit();
  return spans;
}

}  // namespace

std::optional<std::vector<OffsetSpan>> LoadOffsets(std::string_view name) {
  // The server's own zone has no place in anybody's settings.
  if (name == "localtime" || name == "posixrules") return std::nullopt;
  if (auto spans = ReadZone(name)) return spans;
  // Debian 13 keeps the files of old names in a package of their own. Browsers and whoever came
  // from an older machine have these names all the same.
  const auto link = ZoneLinks().find(name);
  return link == ZoneLinks().end() ? std::nullopt : ReadZone(link->second);
}

}  // namespace kalends::core
