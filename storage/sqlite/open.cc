#include "storage/sqlite/open.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <system_error>

namespace kalends::storage {
namespace {

// Only another process can hold the database that long: a backup, a second core, the sqlite3 shell.
constexpr int kBusyTimeoutMs = 5000;
constexpr int kReaderCacheKib = 8 * 1024;
// To this size the write-ahead log is cut back when it starts over.
constexpr int kWalBytesKept = 64 << 20;

// Makes the file, so that neither it nor its logs, which take over its mode, can be read by others;
// also where a copy put in its place could. An existing file is not opened here: closing it would
// drop the locks of this process's other connections.
void MakePrivate(const std::string& path) {
  constexpr mode_t kOwnerOnly = S_IRUSR | S_IWUSR;
  const int created = open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, kOwnerOnly);
  if (created >= 0) {
    close(created);
  } else if (errno != EEXIST || chmod(path.c_str(), kOwnerOnly) != 0) {
    throw SQLite::Exception(std::generic_category().message(errno), SQLITE_CANTOPEN);
  }
}

// Counting memory, which nobody asks about, costs a lock for each allocation. Has an effect only
// before the first connection of the process.
void DoNotCountMemory() {
  static const int done = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  static_cast<void>(done);
}

SQLite::Database Open(const Location& location) {
  const int flags = SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX;
  const int more = location.in_memory ? SQLite::OPEN_CREATE | SQLite::OPEN_URI : 0;
  return {location.name, flags | more, kBusyTimeoutMs};
}

}  // namespace

Location LocationOf(const std::string& path) {
  static std::atomic<int> count = 0;
  if (path != ":memory:") return {path, false};
  return {fmt::format("file:/kalends-{}?vfs=memdb", ++count), true};
}

SQLite::Database OpenWriter(const Location& location) {
  DoNotCountMemory();
  if (!location.in_memory) MakePrivate(location.name);
  return Open(location);
}

void SetUpWriter(SQLite::Database& database, const Location& location, int cache_mib) {
  if (!location.in_memory) {
    const std::string mode = database.execAndGet("PRAGMA journal_mode = WAL").getString();
    if (mode != "wal") throw SQLite::Exception("the file system has no write-ahead log");
  }
  database.exec("PRAGMA synchronous = FULL");
  database.exec("PRAGMA foreign_keys = ON");
  // What is deleted is overwritten, however SQLite was built.
  database.exec("PRAGMA secure_delete = ON");
  database.exec("PRAGMA temp_store = MEMORY");
  database.exec("PRAGMA wal_autocheckpoint = 0");
  database.exec(fmt::format("PRAGMA journal_size_limit = {}", kWalBytesKept));
  database.exec(fmt::format("PRAGMA cache_size = {}", -1024 * cache_mib));
}

SQLite::Database OpenReader(const Location& location) {
  SQLite::Database database = Open(location);
  database.exec("PRAGMA query_only = ON");
  database.exec("PRAGMA temp_store = MEMORY");
  database.exec(fmt::format("PRAGMA cache_size = {}", -kReaderCacheKib));
  return database;
}

SQLite::Database OpenToVerify(const Location& location) {
  // SQLite forgets CHECK constraints of what it may only read, and could not look for rows that
  // break them.
  SQLite::Database database(location.name, SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX,
                            kBusyTimeoutMs);
  database.exec("PRAGMA query_only = ON");
  database.exec("PRAGMA temp_store = MEMORY");
  // What a core left in its log stays there.
  sqlite3_db_config(database.getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  return database;
}

SQLite::Database OpenCheckpointer(const Location& location) {
  SQLite::Database database = Open(location);
  database.exec("PRAGMA synchronous = FULL");
  database.exec("PRAGMA wal_autocheckpoint = 0");
  return database;
}

}  // namespace kalends::storage
