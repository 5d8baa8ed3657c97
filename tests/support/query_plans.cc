// Notes every statement that a test binary runs on a database, and how SQLite would answer it, for
// tools/check_statements. A binary is watched when this is among its sources.
#include <SQLiteCpp/SQLiteCpp.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "storage/sqlite/migrate.h"

namespace kalends::test {
namespace {

// What was run, by whatever thread on whatever connection.
class Seen {
 public:
  void Add(std::string_view sql) {
    const std::lock_guard lock(mutex_);
    if (!statements_.contains(sql)) statements_.emplace(sql);
  }
  std::set<std::string, std::less<>> Take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(statements_, {});
  }

 private:
  std::mutex mutex_;
  std::set<std::string, std::less<>> statements_;
};

Seen& SeenHere() {
  static Seen seen;
  return seen;
}

int Note(unsigned, void*, void* statement, void*) {
  // Of triggers, the statement that set them off comes, too.
  const char* sql = sqlite3_sql(static_cast<sqlite3_stmt*>(statement));
  if (sql != nullptr) SeenHere().Add(sql);
  return 0;
}

int Watch(sqlite3* connection, char**, const void*) {
  return sqlite3_trace_v2(connection, SQLITE_TRACE_STMT, Note, nullptr);
}

void (*Extension())() { return reinterpret_cast<void (*)()>(Watch); }

constexpr char kStepFollows = '\x1f';

bool OfMigration(std::string_view sql) {
  const auto& migrations = storage::Migrations();
  return std::any_of(migrations.begin(), migrations.end(), [&](std::string_view migration) {
    return migration.find(sql) != std::string_view::npos;
  });
}

// The steps of a statement, those of its triggers among them. False: it is none on our schema.
bool Explain(SQLite::Database& database, const std::string& sql, std::vector<std::string>& steps) {
  try {
    SQLite::Statement plan(database, "EXPLAIN QUERY PLAN " + sql);
    while (plan.executeStep()) steps.push_back(plan.getColumn(3).getString());
    return true;
  } catch (const SQLite::Exception&) {
    return false;
  }
}

class QueryPlans final : public testing::Environment {
 public:
  void SetUp() override {
    // As the programs have it, who set it before their first connection.
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    ASSERT_EQ(sqlite3_auto_extension(Extension()), SQLITE_OK);
  }

  void TearDown() override {
    sqlite3_cancel_auto_extension(Extension());
    SQLite::Database database(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    ASSERT_TRUE(storage::Migrate(database, storage::Migrations()).ok());
    sqlite3_db_config(database.getHandle(), SQLITE_DBCONFIG_TRIGGER_EQP, 1, nullptr);
    std::string ours;
    for (const std::string& sql : SeenHere().Take()) {
      if (OfMigration(sql)) continue;
      std::vector<std::string> steps;
      if (!Explain(database, sql, steps)) continue;
      ours.append(sql);
      for (const std::string& step : steps) ours.append(1, kStepFollows).append(step);
      ours.push_back('\0');
    }
    Keep(ours);
  }

 private:
  // At once: other tests append, too.
  static void Keep(const std::string& statements) {
    const char* name = std::getenv("KALENDS_STATEMENTS_SEEN");
    if (name == nullptr) return;
    const int file = open(name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, S_IRUSR | S_IWUSR);
    ASSERT_GE(file, 0) << name;
    EXPECT_EQ(write(file, statements.data(), statements.size()),
              static_cast<ssize_t>(statements.size()));
    close(file);
  }
};

const testing::Environment* const kWatched = testing::AddGlobalTestEnvironment(new QueryPlans);

}  // namespace
}  // namespace kalends::test
