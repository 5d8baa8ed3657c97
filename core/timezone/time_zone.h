// Wall clock <-> instant. Everything about zones is answered here and nowhere else. Right through
// 2100, by the transitions in the zone files and the rules in their footers.
#pragma once

#include <date/date.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.h"
#include "core/timezone/offset_text.h"

namespace kalends::core {

// A span of time in which a zone's offset from UTC does not change.
struct OffsetSpan {
  Interval interval;            // The first and last spans of a range reach beyond it.
  std::chrono::seconds offset;  // Local minus UTC.

  friend bool operator==(const OffsetSpan&, const OffsetSpan&) = default;
};

// A zone: IANA ("Europe/Berlin") or a bare offset ("UTC", "UTC+05:45", "UTC-03:00"), which never
// changes. Cheap to copy; thread-safe; valid for the life of the process. A value keeps the rules
// that were in force when it was found: find it anew for each question that must know new ones.
class TimeZone {
 public:
  static TimeZone Utc();
  // nullopt: neither a known IANA name, in capitals or not, nor an offset of whole minutes in
  // [-12:00, +14:00], as ReadOffset reads it.
  static std::optional<TimeZone> Find(std::string_view name);

  // The name it was found by, in canonical spelling ("UTC+05:45"; links such as "Asia/Katmandu"
  // stay as written).
  const std::string& name() const;
  bool is_fixed_offset() const;

  std::chrono::seconds OffsetAt(Instant instant) const;
  date::local_seconds ToLocal(Instant instant) const;
  // The offsets in force over `range`, in order, without gaps. One look-up per clock change.
  std::vector<OffsetSpan> OffsetsOver(const Interval& range) const;
  // Every instant at which the wall clock shows `local`, ascending: none in a gap, two in an
  // overlap.
  std::vector<Instant> FromLocal(date::local_seconds local) const;
  // The first instant of the local date or, when the zone skipped it, of the next one.
  Instant StartOfDay(date::local_days day) const;

  // Reads the files anew of all zones that were found and whose files were replaced since. Returns
  // the names of those whose offsets are others now: who finds them after this gets the new ones. A
  // file that cannot be read (it may be half written) leaves its zone as it was, and is read next
  // time.
  static std::vector<std::string> Reload();

 private:
  struct Data;
  explicit TimeZone(const Data* data) : data_(data) {}
  const Data* data_;
};

// The local date at an instant.
date::local_days LocalDateAt(const TimeZone& zone, Instant instant);

}  // namespace kalends::core
