#include "tests/support/query_plans.h"

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

// A step that costs more than what is returned, in statements that have `sql` in them. What it
// costs is bounded all the same: `why`.
struct Allowed {
  std::string_view sql;
  std::string_view step;
  std::string_view why;
};
// Without what releases of SQLite name otherwise: sqlite_master, the last term of ORDER BY.
constexpr std::string_view kSort = "USE TEMP B-TREE FOR";
constexpr Allowed kAllowed[] = {
    {"SELECT count(*) FROM sqlite_schema", "SCAN sqlite_", "at the start; finds damage"},
    {"SELECT id FROM blob_store", "SCAN blob_store", "at the start; one row"},
    {"SELECT id FROM master_keys", "SCAN master_keys", "at the start; a row a rotation"},
    {"FROM links AS l JOIN providers", kSort, "by name; a customer knows few providers"},
    {"FROM closures WHERE provider_id", kSort, "kClosuresPerProviderMax"},
    {"FROM openings WHERE provider_id", kSort, "kOpeningsPerProviderMax"},
    {"FROM appointments WHERE specialist_id", kSort, "those of one start"},
};

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

bool OfMigration(std::string_view sql) {
  const auto& migrations = storage::Migrations();
  return std::any_of(migrations.begin(), migrations.end(), [&](std::string_view migration) {
    return migration.find(sql) != std::string_view::npos;
  });
}

bool IsAllowed(std::string_view sql, std::string_view step) {
  // No table, or what a statement says in its own text.
  if (step.find("SCAN CONSTANT ROW") != std::string_view::npos) return true;
  return std::any_of(std::begin(kAllowed), std::end(kAllowed), [&](const Allowed& allowed) {
    return sql.find(allowed.sql) != std::string_view::npos && step.starts_with(allowed.step);
  });
}

bool IsDear(std::string_view step) {
  return step.starts_with("SCAN ") || step.find("TEMP B-TREE") != std::string_view::npos;
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
      if (sql.starts_with(kOfTest) || OfMigration(sql)) continue;
      std::vector<std::string> steps;
      if (!Explain(database, sql, steps)) continue;
      Check(sql, steps);
      ours.append(sql).push_back('\0');
    }
    Keep(ours);
  }

 private:
  static void Check(const std::string& sql, const std::vector<std::string>& steps) {
    for (const std::string& step : steps) {
      EXPECT_TRUE(!IsDear(step) || IsAllowed(sql, step))
          << step << "\n  in " << sql
          << "\n  An index is missing; or mark the statement, if only a test makes it (OfTest).";
    }
  }

  // For tools/check_statements, which tells what no test has run. At once: other tests append, too.
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
