// First answers by request_id (SPEC 4.4). Call only inside Database::Read or Submit.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/time.h"
#include "storage/database.h"

namespace kalends::storage {

// `scope` is who asked: "account:<id>" or "key:<id>".
struct RequestKey {
  std::string scope;
  std::string request_id;  // Or what stands for it.
};
struct FirstAnswer {
  std::string digest;    // Keyed hash of method and content; differs: the id was reused.
  std::string response;  // Serialized and sealed.
};
std::optional<FirstAnswer> FindRequest(Transaction& tx, const RequestKey& key);
void InsertRequest(Transaction& tx, const RequestKey& key, const FirstAnswer& answer,
                   core::Instant now);
// Removes at most `limit` answers from before `before`; returns how many.
std::int64_t PurgeRequests(Transaction& tx, core::Instant before, int limit);
// Whether there is one to purge.
bool HasOldRequests(Transaction& tx, core::Instant before);

}  // namespace kalends::storage
