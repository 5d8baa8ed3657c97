#include <sys/resource.h>
#include <unistd.h>

#include <fstream>

#include "absl/strings/escaping.h"
#include "core/app/documents.h"
#include "core/app/keys.h"
#include "core/base/error.h"
#include "core/base/status_macros.h"
#include "core/base/text.h"
#include "core/server/decode.h"
#include "core/server/encode.h"
#include "core/server/rpcs.h"
#include "core/server/services.h"
#include "core/timezone/zone_rules.h"
#include "kalends/v1/admin_service.pb.h"
#include "storage/notifications.h"

namespace kalends::server {
namespace {

v1::Scope EncodeScope(core::Scope scope) {
  switch (scope) {
    case core::Scope::kAdapter:
      return v1::SCOPE_ADAPTER;
    case core::Scope::kWeb:
      return v1::SCOPE_WEB;
    case core::Scope::kToolRead:
      return v1::SCOPE_TOOL_READ;
    case core::Scope::kToolWrite:
      return v1::SCOPE_TOOL_WRITE;
    case core::Scope::kAdmin:
      return v1::SCOPE_ADMIN;
    case core::Scope::kBusy:
      return v1::SCOPE_BUSY;
  }
  return v1::SCOPE_UNSPECIFIED;
}

v1::ApiKey::State EncodeKeyState(core::KeyState state) {
  switch (state) {
    case core::KeyState::kActive:
      return v1::ApiKey::STATE_ACTIVE;
    case core::KeyState::kExpired:
      return v1::ApiKey::STATE_EXPIRED;
    case core::KeyState::kRevoked:
      return v1::ApiKey::STATE_REVOKED;
  }
  return v1::ApiKey::STATE_UNSPECIFIED;
}

void EncodeKey(const core::ApiKey& key, core::Instant now, v1::ApiKey* message) {
  message->set_name(ApiKeyName(key.id));
  message->set_display_name(key.label);
  for (const core::Scope scope : core::kScopes) {
    if (key.scopes.Has(scope)) message->add_scopes(EncodeScope(scope));
  }
  *message->mutable_create_time() = EncodeInstant(key.created);
  if (key.revoked) *message->mutable_revoke_time() = EncodeInstant(*key.revoked);
  if (key.expires) *message->mutable_expire_time() = EncodeInstant(*key.expires);
  if (key.last_used) *message->mutable_last_use_time() = EncodeInstant(*key.last_used);
  message->set_max_calls_per_second(key.calls_per_second_max);
  message->set_max_streams(key.streams_max);
  message->set_state(EncodeKeyState(core::StateOf(key, now)));
}

absl::StatusOr<core::ScopeSet> DecodeScopes(const v1::ApiKey& key) {
  core::ScopeSet scopes;
  for (const int scope : key.scopes()) {
    const int index = scope - v1::SCOPE_ADAPTER;
    if (index < 0 || index >= static_cast<int>(std::size(core::kScopes))) {
      return core::InvalidField("api_key.scopes", "must be of the enum Scope");
    }
    scopes.Add(core::kScopes[static_cast<std::size_t>(index)]);
  }
  return scopes;
}

absl::StatusOr<app::KeyInput> DecodeKey(const v1::ApiKey& key) {
  app::KeyInput input;
  input.label = core::CleanLine(key.display_name());
  ASSIGN_OR_RETURN(input.scopes, DecodeScopes(key));
  if (key.has_expire_time()) {
    ASSIGN_OR_RETURN(input.expires, DecodeInstant("api_key.expire_time", &key.expire_time()));
  }
  input.calls_per_second_max = key.max_calls_per_second();
  input.streams_max = key.max_streams();
  return input;
}

absl::Status RewrapDocumentKeys(app::WriteContext& cx, const v1::RewrapDocumentKeysRequest& request,
                                v1::RewrapDocumentKeysResponse* response) {
  constexpr std::string_view kList = "RewrapDocumentKeys";
  ASSIGN_OR_RETURN(const auto place, DecodePageToken(kList, request.page_token(), 3));
  std::optional<storage::BlobCursor> after;
  if (place) {
    const auto provider = core::ProviderId::Parse((*place)[1]);
    std::string master_key_id;
    if (!provider || !absl::WebSafeBase64Unescape((*place)[0], &master_key_id)) {
      return core::Error(core::Reason::kInvalidPageToken);
    }
    after = storage::BlobCursor{std::move(master_key_id), *provider, (*place)[2]};
  }
  const app::Rewrapped rewrapped = app::RewrapKeys(cx, after);
  response->set_rewrapped(rewrapped.done);
  response->set_damaged(rewrapped.damaged);
  response->set_remaining(rewrapped.remaining);
  if (const auto& last = rewrapped.last) {
    response->set_next_page_token(EncodePageToken(
        kList,
        {absl::WebSafeBase64Escape(last->master_key_id), last->provider.ToString(), last->id}));
  }
  return absl::OkStatus();
}

std::int64_t ResidentBytes() {
  std::ifstream statm("/proc/self/statm");
  std::int64_t total_pages = 0;
  std::int64_t resident_pages = 0;
  statm >> total_pages >> resident_pages;
  return resident_pages * sysconf(_SC_PAGESIZE);
}

std::int64_t CpuMicroseconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto microseconds = [](const timeval& time) {
    return time.tv_sec * std::int64_t{1000000} + time.tv_usec;
  };
  return microseconds(usage.ru_utime) + microseconds(usage.ru_stime);
}

void EncodeClock(const app::ClockStats& stats, v1::ServerStats* response) {
  response->set_clock_jumps(stats.jumps);
  if (!stats.last) return;
  *response->mutable_last_clock_jump_time() = EncodeInstant(stats.last->to);
  response->mutable_last_clock_jump()->set_seconds(stats.last->by.count());
}

void EncodeCheck(const storage::CheckResult& check, v1::ServerStats* response) {
  using State = storage::CheckResult::State;
  constexpr struct {
    State state;
    v1::ServerStats::DatabaseCheck encoded;
  } kStates[] = {{State::kRunning, v1::ServerStats::DATABASE_CHECK_RUNNING},
                 {State::kSound, v1::ServerStats::DATABASE_CHECK_SOUND},
                 {State::kDamaged, v1::ServerStats::DATABASE_CHECK_DAMAGED},
                 {State::kFailed, v1::ServerStats::DATABASE_CHECK_FAILED}};
  for (const auto& row : kStates) {
    if (row.state == check.state) response->set_database_check(row.encoded);
  }
  response->set_database_faults(static_cast<std::int64_t>(check.faults.size()));
}

void EncodeZoneRules(const core::ZoneRules& rules, core::Instant now, v1::ServerStats* response) {
  response->set_zone_rules_version(rules.version);
  if (rules.written) *response->mutable_zone_rules_time() = EncodeInstant(*rules.written);
  response->set_zone_rules_old(core::AreOld(rules, now));
  response->set_zones_listed(rules.zones_listed);
  response->set_zones_known(rules.zones_known);
}

absl::Status CreateApiKey(app::WriteContext& cx, const v1::CreateApiKeyRequest& request,
                          v1::CreateApiKeyResponse* response, app::KeyRing& keys) {
  ASSIGN_OR_RETURN(const auto input, DecodeKey(request.api_key()));
  ASSIGN_OR_RETURN(const auto created, app::CreateApiKey(cx, keys, input));
  EncodeKey(created.key, cx.now, response->mutable_api_key());
  response->set_secret(created.secret);
  return absl::OkStatus();
}

// The secret is shown once.
void StripSecret(v1::CreateApiKeyResponse& kept) { kept.clear_secret(); }

using KeyListing = Listing<core::ApiKey, core::ApiKeyId, v1::ApiKey>;
absl::StatusOr<KeyListing> ListApiKeys(const app::ReadContext&, const v1::ListApiKeysRequest&,
                                       app::KeyRing& keys) {
  return KeyListing{[&keys](const app::ReadContext& cx, const auto& after, int limit) {
                      return app::ListApiKeys(cx, keys, after, limit);
                    },
                    [](const core::ApiKey& key) { return key.id; },
                    [](const app::ReadContext& cx, const core::ApiKey& key, v1::ApiKey* message) {
                      EncodeKey(key, cx.now, message);
                    }};
}

using AuditListing = Listing<core::AuditLine, std::int64_t, v1::AuditLine>;

absl::StatusOr<AuditListing> ListAuditLines(const app::ReadContext&,
                                            const v1::ListAuditLinesRequest&) {
  return AuditListing{
      [](const app::ReadContext& cx, const auto& after, int limit) {
        return app::ListAuditLines(cx, after.value_or(0), limit);
      },
      [](const core::AuditLine& line) { return line.number; },
      [](const app::ReadContext&, const core::AuditLine& line, v1::AuditLine* message) {
        message->set_name("auditLines/" + std::to_string(line.number));
        *message->mutable_create_time() = EncodeInstant(line.when);
        message->set_api_key(ApiKeyName(line.key));
        message->set_method(line.method);
        message->set_resource(line.resource);
        if (line.account) message->set_account(AccountName(*line.account));
      }};
}

absl::Status RevokeApiKey(app::WriteContext& cx, const v1::RevokeApiKeyRequest& request,
                          v1::ApiKey* response, app::KeyRing& keys) {
  const auto parts = MatchName("apiKeys/*", request.name());
  const auto id = parts ? core::ApiKeyId::Parse((*parts)[0]) : std::nullopt;
  if (!id) return BadName("name", "apiKeys/*");
  ASSIGN_OR_RETURN(const auto key, app::RevokeApiKey(cx, keys, *id));
  EncodeKey(key, cx.now, response);
  return absl::OkStatus();
}

absl::Status RotateMasterKey(app::WriteContext& cx, const v1::RotateMasterKeyRequest&,
                             v1::RotateMasterKeyResponse* response, storage::MasterKeys& keys) {
  RETURN_IF_ERROR(app::RotateMasterKey(cx, keys));
  response->set_master_key_count(static_cast<int>(keys.Ids().size()));
  return absl::OkStatus();
}

absl::Status FillStats(const app::ReadContext& cx, app::Engine& engine, core::Instant started,
                       v1::ServerStats* response) {
  response->set_resident_bytes(ResidentBytes());
  response->set_cpu_time_us(CpuMicroseconds());
  const storage::WriteStats writes = engine.database().Stats();
  response->set_commits(writes.commits);
  response->set_committed_writes(writes.writes);
  const app::CacheStats calendars = engine.calendars().Stats();
  response->set_calendars_cached(calendars.views);
  response->set_calendar_bytes(calendars.bytes);
  response->set_notifications_due(storage::CountDue(cx.tx, cx.now));
  response->set_notifications_set_aside(storage::CountSetAside(cx.tx));
  *response->mutable_start_time() = EncodeInstant(started);
  response->set_unreadable_values(engine.master_keys().damage().count());
  EncodeCheck(engine.database().Check(), response);
  EncodeClock(engine.clock_stats(), response);
  EncodeZoneRules(core::ReadZoneRules(), cx.now, response);
  return absl::OkStatus();
}

}  // namespace

Served MakeAdminService(const Serving& serving) {
  app::Engine& engine = serving.calls.engine();
  const auto get_server_stats = [&engine, started = serving.started](
                                    const app::ReadContext& cx, const v1::GetServerStatsRequest&,
                                    v1::ServerStats* response) {
    return FillStats(cx, engine, started, response);
  };
  return Rpcs(serving.calls, "kalends.v1.AdminService")
      .WriteKeeping({.strip = StripSecret}, CreateApiKey, engine.keys())
      .List(ListApiKeys, engine.keys())
      .Write(RevokeApiKey, engine.keys())
      .Write(RotateMasterKey, engine.master_keys())
      .WriteOnce(RewrapDocumentKeys)
      .List(ListAuditLines)
      .Read(get_server_stats)
      .Build();
}

}  // namespace kalends::server
