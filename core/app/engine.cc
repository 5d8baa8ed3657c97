#include "core/app/engine.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <cstring>
#include <future>
#include <utility>

#include "core/accounts/account.h"
#include "core/app/booking_slots.h"
#include "core/app/documents.h"
#include "core/base/detail.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "storage/accounts.h"
#include "storage/keys.h"
#include "storage/requests.h"
#include "storage/sealing.h"

namespace kalends::app {
namespace {

// Catalogs get this fraction of the memory that calendars get.
constexpr std::int64_t kCatalogShare = 4;

// Rows of a version before that are sealed in one transaction: some milliseconds, and little of the
// log of changes.
constexpr int kSealedAtOnce = 500;

constexpr std::string_view kAccountPrefix = "accounts/";

// The account that `kalends-account` names; nullopt: nobody, or nobody any more.
std::optional<core::AccountId> FindAccountNamed(storage::Transaction& tx, std::string_view name) {
  if (name.starts_with(kAccountPrefix)) {
    const auto id = core::AccountId::Parse(name.substr(kAccountPrefix.size()));
    const auto account = id ? storage::FindAccount(tx, *id) : std::nullopt;
    return account && !account->erased ? id : std::nullopt;
  }
  const auto identity = core::Identity::Parse(name);
  const auto row = identity ? storage::FindIdentity(tx, *identity) : std::nullopt;
  return row ? std::optional(row->account) : std::nullopt;
}

// Numbers of 64 random bits. The system is asked for many at a time: a call costs more than an id.
class RandomNumbers {
 public:
  explicit RandomNumbers(const RandomBytes& random) : random_(random) {}

  std::uint64_t operator()() {
    std::uint64_t number = 0;
    if (bytes_.empty()) bytes_ = random_(kNumbersAtOnce * sizeof(number));
    std::memcpy(&number, bytes_.data() + bytes_.size() - sizeof(number), sizeof(number));
    bytes_.resize(bytes_.size() - sizeof(number));
    return number;
  }

 private:
  static constexpr std::size_t kNumbersAtOnce = 64;

  const RandomBytes& random_;
  std::string bytes_;  // Not used yet.
};

}  // namespace

struct Engine::Pending {
  Credentials credentials;
  core::CallerRule rule;
  bool system = false;
  std::optional<Repeatable> repeatable;
  Answer answer;
  std::function<void(absl::Status)> done;
  std::vector<std::function<void()>> after_commit;
  std::vector<std::function<void()>> in_background;
  std::vector<core::ProviderId> changed_catalogs;
  std::vector<Gone> gone;
  bool erased = false;
};

Engine::Engine(std::unique_ptr<storage::Database> database, EngineOptions options)
    : options_(std::move(options)),
      keys_(options_.clock, options_.ticks),
      ids_(core::IdSource(RandomNumbers(options_.random))),
      calendars_(MakeCalendarCache(*database, options_.calendar_bytes_max)),
      catalogs_(MakeCatalogCache(*database, options_.calendar_bytes_max / kCatalogShare)),
      writer_calendars_(calendars_),
      read_trail_(core::kReadingsRememberedMax),
      refused_starts_(options_.ticks),
      database_(std::move(database)) {
  sampled_.emplace_back("kalends_core_calendars_cached", "Calendars in memory.",
                        [this] { return static_cast<double>(calendars_.Stats().views); });
  sampled_.emplace_back("kalends_core_calendar_bytes", "What they take, about, in bytes.",
                        [this] { return static_cast<double>(calendars_.Stats().bytes); });
  sampled_.emplace_back(
      "kalends_core_clock_jumps_total", "Times that the machine's clock was found to have jumped.",
      [this] { return static_cast<double>(clock_stats().jumps); }, prometheus::MetricType::Counter);
  sampled_.emplace_back(
      "kalends_storage_damaged", "1: the check of the database found damage; 0: it has found none.",
      [this] {
        return database_->Check().state == storage::CheckResult::State::kDamaged ? 1.0 : 0.0;
      });
  database_->SetKeys(options_.master_keys);
  database_->SetGroupListener([this](bool committed) { GroupEnded(committed); });
}

absl::Status Engine::Start(ClockBehind clock_behind) {
  std::chrono::seconds behind{0};
  RETURN_IF_ERROR(database_->Read([&](storage::Transaction& tx) {
    behind = storage::FindWatermarks(tx).written - Now();
    return absl::OkStatus();
  }));
  if (behind > core::kClockBehindMax && clock_behind == ClockBehind::kRefuse) {
    return absl::FailedPreconditionError(fmt::format(
        "the clock of this machine shows a time {} hours before the one at which the database was "
        "written last: set the clock, or, if it is right now and was wrong then, start once with "
        "--accept-clock",
        std::chrono::duration_cast<std::chrono::hours>(behind).count()));
  }
  if (behind > core::kClockJumpMin) ClockJumped({Now(), -behind});
  RETURN_IF_ERROR(keys_.Load(*database_));
  RETURN_IF_ERROR(WriteAsSystemAndWait(CheckMasterKeys));
  return SealPlainTexts();
}

absl::Status Engine::SealPlainTexts() {
  storage::SealedSome some;
  bool any = false;
  while (!some.done) {
    RETURN_IF_ERROR(WriteAsSystemAndWait([&](WriteContext& cx) {
      some = storage::SealSome(cx.tx, kSealedAtOnce);
      return absl::OkStatus();
    }));
    if (!any && some.sealed) spdlog::info("sealing what a version before kept in plain");
    any |= some.sealed;
  }
  bool due = false;
  RETURN_IF_ERROR(database_->Read([&](storage::Transaction& tx) {
    due = storage::IsRewriteDue(tx);
    return absl::OkStatus();
  }));
  if (!due) return absl::OkStatus();
  // What lacks room for that still serves: the next start tries again.
  const absl::Status status = database_->Rewrite();
  database_->EmptyLog();  // Also of what was written before there was no more room.
  if (!status.ok()) {
    spdlog::warn("shreds of what is sealed now stay in the file until it can be written anew: {}",
                 std::string(status.message()));
    return absl::OkStatus();
  }
  return WriteAsSystemAndWait([](WriteContext& cx) {
    storage::PutRewritten(cx.tx);
    return absl::OkStatus();
  });
}

core::Instant Engine::Now() {
  const core::Instant now = options_.clock();
  if (const auto jump = clock_watch_.Observe(now, options_.ticks())) {
    ClockJumped(*jump);
    calendars_.Clear();
  }
  return now;
}

void Engine::ClockJumped(const core::ClockJump& jump) {
  spdlog::warn("the clock was set {} by {} s", jump.by.count() < 0 ? "back" : "forward",
               std::chrono::abs(jump.by).count());
  const std::lock_guard lock(clock_mutex_);
  ++clock_stats_.jumps;
  clock_stats_.last = jump;
}

ClockStats Engine::clock_stats() const {
  const std::lock_guard lock(clock_mutex_);
  return clock_stats_;
}

absl::Status Engine::EnsureAdminKey(const std::function<absl::Status(const std::string&)>& keep,
                                    bool another) {
  return WriteAsSystemAndWait([&](WriteContext& cx) -> absl::Status {
    const bool first = !storage::HasApiKeys(cx.tx);
    if (!first && !another) return absl::OkStatus();
    const char* label = first ? "first admin key" : "admin key made at a start";
    ASSIGN_OR_RETURN(const NewKey created, CreateApiKey(cx, keys_, {label, {core::Scope::kAdmin}}));
    return keep(created.secret);
  });
}

absl::Status Engine::KeepKeyUses(KeyRing::Uses which) {
  const std::vector<KeyRing::Use> uses = keys_.TakeUses(which);
  if (uses.empty()) return absl::OkStatus();
  return WriteAsSystemAndWait([&](WriteContext& cx) {
    for (const KeyRing::Use& use : uses) storage::PutLastUse(cx.tx, use.key, use.at);
    return absl::OkStatus();
  });
}

absl::StatusOr<core::Caller> Engine::ResolveCaller(storage::Transaction& tx,
                                                   const Credentials& credentials,
                                                   const core::CallerRule& rule) const {
  const bool names_account = !credentials.account.empty();
  RETURN_IF_ERROR(core::CheckCaller(rule, credentials.scopes, names_account));
  core::Caller caller{credentials.key, credentials.scopes, std::nullopt};
  if (!names_account) return caller;
  caller.account = FindAccountNamed(tx, credentials.account);
  if (!caller.account) return core::Error(core::Reason::kAccountUnknown);
  return caller;
}

absl::StatusOr<std::optional<core::Caller>> Engine::CallerInMemory(
    const Credentials& credentials, const core::CallerRule& rule) const {
  if (!credentials.account.empty()) return std::optional<core::Caller>();
  RETURN_IF_ERROR(core::CheckCaller(rule, credentials.scopes, false));
  return std::optional(core::Caller{credentials.key, credentials.scopes, std::nullopt});
}

absl::Status Engine::Read(const Credentials& credentials, const core::CallerRule& rule,
                          const std::function<absl::Status(const ReadContext&)>& use_case) {
  return database_->Read([&](storage::Transaction& tx) -> absl::Status {
    RETURN_IF_ERROR(keys_.Check(credentials.key));
    ASSIGN_OR_RETURN(core::Caller caller, ResolveCaller(tx, credentials, rule));
    const ReadContext cx{tx, std::move(caller), Now(), *options_.master_keys};
    return core::ForCaller(use_case(cx), cx.caller);
  });
}

void Engine::Write(Credentials credentials, core::CallerRule rule,
                   std::optional<Repeatable> repeatable, Answer answer,
                   std::function<void(absl::Status)> done) {
  auto pending = std::make_shared<Pending>();
  pending->credentials = std::move(credentials);
  pending->rule = rule;
  pending->repeatable = std::move(repeatable);
  pending->answer = std::move(answer);
  pending->done = std::move(done);
  SubmitPending(pending);
}

void Engine::WriteAsSystem(std::function<absl::Status(WriteContext&)> use_case,
                           std::function<void(absl::Status)> done) {
  auto pending = std::make_shared<Pending>();
  pending->system = true;
  pending->answer.make = std::move(use_case);
  pending->done = std::move(done);
  SubmitPending(pending);
}

absl::Status Engine::WriteAsSystemAndWait(std::function<absl::Status(WriteContext&)> use_case) {
  std::promise<absl::Status> promise;
  WriteAsSystem(std::move(use_case),
                [&](absl::Status status) { promise.set_value(std::move(status)); });
  return promise.get_future().get();
}

absl::Status Engine::AuditReading(const core::Caller& reader, const std::string& method,
                                  const std::string& resource) {
  const ReadTrail::Reading reading{reader.key, reader.account, method, resource};
  if (!read_trail_.Take(reading, Now())) return absl::OkStatus();
  std::promise<absl::Status> promise;
  auto pending = std::make_shared<Pending>();
  pending->system = true;
  pending->answer.make = [&reading](WriteContext& cx) {
    AuditReadingOf(cx, reading);
    return absl::OkStatus();
  };
  // Whoever finds out what to delete reads first.
  pending->answer.may_use_reserve = true;
  pending->done = [&promise](absl::Status status) { promise.set_value(std::move(status)); };
  SubmitPending(pending);
  const absl::Status written = promise.get_future().get();
  if (!written.ok()) read_trail_.GiveBack(reading);
  return written;
}

void Engine::SubmitPending(const std::shared_ptr<Pending>& pending) {
  storage::WriteJob job;
  job.body = [this, pending](storage::Transaction& tx) { return RunWrite(tx, *pending); };
  job.may_use_reserve = pending->answer.may_use_reserve;
  job.done = [this, pending](absl::Status status) {
    if (status.ok()) {
      for (const core::ProviderId provider : pending->changed_catalogs)
        catalogs_.Invalidate(provider);
      for (const Gone& gone : pending->gone) keys_.EndStreamsOf(gone.what, gone.why);
      for (const auto& action : pending->after_commit) action();
      if (pending->erased) database_->EmptyLog();
      RunInBackground(std::move(pending->in_background));
    }
    EndPending(pending, std::move(status));
  };
  database_->Submit(std::move(job));
}

// The transaction is over: what a refused start is to be answered with keeps no other write
// waiting.
void Engine::EndPending(const std::shared_ptr<Pending>& pending, absl::Status status) {
  const auto refused = core::DetailOf<StartRefused>(status);
  if (!refused) {
    pending->done(std::move(status));
    return;
  }
  options_.run_after_refusal([this, pending, status = std::move(status), refused = *refused] {
    pending->done(WithAlternatives(calendars_, status, refused, Now()));
  });
}

void Engine::GroupEnded(bool committed) {
  writer_calendars_.GroupEnded(committed);
  ids_.GroupEnded(committed);
  if (std::exchange(group_notified_, false) && committed) options_.on_notified();
}

// One after the other, so that they leave the other threads there to others.
void Engine::RunInBackground(std::vector<std::function<void()>> tasks) const {
  if (tasks.empty()) return;
  options_.run_in_background([tasks = std::move(tasks)] {
    for (const auto& task : tasks) task();
  });
}

absl::Status Engine::RunWrite(storage::Transaction& tx, Pending& pending) {
  const core::Instant now = Now();
  core::Caller caller;
  // By its row, which knows of a revocation that shares this commit.
  if (!pending.system) {
    const auto key = storage::FindApiKey(tx, pending.credentials.key);
    if (!key) return core::Error(core::Reason::kUnknownKey);
    RETURN_IF_ERROR(core::CheckInForce(*key, now));
  }
  if (pending.repeatable && pending.repeatable->outlives_account) {
    const core::Caller key{pending.credentials.key, pending.credentials.scopes, std::nullopt};
    RETURN_IF_ERROR(
        core::CheckCaller(pending.rule, key.scopes, !pending.credentials.account.empty()));
    ASSIGN_OR_RETURN(const bool repeated, Repeated(tx, key, *pending.repeatable, pending.answer));
    if (repeated) return absl::OkStatus();
  }
  if (!pending.system) {
    ASSIGN_OR_RETURN(caller, ResolveCaller(tx, pending.credentials, pending.rule));
  }
  WriteContext cx{tx,
                  std::move(caller),
                  now,
                  writer_calendars_,
                  ids_.Begin(tx),
                  options_.random,
                  *options_.master_keys,
                  refused_starts_};
  // Whatever way this is left, the writer's calendars are told.
  struct BodyScope {
    WriterCalendars& calendars;
    bool keep = false;
    ~BodyScope() { calendars.End(keep); }
  } scope{writer_calendars_};
  writer_calendars_.Begin(tx, now);
  absl::Status status =
      core::ForCaller(MakeAnswer(cx, pending.repeatable, pending.answer), cx.caller);
  if (status.ok()) ids_.End(tx, now);
  scope.keep = status.ok();
  group_notified_ |= status.ok() && cx.notified;
  pending.after_commit = std::move(cx.after_commit);
  pending.in_background = std::move(cx.in_background);
  pending.changed_catalogs = std::move(cx.changed_catalogs);
  pending.gone = std::move(cx.gone);
  pending.erased = cx.erased;
  return status;
}

}  // namespace kalends::app
