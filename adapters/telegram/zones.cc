#include "adapters/telegram/zones.h"

#include <fmt/format.h>

#include <cstdlib>
#include <stdexcept>

#include "date/tz.h"

namespace kalends::telegram {
namespace {

const date::time_zone* Find(std::string_view zone) {
  try {
    return date::locate_zone(zone);
  } catch (const std::runtime_error&) {
    return nullptr;
  }
}

// Of `UTC+05:45`; nullopt when `zone` is not written so.
std::optional<std::chrono::seconds> BareOffset(std::string_view zone) {
  if (zone.size() != 9 || !zone.starts_with("UTC") || zone[6] != ':') return std::nullopt;
  if (zone[3] != '+' && zone[3] != '-') return std::nullopt;
  for (const std::size_t digit : {4U, 5U, 7U, 8U}) {
    if (zone[digit] < '0' || zone[digit] > '9') return std::nullopt;
  }
  const int minutes =
      ((zone[4] - '0') * 10 + zone[5] - '0') * 60 + (zone[7] - '0') * 10 + zone[8] - '0';
  return std::chrono::minutes(zone[3] == '-' ? -minutes : minutes);
}

}  // namespace

LocalTime ToLocal(std::string_view zone, Instant instant) {
  const auto read = [&](std::chrono::seconds offset) {
    return LocalTime{date::local_seconds(instant.time_since_epoch() + offset), offset};
  };
  if (const auto bare = BareOffset(zone)) return read(*bare);
  const date::time_zone* known = Find(zone);
  if (known == nullptr) return read(std::chrono::seconds(0));
  LocalTime local = read(known->get_info(instant).offset);
  local.repeated = known->get_info(local.time).result == date::local_info::ambiguous;
  return local;
}

Instant DayStart(std::string_view zone, date::year_month_day day) {
  const date::local_seconds midnight{date::local_days(day)};
  const Instant as_utc(midnight.time_since_epoch());
  if (const auto bare = BareOffset(zone)) return as_utc - *bare;
  const date::time_zone* known = Find(zone);
  if (known == nullptr) return as_utc;
  const date::local_info info = known->get_info(midnight);
  // A skipped midnight: the day begins where the new offset does.
  if (info.result == date::local_info::nonexistent) return info.first.end;
  return as_utc - info.first.offset;
}

std::string OffsetText(std::chrono::minutes offset) {
  if (offset.count() == 0) return "UTC";
  const auto total = std::abs(offset.count());
  const char* sign = offset.count() < 0 ? "−" : "+";
  if (total % 60 == 0) return fmt::format("UTC{}{}", sign, total / 60);
  return fmt::format("UTC{}{}:{:02}", sign, total / 60, total % 60);
}

}  // namespace kalends::telegram
