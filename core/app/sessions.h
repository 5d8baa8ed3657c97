// Use cases of the adapters' opaque sessions.
#pragma once

#include <string>
#include <string_view>

#include "core/app/context.h"
#include "storage/sessions.h"

namespace kalends::app {

// An empty one (version 0) if it was never written or has expired.
storage::SessionRow GetSession(const ReadContext& cx, std::string_view name);
// STALE_ETAG where `etag` is set and not the present one.
absl::StatusOr<storage::SessionRow> UpdateSession(WriteContext& cx, std::string_view name,
                                                  std::string data, std::string_view etag);

}  // namespace kalends::app
