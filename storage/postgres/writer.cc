#include "storage/postgres/writer.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <chrono>
#include <cstdlib>
#include <thread>
#include <utility>

namespace kalends::storage {
namespace {

// Of pg_advisory_lock, within the database: "kalends" in ASCII.
constexpr std::int64_t kWriterLock = 0x6b'61'6c'65'6e'64'73;
// As long as a failover may take, and some.
constexpr std::chrono::seconds kFindOut{60};
constexpr std::chrono::milliseconds kAskAgain{200};
// sysexits.h: EX_TEMPFAIL. A supervisor starts it anew.
constexpr int kExitUnknownOutcome = 75;
constexpr const char* kLockNotAvailable = "55P03";

std::optional<std::int64_t> NumberOf(PostgresConnection& connection, std::string_view sql,
                                     std::initializer_list<Value> values) {
  std::optional<std::int64_t> number;
  connection.Query(sql, values, [&](const Row& row) { number = row.Int(0); });
  return number;
}

}  // namespace

PostgresWriterSide::PostgresWriterSide(std::string address) : address_(std::move(address)) {
  Connect();
}

void PostgresWriterSide::Connect() {
  connection_.reset();
  auto connection = std::make_unique<PostgresConnection>(address_);
  if (NumberOf(*connection, "SELECT pg_try_advisory_lock($1)", {Value(kWriterLock)}) != 1) {
    throw PostgresFailure("another core writes to this database", kLockNotAvailable);
  }
  const auto term =
      term_
          ? NumberOf(*connection, "SELECT term FROM kalends_database", {})
          : NumberOf(*connection, "UPDATE kalends_database SET term = term + 1 RETURNING term", {});
  if (term_ && term != term_) {
    // What this core has in memory is of before.
    throw PostgresFailure("another core has written meanwhile: start this one anew",
                          kLockNotAvailable);
  }
  term_ = term;
  connection->UseKeys(keys_);
  connection_ = std::move(connection);
}

void PostgresWriterSide::Begin() {
  if (connection_ == nullptr || !connection_->IsAlive()) Connect();
  connection_->UseKeys(keys_);
  try {
    connection_->Execute("BEGIN");
  } catch (const PostgresFailure&) {
    // It broke while nobody used it, and nothing was done.
    if (connection_->IsAlive()) throw;
    Connect();
    connection_->Execute("BEGIN");
  }
  connection_->Query("SELECT pg_current_xact_id()::text", {},
                     [&](const Row& row) { transaction_ = row.Text(0); });
}

void PostgresWriterSide::Commit() {
  try {
    connection_->Execute("COMMIT");
  } catch (const PostgresFailure&) {
    if (connection_->IsAlive() || !WasCommitted(transaction_)) throw;
  }
}

bool PostgresWriterSide::WasCommitted(const std::string& transaction) {
  spdlog::warn("The connection to PostgreSQL broke while a transaction was committed.");
  const auto until = std::chrono::steady_clock::now() + kFindOut;
  while (std::chrono::steady_clock::now() < until) {
    try {
      Connect();
      std::string status;
      connection_->Query("SELECT pg_xact_status($1::text::xid8)",
                         {Value(std::string_view(transaction))},
                         [&](const Row& row) { status = row.IsNull(0) ? "" : row.Text(0); });
      if (status == "committed") return true;
      if (status == "aborted") return false;
    } catch (const PostgresFailure& failure) {
      spdlog::warn("Not found out yet: {}.", failure.what());
    }
    std::this_thread::sleep_for(kAskAgain);
  }
  spdlog::critical("Whether a transaction was committed cannot be found out; this core ends.");
  spdlog::shutdown();
  std::_Exit(kExitUnknownOutcome);
}

void PostgresWriterSide::Rollback() {
  if (connection_ != nullptr && connection_->IsAlive()) connection_->Rollback();
}

}  // namespace kalends::storage
