#include "core/busy/busy_calendar.h"

#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/web_address.h"

namespace kalends::core {
namespace {

constexpr std::pair<BusyKind, std::string_view> kKinds[] = {{BusyKind::kFile, "FILE"},
                                                            {BusyKind::kCalDav, "CALDAV"}};
constexpr std::pair<BusyFailure, std::string_view> kFailures[] = {
    {BusyFailure::kUnreachable, "UNREACHABLE"},
    {BusyFailure::kCertificate, "CERTIFICATE"},
    {BusyFailure::kRefused, "REFUSED"},
    {BusyFailure::kMissing, "MISSING"},
    {BusyFailure::kBusy, "BUSY"},
    {BusyFailure::kAnswer, "ANSWER"},
    {BusyFailure::kNotCalendar, "NOT_CALENDAR"},
    {BusyFailure::kTooLarge, "TOO_LARGE"},
    {BusyFailure::kNotAllowed, "NOT_ALLOWED"}};

template <typename Table, typename Value>
std::string_view NameIn(const Table& table, Value value) {
  return std::find_if(std::begin(table), std::end(table),
                      [&](const auto& row) { return row.first == value; })
      ->second;
}

template <typename Value, std::size_t kSize>
std::optional<Value> ValueIn(const std::pair<Value, std::string_view> (&table)[kSize],
                             std::string_view name) {
  for (const auto& [value, its_name] : table) {
    if (its_name == name) return value;
  }
  return std::nullopt;
}

constexpr std::string_view kBehindScheme = "://";
constexpr std::string_view kHttps = "https";

// The address, between the scheme and the path.
std::string_view AuthorityOf(std::string_view address) {
  const std::size_t scheme = address.find(kBehindScheme);
  if (scheme == std::string_view::npos) return {};
  address.remove_prefix(scheme + kBehindScheme.size());
  return address.substr(0, address.find_first_of("/?#"));
}

bool IsPlain(char c) { return c > ' ' && c < '\x7F'; }

// Up to a quarter of `wait`.
std::chrono::seconds Spread(std::chrono::seconds wait, std::uint64_t random) {
  const auto most = static_cast<std::uint64_t>(wait.count()) / 4 + 1;
  return std::chrono::seconds(random % most);
}

}  // namespace

std::string_view NameOf(BusyKind kind) { return NameIn(kKinds, kind); }
std::string_view NameOf(BusyFailure failure) { return NameIn(kFailures, failure); }
std::optional<BusyKind> ParseBusyKind(std::string_view name) { return ValueIn(kKinds, name); }
std::optional<BusyFailure> ParseBusyFailure(std::string_view name) {
  return ValueIn(kFailures, name);
}

absl::StatusOr<std::string> BusyAddress(std::string_view field, std::string_view typed) {
  std::string address = NormalUrl(typed);
  for (const std::string_view scheme : {"webcals", "webcal"}) {
    if (address.starts_with(std::string(scheme).append(kBehindScheme))) {
      address.replace(0, scheme.size(), kHttps);
    }
  }
  const bool is_web = address.starts_with("https://") || address.starts_with("http://");
  const std::string_view authority = AuthorityOf(address);
  if (!is_web || authority.empty() || authority.starts_with(':')) {
    return InvalidField(field, "must be an address that begins with https:// or webcal://");
  }
  if (authority.find('@') != std::string_view::npos) {
    return InvalidField(field, "must not hold a user or a password; they have fields of their own");
  }
  if (address.find('#') != std::string::npos) {
    return InvalidField(field, "must not hold a `#`");
  }
  if (!std::all_of(address.begin(), address.end(), IsPlain)) {
    return InvalidField(field, "must not hold blanks, and letters beyond ASCII only encoded (%C3)");
  }
  if (address.size() > kBusyAddressCharsMax) {
    return InvalidField(field, "must be at most 2000 characters long");
  }
  return address;
}

std::string HostOf(std::string_view address) {
  std::string_view authority = AuthorityOf(address);
  if (authority.starts_with('[')) return std::string(authority.substr(0, authority.find(']') + 1));
  return std::string(authority.substr(0, authority.find(':')));
}

absl::Status CheckBusyCalendar(const BusyCalendar& calendar) {
  if (calendar.user.empty() && !calendar.password.empty()) {
    return InvalidField("busy_calendar.user", "must be there where a password is");
  }
  if (calendar.user.find(':') != std::string::npos) {
    return InvalidField("busy_calendar.user", "must not hold a colon");
  }
  if (!calendar.user.empty() && !calendar.address.starts_with("https://")) {
    return InvalidField("busy_calendar.address",
                        "must begin with https:// where a user is sent along");
  }
  return absl::OkStatus();
}

bool IsReadAnew(const BusyCalendar& calendar, Instant now) {
  return !calendar.read || *calendar.read + kBusyReadEvery <= now;
}

void NoteSuccess(BusyCalendar& calendar, Instant now, std::uint64_t random) {
  calendar.tried = now;
  calendar.success = now;
  calendar.failed.reset();
  calendar.failure.reset();
  calendar.http_status = 0;
  calendar.failures = 0;
  calendar.next_fetch = now + kBusyFetchEvery + Spread(kBusyFetchEvery, random);
}

void NoteFailure(BusyCalendar& calendar, BusyFailure failure, int http_status,
                 std::chrono::seconds retry_after, Instant now, std::uint64_t random) {
  calendar.tried = now;
  calendar.failed = now;
  calendar.failure = failure;
  calendar.http_status = http_status;
  calendar.failures = std::min(calendar.failures + 1, 30);
  std::chrono::seconds wait = kBusyFetchEvery;
  for (int i = 1; i < calendar.failures && wait < kBusyRetryMax; ++i) wait *= 2;
  wait = std::min<std::chrono::seconds>(std::max(wait, retry_after), kBusyRetryMax);
  calendar.next_fetch = now + wait + Spread(wait, random);
}

Instant FetchNowAt(const BusyCalendar& calendar, Instant now) {
  // Who asks to be left alone is.
  if (calendar.failure == BusyFailure::kBusy) return std::max(calendar.next_fetch, now);
  const Instant earliest = calendar.tried ? *calendar.tried + kBusyFetchNowEvery : now;
  return std::min(calendar.next_fetch, std::max(earliest, now));
}

Interval BusyWindow(Instant now) { return {now - kBusyBehind, now + kBusyAhead}; }

absl::StatusOr<std::vector<Interval>> MergedTimes(std::vector<Interval> times,
                                                  const Interval& window) {
  std::sort(times.begin(), times.end(),
            [](const Interval& a, const Interval& b) { return a.start < b.start; });
  std::vector<Interval> merged;
  for (const Interval& time : times) {
    const Interval part = Intersection(time, window);
    if (IsEmpty(part)) continue;
    if (merged.empty() || merged.back().end < part.start) {
      merged.push_back(part);
    } else {
      merged.back().end = std::max(merged.back().end, part.end);
    }
  }
  if (merged.size() > kBusyTimesMax) {
    return LimitReached("busy_times", static_cast<int>(kBusyTimesMax),
                        "There are too many busy times in the calendar.");
  }
  return merged;
}

}  // namespace kalends::core
