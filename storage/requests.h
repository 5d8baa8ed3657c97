// First answers by request_id (SPEC 4.4). Call only inside Database::Read or Submit.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "core/base/id.h"
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
  std::string response;  // Serialized and sealed; empty: erased with somebody whose words it held.
};
std::optional<FirstAnswer> FindRequest(Transaction& tx, const RequestKey& key);
// `people`: whose words the answer may hold beside those of who asked. It is erased with each.
void InsertRequest(Transaction& tx, const RequestKey& key, const FirstAnswer& answer,
                   const std::set<core::AccountId>& people, core::Instant now);

// What an answer names, by ids that may be wrong.
struct NamedInAnswer {
  std::set<core::AccountId> accounts;
  std::set<core::ProviderId> providers;
  std::set<core::AppointmentId> appointments;
  std::set<core::TicketId> tickets;
};
// Who is behind that: the accounts themselves, those of the providers, both sides of the
// appointments, who asks in the tickets.
std::set<core::AccountId> PeopleBehind(Transaction& tx, const NamedInAnswer& named);

// Removes at most `limit` answers from before `before`; returns how many.
std::int64_t PurgeRequests(Transaction& tx, core::Instant before, int limit);
// Whether there is one to purge.
bool HasOldRequests(Transaction& tx, core::Instant before);

}  // namespace kalends::storage
