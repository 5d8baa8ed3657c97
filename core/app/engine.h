// Runs use cases: reads on a snapshot, writes through the group-committing writer, each idempotent
// by its request_id. Owns what the use cases share: calendars, keys, ids.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/app/booking_calendars.h"
#include "core/app/catalog_cache.h"
#include "core/app/context.h"
#include "core/app/durable_ids.h"
#include "core/app/keys.h"
#include "core/app/keys_reads.h"
#include "core/base/clock_watch.h"
#include "storage/database.h"
#include "storage/requests.h"

namespace kalends::app {

struct EngineOptions {
  core::Clock clock;
  RandomBytes random;
  std::shared_ptr<storage::MasterKeys> master_keys;
  std::int64_t calendar_bytes_max = std::int64_t{256} << 20;
  // Called after a commit that put something into the outbox, once for all that share it. On the
  // writer's thread.
  std::function<void()> on_notified = [] {};
  // Runs what WriteContext::in_background holds some time, on a thread that may wait for the disk.
  std::function<void(std::function<void()> task)> run_in_background = [](const auto& task) {
    task();
  };
  // What the rates of API keys are counted by, and jumps of `clock` are seen by.
  core::MonotonicClock ticks = [] { return std::chrono::steady_clock::now().time_since_epoch(); };
  // Runs what a refusal has still to be told with (StartRefused): on a thread that reads, and that
  // nobody waits for but those who were refused.
  std::function<void(std::function<void()> task)> run_after_refusal = [](const auto& task) {
    task();
  };
};

// What to do at the start when the clock is more than core::kClockBehindMax behind the time at
// which the database was written last.
enum class ClockBehind { kRefuse, kAccept };

struct ClockStats {
  std::int64_t jumps = 0;
  std::optional<core::ClockJump> last;
};

// Who asks, as the request says it.
struct Credentials {
  core::ApiKeyId key;
  core::ScopeSet scopes;
  std::string account;  // "accounts/<id>" or an identity; empty: for nobody.
};

// A write's answer, whatever its type.
struct Answer {
  std::function<absl::Status(WriteContext&)> make;  // The use case; fills the answer.
  std::function<std::string()> serialize;           // What to keep for a repeat.
  // What the answer names: it may hold words of those who are behind that, and is erased with them.
  std::function<storage::NamedInAnswer()> names;
  std::function<bool(const std::string&)> parse;  // The answer from what was kept.
  bool may_use_reserve = false;                   // See storage::WriteJob.
};

struct Repeatable {
  std::string request_id;  // 1 to 64 printable ASCII characters.
  // Of the method and the content. Kept as a hash under the master key: what was written is sealed,
  // and must not be found by trying.
  std::string digest;
  // The account that asks may be gone when the request is repeated: the id is the key's, and the
  // first answer is looked for before the account. `digest` must then tell accounts apart. The id,
  // which may tell of the account, is kept as such a hash, too.
  bool outlives_account = false;
};

// Whether the caller's request with this id has its answer already. A repeat of it must get there:
// what was refused since then is no reason to refuse it.
bool IsAnswered(const ReadContext& cx, const std::string& request_id);

// Thread-safe.
class Engine {
 public:
  Engine(std::unique_ptr<storage::Database> database, EngineOptions options);

  // Loads the keys, makes sure that the clock and the master keys fit the database, and seals what
  // a version before kept in plain: FAILED_PRECONDITION, with a sentence for people. Call once,
  // before anything else.
  absl::Status Start(ClockBehind clock_behind = ClockBehind::kRefuse);
  // Makes an admin key if there is no key at all yet, or `another` is wanted. `keep` stores its
  // secret before the key is committed, so that no crash leaves a key that nobody has; if it fails,
  // there is no key.
  absl::Status EnsureAdminKey(const std::function<absl::Status(const std::string& secret)>& keep,
                              bool another = false);
  // Writes down when API keys were last used. Never call it on the writer's thread.
  absl::Status KeepKeyUses(KeyRing::Uses which);

  // The present. Notices whether the clock has jumped; calendars in memory go then, for they hold
  // what was ahead of the time before.
  core::Instant Now();
  ClockStats clock_stats() const;
  const KeyRing& keys() const { return keys_; }
  KeyRing& keys() { return keys_; }
  CalendarCache& calendars() { return calendars_; }
  CatalogCache& catalogs() { return catalogs_; }
  storage::Database& database() { return *database_; }
  storage::MasterKeys& master_keys() { return *options_.master_keys; }

  // The caller of a method that is answered from memory; nullopt where finding out needs the
  // database, because the call is made for an account.
  absl::StatusOr<std::optional<core::Caller>> CallerInMemory(const Credentials& credentials,
                                                             const core::CallerRule& rule) const;
  // Runs a reading use case for whoever shows the credentials, on the caller's thread. Here as in
  // Write, the key must still be in force when it runs: UNKNOWN_KEY, EXPIRED_KEY.
  absl::Status Read(const Credentials& credentials, const core::CallerRule& rule,
                    const std::function<absl::Status(const ReadContext&)>& use_case);
  // Leaves an audit line of what a tool or an operator has read, unless there is one of this hour;
  // OK once it is durable, on a full disk too. Never call it on the writer's thread.
  absl::Status AuditReading(const core::Caller& reader, const std::string& method,
                            const std::string& resource);
  // Runs a use case on the writer's thread; `done` is called there after the commit, of a start
  // that was refused by EngineOptions::run_after_refusal, once it is known what to offer. A repeat
  // of a request gets the first answer; the same request_id with another digest: REQUEST_ID_REUSED.
  // ANSWER_ERASED: that answer went with an account; the request is done, and not done again.
  // Failures are not kept: a repeat tries again.
  void Write(Credentials credentials, core::CallerRule rule, std::optional<Repeatable> repeatable,
             Answer answer, std::function<void(absl::Status)> done);
  // The same for the system itself.
  void WriteAsSystem(std::function<absl::Status(WriteContext&)> use_case,
                     std::function<void(absl::Status)> done);
  absl::Status WriteAsSystemAndWait(std::function<absl::Status(WriteContext&)> use_case);

 private:
  struct Pending;

  // What a version before kept in plain; goes on where a killed core left it.
  absl::Status SealPlainTexts();
  void ClockJumped(const core::ClockJump& jump);
  absl::StatusOr<core::Caller> ResolveCaller(storage::Transaction& tx,
                                             const Credentials& credentials,
                                             const core::CallerRule& rule) const;
  absl::Status RunWrite(storage::Transaction& tx, Pending& pending);
  // What concerns first answers, in requests.cc.
  absl::Status MakeAnswer(WriteContext& cx, const std::optional<Repeatable>& repeatable,
                          const Answer& answer) const;
  std::vector<storage::RequestKey> KeysOf(const core::Caller& caller,
                                          const Repeatable& repeatable) const;
  std::vector<std::string> DigestsOf(const storage::RequestKey& key,
                                     const Repeatable& repeatable) const;
  absl::StatusOr<bool> Repeated(storage::Transaction& tx, const core::Caller& caller,
                                const Repeatable& repeatable, const Answer& answer) const;
  void EndPending(const std::shared_ptr<Pending>& pending, absl::Status status);
  void SubmitPending(const std::shared_ptr<Pending>& pending);
  void GroupEnded(bool committed);
  void RunInBackground(std::vector<std::function<void()>> tasks) const;

  EngineOptions options_;
  KeyRing keys_;
  DurableIds ids_;
  core::ClockWatch clock_watch_;
  mutable std::mutex clock_mutex_;
  ClockStats clock_stats_;
  CalendarCache calendars_;
  CatalogCache catalogs_;
  WriterCalendars writer_calendars_;
  ReadTrail read_trail_;
  RefusedStarts refused_starts_;  // The writer's alone.
  bool group_notified_ = false;   // A body of the present group was. The writer's alone.
  // Last, so that it goes first: writes that still wait use all of the above.
  std::unique_ptr<storage::Database> database_;
  operate::SampledOnes sampled_;  // Read while all of the above is there.
};

}  // namespace kalends::app
