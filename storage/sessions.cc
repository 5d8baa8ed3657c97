#include "storage/sessions.h"

#include "storage/privacy.h"
#include "storage/sealed.h"
#include "storage/values.h"

namespace kalends::storage {

namespace {

Place SessionPlace(std::string_view name) { return Place("sessions.data", name); }

}  // namespace

std::optional<SessionRow> FindSession(Transaction& tx, std::string_view name) {
  return RowOf(tx, "SELECT data, version, written_s FROM sessions WHERE name = $1", {name},
               [&](const Row& row) {
                 return SessionRow{OpenedBytesAt(row, 0, SessionPlace(name)), row.Int(1),
                                   InstantAt(row, 2)};
               });
}

void PutSession(Transaction& tx, std::string_view name, const SessionRow& row) {
  const std::string sealed = SealedBytes(tx, row.data, SessionPlace(name));
  tx.Execute(
      "INSERT INTO sessions (name, data, version, written_s) VALUES ($1, $2, $3, $4)"
      " ON CONFLICT (name) DO UPDATE SET data = excluded.data, version = excluded.version,"
      " written_s = excluded.written_s",
      {name, Blob{sealed}, row.version, ToValue(row.written)});
}

std::int64_t PurgeSessions(Transaction& tx, core::Instant before, int limit) {
  return tx.Execute(
      "DELETE FROM sessions WHERE name IN"
      " (SELECT name FROM sessions WHERE written_s < $1 ORDER BY written_s LIMIT $2)",
      {ToValue(before), limit});
}

bool HasOldSessions(Transaction& tx, core::Instant before) {
  return HasRow(tx, "SELECT 1 FROM sessions WHERE written_s < $1 LIMIT 1", {ToValue(before)});
}

namespace {

constexpr std::string_view kErasedTables[] = {"sessions"};

UnusedBlobs EraseOfCustomer(Transaction& tx, const Leaver& leaver) {
  return ExecuteAll(tx,
                    {"DELETE FROM sessions WHERE name IN"
                     " (SELECT channel || ':' || address FROM identities WHERE account_id = $1)"},
                    {ToValue(leaver.account)});
}

}  // namespace

extern constinit const Erasure kSessionsErasure{
    .subject = "sessions", .tables = kErasedTables, .of_customer = EraseOfCustomer};

}  // namespace kalends::storage
