#include "storage/requests.h"

#include "storage/privacy.h"
#include "storage/values.h"

namespace kalends::storage {

std::optional<FirstAnswer> FindRequest(Transaction& tx, const RequestKey& key) {
  return RowOf(tx, "SELECT digest, response FROM requests WHERE scope = $1 AND request_id = $2",
               {key.scope, key.request_id},
               [](const Row& row) { return FirstAnswer{row.Text(0), row.Text(1)}; });
}

void InsertRequest(Transaction& tx, const RequestKey& key, const FirstAnswer& answer,
                   core::Instant now) {
  tx.Execute(
      "INSERT INTO requests (scope, request_id, digest, response, created_s)"
      " VALUES ($1, $2, $3, $4, $5)",
      {key.scope, key.request_id, Blob{answer.digest}, Blob{answer.response}, ToValue(now)});
}

std::int64_t PurgeRequests(Transaction& tx, core::Instant before, int limit) {
  return tx.Execute(
      "DELETE FROM requests WHERE number IN"
      " (SELECT number FROM requests WHERE created_s < $1 ORDER BY created_s, number LIMIT $2)",
      {ToValue(before), limit});
}

bool HasOldRequests(Transaction& tx, core::Instant before) {
  return HasRow(tx, "SELECT 1 FROM requests WHERE created_s < $1 LIMIT 1", {ToValue(before)});
}

namespace {

constexpr std::string_view kErasedTables[] = {"requests"};

UnusedBlobs EraseOfCustomer(Transaction& tx, const Leaver& leaver) {
  return ExecuteAll(tx, {"DELETE FROM requests WHERE scope = $1"}, {leaver.request_scope});
}

}  // namespace

extern constinit const Erasure kRequestsErasure{
    .subject = "requests", .tables = kErasedTables, .of_customer = EraseOfCustomer};

}  // namespace kalends::storage
