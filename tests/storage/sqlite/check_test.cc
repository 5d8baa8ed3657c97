// Databases of which pages are not what was written to them.
#include "storage/sqlite/check.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "storage/sqlite/sqlite_database.h"
#include "tests/storage/sample.h"
#include "tests/storage/sqlite/temporary_file.h"
#include "tests/support/await.h"

namespace kalends::storage {
namespace {

constexpr std::size_t kPageBytes = 4096;

std::string BytesOf(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}
void PutBytes(const std::string& path, std::string_view bytes) {
  for (const char* log : {"-wal", "-shm"}) std::filesystem::remove(path + log);
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

// The people of a sample, in no more pages than they need.
std::string SampleDatabase(const std::string& path) {
  {
    Store store(OpenSqlite({.path = path}).value());
  }
  SQLite::Database(path, SQLite::OPEN_READWRITE).exec("VACUUM");
  return BytesOf(path);
}

std::string Overwritten(std::string bytes, std::size_t page) {
  return bytes.replace(page * kPageBytes, kPageBytes, kPageBytes, '\xa5');
}

TEST(OpenSqlite, RefusesADatabaseWithAnyPageOverwritten) {
  const TemporaryFile file;
  const std::string sound = SampleDatabase(file.path());
  ASSERT_EQ(sound.size() % kPageBytes, 0U);
  for (std::size_t page = 0; page < sound.size() / kPageBytes; ++page) {
    PutBytes(file.path(), Overwritten(sound, page));
    const absl::Status opened = OpenSqlite({.path = file.path()}).status();
    EXPECT_EQ(opened.code(), absl::StatusCode::kFailedPrecondition) << "page " << page + 1;
    EXPECT_NE(opened.message().find("restore a backup"), absl::string_view::npos) << opened;
    EXPECT_EQ(BytesOf(file.path()), Overwritten(sound, page)) << "it was written to";
  }
  PutBytes(file.path(), sound);
  const auto opened = OpenSqlite({.path = file.path()});
  ASSERT_TRUE(opened.ok()) << opened.status();
  EXPECT_EQ((*opened)->Check().state, CheckResult::State::kSound);
}

// The page at which the tree of a table begins.
std::size_t RootOf(const std::string& path, const std::string& table) {
  SQLite::Database database(path, SQLite::OPEN_READONLY);
  SQLite::Statement root(database, "SELECT rootpage FROM sqlite_schema WHERE name = ?");
  root.bind(1, table);
  EXPECT_TRUE(root.executeStep());
  return static_cast<std::size_t>(root.getColumn(0).getInt64()) - 1;
}

// Free pages belong to no table: the list of them does not hold together any more.
TEST(OpenSqlite, RefusesADatabaseWhoseListOfFreePagesIsOverwritten) {
  const TemporaryFile file;
  SampleDatabase(file.path());
  {
    SQLite::Database database(file.path(), SQLite::OPEN_READWRITE);
    database.exec("CREATE TABLE gone AS SELECT randomblob(40000) AS bytes");
    database.exec("DROP TABLE gone");
    ASSERT_GT(database.execAndGet("PRAGMA freelist_count").getInt(), 0);
  }
  const std::string sound = BytesOf(file.path());
  constexpr std::size_t kFirstFreePage = 32;  // Where the header has it, the last byte last.
  const auto first = static_cast<unsigned char>(sound[kFirstFreePage + 3]) +
                     (static_cast<unsigned char>(sound[kFirstFreePage + 2]) << 8);
  PutBytes(file.path(), Overwritten(sound, static_cast<std::size_t>(first) - 1));
  EXPECT_EQ(OpenSqlite({.path = file.path()}).status().code(),
            absl::StatusCode::kFailedPrecondition);
}

TEST(OpenSqlite, OpensADamagedDatabaseForWhoAcceptsThat) {
  const TemporaryFile file;
  const std::string sound = SampleDatabase(file.path());
  PutBytes(file.path(), Overwritten(sound, RootOf(file.path(), "sessions")));
  ASSERT_FALSE(OpenSqlite({.path = file.path()}).ok());
  const auto opened = OpenSqlite({.path = file.path(), .accept_damage = true});
  ASSERT_TRUE(opened.ok()) << opened.status();
  EXPECT_EQ((*opened)->Check().state, CheckResult::State::kDamaged);
  EXPECT_FALSE((*opened)->Check().faults.empty());
}

TEST(OpenSqlite, StartsWithARowThatBreaksAConstraintAndSaysSo) {
  const TemporaryFile file;
  SampleDatabase(file.path());
  {
    SQLite::Database database(file.path(), SQLite::OPEN_READWRITE);
    database.exec("PRAGMA ignore_check_constraints = ON");
    database.exec("UPDATE accounts SET language = 'tlh' WHERE id = 1");
  }
  const auto opened = OpenSqlite({.path = file.path()});
  ASSERT_TRUE(opened.ok()) << opened.status();
  EXPECT_EQ((*opened)->Check().state, CheckResult::State::kDamaged);
}

TEST(BackgroundCheck, FindsWhatIsDamagedAndNothingElse) {
  const TemporaryFile file;
  const std::string sound = SampleDatabase(file.path());
  for (const bool damaged : {false, true}) {
    PutBytes(file.path(), damaged ? Overwritten(sound, RootOf(file.path(), "sessions")) : sound);
    const BackgroundCheck check(OpenReader({file.path(), false}), {});
    EXPECT_TRUE(
        test::Eventually([&] { return check.Result().state != CheckResult::State::kRunning; }));
    EXPECT_EQ(check.Result().state,
              damaged ? CheckResult::State::kDamaged : CheckResult::State::kSound);
    EXPECT_EQ(check.Result().faults.empty(), !damaged);
  }
}

TEST(CheckTable, MissesNoRowOfAnIndexWhereItLooksAtTheWhole) {
  const TemporaryFile file;
  SampleDatabase(file.path());
  SQLite::Database database(file.path(), SQLite::OPEN_READWRITE);
  // The index keeps rows that the table has not: they go behind its back.
  database.exec("PRAGMA writable_schema = ON");
  database.exec("CREATE TABLE taken (id INTEGER PRIMARY KEY, name TEXT NOT NULL)");
  database.exec("CREATE INDEX taken_by_name ON taken (name)");
  const std::string kept =
      database.execAndGet("SELECT sql FROM sqlite_schema WHERE name = 'taken_by_name'").getString();
  const std::int64_t root =
      database.execAndGet("SELECT rootpage FROM sqlite_schema WHERE name = 'taken_by_name'")
          .getInt64();
  database.exec("DELETE FROM sqlite_schema WHERE name = 'taken_by_name'");
  SQLite::Database blind(file.path(), SQLite::OPEN_READWRITE);
  blind.exec("INSERT INTO taken (name) VALUES ('a')");
  blind.exec("PRAGMA writable_schema = ON");
  SQLite::Statement back(blind,
                         "INSERT INTO sqlite_schema VALUES ('index', 'taken_by_name',"
                         " 'taken', ?, ?)");
  back.bind(1, root);
  back.bind(2, kept);
  back.exec();
  SQLite::Database fresh(file.path(), SQLite::OPEN_READWRITE);
  EXPECT_TRUE(CheckTable(fresh, "taken", CheckDepth::kPages).empty());
  EXPECT_FALSE(CheckTable(fresh, "taken", CheckDepth::kWhole).empty());
}

}  // namespace
}  // namespace kalends::storage
