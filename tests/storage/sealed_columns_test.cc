#include "storage/sealed_columns.h"

#include <gmock/gmock.h>

#include <set>

#include "tests/storage/sample.h"

namespace kalends::storage {
namespace {

// Bytes that are no text of anybody: hashes, and ids of keys.
const std::set<std::string> kUnsealedBytes = {
    "api_keys.hash",  "blobs.master_key_id", "consent_versions.sha256", "download_links.token_hash",
    "master_keys.id", "requests.digest",     "sessions.data",
};

TEST(SealedColumns, AreAllColumnsOfBytesButThoseThatHoldNoText) {
  Store store;
  std::set<std::string> bytes;
  store.Read([&](Transaction& tx) {
    tx.Query(
        "SELECT schema.name || '.' || columns.name FROM sqlite_schema AS schema"
        " JOIN pragma_table_info(schema.name) AS columns"
        " WHERE schema.type = 'table' AND columns.type = 'BLOB'",
        {}, [&](const Row& row) { bytes.insert(row.Text(0)); });
    return true;
  });
  std::set<std::string> known = kUnsealedBytes;
  for (const SealedColumn& column : SealedColumns()) {
    EXPECT_TRUE(known.insert(std::string(column.table) + "." + std::string(column.column)).second);
  }
  EXPECT_EQ(bytes, known);
}

TEST(SealedColumns, CanBeReadEach) {
  Store store;
  for (const SealedColumn& column : SealedColumns()) {
    store.Read([&](Transaction& tx) {
      EachSealed(tx, column, [](std::string_view, const std::string&) {});
      return true;
    });
  }
}

}  // namespace
}  // namespace kalends::storage
