#include "core/app/sessions.h"

#include <fmt/format.h>

#include "core/app/duties.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"

namespace kalends::app {

storage::SessionRow GetSession(const ReadContext& cx, std::string_view name) {
  auto row = storage::FindSession(cx.tx, name);
  if (!row || row->written + core::kSessionKept <= cx.now) return {};
  return *std::move(row);
}

absl::StatusOr<storage::SessionRow> UpdateSession(WriteContext& cx, std::string_view name,
                                                  std::string data, std::string_view etag) {
  if (data.size() > core::kSessionBytesMax) {
    return core::InvalidField("session.data",
                              fmt::format("must have at most {} bytes", core::kSessionBytesMax));
  }
  const auto present = storage::FindSession(cx.tx, name);
  const std::int64_t version = present ? present->version : 0;
  RETURN_IF_ERROR(CheckEtag(etag, version));
  storage::SessionRow row{std::move(data), version + 1, cx.now};
  storage::PutSession(cx.tx, name, row);
  return row;
}

extern constinit const Duty kForgetSessions{
    "forgetting old sessions",
    [](storage::Transaction& tx, core::Instant now, const DutyOptions&) {
      return storage::HasOldSessions(tx, now - core::kSessionKept);
    },
    [](WriteContext& cx, const DutyOptions&) {
      storage::PurgeSessions(cx.tx, cx.now - core::kSessionKept, kDutyPurgedMax);
    }};

}  // namespace kalends::app
