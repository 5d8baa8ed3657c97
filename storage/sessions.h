// Opaque sessions of adapters. Call only inside Database::Read or Submit.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/time.h"
#include "storage/database.h"

namespace kalends::storage {

struct SessionRow {
  std::string data;
  std::int64_t version = 0;
  core::Instant written;
};
std::optional<SessionRow> FindSession(Transaction& tx, std::string_view name);
void PutSession(Transaction& tx, std::string_view name, const SessionRow& row);
std::int64_t PurgeSessions(Transaction& tx, core::Instant before, int limit);
// Whether there is one to purge.
bool HasOldSessions(Transaction& tx, core::Instant before);

}  // namespace kalends::storage
