// What the core keeps for us under a name: bytes, overwritten whole.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "adapters/telegram/client.h"

namespace kalends::telegram {

// `name` such as `sessions/telegram:812`. Empty: nothing is kept.
absl::StatusOr<std::string> LoadKept(const Client& client, const std::string& name);
// At most kSessionBytesMax. Each write is one of its own, no repeat of another.
absl::Status StoreKept(const Client& client, const std::string& name, const std::string& data);

}  // namespace kalends::telegram
