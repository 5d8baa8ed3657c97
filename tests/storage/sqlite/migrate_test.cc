#include "storage/sqlite/migrate.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/storage/sqlite/temporary_file.h"

namespace kalends::storage {
namespace {

constexpr std::string_view kFirst =
    "CREATE TABLE towns (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;"
    "CREATE TABLE people (id INTEGER PRIMARY KEY, town_id INTEGER NOT NULL REFERENCES towns (id))"
    " STRICT;";
// Rebuilds a table that another refers to.
constexpr std::string_view kSecond =
    "CREATE TABLE new_towns (id INTEGER PRIMARY KEY, title TEXT NOT NULL) STRICT;"
    "INSERT INTO new_towns SELECT id, upper(name) FROM towns;"
    "DROP TABLE towns;"
    "ALTER TABLE new_towns RENAME TO towns;";
constexpr std::string_view kThird = "CREATE INDEX people_by_town ON people (town_id);";

SQLite::Database InMemory() { return {":memory:", SQLite::OPEN_READWRITE}; }

int Version(SQLite::Database& database) {
  return database.execAndGet("PRAGMA user_version").getInt();
}

absl::Status MigrateBy(SQLite::Database& database, std::vector<std::string_view> migrations) {
  return Migrate(database, migrations);
}

TEST(Migrate, BringsAnEmptyDatabaseToTheLastVersion) {
  SQLite::Database database = InMemory();
  EXPECT_TRUE(MigrateBy(database, {kFirst, kSecond, kThird}).ok());
  EXPECT_EQ(Version(database), 3);
  EXPECT_EQ(database.execAndGet("PRAGMA application_id").getInt(), kApplicationId);
}

TEST(Migrate, RunsOnAFilledDatabaseWhatItLacks) {
  SQLite::Database database = InMemory();
  ASSERT_TRUE(MigrateBy(database, {kFirst}).ok());
  database.exec("INSERT INTO towns VALUES (1, 'Riga'); INSERT INTO people VALUES (7, 1);");
  ASSERT_TRUE(MigrateBy(database, {kFirst, kSecond, kThird}).ok());
  EXPECT_EQ(Version(database), 3);
  EXPECT_EQ(database.execAndGet("SELECT title FROM towns").getString(), "RIGA");
  EXPECT_EQ(database.execAndGet("SELECT town_id FROM people").getInt(), 1);
  EXPECT_TRUE(MigrateBy(database, {kFirst, kSecond, kThird}).ok());  // Nothing to do.
}

TEST(Migrate, AMigrationThatBreaksAForeignKeyIsUndone) {
  SQLite::Database database = InMemory();
  ASSERT_TRUE(MigrateBy(database, {kFirst}).ok());
  database.exec("INSERT INTO towns VALUES (1, 'Riga'); INSERT INTO people VALUES (7, 1);");
  const absl::Status status = MigrateBy(database, {kFirst, "DELETE FROM towns;"});
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(status.message(),
            "The database cannot be brought to version 2: table people refers to rows that are "
            "not there.");
  EXPECT_EQ(Version(database), 1);
  EXPECT_EQ(database.execAndGet("SELECT count(*) FROM towns").getInt(), 1);
}

TEST(Migrate, AMigrationThatFailsHalfWayIsUndone) {
  SQLite::Database database = InMemory();
  EXPECT_THROW(MigrateBy(database, {kFirst, "DROP TABLE people; DROP TABLE nobody;"}).IgnoreError(),
               SQLite::Exception);
  EXPECT_EQ(Version(database), 1);
  EXPECT_TRUE(database.tableExists("people"));
}

TEST(Migrate, RefusesTheDatabaseOfANewerProgram) {
  SQLite::Database database = InMemory();
  ASSERT_TRUE(MigrateBy(database, {kFirst, kSecond, kThird}).ok());
  const absl::Status status = MigrateBy(database, {kFirst});
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(status.message(),
            "The database is of version 3, this program knows up to 1: start a newer kalendsd or "
            "restore a backup.");
  EXPECT_EQ(Version(database), 3);
}

TEST(Migrate, RefusesTheDatabaseOfAnotherProgram) {
  SQLite::Database database = InMemory();
  database.exec("CREATE TABLE theirs (id INTEGER)");
  EXPECT_EQ(MigrateBy(database, {kFirst}).code(), absl::StatusCode::kFailedPrecondition);
  SQLite::Database empty = InMemory();
  empty.exec("PRAGMA application_id = 7");
  EXPECT_EQ(MigrateBy(empty, {kFirst}).code(), absl::StatusCode::kFailedPrecondition);
}

TEST(Migrate, OurOwnMigrationsRun) {
  SQLite::Database database = InMemory();
  EXPECT_TRUE(Migrate(database, Migrations()).ok());
  EXPECT_EQ(static_cast<std::size_t>(Version(database)), Migrations().size());
  EXPECT_EQ(database.execAndGet("PRAGMA integrity_check").getString(), "ok");
}

TEST(Migrate, AppointmentsOfBeforeHaveAnEmptyNote) {
  SQLite::Database database = InMemory();
  const std::span<const std::string_view> all = Migrations();
  ASSERT_TRUE(Migrate(database, all.first(4)).ok());
  database.exec(
      "INSERT INTO accounts (id, display_name, language, time_zone, created_s)"
      " VALUES (1, 'Ada', 'en', '', 0);"
      "INSERT INTO providers (id, account_id, kind, display_name, default_duration_min,"
      " reminders_min, created_s)"
      " VALUES (2, 1, 'SPECIALIST', 'Ada', 60, '', 0);"
      "INSERT INTO calendars (specialist_id) VALUES (2);"
      "INSERT INTO appointments (id, provider_id, specialist_id, customer_id, service_name,"
      " start_s, end_s, hold_start_s, hold_end_s, status, capacity, price_minor, price_currency,"
      " place, created_s) VALUES (3, 2, 2, 1, '', 0, 60, 0, 60, 'PENDING', 1, 0, '', '', 0);");
  ASSERT_TRUE(Migrate(database, all).ok());
  EXPECT_EQ(database.execAndGet("SELECT length(note) FROM appointments").getInt(), 0);
}

TEST(Migrate, KeysOfBeforeStayAsTheyAre) {
  SQLite::Database database = InMemory();
  const std::span<const std::string_view> all = Migrations();
  ASSERT_TRUE(Migrate(database, all.first(7)).ok());
  database.exec(
      "INSERT INTO api_keys (id, hash, label, scopes, created_s, revoked_s)"
      " VALUES (1, x'01', 'first', 'admin', 5, NULL), (2, x'02', 'bot', 'adapter', 6, 7)");
  ASSERT_TRUE(Migrate(database, all).ok());
  EXPECT_EQ(database
                .execAndGet("SELECT count(*) FROM api_keys WHERE expires_s IS NULL"
                            " AND last_used_s IS NULL AND calls_per_second_max = 0"
                            " AND streams_max = 0")
                .getInt(),
            2);
  EXPECT_EQ(database.execAndGet("SELECT revoked_s FROM api_keys WHERE id = 2").getInt(), 7);
}

// The last version before the migration that says `text`.
std::span<const std::string_view> Before(std::string_view text) {
  const std::span<const std::string_view> all = Migrations();
  const auto found = std::find_if(all.begin(), all.end(), [&](std::string_view sql) {
    return sql.find(text) != std::string_view::npos;
  });
  EXPECT_NE(found, all.end());
  return all.first(static_cast<std::size_t>(found - all.begin()));
}

// Two of one start each: at 0 s one booked alone, at 7200 s of different lengths, at 14400 s alike.
constexpr char kOldSessions[] = R"(
INSERT INTO accounts (id, display_name, language, time_zone, created_s) VALUES (1, 'Ada', 'en', '', 0);
INSERT INTO providers (id, account_id, kind, display_name, default_duration_min, reminders_min,
  created_s) VALUES (2, 1, 'SPECIALIST', 'Ada', 60, '', 0);
INSERT INTO calendars (specialist_id) VALUES (2);
INSERT INTO services (provider_id, id, display_name, description, duration_min, buffer_before_min,
  buffer_after_min, step_min, minimum_notice_min, horizon_min, cancellation_deadline_min, capacity,
  price_minor, price_currency, payment_link, place, auto_accept, position, archived)
  VALUES (2, 9, 'Yoga', '', 60, 0, 0, 30, 0, 1, 0, 5, 0, '', '', '', 0, 0, 0);
INSERT INTO appointments (id, provider_id, specialist_id, customer_id, service_id, service_name,
  start_s, end_s, hold_start_s, hold_end_s, status, capacity, price_minor, price_currency, place,
  created_s) VALUES
  (10, 2, 2, 1, 9, '', 0, 3600, 0, 3600, 'PENDING', 1, 0, '', '', 0),
  (11, 2, 2, 1, 9, '', 0, 3600, 0, 3600, 'PENDING', 5, 0, '', '', 0),
  (20, 2, 2, 1, 9, '', 7200, 10800, 7200, 10800, 'PENDING', 5, 0, '', '', 0),
  (21, 2, 2, 1, 9, '', 7200, 9000, 7200, 9000, 'ACCEPTED', 5, 0, '', '', 0),
  (30, 2, 2, 1, 9, '', 14400, 18000, 14400, 18000, 'PENDING', 3, 0, '', '', 0),
  (31, 2, 2, 1, 9, '', 14400, 18000, 14400, 18000, 'PENDING', 3, 0, '', '', 0);
)";

std::string JoinAt(int start_s, int end_s, int capacity) {
  return "INSERT INTO appointments (id, provider_id, specialist_id, customer_id, service_id,"
         " service_name, start_s, end_s, hold_start_s, hold_end_s, status, capacity, price_minor,"
         " price_currency, place, created_s, agreed_wall_s, agreed_zone, agreed_offset_s,"
         " agreed_rules) SELECT 40, 2, 2, 1, 9, '', s, e, s, e, 'PENDING', " +
         std::to_string(capacity) + ", 0, '', '', 0, s, 'UTC', 0, '' FROM (SELECT " +
         std::to_string(start_s) + " AS s, " + std::to_string(end_s) + " AS e)";
}

TEST(Migrate, SessionsOfUnlikeMembersStayAndCanBeAnsweredButNotJoined) {
  SQLite::Database database = InMemory();
  ASSERT_TRUE(Migrate(database, Before("DROP TRIGGER appointments_overlap_insert")).ok());
  database.exec(kOldSessions);
  constexpr char kAll[] =
      "SELECT group_concat(id || ' ' || end_s || ' ' || capacity || ' ' || status) FROM "
      "appointments";
  const std::string before = database.execAndGet(kAll).getString();
  ASSERT_TRUE(Migrate(database, Migrations()).ok());
  EXPECT_EQ(database.execAndGet(kAll).getString(), before);

  const auto accepts = [&](const std::string& sql) {
    return database.tryExec(sql) == SQLite::OK && database.getChanges() == 1;
  };
  for (const int capacity : {1, 5}) EXPECT_FALSE(accepts(JoinAt(0, 3600, capacity)));
  for (const int end_s : {9000, 10800}) EXPECT_FALSE(accepts(JoinAt(7200, end_s, 5)));
  EXPECT_FALSE(accepts(JoinAt(14400, 18000, 5)));
  EXPECT_TRUE(accepts(JoinAt(14400, 18000, 3)));
  EXPECT_FALSE(accepts("UPDATE appointments SET capacity = 4 WHERE id = 20"));
  EXPECT_TRUE(accepts("UPDATE appointments SET status = 'ACCEPTED' WHERE id = 20"));
  EXPECT_TRUE(accepts("UPDATE appointments SET status = 'REJECTED' WHERE id = 11"));
  EXPECT_TRUE(accepts("UPDATE appointments SET status = 'ACCEPTED' WHERE id = 10"));
  // With who is left the session is one again.
  EXPECT_TRUE(accepts("UPDATE appointments SET status = 'CANCELLED' WHERE id = 21"));
  EXPECT_TRUE(accepts("UPDATE appointments SET id = 41 WHERE id = 40"));
  EXPECT_TRUE(accepts(JoinAt(7200, 10800, 5)));
}

TEST(Migrate, FirstAnswersOfBeforeStayInTheirOrder) {
  SQLite::Database database = InMemory();
  ASSERT_TRUE(Migrate(database, Before("CREATE TABLE appended_requests")).ok());
  database.exec(
      "INSERT INTO requests (created_s, scope, request_id, digest, response) VALUES"
      " (7, 'account:a', 'two', x'02', x'22'), (5, 'account:b', 'one', x'01', x'11'),"
      " (7, 'account:b', 'three', x'03', x'33')");
  ASSERT_TRUE(Migrate(database, Migrations()).ok());
  EXPECT_EQ(database
                .execAndGet("SELECT group_concat(created_s || scope || request_id || hex(digest)"
                            " || hex(response)) FROM (SELECT * FROM requests ORDER BY number)")
                .getString(),
            "5account:bone0111,7account:atwo0222,7account:bthree0333");
  EXPECT_NE(database.tryExec("INSERT INTO requests (created_s, scope, request_id, digest, response)"
                             " VALUES (9, 'account:b', 'one', x'', x'')"),
            SQLite::OK);
}

}  // namespace
}  // namespace kalends::storage
