// The database of a test, of the engine that the tests run on: SQLite, or PostgreSQL where
// KALENDS_TEST_POSTGRES says how its server is reached (tools/test --storage postgres).
#pragma once

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/blobs/master_keys.h"
#include "storage/database.h"

namespace kalends::test {

// Whether tests run on PostgreSQL; those that look into SQLite's file by themselves are then left
// out (GTEST_SKIP).
bool OnPostgres();

// Bytes as the engine's SQL has them, of two digits each.
inline std::string BytesLiteral(const std::string& digits) {
  return OnPostgres() ? "'\\x" + digits + "'" : "x'" + digits + "'";
}

// Empty at first; gone at the end.
class TestDatabase {
 public:
  // `path`: of SQLite's file, which is the caller's, or ":memory:"; PostgreSQL has a database for
  // each object.
  explicit TestDatabase(std::string path = ":memory:");
  ~TestDatabase();
  TestDatabase(TestDatabase&&) noexcept;
  TestDatabase& operator=(TestDatabase&&) = delete;

  // What was written before is there again, unless it is ":memory:".
  absl::StatusOr<std::unique_ptr<storage::Database>> Open();
  // Runs `body` past the core that has it open, or while none has; SQLite's is then a file.
  absl::Status Write(const storage::Body& body,
                     const std::shared_ptr<const storage::MasterKeys>& keys = nullptr);
  // PostgreSQL's, which is made here if need be, and is empty then.
  std::string Address();

 private:
  std::string path_;
  std::string name_;  // PostgreSQL's; empty: none yet.
};

}  // namespace kalends::test
