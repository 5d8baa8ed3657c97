#include "core/server/admin_server.h"

#include <sys/resource.h>
#include <unistd.h>

#include <fstream>

#include "absl/strings/escaping.h"
#include "core/app/documents.h"
#include "core/app/keys.h"
#include "core/app/sessions.h"
#include "core/base/error.h"
#include "core/base/status_macros.h"
#include "core/server/decode.h"
#include "core/server/encode.h"
#include "storage/notifications.h"

namespace kalends::server {
namespace {

constexpr std::size_t kSessionNameBytesMax = 100;

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
  input.label = key.display_name();
  ASSIGN_OR_RETURN(input.scopes, DecodeScopes(key));
  if (key.has_expire_time()) {
    ASSIGN_OR_RETURN(input.expires, DecodeInstant("api_key.expire_time", &key.expire_time()));
  }
  input.calls_per_second_max = key.max_calls_per_second();
  input.streams_max = key.max_streams();
  return input;
}

absl::Status List(const app::ReadContext& cx, const app::KeyRing& ring,
                  const v1::ListApiKeysRequest& request, v1::ListApiKeysResponse* response) {
  constexpr std::string_view kList = "ListApiKeys";
  ASSIGN_OR_RETURN(const int limit, DecodePageSize(request.page_size()));
  ASSIGN_OR_RETURN(const auto place, DecodePageToken(kList, request.page_token(), 1));
  std::optional<core::ApiKeyId> after;
  if (place) {
    after = core::ApiKeyId::Parse((*place)[0]);
    if (!after) return core::Error(core::Reason::kInvalidPageToken);
  }
  const auto keys = app::ListApiKeys(cx, ring, after, limit + 1);
  for (const core::ApiKey& key : keys) {
    if (response->api_keys_size() == limit) {
      const auto& last = keys[static_cast<std::size_t>(limit) - 1];
      response->set_next_page_token(EncodePageToken(kList, {last.id.ToString()}));
      break;
    }
    Encode(key, cx.now, response->add_api_keys());
  }
  return absl::OkStatus();
}

absl::Status Rewrap(app::WriteContext& cx, const v1::RewrapDocumentKeysRequest& request,
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

absl::StatusOr<std::string> SessionKey(const std::string& name) {
  const auto parts = MatchName("sessions/*", name);
  const std::string_view key = parts ? (*parts)[0] : std::string_view();
  const bool valid = std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == ':';
  });
  if (key.empty() || key.size() > kSessionNameBytesMax || !valid)
    return BadName("session.name", "sessions/*");
  return std::string(key);
}

void EncodeSession(const std::string& name, const storage::SessionRow& row, v1::Session* response) {
  response->set_name(name);
  if (row.version == 0) return;
  response->set_data(row.data);
  response->set_etag(app::EtagOf(row.version));
  *response->mutable_expire_time() = EncodeInstant(row.written + core::kSessionKept);
}

}  // namespace

Calls::Reactor* AdminServer::CreateApiKey(Calls::Context* context,
                                          const v1::CreateApiKeyRequest* request,
                                          v1::CreateApiKeyResponse* response) {
  app::Answer answer = Calls::AnswerOf(response, [=, this](app::WriteContext& cx) -> absl::Status {
    ASSIGN_OR_RETURN(const auto input, DecodeKey(request->api_key()));
    ASSIGN_OR_RETURN(const auto created, app::CreateApiKey(cx, calls_.engine().keys(), input));
    Encode(created.key, cx.now, response->mutable_api_key());
    response->set_secret(created.secret);
    return absl::OkStatus();
  });
  // The secret is shown once: what is kept for a repeat is without it.
  answer.serialize = [response] {
    v1::CreateApiKeyResponse kept = *response;
    kept.clear_secret();
    return kept.SerializeAsString();
  };
  return calls_.WriteMessage(context, "kalends.v1.AdminService.CreateApiKey",
                             {request->request_id(), request}, std::move(answer));
}

Calls::Reactor* AdminServer::ListApiKeys(Calls::Context* context,
                                         const v1::ListApiKeysRequest* request,
                                         v1::ListApiKeysResponse* response) {
  return calls_.Read(context, "kalends.v1.AdminService.ListApiKeys",
                     [&](const app::ReadContext& cx) {
                       return List(cx, calls_.engine().keys(), *request, response);
                     });
}

Calls::Reactor* AdminServer::RevokeApiKey(Calls::Context* context,
                                          const v1::RevokeApiKeyRequest* request,
                                          v1::ApiKey* response) {
  return calls_.Write(context, "kalends.v1.AdminService.RevokeApiKey", request, response,
                      [=, this](app::WriteContext& cx) -> absl::Status {
                        const auto parts = MatchName("apiKeys/*", request->name());
                        const auto id = parts ? core::ApiKeyId::Parse((*parts)[0]) : std::nullopt;
                        if (!id) return BadName("name", "apiKeys/*");
                        ASSIGN_OR_RETURN(const auto key,
                                         app::RevokeApiKey(cx, calls_.engine().keys(), *id));
                        Encode(key, cx.now, response);
                        return absl::OkStatus();
                      });
}

Calls::Reactor* AdminServer::RotateMasterKey(Calls::Context* context,
                                             const v1::RotateMasterKeyRequest* request,
                                             v1::RotateMasterKeyResponse* response) {
  return calls_.Write(context, "kalends.v1.AdminService.RotateMasterKey", request, response,
                      [=, this](app::WriteContext& cx) -> absl::Status {
                        storage::MasterKeys& keys = calls_.engine().master_keys();
                        RETURN_IF_ERROR(app::RotateMasterKey(cx, keys));
                        response->set_master_key_count(static_cast<int>(keys.Ids().size()));
                        return absl::OkStatus();
                      });
}

Calls::Reactor* AdminServer::RewrapDocumentKeys(Calls::Context* context,
                                                const v1::RewrapDocumentKeysRequest* request,
                                                v1::RewrapDocumentKeysResponse* response) {
  return calls_.WriteOnce(context, "kalends.v1.AdminService.RewrapDocumentKeys",
                          [=](app::WriteContext& cx) { return Rewrap(cx, *request, response); });
}

Calls::Reactor* AdminServer::GetServerStats(Calls::Context* context,
                                            const v1::GetServerStatsRequest*,
                                            v1::ServerStats* response) {
  return calls_.Read(context, "kalends.v1.AdminService.GetServerStats",
                     [&](const app::ReadContext& cx) {
                       response->set_resident_bytes(ResidentBytes());
                       response->set_cpu_time_us(CpuMicroseconds());
                       const storage::WriteStats writes = calls_.engine().database().Stats();
                       response->set_commits(writes.commits);
                       response->set_committed_writes(writes.writes);
                       const app::CacheStats calendars = calls_.engine().calendars().Stats();
                       response->set_calendars_cached(calendars.views);
                       response->set_calendar_bytes(calendars.bytes);
                       response->set_notifications_due(storage::CountDue(cx.tx, cx.now));
                       response->set_notifications_set_aside(storage::CountSetAside(cx.tx));
                       *response->mutable_start_time() = EncodeInstant(started_);
                       EncodeClock(calls_.engine().clock_stats(), response);
                       return absl::OkStatus();
                     });
}

Calls::Reactor* SessionServer::GetSession(Calls::Context* context,
                                          const v1::GetSessionRequest* request,
                                          v1::Session* response) {
  return calls_.Read(context, "kalends.v1.SessionService.GetSession",
                     [&](const app::ReadContext& cx) -> absl::Status {
                       ASSIGN_OR_RETURN(const auto key, SessionKey(request->name()));
                       EncodeSession(request->name(), app::GetSession(cx, key), response);
                       return absl::OkStatus();
                     });
}

Calls::Reactor* SessionServer::UpdateSession(Calls::Context* context,
                                             const v1::UpdateSessionRequest* request,
                                             v1::Session* response) {
  app::Answer answer = Calls::AnswerOf(response, [=](app::WriteContext& cx) -> absl::Status {
    const v1::Session& session = request->session();
    ASSIGN_OR_RETURN(const auto key, SessionKey(session.name()));
    ASSIGN_OR_RETURN(const auto row, app::UpdateSession(cx, key, session.data(), session.etag()));
    EncodeSession(session.name(), row, response);
    return absl::OkStatus();
  });
  // A repeat brings the data along. Kept for it, they would outlive the session, and the account.
  answer.serialize = [response] {
    v1::Session kept = *response;
    kept.clear_data();
    return kept.SerializeAsString();
  };
  answer.parse = [=](const std::string& bytes) {
    const bool parsed = response->ParseFromString(bytes);
    response->set_data(request->session().data());
    return parsed;
  };
  return calls_.WriteMessage(context, "kalends.v1.SessionService.UpdateSession",
                             {request->request_id(), request}, std::move(answer));
}

}  // namespace kalends::server
