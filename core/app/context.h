// What a use case works with. A use case is one transaction: load, decide, save. It gets the time
// and new ids from here, and reports errors as Status; a write that fails leaves nothing behind.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "core/access/access.h"
#include "core/app/booking_calendars.h"
#include "core/app/refused_starts.h"
#include "core/base/id.h"
#include "core/chat/rate.h"
#include "core/providers/visibility.h"
#include "storage/blobs/master_keys.h"
#include "storage/database.h"

namespace kalends::app {

// Fills a string of `size` random bytes, fit for secrets.
using RandomBytes = std::function<std::string(std::size_t size)>;

struct ReadContext {
  storage::Transaction& tx;
  core::Caller caller;
  core::Instant now;
  // Opens sealed texts: what people wrote to each other is never in the database as it is.
  const storage::MasterKeys& master_keys;
};

// Whether a change is made, or only what it would do is said.
enum class Trial { kReal, kPreview };

// What streams may be of (keys_streams.h) and is there no more.
struct Gone {
  std::string what;
  absl::Status why;  // As its streams are told.
};

struct WriteContext {
  storage::Transaction& tx;
  core::Caller caller;
  core::Instant now;
  WriterCalendars& calendars;
  core::IdSource& ids;
  const RandomBytes& random;
  // Seals and opens private texts.
  const storage::MasterKeys& master_keys;
  RefusedStarts& refused_starts;
  // Set by a use case that put something into the outbox.
  bool notified = false;
  // Set by a use case that erased what somebody wrote.
  bool erased = false;
  // Providers whose catalog (settings, services, staff) a use case changed.
  std::vector<core::ProviderId> changed_catalogs = {};
  // What a use case deleted: its streams end after the commit, before the answer.
  std::vector<Gone> gone = {};
  // Run after the commit, before the answer, on the writer's thread.
  std::vector<std::function<void()>> after_commit = {};
  // Run some time after the commit, on another thread: what waits for the disk. A crash may come
  // before it.
  std::vector<std::function<void()>> in_background = {};

  ReadContext AsRead() const { return {tx, caller, now, master_keys}; }
};

// RATE_LIMITED with RetryInfo if the caller has to wait. `nth_newest` tells when the
// n-th newest of what is counted was made; nullopt: there are fewer.
absl::Status CheckRate(std::span<const core::RateLimit> limits,
                       const std::function<std::optional<core::Instant>(int nth)>& nth_newest,
                       core::Instant now);

// What ties the caller's account to a provider that is another's.
core::Tie TieOf(const ReadContext& cx, const core::Provider& provider);
// The provider, if the caller may see it, as core::MaySee says. NOT_FOUND otherwise.
absl::StatusOr<core::Provider> VisibleProvider(const ReadContext& cx, core::ProviderId id);
// The provider, if the caller may change it, as core::MayManage says. NOT_FOUND otherwise.
absl::StatusOr<core::Provider> ManagedProvider(const ReadContext& cx, core::ProviderId id);
// The caller's own provider, or the one with `id`. NOT_FOUND.
absl::StatusOr<core::ProviderId> OwnProvider(const ReadContext& cx);
// The scope in which the account's request ids are its own.
std::string RequestScope(core::AccountId account);
// Checks an optional etag against the present version: STALE_ETAG. Empty: not asked for.
absl::Status CheckEtag(std::string_view etag, std::int64_t version);
std::string EtagOf(std::int64_t version);

}  // namespace kalends::app
