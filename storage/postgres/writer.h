// PostgreSQL's side of the one writer: its connection, which it makes anew when it is lost, and
// what keeps every other core from writing.
#pragma once

#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "storage/group_writer.h"
#include "storage/postgres/connection.h"

namespace kalends::storage {

// One core writes: its calendars in memory would not see what another one does. The lock is the
// connection's, so it ends with it; the term tells whether another core wrote in between.
class PostgresWriterSide final : public WriterSide {
 public:
  // Connects and takes the lock. Throws PostgresFailure; `Taken` where another core has it.
  explicit PostgresWriterSide(std::string address);

  // From any thread, before the first write.
  void UseKeys(const MasterKeys* keys) { keys_ = keys; }

  PostgresConnection& transaction() override { return *connection_; }
  void Begin() override;
  // Where the connection breaks meanwhile, it finds out at the next one whether that was before or
  // after; a core that cannot find out ends, for what it keeps in memory may be wrong.
  void Commit() override;
  void Rollback() override;
  bool InTransaction() const override {
    return connection_->IsAlive() && connection_->InTransaction();
  }
  absl::Status StatusOf(const std::exception& thrown) const override {
    return StatusOfPostgres(thrown);
  }

 private:
  void Connect();
  bool WasCommitted(const std::string& transaction);

  const std::string address_;
  const MasterKeys* keys_ = nullptr;
  std::unique_ptr<PostgresConnection> connection_;
  std::optional<std::int64_t> term_;
  std::string transaction_;  // The number of what is in progress, as PostgreSQL writes it.
};

}  // namespace kalends::storage
