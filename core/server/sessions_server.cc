#include "core/app/sessions.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "core/server/decode.h"
#include "core/server/encode.h"
#include "core/server/privacy_export_walks.h"
#include "core/server/rpcs.h"
#include "core/server/services.h"
#include "kalends/v1/session_service.pb.h"
#include "storage/accounts.h"

namespace kalends::server {
namespace {

constexpr std::size_t kSessionNameBytesMax = 100;

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

absl::Status GetSession(const app::ReadContext& cx, const v1::GetSessionRequest& request,
                        v1::Session* response) {
  ASSIGN_OR_RETURN(const auto key, SessionKey(request.name()));
  EncodeSession(request.name(), app::GetSession(cx, key), response);
  return absl::OkStatus();
}

absl::Status UpdateSession(app::WriteContext& cx, const v1::UpdateSessionRequest& request,
                           v1::Session* response) {
  const v1::Session& session = request.session();
  ASSIGN_OR_RETURN(const auto key, SessionKey(session.name()));
  ASSIGN_OR_RETURN(const auto row, app::UpdateSession(cx, key, session.data(), session.etag()));
  EncodeSession(session.name(), row, response);
  return absl::OkStatus();
}

// A repeat brings the data along. Kept for it, they would outlive the session, and the account.
void StripData(v1::Session& kept) { kept.clear_data(); }
void RestoreData(const v1::UpdateSessionRequest& request, v1::Session& kept) {
  kept.set_data(request.session().data());
}

absl::Status PutSessions(const app::ReadContext& cx, core::AccountId account,
                         const MessageSink& sink) {
  for (const auto& row : storage::IdentitiesOf(cx.tx, account)) {
    const std::string key = row.identity.ToString();
    const storage::SessionRow session = app::GetSession(cx, key);
    if (session.version == 0) continue;
    v1::Session message;
    message.set_name("sessions/" + key);
    message.set_data(session.data);
    RETURN_IF_ERROR(sink(message));
  }
  return absl::OkStatus();
}

}  // namespace

extern constinit const SubjectExport kSessionsExport{
    .of_customer = [](core::AccountId account) -> std::vector<ExportSection> {
      return {{"sessions.json",
               "What the chat programs remember about conversations in progress.",
               {"sessions"},
               Once(PutSessions, account)}};
    }};

Served MakeSessionService(const Serving& serving) {
  return Rpcs(serving.calls, "kalends.v1.SessionService")
      .Read(GetSession)
      .WriteKeeping({.strip = StripData, .restore = RestoreData}, UpdateSession)
      .Build();
}

}  // namespace kalends::server
