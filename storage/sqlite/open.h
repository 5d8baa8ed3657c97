// How connections are opened and set up.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <string>

namespace kalends::storage {

struct Location {
  std::string name;  // A path, or the URI of a shared database in memory.
  bool in_memory = false;
};
// ":memory:" gives a database of its own each time.
Location LocationOf(const std::string& path);

// All throw SQLite::Exception.
SQLite::Database OpenWriter(const Location& location);
// After the migrations: write-ahead log, durable commits, constraints, memory.
void SetUpWriter(SQLite::Database& database, const Location& location, int cache_mib);
SQLite::Database OpenReader(const Location& location);
// Writes nothing to the file, whether another process does or not.
SQLite::Database OpenToVerify(const Location& location);
SQLite::Database OpenCheckpointer(const Location& location);

}  // namespace kalends::storage
