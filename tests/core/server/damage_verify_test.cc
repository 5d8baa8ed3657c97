// What `kalends verify` finds in the data of a core.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>

#include <fstream>
#include <set>

#include "storage/sealed_columns.h"
#include "storage/sqlite/verify.h"
#include "tests/core/server/damage_world.h"
#include "tests/support/text_columns.h"

namespace kalends::test {
namespace {

using testing::IsEmpty;
using testing::UnorderedElementsAre;

class VerifyTest : public DamageTest {
 protected:
  storage::VerifyReport Verified() {
    storage::VerifyOptions options;
    options.database = file_.path();
    options.blobs = server_.blobs();
    options.keys = keys_;
    auto report = storage::Verify(options);
    EXPECT_TRUE(report.ok()) << report.status();
    return report.ok() ? *std::move(report) : storage::VerifyReport();
  }
  std::set<std::string> Kinds() {
    std::set<std::string> kinds;
    for (const storage::Finding& finding : Verified().findings) kinds.insert(finding.kind);
    return kinds;
  }
  // As no core does it: without triggers and foreign keys.
  void Change(const std::string& sql) {
    server_.Stop();
    SQLite::Database(file_.path(), SQLite::OPEN_READWRITE).exec(sql);
  }
  void ChangeRows(const std::string& table, const std::string& changes) {
    server_.Stop();
    SQLite::Database database(file_.path(), SQLite::OPEN_READWRITE);
    WithoutTriggers(database, table, [&] { database.exec("UPDATE " + table + " SET " + changes); });
  }
};

TEST_F(VerifyTest, FindsNothingInWhatIsSoundWhileACoreRunsAndAfter) {
  for (const bool runs : {true, false}) {
    if (!runs) server_.Stop();
    const storage::VerifyReport report = Verified();
    EXPECT_THAT(report.findings, IsEmpty())
        << report.findings.front().kind << " " << report.findings.front().place << ": "
        << report.findings.front().what;
    EXPECT_GT(report.sealed_values, 10);
    EXPECT_EQ(report.files, 4);
  }
}

TEST_F(VerifyTest, FindsSealsOfEveryKindThatCannotBeOpened) {
  server_.Stop();
  std::int64_t found = 0;
  for (const storage::SealedColumn& column : storage::SealedColumns()) {
    const std::string name = storage::NameOf(column);
    DamageSeals(file_.path(), column.table, column.column);
    const storage::VerifyReport report = Verified();
    EXPECT_GT(report.found, found) << name;
    found = report.found;
    EXPECT_TRUE(std::any_of(report.findings.begin(), report.findings.end(), [&](const auto& one) {
      return one.kind == "seal" && one.place.starts_with(name + "/");
    })) << name;
  }
}

TEST_F(VerifyTest, OpensAllThatIsSaidToBeSealed) {
  std::set<std::string> opened;
  storage::VerifyOptions options;
  options.database = file_.path();
  options.blobs = server_.blobs();
  options.keys = keys_;
  constexpr std::string_view kOpening = "Opening ";
  options.progress = [&](std::string_view step) {
    if (step.starts_with(kOpening)) opened.emplace(step.substr(kOpening.size()));
  };
  ASSERT_TRUE(storage::Verify(options).ok());
  std::set<std::string> sealed = storage::SealedTextColumns();
  sealed.insert("blobs.wrapped_key");  // A key, and no text.
  EXPECT_EQ(opened, sealed);
}

TEST_F(VerifyTest, FindsFilesThatAreMissingCutOffOrNobodys) {
  server_.Stop();
  const std::filesystem::path large = LargestBlob();
  std::filesystem::resize_file(large, 1000);
  EXPECT_THAT(Kinds(), UnorderedElementsAre("file_damaged"));
  std::filesystem::remove(large);
  EXPECT_THAT(Kinds(), UnorderedElementsAre("file_missing"));
  std::ofstream(server_.blobs() / std::string(32, 'a')) << "nobody's";
  EXPECT_THAT(Kinds(), UnorderedElementsAre("file_missing", "file_orphan"));
}

TEST_F(VerifyTest, FindsAppointmentsThatOverlap) {
  Change(
      "DROP TRIGGER appointments_overlap_update;"
      "UPDATE appointments SET (start_s, end_s, hold_start_s, hold_end_s) ="
      " (SELECT start_s, end_s, hold_start_s, hold_end_s FROM appointments ORDER BY id LIMIT 1)");
  EXPECT_THAT(Kinds(), UnorderedElementsAre("overlap"));
}

TEST_F(VerifyTest, FindsRowsThatReferToNothingOrBreakAConstraint) {
  Change("UPDATE tickets SET account_id = 1");
  EXPECT_THAT(Kinds(), UnorderedElementsAre("foreign_key"));
  Change("PRAGMA ignore_check_constraints = ON; UPDATE accounts SET language = 'tlh'");
  EXPECT_THAT(Kinds(), UnorderedElementsAre("foreign_key", "row"));
}

TEST_F(VerifyTest, NamesRowsAsTheContractDoes) {
  Change(
      "PRAGMA ignore_check_constraints = ON; UPDATE accounts SET language = 'tlh'"
      " WHERE id = (SELECT min(id) FROM accounts)");
  const storage::VerifyReport report = Verified();
  ASSERT_EQ(report.findings.size(), 1U);
  server_.Restart();
  EXPECT_EQ(report.findings[0].place, Account(Specialist()).name());
  EXPECT_THAT(report.findings[0].what, testing::HasSubstr("language IN"));
}

TEST_F(VerifyTest, FindsWhatNoConstraintSays) {
  ChangeRows("schedules", "time_zone = 'Mars/Olympus'");
  EXPECT_THAT(Kinds(), UnorderedElementsAre("zone"));
  ChangeRows("schedules", "time_zone = 'UTC'");
  ChangeRows("api_keys", "scopes = 'tool:dig'");
  EXPECT_THAT(Kinds(), UnorderedElementsAre("code"));
  ChangeRows("api_keys", "scopes = 'admin'");
  ChangeRows("notifications", "kind = 'NONSENSE' WHERE number IS NOT NULL");
  EXPECT_THAT(Kinds(), UnorderedElementsAre("code"));
}

// Each column of words, in turn.
TEST_F(VerifyTest, FindsTextsThatAreNoUtf8InEveryColumn) {
  server_.Stop();
  std::vector<std::pair<std::string, std::string>> columns;
  {
    const SQLite::Database database(file_.path(), SQLite::OPEN_READONLY);
    SQLite::Statement rows(
        database,
        "SELECT t.name, c.name FROM sqlite_schema AS t, pragma_table_info(t.name)"
        " AS c WHERE t.type = 'table' AND c.type = 'TEXT' AND c.pk = 0");
    while (rows.executeStep()) {
      columns.emplace_back(rows.getColumn(0).getString(), rows.getColumn(1).getString());
    }
  }
  EXPECT_GT(columns.size(), 60U);
  const std::string sound = file_.path() + "-sound";
  std::filesystem::copy_file(file_.path(), sound);
  for (const auto& [table, column] : columns) {
    std::filesystem::copy_file(sound, file_.path(),
                               std::filesystem::copy_options::overwrite_existing);
    SQLite::Database database(file_.path(), SQLite::OPEN_READWRITE);
    database.exec("PRAGMA ignore_check_constraints = ON");
    int changed = 0;
    WithoutTriggers(database, table, [&] {
      changed = database.exec("UPDATE OR IGNORE " + table + " SET " + column +
                              " = CAST(x'4bff6e' AS TEXT)");
    });
    if (changed == 0) continue;
    const storage::VerifyReport report = Verified();
    EXPECT_TRUE(std::any_of(report.findings.begin(), report.findings.end(),
                            [&](const auto& one) {
                              return one.kind == "text" &&
                                     one.place.starts_with(table + "." + column + "/");
                            }))
        << table << "." << column;
  }
  std::filesystem::remove(sound);
}

TEST_F(VerifyTest, TellsInOneLineThatAMasterKeyDoesNotFit) {
  storage::VerifyOptions options;
  options.database = file_.path();
  options.blobs = server_.blobs();
  options.keys = storage::MasterKeys::Random();
  const auto report = storage::Verify(options);
  ASSERT_TRUE(report.ok());
  ASSERT_EQ(report->findings.size(), 1U);
  EXPECT_EQ(report->findings[0].kind, "master_key");
  EXPECT_THAT(report->findings[0].what, testing::HasSubstr("does not fit"));
}

TEST_F(VerifyTest, TellsOfAnEmptyDatabaseBesideFiles) {
  server_.Stop();
  for (const char* log : {"", "-wal", "-shm"}) std::filesystem::remove(file_.path() + log);
  std::ofstream(file_.path()).close();
  EXPECT_THAT(Kinds(), UnorderedElementsAre("lost"));
}

TEST_F(VerifyTest, HasAdviceForAllThatItFinds) {
  for (const char* kind : {"page", "lost", "row", "text", "code", "zone", "foreign_key", "overlap",
                           "seal", "file_missing", "file_damaged", "file_orphan", "master_key"}) {
    EXPECT_FALSE(storage::AdviceFor(kind).empty()) << kind;
  }
}

TEST_F(VerifyTest, FindsPagesThatAreNone) {
  server_.Stop();
  std::int64_t root = 0;
  {
    SQLite::Database database(file_.path(), SQLite::OPEN_READONLY);
    root = database.execAndGet("SELECT rootpage FROM sqlite_schema WHERE name = 'messages'")
               .getInt64();
  }
  std::fstream file(file_.path(), std::ios::in | std::ios::out | std::ios::binary);
  file.seekp((root - 1) * 4096);
  file << std::string(4096, '\xa5');
  file.close();
  EXPECT_TRUE(Kinds().contains("page"));
}

TEST_F(VerifyTest, SaysThatSealsWereNotLookedAtWithoutAMasterKey) {
  storage::VerifyOptions options;
  options.database = file_.path();
  options.blobs = server_.blobs();
  const auto report = storage::Verify(options);
  ASSERT_TRUE(report.ok());
  ASSERT_EQ(report->findings.size(), 1U);
  EXPECT_EQ(report->findings[0].kind, "master_key");
}

TEST_F(VerifyTest, IsAnErrorWhereThereIsNoDatabase) {
  storage::VerifyOptions options;
  options.database = file_.path() + "-none";
  EXPECT_EQ(storage::Verify(options).status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace kalends::test
