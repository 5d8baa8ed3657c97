// Calendars kept elsewhere, whose busy times close a specialist's calendar here: what may be added,
// when each is fetched, and what is kept of it.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "core/base/id.h"
#include "core/base/time.h"

namespace kalends::core {

enum class BusyKind { kFile, kCalDav };
enum class BusyFailure {
  kUnreachable,
  kCertificate,
  kRefused,
  kMissing,
  kBusy,
  kAnswer,
  kNotCalendar,
  kTooLarge,
  kNotAllowed,
};
// "FILE", "UNREACHABLE": the forms in the database.
std::string_view NameOf(BusyKind kind);
std::string_view NameOf(BusyFailure failure);
std::optional<BusyKind> ParseBusyKind(std::string_view name);
std::optional<BusyFailure> ParseBusyFailure(std::string_view name);

struct BusyCalendar {
  ProviderId provider;
  BusyCalendarId id;
  BusyKind kind = BusyKind::kFile;
  std::string address;  // As BusyAddress makes it; a secret.
  std::string user;     // Empty: none is sent.
  std::string password;
  bool all_day_free = false;
  Instant created;
  std::int64_t version = 1;  // Of what somebody changes.

  Instant next_fetch;
  std::int64_t lease = 0;  // Of who has fetched it last; rises.
  std::optional<Instant> leased_until;
  std::optional<Instant> tried;  // When a fetch was reported last.
  std::string entity_tag;        // Of what was read last, as its server gave them.
  std::string last_modified;
  std::optional<Instant> read;     // When all of it was read last.
  std::optional<Instant> success;  // When it was read, or found unchanged.
  std::optional<Instant> failed;   // Since the last success.
  std::optional<BusyFailure> failure;
  int http_status = 0;
  int failures = 0;  // In a row.
  int skipped = 0;   // Entries that could not be read.
};

// How long a calendar is one caller's to fetch.
inline constexpr std::chrono::minutes kBusyLease{5};
// Between two fetches that find something.
inline constexpr std::chrono::minutes kBusyFetchEvery{15};
// The longest wait after failures, also where a server asks for more.
inline constexpr std::chrono::hours kBusyRetryMax{24};
// How soon after one fetch somebody may have the next.
inline constexpr std::chrono::minutes kBusyFetchNowEvery{1};
// When a file is read again although it has not changed: its rules reach further by then.
inline constexpr std::chrono::hours kBusyReadEvery{20};

// The address with its scheme and host in small letters; `webcal` becomes `https`. INVALID_FIELD,
// of `field`: not an address of http or https with a host; a user or password in it, which belong
// into fields of their own; a fragment.
absl::StatusOr<std::string> BusyAddress(std::string_view field, std::string_view typed);
// Its host, which may be shown.
std::string HostOf(std::string_view address);
// INVALID_FIELD: a password without a user, a user that HTTP cannot send, an address that sends a
// password in plain.
absl::Status CheckBusyCalendar(const BusyCalendar& calendar);

// Whether all of it is to be read, whether or not it has changed.
bool IsReadAnew(const BusyCalendar& calendar, Instant now);

// Each takes down what became of a fetch at `now`, and when the next one is. `random` spreads them,
// so that calendars that were added together are not asked for together for good.
void NoteSuccess(BusyCalendar& calendar, Instant now, std::uint64_t random);
// `retry_after`: what the server asks for; 0: nothing.
void NoteFailure(BusyCalendar& calendar, BusyFailure failure, int http_status,
                 std::chrono::seconds retry_after, Instant now, std::uint64_t random);
// When somebody who asks for it now gets it fetched.
Instant FetchNowAt(const BusyCalendar& calendar, Instant now);

// The window of what counts.
Interval BusyWindow(Instant now);
// `times` in `window`, merged where they overlap or touch, ascending. LIMIT_REACHED: more than
// kBusyTimesMax are left.
absl::StatusOr<std::vector<Interval>> MergedTimes(std::vector<Interval> times,
                                                  const Interval& window);

}  // namespace kalends::core
