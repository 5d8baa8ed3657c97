#include "storage/postgres/postgres_database.h"

#include <fmt/format.h>

#include <utility>

#include "core/base/status_macros.h"
#include "storage/group_writer.h"
#include "storage/postgres/connection.h"
#include "storage/postgres/migrate.h"
#include "storage/postgres/reader_pool.h"
#include "storage/postgres/writer.h"

namespace kalends::storage {
namespace {

class PostgresDatabase final : public Database {
 public:
  explicit PostgresDatabase(const std::string& address)
      : readers_(address), writer_side_(address), writer_(writer_side_) {}

  absl::Status Read(const Body& body) override {
    try {
      PostgresReaders::Lease reader = readers_.Take();
      absl::Status status;
      try {
        reader->UseKeys(keys_.get());
        status = body(*reader);
      } catch (const std::exception& thrown) {
        status = StatusOfPostgres(thrown);
      }
      if (reader->IsAlive()) reader->Rollback();
      return status;
    } catch (const std::exception& thrown) {
      return StatusOfPostgres(thrown);
    }
  }

  void Submit(WriteJob job) override { writer_.Submit(std::move(job)); }
  void SetGroupListener(std::function<void(bool committed)> listener) override {
    writer_.SetGroupListener(std::move(listener));
  }
  void SetKeys(std::shared_ptr<const MasterKeys> keys) override {
    keys_ = std::move(keys);
    writer_side_.UseKeys(keys_.get());
  }
  WriteStats Stats() const override { return writer_.Stats(); }
  // The server has checksums of its own (initdb --data-checksums), and looks as it reads.
  CheckResult Check() const override { return {}; }
  // Versions of rows that nobody sees any more, and the log, go as the server has been told to keep
  // them: storage/README.md.
  void EmptyLog() override {}
  absl::Status Rewrite() override {
    try {
      PostgresReaders::Lease reader = readers_.Take();
      reader->Rollback();
      reader->Run("VACUUM FULL");
      return absl::OkStatus();
    } catch (const std::exception& thrown) {
      return StatusOfPostgres(thrown);
    }
  }

 private:
  std::shared_ptr<const MasterKeys> keys_;
  PostgresReaders readers_;
  PostgresWriterSide writer_side_;
  GroupWriter writer_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Database>> OpenPostgres(const std::string& address) {
  try {
    PostgresConnection connection(address);
    RETURN_IF_ERROR(MigratePostgres(connection, PostgresMigrations()));
    return std::make_unique<PostgresDatabase>(address);
  } catch (const PostgresFailure& failure) {
    return absl::FailedPreconditionError(
        fmt::format("The database cannot be opened: {}.", failure.what()));
  }
}

}  // namespace kalends::storage
